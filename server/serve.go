package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// drainTime is how long a stopping process waits for calls that are under way.
// It is longer than one call to the provider, so that a fact is not lost; what
// is cut off all the same is settled by the next start.
const drainTime = 35 * time.Second

type serveCommand struct {
	Flags
}

// Run serves until the process is told to stop, then lets what is under way
// end.
func (c *serveCommand) Run(s *streams) error {
	if err := c.check(); err != nil {
		return err
	}
	logger := newLogger(s.err, c.LogLevel)
	slog.SetDefault(logger)
	server, err := start(s.ctx, &c.Flags, s.config, logger, time.Now)
	if err != nil {
		return err
	}
	server.announce(s.out)
	select {
	case <-s.ctx.Done():
		err = server.drain(c.DrainDelay)
		logger.Info("stopping: no new calls, waiting for those under way")
	case err = <-server.failed:
		logger.Error("the server cannot go on", "error", err)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), drainTime)
	defer cancel()
	return errors.Join(err, server.stop(ctx))
}

// drain tells proxies to send calls elsewhere, and serves them until they have noticed.
func (s *server) drain(delay time.Duration) error {
	if delay <= 0 {
		return nil
	}
	s.logger.Info("draining: calls are served, and /readyz sends them elsewhere", "for", delay)
	s.door.Drain()
	again := make(chan os.Signal, 1)
	signal.Notify(again, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(again)
	select {
	case <-time.After(delay):
	case <-again:
	case err := <-s.failed:
		return err
	}
	return nil
}

type simulateCommand struct {
	SimulatorListen string `default:"127.0.0.1:8099" help:"Address of the simulated provider; loopback only."`
	Data            string `default:"./data" help:"Folder of its own state." type:"path"`
	LogLevel        string `default:"info" enum:"debug,info,warn,error" help:"Least level that is logged: ${enum}."`
}

// Run runs the simulator alone until the process is told to stop.
func (c *simulateCommand) Run(s *streams) error {
	f := Flags{Listen: "127.0.0.1:0", GRPCListen: "127.0.0.1:0", SimulatorListen: c.SimulatorListen, Data: c.Data}
	if err := f.check(); err != nil {
		return err
	}
	logger := newLogger(s.err, c.LogLevel)
	server := &server{flags: &f, logger: logger, clock: time.Now, failed: make(chan error, 1)}
	if err := server.startSimulator(); err != nil {
		return errors.Join(err, server.stop(s.ctx))
	}
	fmt.Fprintf(s.out, "simulator  http://%s/ (test_gateway and api below it)\n", server.simulatorAddr)
	var err error
	select {
	case <-s.ctx.Done():
	case err = <-server.failed:
	}
	return errors.Join(err, server.stop(context.WithoutCancel(s.ctx)))
}

// listen opens an address for a door.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("cannot listen on %s: another program has that address, perhaps another kessai; stop it, or choose other addresses with --listen, --grpc-listen and --simulator-listen", addr)
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %s: %w", addr, err)
	}
	return l, nil
}
