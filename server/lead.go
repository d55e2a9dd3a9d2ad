package main

import (
	"context"
	"log/slog"
	"time"

	"kessai.dev/kessai/internal/ledger"
)

// What only one process of those that share the books may do is done under a lease.
const (
	leadFor = 10 * time.Second // after a process died, another one takes its work over
	leadTry = time.Second
)

// lead does work while this process has the lease of a name, and again whenever it gets it,
// until ctx ends. The context of work ends when the lease is lost: work then must return.
// Embedded books have one process, which does everything.
func (s *server) lead(ctx context.Context, name string, work func(ctx context.Context)) {
	leases, shared := s.books.(ledger.Leases)
	if !shared {
		work(ctx)
		return
	}
	s.observer.leads.WithLabelValues(name).Set(0)
	for ctx.Err() == nil {
		held, ours, err := leases.Hold(ctx, name, leadFor)
		if err != nil && ctx.Err() == nil {
			s.logger.LogAttrs(ctx, slog.LevelWarn, "a lease cannot be asked for", slog.String("lease", name), slog.Any("error", err))
		}
		if err == nil && ours {
			s.leadUnder(ctx, held, name, work)
		}
		select {
		case <-time.After(leadTry):
		case <-ctx.Done():
		}
	}
}

func (s *server) leadUnder(ctx context.Context, held ledger.Lease, name string, work func(ctx context.Context)) {
	turn, end := context.WithCancel(ctx)
	defer end()
	go func() {
		select {
		case <-held.Lost():
			end()
		case <-turn.Done():
		}
	}()
	s.logger.LogAttrs(ctx, slog.LevelInfo, "this process leads", slog.String("work", name))
	s.observer.leads.WithLabelValues(name).Set(1)
	work(turn)
	s.observer.leads.WithLabelValues(name).Set(0)
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), leadTry)
	defer cancel()
	if err := held.Release(last); err != nil { // it runs out by itself
		s.logger.LogAttrs(ctx, slog.LevelWarn, "a lease was not given back", slog.String("lease", name), slog.Any("error", err))
	}
}
