package postgres

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
)

var _ ledger.Leases = (*Ledger)(nil)

// renewals is how often a lease is renewed within its time. The database gives it for
// one such part longer than its holder counts on: who has lost it knows in time, even
// on a busy machine.
const renewals = 4

func inDatabase(ttl time.Duration) int64 { return (ttl + ttl/renewals).Microseconds() }

// lease is a turn of this process.
type lease struct {
	ledger *Ledger
	name   string
	holder [16]byte
	number uint64
	ttl    time.Duration

	once     sync.Once
	released chan struct{}
	lost     chan struct{}
}

// Hold is described at ledger.Leases. An answer that was lost is asked for again: the
// holder's word tells that the lease is ours already.
func (l *Ledger) Hold(ctx context.Context, name string, ttl time.Duration) (ledger.Lease, bool, error) {
	h := &lease{ledger: l, name: name, ttl: ttl, released: make(chan struct{}), lost: make(chan struct{})}
	rand.Read(h.holder[:]) // never fails
	over := time.NewTimer(ttl)
	err := l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		over.Reset(ttl) // before it is sent, so that it ends here first
		err := conn.QueryRow(ctx, `
			INSERT INTO leases (name, holder, number, until) VALUES ($1, $2, 1, now() + $3 * interval '1 microsecond')
			ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, number = leases.number + 1, until = excluded.until
			WHERE leases.until < now() OR leases.holder = excluded.holder
			RETURNING number`, name, h.holder[:], inDatabase(ttl)).Scan(&h.number)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil || h.number == 0 {
		over.Stop()
		return nil, false, err
	}
	go h.renew(over)
	return h, true, nil
}

// renew keeps the lease until it is released, or until its time is over because the
// database could not be asked, or somebody else has it.
func (h *lease) renew(over *time.Timer) {
	defer close(h.lost)
	defer func() { over.Stop() }()
	turn := time.NewTicker(h.ttl / renewals)
	defer turn.Stop()
	for {
		select {
		case <-h.released:
			return
		case <-over.C:
			return
		case <-turn.C:
		}
		next := time.NewTimer(h.ttl) // from before it is sent
		ours, err := h.extend()
		switch {
		case err != nil: // perhaps next time
			next.Stop()
		case !ours:
			next.Stop()
			return
		default:
			over.Stop()
			over = next
		}
	}
}

// extend asks for more time; false: the lease is somebody else's.
func (h *lease) extend() (bool, error) {
	ctx, cancel := context.WithTimeout(context.Background(), h.ttl/renewals)
	defer cancel()
	tag, err := h.ledger.pool.Exec(ctx, "UPDATE leases SET until = now() + $3 * interval '1 microsecond' WHERE name = $1 AND holder = $2", h.name, h.holder[:], inDatabase(h.ttl))
	if err != nil {
		return false, fmt.Errorf("ledger: renew a lease: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

// Number is described at ledger.Lease.
func (h *lease) Number() uint64 { return h.number }

// Lost is described at ledger.Lease.
func (h *lease) Lost() <-chan struct{} { return h.lost }

// Release is described at ledger.Lease.
func (h *lease) Release(ctx context.Context) error {
	h.once.Do(func() { close(h.released) })
	<-h.lost
	return h.ledger.read(ctx, h.ledger.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		_, err := conn.Exec(ctx, "UPDATE leases SET until = now() - interval '1 second' WHERE name = $1 AND holder = $2", h.name, h.holder[:])
		return err
	})
}
