package warehouse

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/google/uuid"

	"github.com/niengiam/niengiam/stats/number"
)

const (
	// accessDenied is the code of ClickHouse for what a user may not do.
	accessDenied = 497
	// leaseName is the name of the lease of the loads.
	leaseName = "load"
	// leaseTime is how long a lease is held without a sign of life of its holder.
	leaseTime = 30 * time.Second
	// keeperTime is how long one call of the keeper may take: without a keeper ClickHouse
	// waits for minutes.
	keeperTime = 5 * time.Second
	// firstKeeperTime is the same for the first, when the server has no session with it yet.
	firstKeeperTime = 30 * time.Second
	// leasePoll is how often who waits looks whether the lease is free.
	leasePoll = 500 * time.Millisecond
)

// leases is the right to load into a warehouse that several programs write to. It is a row
// in a keeper (the engine KeeperMap), with an owner, a time at which it expires, and a
// number that grows at each taking, the fence: who was thought dead and was not, publishes
// nothing.
type leases struct {
	db   *database
	held *atomic.Pointer[Lease] // that this program has
}

// KeepsLeases reports whether the server has a keeper for leases. Where it has one that does
// not answer, that is an error: nobody may load then.
func (l leases) KeepsLeases(ctx context.Context) (bool, error) {
	ctx, stop := context.WithTimeout(ctx, firstKeeperTime)
	defer stop()
	ddl := strings.ReplaceAll(text("lease_table"), "{database}", l.db.cfg.Database) // DDL takes no parameters; the name was checked
	err := l.db.forControl().connection().Exec(ctx, ddl)
	refused := (*clickhouse.Exception)(nil)
	switch {
	case errors.As(err, &refused) && strings.Contains(refused.Message, "keeper_map_path_prefix"):
		return false, nil
	case errors.As(err, &refused) && refused.Code == accessDenied:
		l.db.log.Warn("this user may not make the table of leases: programs with other data directories are not waited for", "error", err)
		return false, nil
	}
	return err == nil, keeperDown(err)
}

// TakeLease waits as long as it is told for the lease of the loads and takes it. Where
// another program has it all that time, holder says which, and there is no lease and no error;
// waits is told once when it has to wait.
func (l leases) TakeLease(ctx context.Context, wait time.Duration, waits func(holder string)) (lease *Lease, holder string, err error) {
	mine, err := uuid.NewV7()
	if err != nil {
		return nil, "", fmt.Errorf("warehouse: lease: %w", err)
	}
	until, told := time.Now().Add(wait), false
	for {
		asked := time.Now()
		fence, holder, err := l.take(ctx, mine.String())
		if err != nil {
			return nil, "", err
		}
		if fence != 0 {
			lease := &Lease{leases: l, owner: mine.String(), fence: fence, expires: asked.Add(l.db.leaseTime())}
			lease.ctx, lease.lose = context.WithCancelCause(context.Background())
			l.held.Store(lease)
			go lease.keep()
			return lease, "", nil
		}
		if !told && waits != nil && wait > 0 {
			waits(holder)
			told = true
		}
		if !time.Now().Before(until) {
			return nil, holder, nil
		}
		select {
		case <-ctx.Done():
			return nil, "", ctx.Err()
		case <-time.After(leasePoll):
		}
	}
}

// take tries to take the lease. It returns its fence, or 0 and who has it.
func (l leases) take(ctx context.Context, owner string) (fence uint64, holder string, err error) {
	now, err := l.read(ctx)
	if err != nil {
		return 0, "", err
	}
	v := l.values(owner, now.fence)
	switch {
	// Where another program was first, some of these fail and some do not: the reading tells.
	case now.fence == 0:
		_ = l.write(ctx, "lease_first", v)
	case now.free:
		_ = l.write(ctx, "lease_take", v)
	default:
		return 0, now.holder, nil
	}
	if now, err = l.read(ctx); err != nil {
		return 0, "", err
	}
	if now.owner == owner {
		return now.fence, "", nil
	}
	return 0, now.holder, nil
}

// values are those of the statements.
func (l leases) values(owner string, fence uint64) values {
	host, err := os.Hostname()
	if err != nil {
		host = "?"
	}
	return values{
		"name": leaseName, "owner": owner, "holder": escape(fmt.Sprintf("%s, pid %d", host, os.Getpid())), "fence": num(fence), "time": num(l.db.leaseTime().Milliseconds()),
	}
}

// leaseRow is the lease as the keeper has it; its fence is 0 where nobody ever had it.
type leaseRow struct {
	owner, holder string
	fence         uint64
	free          bool
}

