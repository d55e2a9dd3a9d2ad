package redis

import (
	"bufio"
	"context"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"kessai.dev/kessai/internal/session"
)

const binary = "/usr/bin/redis-server"

// server is a real Redis of the test's own. It listens on a socket in the
// test's folder, which nobody else can take while it is down; with tcp on a
// loopback port as well.
type server struct {
	dir      string
	port     int
	args     []string // beyond the usual
	sentinel string   // its file, if it is a Sentinel
	cmd      *exec.Cmd
}

func newServer(t testing.TB, tcp bool, args ...string) *server {
	t.Helper()
	s := emptyServer(t, args...)
	if tcp {
		s.port = freePort(t)
	}
	s.start(t)
	return s
}

// emptyServer is a server that has not been started.
func emptyServer(t testing.TB, args ...string) *server {
	t.Helper()
	dir, err := os.MkdirTemp("", "kessai-redis") // a socket's path has to be short
	if err != nil {
		t.Fatal(err)
	}
	s := &server{dir: dir, args: args}
	t.Cleanup(func() {
		s.kill()
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return s
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// start starts it on what the last one left, and returns once it answers.
func (s *server) start(t testing.TB) {
	t.Helper()
	if _, err := os.Stat(binary); err != nil {
		t.Fatalf("%v; install it: apt-get install -y --no-install-recommends redis-server", err)
	}
	args, ready := append([]string{
		"--port", strconv.Itoa(s.port), "--bind", "127.0.0.1", "--unixsocket", s.socket(),
		"--dir", s.dir, "--save", "", "--appendonly", "yes", "--appendfsync", "everysec",
	}, s.args...), "ready to accept connections"
	if s.sentinel != "" {
		args, ready = []string{s.sentinel, "--sentinel"}, "+monitor master"
	}
	s.cmd = exec.Command(binary, args...)
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		log.WriteString(lines.Text() + "\n")
		if strings.Contains(strings.ToLower(lines.Text()), ready) {
			go io.Copy(io.Discard, out)
			return
		}
	}
	t.Fatalf("redis-server ended before it was ready:\n%s", log.String())
}

// kill ends it as a power cut would.
func (s *server) kill() {
	if s.cmd == nil || s.cmd.Process == nil {
		return
	}
	_ = s.cmd.Process.Signal(syscall.SIGCONT)
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
	s.cmd = nil
}

// wipe ends it and loses its data.
func (s *server) wipe(t testing.TB) {
	t.Helper()
	s.kill()
	if err := os.RemoveAll(filepath.Join(s.dir, "appendonlydir")); err != nil {
		t.Fatal(err)
	}
}

func (s *server) signal(t testing.TB, sig syscall.Signal) {
	t.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		t.Fatal(err)
	}
}

func (s *server) socket() string { return filepath.Join(s.dir, "redis.sock") }
func (s *server) url() string    { return "unix://" + s.socket() }
func (s *server) address() string {
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port))
}

// raw is a plain client, for what the store does not offer.
func (s *server) raw(t testing.TB) *goredis.Client {
	t.Helper()
	to := s.socket()
	if s.sentinel != "" {
		to = s.address()
	}
	c := goredis.NewClient(&goredis.Options{Addr: to})
	t.Cleanup(func() { c.Close() })
	return c
}

// clock is a clock that stands still until told.
type clock struct{ at atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.at.Store(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC).UnixNano())
	return c
}

func (c *clock) now() time.Time { return time.Unix(0, c.at.Load()).UTC() }

// pass lets time go by for the clock and for all that the servers hold under the
// prefix. Heartbeats stay: the processes they speak of live on.
func (c *clock) pass(t testing.TB, prefix string, d time.Duration, servers ...*goredis.Client) {
	t.Helper()
	c.at.Add(int64(d))
	for _, raw := range servers {
		age(t, raw, prefix, d)
	}
}

// age takes d off the life of every key of one server.
func age(t testing.TB, raw *goredis.Client, prefix string, d time.Duration) {
	t.Helper()
	ctx := context.Background()
	keys, err := raw.Keys(ctx, prefix+":*").Result()
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range keys {
		if strings.HasPrefix(key, prefix+":owner:") {
			continue
		}
		left, err := raw.PTTL(ctx, key).Result()
		if err != nil {
			t.Fatal(err)
		}
		if err := raw.PExpire(ctx, key, left-d).Err(); err != nil { // at or below nothing: gone
			t.Fatal(err)
		}
	}
}

// open opens a store that waits long, unless the test is about waiting: the
// machine may be busy.
func open(t testing.TB, o Options) *Store {
	t.Helper()
	if o.Timeout == 0 {
		o.Timeout = 20 * time.Second
	}
	s, err := Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// killed ends a store as kill -9 ends its process, and lets its heartbeat lapse.
func killed(t testing.TB, s *Store) {
	t.Helper()
	s.die()
	signs(t, s, "del")
}

// still stops a store's heart between two beats, and time with it.
func still(t testing.TB, s *Store) {
	t.Helper()
	s.die()
	signs(t, s, "persist")
}

// signs runs a command on every sign of life of a store.
func signs(t testing.TB, s *Store, command string) {
	t.Helper()
	must(t, s.everywhere(context.Background(), func(ctx context.Context, to *lane, signs []string) error {
		return s.each(ctx, to, signs, func(sign string) []any { return []any{command, sign} })
	}))
}

var (
	claimed = session.Status{Claimed: true}
	running = session.Status{Running: true}
)

func key(value string) session.Key { return session.Key{Method: "CreatePayment", Value: value} }

func claim(t testing.TB, s *Store, k session.Key, want session.Status) {
	t.Helper()
	got, err := s.Claim(context.Background(), k)
	if err != nil {
		t.Fatalf("Claim(%q): %v", k.Value, err)
	}
	if got != want {
		t.Fatalf("Claim(%q) = %+v, want %+v", k.Value, got, want)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
