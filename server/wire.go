package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/acquirer/instant"
	"kessai.dev/kessai/internal/acquirer/simulator"
	"kessai.dev/kessai/internal/acquirer/webcollect"
	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/bulk"
	"kessai.dev/kessai/internal/desk"
	"kessai.dev/kessai/internal/dispatch"
	"kessai.dev/kessai/internal/event"
	"kessai.dev/kessai/internal/explain"
	"kessai.dev/kessai/internal/ledger/standby"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/radar"
	"kessai.dev/kessai/internal/reconcile"
	"kessai.dev/kessai/internal/registry"
	"kessai.dev/kessai/internal/report"
	"kessai.dev/kessai/internal/rounds"
	"kessai.dev/kessai/internal/session"
	sessionbolt "kessai.dev/kessai/internal/session/bolt"
	sessionredis "kessai.dev/kessai/internal/session/redis"
	"kessai.dev/kessai/internal/shop"
	"kessai.dev/kessai/internal/vault"
	"kessai.dev/kessai/internal/webhook"
)

// server is a running kessai. This file is the only place where everything
// meets.
type server struct {
	flags  *Flags
	logger *slog.Logger
	clock  func() time.Time
	failed chan error // a listener that ended by itself

	directory  *shop.Live
	shops      *registry.Registry
	books      books
	lists      lists
	sessions   session.Store
	provider   provider
	testBase   string // of the provider in TEST; empty: its own
	key        []byte // the installation's secret
	vault      *vault.Vault
	processor  *processor.Processor
	notebook   *desk.Notebook
	desk       *desk.Desk
	hooks      *webhook.Hooks
	radar      *radar.Radar
	rounds     *rounds.Rounds
	reconciler *reconcile.Reconciler
	days       *report.Days
	cutOff     bool // calls to the provider were cut off at the stop
	door       *api.API
	observer   *observer
	trace      func(context.Context, string) (context.Context, func(api.Observation)) // nil: no spans

	listener                      net.Listener // of the doors; what is sent to browsers names its address
	addr, grpcAddr, simulatorAddr net.Addr
	publicURL                     string // where browsers reach this server; empty: nobody said

	sweeping  sync.WaitGroup
	endSweep  context.CancelFunc
	web       *http.Server
	simulator *http.Server
	closers   []func() error // in the order in which they were opened

	openDeliveries func() (deliveries, error)
	deliveries     deliveries
	backingUp      sync.Mutex                // while a backup is made
	newestBackup   atomic.Pointer[time.Time] // as it was seen in --backup; nil: nobody has looked yet
	shipper        *standby.Shipper          // nil: without --ship
	space          *space
	keysLock       func() error
}

// provider is the other side, with all it has to offer.
type provider interface {
	acquirer.Acquirer
	acquirer.Wallet
	acquirer.Browser
}

// start opens everything, from the books up to the doors, on one clock. What
// was opened is closed again when something fails.
func start(ctx context.Context, f *Flags, config string, logger *slog.Logger, clock func() time.Time) (*server, error) {
	s := &server{flags: f, logger: logger, clock: clock, failed: make(chan error, 3)}
	for _, step := range []func(context.Context) error{
		func(context.Context) error {
			d, err := readDirectory(config)
			s.directory = shop.NewLive(d)
			return err
		},
		s.openData, s.lockKeys, s.openSecret, s.openListener, s.openBooks, s.openFence, s.openShops, s.openSessions, s.openProvider, s.openTracing, s.openVault, s.unlockKeys, s.openNotebook, s.openProcessor, s.openDesk, s.openRadar, s.openReconciler, s.openDays, s.openRounds, s.openHooks, s.openBackups, s.openSpace, s.openShipper, s.openDoors,
	} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, s.stop(ctx))
		}
	}
	return s, nil
}

func (s *server) closer(c func() error) { s.closers = append(s.closers, c) }

func (s *server) openData(context.Context) error {
	if err := os.MkdirAll(s.flags.Data, 0o700); err != nil {
		return fmt.Errorf("--data: %w", err)
	}
	if err := os.MkdirAll(s.flags.keysDir(), 0o700); err != nil {
		return fmt.Errorf("--key-dir: %w", err)
	}
	return nil
}

func (s *server) openSessions(ctx context.Context) (err error) {
	if s.flags.Redis != "" {
		s.sessions, err = sessionredis.Open(ctx, sessionredis.Options{URL: s.flags.Redis, Clock: s.clock})
	} else {
		s.sessions, err = sessionbolt.Open(sessionbolt.Options{Path: filepath.Join(s.flags.Data, "session.db"), Clock: s.clock})
	}
	if err != nil {
		return err
	}
	s.closer(s.sessions.Close)
	return nil
}

