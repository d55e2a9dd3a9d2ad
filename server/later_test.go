package main

import (
	"context"
	"io"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"
)

// later is a server on real books and against the simulator, on a clock that the test sets,
// which may be stopped and begun again. It ends with the test.
type later struct {
	*process
	*server
	flags *Flags
	began func() time.Time
	ahead atomic.Int64
}

func startLater(t *testing.T) *later {
	t.Helper()
	l := &later{
		process: &process{t: t}, began: dayClock(),
		flags: &Flags{Listen: "127.0.0.1:0", GRPCListen: "127.0.0.1:0", SimulatorListen: "127.0.0.1:0", Data: t.TempDir()},
	}
	l.begin()
	t.Cleanup(l.end)
	return l
}

// now is the server's time: ahead of the day's.
func (l *later) now() time.Time { return l.began().Add(time.Duration(l.ahead.Load())) }

// at sets the server's time.
func (l *later) at(now time.Time) { l.ahead.Store(int64(now.Sub(l.began()))) }

func (l *later) begin() {
	l.process.t.Helper()
	s, err := start(context.Background(), l.flags, "", slog.New(slog.NewTextHandler(io.Discard, nil)), l.now)
	if err != nil {
		l.process.t.Fatal(err)
	}
	l.server, l.base = s, "http://"+s.addr.String()
}

func (l *later) end() {
	l.process.t.Helper()
	if err := l.server.stop(context.Background()); err != nil {
		l.process.t.Error(err)
	}
}
