package postgres

import (
	"context"
	"math"

	"kessai.dev/kessai/internal/ledger"
)

var _ ledger.Sealed = (*Ledger)(nil)

// SealAfter is described at ledger.Sealed.
func (l *Ledger) SealAfter(ctx context.Context, number uint64) ([]byte, error) {
	return (&book{ctx: ctx, ledger: l, upto: math.MaxInt64}).NextSeal(number)
}