// openProvider connects to the provider: our own simulator by default.
func (s *server) openProvider(context.Context) error {
	delay, inProcess, err := s.flags.instant()
	if err != nil {
		return err
	}
	if inProcess {
		if !allTest(s.directory.Now()) {
			return errors.New("--provider instant: approves everything, and there is a shop in PRODUCTION")
		}
		s.provider = instant.New(delay)
		return nil
	}
	s.testBase = s.flags.Provider
	if s.flags.simulates() && allTest(s.directory.Now()) {
		if err := s.startSimulator(); err != nil {
			return err
		}
		s.testBase = "http://" + s.simulatorAddr.String() + "/test_gateway"
	}
	connector, err := webcollect.New(webcollect.Options{TestBase: s.testBase, ProductionBase: s.flags.productionBase, Clock: s.clock})
	if err != nil {
		return err
	}
	s.closer(func() error { connector.Close(); return nil })
	s.provider = connector
	return nil
}

func (s *server) startSimulator() error {
	if err := s.openData(context.Background()); err != nil {
		return err
	}
	sim, err := simulator.Open(simulator.Options{Path: filepath.Join(s.flags.Data, "simulator.db"), Clock: s.clock, Logger: s.logger})
	if err != nil {
		return err
	}
	s.closer(sim.Close)
	s.simulator = &http.Server{Handler: sim.Handler(), ReadHeaderTimeout: 10 * time.Second}
	l, err := listen(s.flags.SimulatorListen)
	if err != nil {
		return err
	}
	s.simulatorAddr = l.Addr()
	if s.flags.inDatabase() {
		s.logger.LogAttrs(context.Background(), slog.LevelWarn, "this simulator is this process's own: of several kessai on one database all must ask the same (kessai simulate, and --provider)")
	}
	s.serve(l, s.simulator)
	return nil
}

func (s *server) openTracing(ctx context.Context) error {
	if !tracing() {
		return nil
	}
	end, err := startTracing(ctx)
	if err != nil {
		return err
	}
	s.trace = traceCall
	s.closer(func() error { return end(context.WithoutCancel(ctx)) })
	return nil
}

func (s *server) openProcessor(ctx context.Context) error {
	s.observer = newObserver()
	s.processor = processor.New(processor.Options{
		Ledger: s.books, Claims: s.sessions, Acquirer: s.provider, Directory: s.directory,
		Clock: s.clock, Random: random64, Logger: s.logger, Observer: s.observer,
		Browser: s.provider, Challenges: s.sessions, ChallengeIDs: session.NewChallengeIDs(s.key), PublicURL: s.publicURL, Wallet: s.vault, Elsewhere: s.elsewhere(),
	})
	sweep, end := context.WithCancel(context.WithoutCancel(ctx))
	s.endSweep = end
	if s.flags.inDatabase() {
		s.sweeping.Go(func() { s.lead(sweep, "sweep", s.processor.Inherit) })
		s.sweeping.Go(func() { s.processor.Follow(sweep, s.books) })
	} else if err := s.processor.Resume(ctx); err != nil {
		return err
	}
	s.sweeping.Go(func() { s.processor.Run(sweep) })
	return nil
}

// openDoors is last: from here on calls come in.
func (s *server) openDoors(context.Context) error {
	tls, err := serverTLS(s.flags)
	if err != nil {
		return err
	}
	s.door, err = api.New(api.Options{
		Payments: listedPayments{s.processor, s.lists}, Vault: s.vault, Shops: s.shops, Bulk: bulk.New(bulk.Options{Payments: s.processor}), Doctor: s.doctor(), Directory: s.directory, Clock: s.clock, Logger: s.logger, Key: s.key,
		SimulatorOnLoopback: s.onLoopback(), Listen: []string{s.flags.Listen, s.flags.GRPCListen}, Production: !allTest(s.directory.Now()), Conditions: s.conditions, TLS: tls,
		Desk: s.desk, Reconciler: s.reconciler, Verifier: s.books, Settlements: s.settlements(), Days: s.days,
		Radar:    s.radar,
		Moving:   s.moving(),
		Dispatch: dispatch.New(dispatch.Options{Payments: s.processor, Directory: s.directory, Clock: s.clock, Logger: s.logger}),
		Events:   event.NewFeed(s.books), EventLists: event.NewFeed(s.lists),
		Webhooks: s.hooks,
		Failures: explain.New(s.lists, s.clock),
		Observe:  s.observer.call, Trace: s.trace,
	})
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/metrics", onLoopbackOnly(s.observer.metrics(s.processor, s.conditions)))
	mux.Handle("/", s.door.Handler)
	if err := s.pages(mux); err != nil {
		return err
	}
	if s.web, err = api.NewHTTPServer(s.flags.Listen, mux, tls); err != nil {
		return err
	}
	if s.grpcAddr, err = s.listenGRPC(s.flags.GRPCListen, s.door.GRPC); err != nil {
		return err
	}
	s.serve(s.listener, s.web)
	return nil
}

