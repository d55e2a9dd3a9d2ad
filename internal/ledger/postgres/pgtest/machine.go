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

// processesIn gives the processes whose working folder this is: of a server, whose
// processes are all in the folder of its files, those that its parent left behind, too.
func processesIn(folder string) (pids []int) {
	links, _ := filepath.Glob("/proc/[0-9]*/cwd")
	for _, link := range links {
		if in, err := os.Readlink(link); err != nil || in != folder {
			continue // it is gone, or another one
		}
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(link)))
		pids = append(pids, pid)
	}
	return pids
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
