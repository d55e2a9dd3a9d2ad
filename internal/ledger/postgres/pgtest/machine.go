package pgtest

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// childrenOf gives the processes that a process has started.
func childrenOf(pid int) (children []int) {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		b, err := os.ReadFile(path)
		if err != nil {
			continue // it is gone
		}
		_, rest, _ := strings.Cut(string(b), ") ") // a name may have anything in it
		fields := strings.Fields(rest)
		if len(fields) > 1 && fields[1] == strconv.Itoa(pid) {
			child, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			children = append(children, child)
		}
	}
	return children
}

// freePort gives a port that nobody listens on, below those that outgoing connections
// get: it is used again after a restart.
func freePort(t testing.TB) int {
	t.Helper()
	for range 1000 {
		port := 10_000 + rand.IntN(20_000)
		l, err := net.Listen("tcp", fmt.Sprint("127.0.0.1:", port))
		if err == nil {
			_ = l.Close()
			return port
		}
	}
	t.Fatal("no free port")
	return 0
}

// tail keeps the end of what a server says.
type tail struct {
	mu    sync.Mutex
	lines []string
}

const maxLines = 60

func (l *tail) read(from io.Reader, ready chan<- struct{}) {
	lines := bufio.NewScanner(from)
	for lines.Scan() {
		if ready != nil && strings.Contains(lines.Text(), "ready to accept") {
			close(ready)
			ready = nil
		}
		l.mu.Lock()
		if l.lines = append(l.lines, lines.Text()); len(l.lines) > maxLines {
			l.lines = l.lines[1:]
		}
		l.mu.Unlock()
	}
}

func (l *tail) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.lines, "\n")
}