// onLoopback reports whether the provider is a simulator on this machine, so
// that the demo key may work.
func (s *server) onLoopback() bool {
	if _, inProcess, _ := s.flags.instant(); inProcess || s.flags.simulates() {
		return true
	}
	u, err := url.Parse(s.flags.Provider)
	return err == nil && loopback(u.Hostname())
}

func (s *server) serve(l net.Listener, srv *http.Server) {
	go func() {
		serve := srv.Serve
		if srv.TLSConfig != nil {
			serve = func(l net.Listener) error { return srv.ServeTLS(l, "", "") }
		}
		if err := serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.failed <- err
		}
	}()
}

func (s *server) listenGRPC(addr string, srv *grpc.Server) (net.Addr, error) {
	l, err := listen(addr)
	if err != nil {
		return nil, err
	}
	go func() {
		if err := srv.Serve(l); err != nil {
			s.failed <- err
		}
	}()
	return l.Addr(), nil
}

// stop ends in the reverse order: doors first, then what is under way, then
// the sweep, then the books.
func (s *server) stop(ctx context.Context) error {
	var errs []error
	if s.door != nil {
		errs = append(errs, s.closeDoors(ctx))
	}
	if s.processor != nil {
		s.endSweep()
		s.sweeping.Wait()
		if err := s.processor.Drain(ctx); err != nil {
			s.cutOff = true
			errs = append(errs, fmt.Errorf("calls to the provider were cut off and will be asked about at the next start: %w", err))
		}
	}
	if s.vault != nil {
		errs = append(errs, s.vault.Drain(ctx))
	}
	if s.simulator != nil { // it is asked to the end
		errs = append(errs, s.simulator.Shutdown(ctx))
	}
	for i := len(s.closers) - 1; i >= 0; i-- {
		errs = append(errs, s.closers[i]())
	}
	return errors.Join(errs...)
}

// untilSweepEnds gives a context for what works beside the sweep, and ends with it.
func (s *server) untilSweepEnds(ctx context.Context) context.Context {
	work, end := context.WithCancel(context.WithoutCancel(ctx))
	before := s.endSweep
	s.endSweep = func() { end(); before() }
	return work
}

// closeDoors closes them all at once: none takes new calls while another one waits for its own.
func (s *server) closeDoors(ctx context.Context) (err error) {
	s.door.Stop()
	var native sync.WaitGroup
	native.Go(func() { stopGRPC(ctx, s.door.GRPC) })
	if s.web != nil {
		err = s.web.Shutdown(ctx)
	}
	native.Wait()
	return err
}

// stopGRPC lets calls end, and cuts them off when ctx does.
func stopGRPC(ctx context.Context, srv *grpc.Server) {
	done := make(chan struct{})
	go func() {
		srv.GracefulStop()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
		srv.Stop()
	}
}

// announce says where everything is.
func (s *server) announce(w io.Writer) {
	scheme := "http"
	if s.flags.TLSCert != "" {
		scheme = "https"
	}
	fmt.Fprintf(w, "kessai     %s://%s (REST, Connect, gRPC-Web, gRPC)\ngrpc       %s (native gRPC)\n", scheme, s.addr, s.grpcAddr)
	if s.simulatorAddr != nil {
		fmt.Fprintf(w, "simulator  http://%s/ (the stand-in for クロネコ Web Collect)\n", s.simulatorAddr)
	}
	if s.sellsDemo() {
		fmt.Fprintf(w, "demo shop  %s/demo\n", s.publicURL)
	}
	fmt.Fprintf(w, "data       %s\n", s.flags.Data)
	if s.directory.Now().Shops[demoShop] != nil && !strings.HasPrefix(scheme, "https") {
		fmt.Fprintf(w, `
Try a payment:
  curl -s %s/v1/payments -H 'Authorization: Bearer %s' -H 'Idempotency-Key: a1' \
    -d '{"amount":5080,"orderNumber":"1396","cardToken":"SIMAPPROVED00000"}'
`, s.addr, demoKey)
	}
}

func random64() uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails
	return binary.LittleEndian.Uint64(b[:])
}
