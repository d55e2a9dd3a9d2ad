// Package proc starts the processes that a measurement or a crash test is
// made of, and reads from /proc what they and the machine have used.
package proc

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// tick is the unit of CPU times in /proc: USER_HZ, 100 a second on every
// Linux that Go runs on.
const tick = 1.0 / 100

// CPU is the user and system time a process has used so far, in seconds, to
// a hundredth. It is 0 for pid 0 and for a process that is gone.
func CPU(pid int) float64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	// The name, in brackets, may hold blanks: count fields from behind it.
	i := bytes.LastIndexByte(b, ')')
	f := strings.Fields(string(b[i+1:]))
	if i < 0 || len(f) < 13 {
		return 0
	}
	return (number(f[11]) + number(f[12])) * tick
}

// Busy is the CPU time the whole machine has used so far, in seconds: all but
// idle and waiting for disks. Time stolen by neighbours of a virtual machine
// counts as used.
func Busy() float64 {
	b, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(b), "\n")
	const idle, iowait, guest = 3, 4, 8 // guest time is in user time already
	sum := 0.0
	for i, f := range strings.Fields(strings.TrimPrefix(line, "cpu")) {
		if i != idle && i != iowait && i < guest {
			sum += number(f) * tick
		}
	}
	return sum
}

// RSSAnon is the memory of a process that is no mapped file, in bytes. Pages
// of a memory-mapped database belong to the page cache and do not count.
func RSSAnon(pid int) (int64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "RssAnon:"); ok {
			kib, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
			return kib << 10, err
		}
	}
	return 0, fmt.Errorf("process %d: no RssAnon", pid)
}

// children are the processes that a process has started and that still run.
func children(parent int) (pids []int) {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		b, err := os.ReadFile(path)
		if err != nil {
			continue // it is gone
		}
		_, rest, _ := strings.Cut(string(b), ") ")
		if f := strings.Fields(rest); len(f) > 1 && f[1] == strconv.Itoa(parent) {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			pids = append(pids, pid)
		}
	}
	return pids
}

func number(s string) float64 {
	v, _ := strconv.ParseFloat(s, 64)
	return v
}
