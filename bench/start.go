package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// opening is a program that is started to be asked one question.
type opening struct {
	workspace, data string
	body            []byte
	right           func(answer []byte) bool
}

// starts measures how long it takes from the start of the program to the first right answer, on
// the largest set and on the sample, in turns. The servers of the set must have ended.
func starts(ctx context.Context, o *options, root string, h home, s shape, want []line) ([]verdict, error) {
	sample, err := loadSample(ctx, o, root)
	if err != nil {
		return nil, err
	}
	q := repeated(s)[0]
	body, err := q.body(ranking)
	if err != nil {
		return nil, err
	}
	openings := []opening{{h.workspace(), h.data(), body, func(answer []byte) bool {
		got, err := nestedLines(answer)
		return err == nil && agree(q, got, want, false) == nil
	}}, sample}
	times := make([][]float64, len(openings))
	for n := range o.passes {
		for i := range openings {
			at := (i + n) % len(openings)
			took, err := openings[at].time(ctx, o)
			if err != nil {
				return nil, err
			}
			times[at] = append(times[at], took.Seconds())
		}
	}
	var ratios []float64
	for i := range times[0] {
		ratios = append(ratios, times[0][i]/times[1][i])
	}
	return []verdict{
		judge("the sample of An Giang", "start to first right answer", 0, median(times[1]), "s", nil),
		judge(s.String(), "start to first right answer", 0, median(times[0]), "s", nil),
		judge(s.String(), "start to first right answer ÷ that of the sample", 0, median(ratios), "", atMost(1.2)),
	}, nil
}

// loadSample loads the sample workspace as its users do.
func loadSample(ctx context.Context, o *options, root string) (opening, error) {
	data := filepath.Join(root, "sample")
	out, err := exec.CommandContext(ctx, o.program, "load", "--workspace", o.workspace, "--data", data, "--quiet").CombinedOutput()
	if err != nil {
		return opening{}, fmt.Errorf("the sample cannot be loaded: %w: %s", err, out)
	}
	q := fmt.Sprintf(`{"query":%q}`, document("sample"))
	return opening{o.workspace, data, []byte(q), func(answer []byte) bool {
		return contains(answer, `"text":"97/119 communes (81.5%), up 14 communes`)
	}}, nil
}

// time starts the program and asks until the answer is right.
func (w opening) time(ctx context.Context, o *options) (took time.Duration, err error) {
	address, err := freePort(ctx)
	if err != nil {
		return 0, err
	}
	p, _, err := launch(ctx, o.program, nil, "serve", "--workspace", w.workspace, "--data", w.data, "--addr", address, "--log-level", "warn")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, p.stop()) }()
	var said []byte
	for end := p.begun.Add(startTime); time.Now().Before(end) && ctx.Err() == nil; {
		answer, err := w.ask(ctx, address)
		if err == nil && w.right(answer) {
			return time.Since(p.begun), nil
		}
		said = append(said[:0], answer...)
		select {
		case <-p.ended:
			return 0, fmt.Errorf("the program ended: %w: %s", p.fault, p.said)
		case <-time.After(2 * time.Millisecond):
		}
	}
	return 0, fmt.Errorf("no right answer: %.300s: %s", said, p.said)
}

func (w opening) ask(ctx context.Context, address string) (answer []byte, err error) {
	c, err := dial(ctx, address, false)
	if err != nil {
		return nil, err
	}
	answer, err = c.ask(w.body)
	return answer, errors.Join(err, c.close())
}

// place is the directory of the data sets, and what to do with it in the end.
func place(o *options) (root string, leave func() error, err error) {
	if o.keep != "" {
		return o.keep, func() error { return nil }, os.MkdirAll(o.keep, 0o755)
	}
	root, err = os.MkdirTemp("", "niengiam-bench-")
	return root, func() error { return os.RemoveAll(root) }, err
}
