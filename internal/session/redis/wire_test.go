package redis

import (
	"context"
	"io"
	"net"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// wire stands between a store and Redis, and loses answers when told.
type wire struct{ deaf atomic.Bool }

// listen gives the URL of a socket that leads to the other one.
func (w *wire) listen(t *testing.T, to string) string {
	t.Helper()
	path := filepath.Join(filepath.Dir(to), "wire.sock")
	l, err := net.Listen("unix", path)
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
	return "unix://" + path
}

func (w *wire) join(down net.Conn, to string) {
	defer down.Close()
	up, err := net.Dial("unix", to)
	if err != nil {
		return
	}
	defer up.Close()
	go func() {
		_, _ = io.Copy(up, down)
		up.Close()
	}()
	buf := make([]byte, 64<<10)
	for {
		n, err := up.Read(buf)
		if err != nil {
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
