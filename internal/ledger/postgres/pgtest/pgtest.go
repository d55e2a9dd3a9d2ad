// Package pgtest runs PostgreSQL servers of the machine's own packages for tests: on
// loopback, in folders of their own, gone with the test. It knows nothing of the
// books. A machine without PostgreSQL fails the test.
package pgtest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Option changes how a server runs.
type Option func(*Server)

// NoSync lets the server leave out every fsync: for suites that test what the books
// say, and not what a power cut leaves of them.
func NoSync(s *Server) {
	s.settings = append(s.settings, "fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off")
}

// Setting gives the server a setting of its own, such as "max_connections=20".
func Setting(setting string) Option {
	return func(s *Server) { s.settings = append(s.settings, setting) }
}

// Server is a PostgreSQL server. Its methods are for the test's own goroutine; what
// fails, fails the test.
type Server struct {
	t        testing.TB
	in       *installation
	data     string // its folder
	port     int
	settings []string

	process   *os.Process
	exited    chan struct{}
	log       *tail
	databases atomic.Int64
}

// Start starts an empty server; it ends with the test. The cluster is made once in a
// test process, and copied.
func Start(t testing.TB, options ...Option) *Server {
	t.Helper()
	in := install(t)
	s := newServer(t, in, options)
	t.Cleanup(s.remove)
	in.run(t, "cp", "-R", filepath.Join(in.root, "template"), s.data)
	s.start()
	return s
}

var shared struct {
	sync.Mutex
	server *Server
}

// Shared is a server with NoSync for all tests of a test process, one after the other: it
// ends with the process. Nobody may stop or kill it; each test makes databases of its own.
func Shared(t testing.TB) *Server {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.server == nil {
		in := install(t)
		s := newServer(t, in, []Option{NoSync})
		in.run(t, "cp", "-R", filepath.Join(in.root, "template"), s.data)
		s.start()
		shared.server = s
	}
	shared.server.t = t
	return shared.server
}

// newServer has a folder's name and a port, and nothing else yet.
func newServer(t testing.TB, in *installation, options []Option) *Server {
	t.Helper()
	s := &Server{t: t, in: in, data: filepath.Join(in.root, fmt.Sprint("server", in.servers.Add(1))), port: freePort(t)}
	for _, o := range options {
		o(s)
	}
	return s
}

// Port is where it listens, on 127.0.0.1.
func (s *Server) Port() int { return s.port }

// Data is the folder of its files.
func (s *Server) Data() string { return s.data }

// DSN says where one of its databases is.
func (s *Server) DSN(database string) string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/%s?sslmode=disable", s.port, database)
}

// Database makes an empty database, and says where it is.
func (s *Server) Database(t testing.TB) (dsn string) {
	t.Helper()
	name := fmt.Sprint("test", s.databases.Add(1))
	s.Exec("postgres", "CREATE DATABASE "+name)
	return s.DSN(name)
}

// Exec runs SQL in a database.
func (s *Server) Exec(database, sql string) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.DSN(database))
	if err != nil {
		s.fatal("connect", err)
	}
	defer conn.Close(ctx) //nolint:errcheck // nothing is lost
	if _, err := conn.Exec(ctx, sql, pgx.QueryExecModeSimpleProtocol); err != nil {
		s.fatal(sql, err)
	}
}

// start runs the server and waits until it says that it takes connections.
func (s *Server) start() {
	s.t.Helper()
	args := []string{"-D", s.data, "-p", strconv.Itoa(s.port)}
	for _, setting := range append([]string{
		"listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=32MB", "max_connections=100", "max_wal_senders=10", "wal_keep_size=256MB",
		"log_min_messages=log", "lc_messages=C", "logging_collector=off",
	}, s.settings...) {
		args = append(args, "-c", setting)
	}
	cmd := s.in.command("postgres", args...)
	cmd.SysProcAttr.Pdeathsig = syscall.SIGQUIT // nothing outlives the test process
	out, err := cmd.StderrPipe()
	if err != nil {
		s.fatal("start", err)
	}
	if err := cmd.Start(); err != nil {
		s.fatal("start", err)
	}
	s.process, s.exited, s.log = cmd.Process, make(chan struct{}), &tail{}
	ready := make(chan struct{})
	go s.log.read(out, ready)
	go func() {
		_ = cmd.Wait() // it is killed
		close(s.exited)
	}()
	select {
	case <-ready:
	case <-s.exited:
		s.fatal("start", fmt.Errorf("it ended"))
	case <-time.After(time.Minute):
		s.fatal("start", fmt.Errorf("it is not ready after a minute"))
	}
}

// Stop ends it as a power cut would, but in order: at once, with nothing written that
// was not written yet. A server that is down stays down.
func (s *Server) Stop() { s.end(syscall.SIGQUIT) }

// Kill kills all of its processes at one stroke (SIGKILL).
func (s *Server) Kill() { s.end(syscall.SIGKILL) }

func (s *Server) end(signal syscall.Signal) {
	if s.process == nil {
		return
	}
	_ = s.process.Signal(signal) // gone already: all the better
	for {                        // the others hold the folder longer than their parent, who may just have made one
		others := processesIn(s.data)
		if signal == syscall.SIGKILL {
			for _, pid := range others {
				_ = syscall.Kill(pid, signal)
			}
		}
		if len(others) == 0 {
			break
		}
		<-time.After(time.Millisecond)
	}
	<-s.exited
	s.process = nil
}

// remove ends it, and takes its files away.
func (s *Server) remove() {
	s.Stop()
	_ = os.RemoveAll(s.data) // the janitor comes after us
}

// Restart starts it again after Kill or Stop, on its port and with all it had written;
// a running one is stopped first.
func (s *Server) Restart() {
	s.t.Helper()
	s.Stop()
	s.start()
}

// Reconfigure gives it another setting and starts it again.
func (s *Server) Reconfigure(settings ...string) {
	s.t.Helper()
	s.settings = append(s.settings, settings...)
	s.Restart()
}

func (s *Server) fatal(what string, err error) {
	s.t.Helper()
	log := "(it has not started)"
	if s.log != nil {
		log = s.log.String()
	}
	s.t.Fatalf("PostgreSQL on port %d: %s: %v\n%s", s.port, what, err, log)
}
