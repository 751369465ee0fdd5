package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// profiledTime is what a profile is taken of where questions can be asked again.
const profiledTime = 10 * time.Second

// profile takes a CPU profile of the program while eight clients ask it as a mode says.
func profile(ctx context.Context, m mode, o *options) error {
	us := m.subjects[0]
	p := us.set.ours
	if p.profiler == "" || us.way != ours {
		return nil
	}
	if err := os.MkdirAll(o.profiles, 0o755); err != nil {
		return err
	}
	name := strings.ReplaceAll(fmt.Sprintf("%s-rows-%s.pprof", us.set.shape.name, m.name), " ", "-")
	most, took := m.most*profiledTurns, profiledTime
	if m.name == renew {
		most, us.doubted = 0, 10*o.once // there are as many as one likes, more than can be checked
	}
	taken := make(chan error, 1)
	go func() { taken <- fetch(ctx, p.profiler, int(took.Seconds()), filepath.Join(o.profiles, name)) }()
	_, err := turn(ctx, us, 8, took, most)
	return errors.Join(err, <-taken)
}

// fetch writes a profile of the next seconds to a file.
func fetch(ctx context.Context, address string, seconds int, path string) (err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("http://%s/debug/pprof/profile?seconds=%d", address, seconds), nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the profiler says %s", response.Status)
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, response.Body)
	return errors.Join(err, file.Close())
}