func (l leases) read(ctx context.Context) (row leaseRow, err error) {
	ctx, stop := context.WithTimeout(ctx, keeperTime)
	defer stop()
	err = l.db.forControl().one(ctx, "lease", values{"name": leaseName}, &row.owner, &row.holder, &row.fence, &row.free)
	return row, keeperDown(err)
}

func (l leases) write(ctx context.Context, name string, v values) error {
	ctx, stop := context.WithTimeout(ctx, keeperTime)
	defer stop()
	// In strict mode the keeper writes a row only where it is the one that was read.
	ctx = clickhouse.Context(ctx, clickhouse.WithParameters(v), clickhouse.WithSettings(clickhouse.Settings{"keeper_map_strict_mode": 1}))
	return keeperDown(l.db.forControl().connection().Exec(ctx, text(name)))
}

// verifyLease reports LEASE_LOST where this program had the lease and another one may have
// taken it. It is asked last before releases become visible.
func (l leases) verifyLease(ctx context.Context) error {
	lease := l.held.Load()
	if lease == nil {
		return nil
	}
	row, err := l.read(ctx)
	if err != nil {
		return err
	}
	if row.fence != lease.fence || row.owner != lease.owner {
		return lostLease(row.holder)
	}
	return nil
}

// Lease is the right to load, until it is released or lost.
type Lease struct {
	leases
	owner   string
	fence   uint64
	expires time.Time       // by this program's clock, and no later than by the server's
	ctx     context.Context //nolint:containedctx // of the lease: it ends when it is released or lost
	lose    context.CancelCauseFunc
}

// Fence is the number of the taking.
func (l *Lease) Fence() uint64 { return l.fence }

// Context returns a context that ends with another one, and when the lease is lost, with the
// reason as its cause.
func (l *Lease) Context(of context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(of)
	stop := context.AfterFunc(l.ctx, func() { cancel(context.Cause(l.ctx)) })
	return ctx, func() {
		stop()
		cancel(nil)
	}
}

// Release gives the lease back.
func (l *Lease) Release() {
	l.lose(context.Canceled)
	l.held.CompareAndSwap(l, nil)
	if err := l.write(context.Background(), "lease_return", l.values(l.owner, l.fence)); err != nil {
		l.db.log.Warn("the lease of the loads was not given back; it expires", "code", number.CodeOf(err), "error", err)
	}
}

// keep gives signs of life until the lease is released, or lost: taken by another program, or
// not confirmed before it expired.
func (l *Lease) keep() {
	pace := time.NewTicker(l.db.leaseTime() / 3)
	defer pace.Stop()
	for {
		select {
		case <-l.ctx.Done():
			return
		case <-pace.C:
		}
		asked := time.Now()
		err := l.write(l.ctx, "lease_keep", l.values(l.owner, l.fence))
		var row leaseRow
		if err == nil {
			row, err = l.read(l.ctx)
		}
		switch {
		case l.ctx.Err() != nil:
			return
		case err == nil && (row.fence != l.fence || row.owner != l.owner):
			l.db.log.Error("the lease of the loads was lost", "code", LeaseLost, "fence", l.fence, "taken", row.fence, "holder", row.holder)
			l.lose(lostLease(row.holder))
			return
		case err == nil:
			l.expires = asked.Add(l.db.leaseTime())
		case !time.Now().Before(l.expires):
			l.db.log.Error("the lease of the loads expired: the keeper does not answer", "code", LeaseLost, "error", err)
			l.lose(lostLease(""))
			return
		default:
			l.db.log.Warn("the keeper does not answer", "code", number.CodeOf(err), "error", err)
		}
	}
}

// lostLease is the fault of a lease that was lost.
func lostLease(holder string) *number.Error {
	fault := &number.Error{
		Code: LeaseLost, Message: number.Say("the load has lost its lease: it could not reach the warehouse for too long"),
		Hint: number.Say("nothing of it was published; the next load does it again"),
	}
	if holder != "" {
		fault.Message = number.Say("another program has taken the lease of the loads: %s", holder)
	}
	return fault
}

// keeperDown gives an error of the keeper its code.
func keeperDown(err error) error {
	if err == nil {
		return nil
	}
	return &number.Error{
		Code: KeeperDown, Message: number.Say("the keeper of the ClickHouse server does not answer, and without it no load may run"),
		Hint: number.Say("see to the keeper, or ZooKeeper; questions are answered all the same"), Err: err,
	}
}
