package postgres

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// bell tells those who wait for the journal that it has grown: at once by what this
// process commits, and by asking, now and then, for what others do.
type bell struct {
	mu    sync.Mutex
	upto  uint64
	ring  chan struct{} // closed by the next strike; nil: nobody waits
	asked time.Time     // when the database was last asked
}

// strike says that everything up to here can be read.
func (b *bell) strike(upto uint64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.upto = max(b.upto, upto)
	if b.ring != nil {
		close(b.ring)
		b.ring = nil
	}
}

// hear gives how far the books are known to go, and what is closed by the next strike.
func (b *bell) hear() (upto uint64, struck <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ring == nil {
		b.ring = make(chan struct{})
	}
	return b.upto, b.ring
}

// turn reports whether it is time to ask the database again: of many who wait, one does.
func (b *bell) turn(every time.Duration) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if now := time.Now(); now.Sub(b.asked) >= every {
		b.asked = now
		return true
	}
	return false
}

// Wait is described at ledger.Journal. It returns ledger.ErrClosed when the books are
// closed meanwhile. Events of other processes are heard of within Options.PollEvery. While
// the database is out of reach it waits on.
func (l *Ledger) Wait(ctx context.Context, after uint64) error {
	for {
		upto, struck := l.bell.hear()
		if err := l.ready(ctx); err != nil || upto > after {
			return err
		}
		if l.bell.turn(l.options.PollEvery) {
			if last, err := l.Last(ctx); err == nil && last > upto {
				l.bell.strike(last)
				continue
			}
		}
		timer := time.NewTimer(l.options.PollEvery)
		select {
		case <-struck:
		case <-timer.C:
		case <-ctx.Done():
		}
		timer.Stop()
	}
}

// Last is described at ledger.Journal.
func (l *Ledger) Last(ctx context.Context) (last uint64, err error) {
	err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		return conn.QueryRow(ctx, "SELECT last FROM books WHERE id = 1").Scan(&last)
	})
	return last, err
}

// know notes how far the books go, as somebody has just read.
func (b *bell) know(upto uint64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.upto = max(b.upto, upto)
}
