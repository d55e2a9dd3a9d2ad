package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"kessai.dev/kessai/tools/bench/load"
	"kessai.dev/kessai/tools/bench/proc"
)

// root is the product's folder, seen from the one this command runs in.
const root = "../.."

// patience is how long a server may take to become ready or to stop.
const patience = 60 * time.Second

// bench is one run: its temporary folder, its Redis and its verdicts.
type bench struct {
	settings
	dir      string
	self     string // our own program, to be started as the floor
	redis    *proc.Process
	redisAt  string
	ledger   func() (string, error) // of the next kessai's books; nil: in its folder
	helper   int                    // process that belongs to the measured server, such as the simulator; 0: none
	database int                    // process of the books' database; 0: none
	verdicts []verdict
	serial   int
}

func setUp(o settings) (*bench, error) {
	dir, err := os.MkdirTemp("", "kessai-bench-")
	if err != nil {
		return nil, err
	}
	b := &bench{settings: o, dir: dir}
	if err := b.prepare(); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

func (b *bench) prepare() (err error) {
	if len(b.sections) == 1 && b.sections[0] == "model" {
		return nil // nothing is run
	}
	if b.self, err = os.Executable(); err != nil {
		return err
	}
	switch {
	case len(b.sections) == 1 && b.sections[0] == "noise": // needs no product
	case b.server == "":
		b.server = filepath.Join(b.dir, "kessai")
		if err := build(b.server); err != nil {
			return err
		}
	default:
		if b.server, err = filepath.Abs(b.server); err != nil {
			return err
		}
	}
	if b.redisAt, err = proc.Loopback(); err != nil {
		return err
	}
	b.redis, err = proc.Redis(b.dir, b.redisAt)
	return err
}

// build compiles the product as it is released.
func build(to string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-o", to, "./server")
	cmd.Dir = root
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("build the server: %w\n%s", err, out)
	}
	return nil
}

func (b *bench) close() {
	if b.redis != nil {
		b.redis.Kill()
	}
	_ = os.RemoveAll(b.dir)
}

// folder is a new empty one.
func (b *bench) folder(name string) (string, error) {
	b.serial++
	dir := filepath.Join(b.dir, fmt.Sprintf("%s-%d", name, b.serial))
	return dir, os.MkdirAll(dir, 0o700)
}

// server is one that runs: a floor or a kessai.
type server struct {
	*proc.Process
	grpc string // address of native gRPC
	http string // address of the listener that speaks everything; the floor has none
	conn load.Clients
	hang func()
}

func (s *server) stop() {
	if s.hang != nil {
		s.hang()
	}
	s.Kill()
}

// startFloor starts the floor with an empty ledger.
func (b *bench) startFloor(acquirer time.Duration) (*server, error) {
	dir, err := b.folder("floor")
	if err != nil {
		return nil, err
	}
	addr, err := proc.Loopback()
	if err != nil {
		return nil, err
	}
	p, err := proc.Start("floor", dir, b.self, "floor", "-listen", addr, "-redis", b.redisAt,
		"-journal", filepath.Join(dir, "journal.db"), "-acquirer", acquirer.String())
	if err != nil {
		return nil, err
	}
	return connected(&server{Process: p, grpc: addr})
}

// startKessai starts the product on books in dir with an acquirer, or with
// whatever provider says.
func (b *bench) startKessai(dir, provider string) (*server, error) {
	logs, err := b.folder("kessai")
	if err != nil {
		return nil, err
	}
	s := &server{}
	if s.http, err = proc.Loopback(); err != nil {
		return nil, err
	}
	if s.grpc, err = proc.Loopback(); err != nil {
		return nil, err
	}
	args := []string{"--listen", s.http, "--grpc-listen", s.grpc, "--data", dir, "--redis", "redis://" + b.redisAt, "--provider", provider}
	if b.ledger != nil {
		books, err := b.ledger()
		if err != nil {
			return nil, err
		}
		args = append(args, "--ledger", books)
	}
	if s.Process, err = proc.Start("kessai", logs, b.server, args...); err != nil {
		return nil, err
	}
	return connected(s)
}

// instant is the provider that approves in the process after a while.
func instant(d time.Duration) string { return "instant:" + fmt.Sprint(d.Milliseconds()) + "ms" }

// connected waits until the server listens and opens connections to it.
func connected(s *server) (*server, error) {
	_, err := s.Wait(patience, func() error { return proc.Dial(s.grpc) })
	if err == nil {
		s.conn, s.hang, err = load.Connect(s.grpc, 4)
	}
	if err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

// calm waits until a server has done what it put off, so that it does not
// disturb the next measurement.
func calm(ctx context.Context, servers ...*server) {
	const look = 200 * time.Millisecond
	for range 15 {
		before := 0.0
		for _, s := range servers {
			before -= proc.CPU(s.PID)
		}
		time.Sleep(look)
		for _, s := range servers {
			before += proc.CPU(s.PID)
		}
		if before <= 0.02 || ctx.Err() != nil {
			return
		}
	}
}

func (b *bench) heading() {
	fmt.Printf("# Benchmark\n\n")
	fmt.Printf("%s, %d cores (%s), Linux %s, %s, redis-server %s (append-only file, synced every second), books on %s.\n",
		time.Now().UTC().Format("2006-01-02 15:04 UTC"), runtime.NumCPU(), cpuModel(), kernel(), runtime.Version(), redisVersion(), fileSystem(b.dir))
	fmt.Printf("Server, floor, Redis and load generator share the machine. Points of %s, %d alternating repetitions, four connections.\n", b.length, b.reps)
	fmt.Printf("The request is CreatePayment with a card token, an order of two lines and a buyer: %d bytes as protobuf.\n", load.Size())
}

func kernel() string { return firstWord("/proc/sys/kernel/osrelease") }

func firstWord(path string) string {
	b, err := os.ReadFile(path)
	if err != nil {
		return "?"
	}
	return strings.TrimSpace(string(b))
}

func cpuModel() string {
	b, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(b)) {
		if k, v, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(k) == "model name" {
			return strings.TrimSpace(v)
		}
	}
	return runtime.GOARCH
}

func redisVersion() string {
	out, err := exec.Command("redis-server", "--version").Output()
	if err != nil {
		return "?"
	}
	for f := range strings.FieldsSeq(string(out)) {
		if v, ok := strings.CutPrefix(f, "v="); ok {
			return v
		}
	}
	return "?"
}

// fileSystem names the kind of file system that a folder is on: the time of a
// sync depends on little else.
func fileSystem(dir string) string {
	out, err := exec.Command("stat", "-f", "-c", "%T", dir).Output()
	if err != nil {
		return "?"
	}
	return strings.TrimSpace(string(out))
}
