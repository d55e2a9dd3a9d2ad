package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
)

// One process at a time works with books in a database: what others change would not be
// seen in the memory of this one. A second one waits for the first to end, as a standby
// does.
const (
	aloneLease = "server"
	aloneFor   = 10 * time.Second // after a process died, another one begins
	aloneTry   = 500 * time.Millisecond
)

var errNotAlone = errors.New("another kessai process has taken over the books in the database: this one must not go on")

// beAlone waits until no other process works with the books, and keeps it so until the
// server stops. When another one took over all the same, as after a long pause of this
// one, the server ends.
func (s *server) beAlone(ctx context.Context, l ledger.Leases) error {
	held, err := s.awaitTurn(ctx, l)
	if err != nil {
		return fmt.Errorf("--ledger: %w", err)
	}
	life, end := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := s.stayAlone(life, l, held); err != nil {
			s.failed <- err
		}
	}()
	s.closer(func() error {
		end()
		<-done
		return nil
	})
	return nil
}

// awaitTurn waits for the lease, and says so once.
func (s *server) awaitTurn(ctx context.Context, l ledger.Leases) (ledger.Lease, error) {
	for told := false; ; told = true {
		held, ours, err := l.Hold(ctx, aloneLease, aloneFor)
		if err != nil || ours {
			return held, err
		}
		if !told {
			s.logger.LogAttrs(ctx, slog.LevelWarn, "another kessai process works with these books: waiting until it ends")
		}
		select {
		case <-time.After(aloneTry):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// stayAlone holds the lease until life ends. A database that was out of reach for a while
// loses it: it is taken again, and if nobody had it in between nothing has happened.
func (s *server) stayAlone(life context.Context, l ledger.Leases, held ledger.Lease) error {
	for {
		select {
		case <-life.Done():
			return held.Release(context.WithoutCancel(life))
		case <-held.Lost():
		}
		next, ours, err := l.Hold(life, aloneLease, aloneFor)
		switch {
		case life.Err() != nil:
			return nil
		case err != nil:
			s.logger.LogAttrs(life, slog.LevelError, "the books in the database are out of reach", slog.Any("error", err))
			select {
			case <-time.After(aloneTry):
			case <-life.Done():
			}
		case !ours || next.Number() != held.Number()+1:
			return errNotAlone
		default:
			held = next
		}
	}
}

// elsewhere is how long a call of a process that was cut off from the books may last
// after its wish: one waits for its place at the provider as long as it may take there.
func (s *server) elsewhere() time.Duration {
	if s.flags.inDatabase() {
		return 2 * acquirer.CallTimeout
	}
	return 0 // files are locked for as long as their process lives
}
