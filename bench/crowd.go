package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/bench/proc"
)

const mebibyte = 1 << 20

// spare is what the program may have beside what its settings bound, in MiB.
const spare = 150

// bounds is the sum of the settings that bound the memory of a program, in MiB, by their defaults.
func bounds(ctx context.Context, program string) (sum int, err error) {
	help, err := exec.CommandContext(ctx, program, "serve", "--help").Output()
	if err != nil {
		return 0, err
	}
	said := strings.Join(strings.Fields(string(help)), " ")
	for _, match := range regexp.MustCompile(`--memory-(?:slices|answers)=\S+ [^-]*?Default: (\d+)`).FindAllStringSubmatch(said, -1) {
		bound, _ := strconv.Atoi(match[1])
		sum += bound
	}
	if sum == 0 {
		err = errors.New("the help of the program names no bound of its memory")
	}
	return sum, err
}

// crowd lets many clients ask for a while whatever they like, and looks at the memory of the
// program afterwards.
func crowd(ctx context.Context, s *set, o *options) ([]verdict, error) {
	bound, err := bounds(ctx, o.program)
	if err != nil {
		return nil, err
	}
	repeats := repeated(s.shape)
	asked := nested(s, ours, ranking, s.ours, false, func(n int) question {
		switch n % 4 {
		case 0:
			return renewed(s.shape, n)
		case 1:
			return first(s.shape, n/4%firstQuestions(s.shape.indicators))
		}
		return repeats[n%len(repeats)]
	})
	asked.doubted, asked.crowded = 10*o.once, true
	before := proc.Resident(s.ours.id())
	if _, err := measure(ctx, mode{name: again, subjects: []*subject{asked}}, &options{passes: 1, duration: o.crowdTime}, o.crowd); err != nil {
		return nil, err
	}
	highest, now := proc.Resident(s.ours.id()), int64(0)
	for end := time.Now().Add(o.backTime()); ; {
		now = proc.Resident(s.ours.id())
		if now <= int64(bound+spare)*mebibyte || time.Now().After(end) {
			break
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	name := s.shape.String()
	mib := func(n int64) float64 { return float64(n) / mebibyte }
	return []verdict{
		judge(name, "memory of the program before the crowd", 0, mib(before), "MiB", nil),
		judge(name, "requests of the crowd that were refused", o.crowd, float64(asked.refused.Load()), "", nil),
		judge(name, "memory of the program when the crowd goes", o.crowd, mib(highest), "MiB", nil),
		judge(name, fmt.Sprintf("memory of the program within %s after it", o.backTime()), o.crowd, mib(now), "MiB", atMost(float64(bound+spare))),
		judge(name, "most memory of the program at any time", 0, mib(proc.Peak(s.ours.id())), "MiB", nil),
		judge(name, "most memory of the engine at any time", 0, mib(proc.Peak(s.ours.engine())), "MiB", nil),
	}, nil
}

// disk is what the tables take.
func disk(ctx context.Context, s *set, _ *options) ([]verdict, error) {
	var own, expertTable, plainTable uint64
	err := statement(ctx, s.conn, "disk", nil, func(rows driver.Rows) error { return rows.Scan(&own, &expertTable, &plainTable) })
	mib := func(n uint64) float64 { return float64(n) / mebibyte }
	name := s.shape.String()
	return []verdict{
		judge(name, "disk, niengiam: ledger, origins and all else", 0, mib(own), "MiB", nil),
		judge(name, "disk, plain: the facts as floats", 0, mib(plainTable), "MiB", nil),
		judge(name, "disk, expert: the sums of districts", 0, mib(expertTable), "MiB", nil),
	}, err
}

// contains reports whether an answer says all of it.
func contains(answer []byte, texts ...string) bool {
	for _, text := range texts {
		if !bytes.Contains(answer, []byte(text)) {
			return false
		}
	}
	return true
}
