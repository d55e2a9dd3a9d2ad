//go:build linux || darwin

package main

import (
	"errors"
	"os"
	"syscall"
)

// lockFolder keeps other processes on the machine, or on the same network folder, out
// until it is unlocked, or this process ends.
func lockFolder(dir string) (unlock func() error, err error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	for errors.Is(syscall.Flock(int(f.Fd()), syscall.LOCK_EX), syscall.EINTR) {
		continue // a signal came in between; a file system that has no locks is used without
	}
	return f.Close, nil
}
