package redis

import (
	"context"
	"io"
	"net"
	"path/filepath"
	"regexp"
	"sync/atomic"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// wire stands between a store and Redis, and loses answers when told: deaf, it
// lets the caller wait; cut, it hangs up instead of answering a command of cuts.
type wire struct{ deaf, cut atomic.Bool }

// listen gives the URL of a socket that leads to the other one.
func (w *wire) listen(t *testing.T, to string) string {
	t.Helper()
	path := filepath.Join(filepath.Dir(to), "wire.sock")
	w.serve(t, "unix", path, to)
	return "unix://" + path
}

// serve listens and gives where.
func (w *wire) serve(t *testing.T, network, address, to string) net.Addr {
	t.Helper()
	l, err := net.Listen(network, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			down, err := l.Accept()
			if err != nil {
				return
			}
			go w.join(down, to)
		}
	}()
	return l.Addr()
}

var cuts = regexp.MustCompile(`(?i)\r\n(nx|incr)\r\n`)

// listener is told of all that is written.
type listener func(p []byte)

// Write tells.
func (l listener) Write(p []byte) (int, error) {
	l(p)
	return len(p), nil
}

func (w *wire) join(down net.Conn, to string) {
	defer down.Close()
	up, err := net.Dial("unix", to)
	if err != nil {
		return
	}
	defer up.Close()
	var asked atomic.Bool // a command of cuts
	go func() {
		_, _ = io.Copy(up, io.TeeReader(down, listener(func(p []byte) {
			if cuts.Match(p) {
				asked.Store(true)
			}
		})))
		up.Close()
	}()
	buf := make([]byte, 64<<10)
	for {
		n, err := up.Read(buf)
		if err != nil || w.cut.Load() && asked.Load() {
			return
		}
		if w.deaf.Load() {
			continue
		}
		if _, err := down.Write(buf[:n]); err != nil {
			return
		}
	}
}

// answers returns once the server does, however long it was stopped.
func (s *server) answers(t *testing.T) {
	t.Helper()
	raw := goredis.NewClient(&goredis.Options{Addr: s.socket(), ReadTimeout: time.Minute})
	defer raw.Close()
	if err := raw.Ping(context.Background()).Err(); err != nil {
		t.Fatal(err)
	}
}
