package bolt

import (
	"context"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
)

// Revised is described at ledger.Shops. The file counts its transactions: as long as there
// was none, nothing was revised; else all documents are given.
func (l *Ledger) Revised(ctx context.Context, after uint64) (list []ledger.Document, now uint64, err error) {
	if err := l.ready(ctx); err != nil {
		return nil, 0, err
	}
	err = l.shopsView(func(tx *bbolt.Tx) (err error) {
		if now = uint64(tx.ID()); now != after { //nolint:gosec // it counts
			list, err = l.shops.documents(tx)
		}
		return err
	})
	if err != nil {
		return nil, 0, err
	}
	return list, now, nil
}
