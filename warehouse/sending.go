package warehouse

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// sending sends the rows of a table in blocks, however many there are. The client reads nothing
// while it sends, and the server tells meanwhile how far it is and what that costs: after some three thousand
// blocks of a load this fills the connection, and both wait for the other to read. So a statement
// ends when it has had some blocks, which reads all of that, and another one goes on.
type sending struct {
	db     *database
	into   string
	batch  driver.Batch // nil where no statement has begun
	letGo  func()
	blocks int // that the statement has sent
}

// sentInOne is how many blocks a statement sends. Of a load they are two million rows, four times
// what the engine gathers for a part.
const sentInOne = 250

// open returns the batch of the statement, and begins one where there is none.
func (s *sending) open(ctx context.Context) (_ driver.Batch, err error) {
	if s.batch != nil {
		return s.batch, nil
	}
	own, letGo := lettingGo(ctx)
	if s.batch, err = s.db.connection().PrepareBatch(own, "INSERT INTO "+s.into); err != nil {
		letGo()
		s.batch = nil
		return nil, err
	}
	s.letGo, s.blocks = letGo, 0
	s.db.count()
	return s.batch, nil
}

// flush sends a block, and ends the statement where it has had enough of them.
func (s *sending) flush() error {
	if err := s.batch.Flush(); err != nil {
		return err
	}
	if s.blocks++; s.blocks < sentInOne {
		return nil
	}
	return s.end()
}

// end sends what is left and hears whether all of the statement was taken.
func (s *sending) end() error {
	if s.batch == nil {
		return nil
	}
	batch := s.batch
	s.batch = nil
	defer s.letGo()
	return batch.Send()
}

// abort gives the statement up.
func (s *sending) abort() error {
	if s.batch == nil {
		return nil
	}
	batch := s.batch
	s.batch = nil
	defer s.letGo()
	return batch.Abort()
}
