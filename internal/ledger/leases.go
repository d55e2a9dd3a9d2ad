package ledger

import (
	"context"
	"time"
)

// Leases give work to one process at a time, of those that share the books. Every
// implementation passes ledgertest.RunLeases.
type Leases interface {
	// Hold takes the lease of a name for a while, which is renewed until it is
	// released or lost; false: another process has it. A lease whose holder died is
	// free once its time is over, by the clock of the books, not by anybody's own.
	Hold(ctx context.Context, name string, ttl time.Duration) (Lease, bool, error)
}

// Lease is one process's turn.
type Lease interface {
	// Number grows with every holder of the name: what an earlier holder still does
	// can be told by it.
	Number() uint64
	// Lost is closed no later than the moment from which another process may have the
	// lease, by this machine's monotonic time, or when it was released: whoever works
	// under it must stop.
	Lost() <-chan struct{}
	// Release gives it back at once. Twice is no error.
	Release(ctx context.Context) error
}
