package harness

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials/insecure"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/tools/bench/proc"
)

// root is the product's folder, seen from the one this command runs in.
const root = "../.."

// patience is how long a process may take to start or to stop.
const patience = 60 * time.Second

// world is all that runs, and the harness's own record of what was answered.
type world struct {
	settings
	dir       string
	program   string // the built server
	data      string // the server's data folder
	simAt     string
	redisAt   string
	httpAt    string
	grpcAt    string
	simulator *proc.Process
	redisNow  *proc.Process
	server    *proc.Process
	conns     []*grpc.ClientConn
	clients   []paymentv1.PaymentServiceClient
	turn      atomic.Uint64
	book      *book
	count     counters
	waiting   waiting
	ripe      chan *paymentv1.Payment // settled payments that somebody may go on with
	starts    []time.Duration
	logged    uint64         // sequence of the last line of the provider's log that was read
	log       []wireCall     // the provider's log
	calledFor map[string]int // calls at the provider, by function
	undecided int            // histories whose check took too long
	seen      *histories     // all that was observed of each payment; nil: nobody asks
	// booksHarmed: the database of the books is harmed, so that they may be unavailable.
	booksHarmed bool
	ours        totals
	theirs      totals
}

func setUp(o settings) (*world, error) {
	w, err := newWorld(o)
	if err != nil {
		return nil, err
	}
	if err := w.begin(); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

// newWorld is one in which nothing runs yet.
func newWorld(o settings) (*world, error) {
	dir, err := os.MkdirTemp("", "kessai-"+o.mode+"-")
	if err != nil {
		return nil, err
	}
	w := &world{settings: o, dir: dir, program: o.server, data: filepath.Join(dir, "data"), book: newBook()}
	w.waiting.names, w.calledFor = map[string]bool{}, map[string]int{}
	w.ripe = make(chan *paymentv1.Payment, 1024)
	return w, nil
}

// build builds the server from this tree, unless there is one.
func (w *world) build() (err error) {
	if w.program == "" {
		w.program = filepath.Join(w.dir, "kessai")
		cmd := exec.Command("go", "build", "-trimpath", "-o", w.program, "./server")
		cmd.Dir = root
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("build the server: %w\n%s", err, out)
		}
		return nil
	}
	w.program, err = filepath.Abs(w.program)
	return err
}

func (w *world) begin() (err error) {
	if err := w.build(); err != nil {
		return err
	}
	for _, at := range []*string{&w.simAt, &w.redisAt, &w.httpAt, &w.grpcAt} {
		if *at, err = proc.Loopback(); err != nil {
			return err
		}
	}
	if err := w.startSimulator(); err != nil {
		return err
	}
	if w.redis {
		if err := w.startRedis(); err != nil {
			return err
		}
	}
	if err := w.connect(w.grpcAt, 8); err != nil {
		return err
	}
	return w.startServer()
}

func (w *world) startSimulator() (err error) {
	w.simulator, err = proc.Start("simulator", w.dir, w.program, "simulate", "--simulator-listen", w.simAt, "--data", filepath.Join(w.dir, "simulator"))
	if err != nil {
		return err
	}
	_, err = w.simulator.Wait(patience, func() error { return proc.Dial(w.simAt) })
	return err
}

func (w *world) startRedis() (err error) {
	dir := filepath.Join(w.dir, "redis")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	w.redisNow, err = proc.Redis(dir, w.redisAt)
	return err
}

// startServer starts the server on the same books and the same addresses as
// before, and waits until it listens.
func (w *world) startServer() (err error) {
	if w.server, err = w.spawn(); err != nil {
		return err
	}
	took, err := w.server.Wait(patience, func() error { return proc.Dial(w.grpcAt) })
	w.starts = append(w.starts, took)
	return err
}

func (w *world) spawn() (*proc.Process, error) {
	args := []string{
		"--listen", w.httpAt, "--grpc-listen", w.grpcAt, "--data", w.data,
		"--provider", "http://" + w.simAt + "/test_gateway",
	}
	if w.redis {
		args = append(args, "--redis", "redis://"+w.redisAt)
	}
	return proc.Start("server", w.dir, w.program, args...)
}

// connect makes connections that come back quickly after a kill.
func (w *world) connect(to string, n int) error {
	quick := grpc.ConnectParams{
		Backoff:           backoff.Config{BaseDelay: 20 * time.Millisecond, Multiplier: 1.5, Jitter: 0.2, MaxDelay: 200 * time.Millisecond},
		MinConnectTimeout: time.Second,
	}
	for range n {
		c, err := grpc.NewClient("passthrough:///"+to, grpc.WithTransportCredentials(insecure.NewCredentials()), grpc.WithConnectParams(quick))
		if err != nil {
			return err
		}
		w.conns = append(w.conns, c)
		w.clients = append(w.clients, paymentv1.NewPaymentServiceClient(c))
	}
	return nil
}

// client is one of the connections, in turn.
func (w *world) client() int { return int(w.turn.Add(1) % uint64(len(w.clients))) }

// verify runs the offline proof over the books of a server that is down.
func (w *world) verify() {
	w.verifyWith("--data", w.data)
}

func (w *world) verifyWith(args ...string) {
	w.count.verified.Add(1)
	out, err := exec.Command(w.program, append([]string{"verify"}, args...)...).CombinedOutput()
	if err != nil {
		w.book.differ("kessai verify: %v: %s", err, out)
	}
}

func (w *world) close() {
	for _, c := range w.conns {
		_ = c.Close()
	}
	for _, p := range []*proc.Process{w.server, w.redisNow, w.simulator} {
		if p != nil {
			p.Kill()
		}
	}
	if w.keep || w.book.differences() > 0 {
		fmt.Printf("data and logs are in %s\n", w.dir)
		return
	}
	_ = os.RemoveAll(w.dir)
}
