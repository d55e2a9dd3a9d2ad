package bolt

import (
	"context"

	"kessai.dev/kessai/internal/ledger"
)

var _ ledger.Sealed = (*Ledger)(nil)

// SealAfter is described at ledger.Sealed.
func (l *Ledger) SealAfter(ctx context.Context, number uint64) ([]byte, error) {
	if err := l.ready(ctx); err != nil {
		return nil, err
	}
	return (&book{view: l.view, upto: l.bell.upto.Load()}).NextSeal(number)
}
