package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

var _ ledger.Shops = (*Ledger)(nil)

// EachDocument is described at ledger.Shops. No transaction is open while yield runs; there
// are few documents, so all of them are read at once.
func (l *Ledger) EachDocument(ctx context.Context, yield func(ledger.Document) bool) error {
	list, err := l.documents(ctx)
	if err != nil {
		return err
	}
	for _, d := range list {
		if !yield(d) {
			break
		}
	}
	return nil
}

func (l *Ledger) documents(ctx context.Context) (list []ledger.Document, err error) {
	err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		rows, err := conn.Query(ctx, "SELECT name, record FROM documents")
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (d ledger.Document, err error) {
			var name, record []byte
			if err := r.Scan(&name, &record); err != nil {
				return d, err
			}
			return ledger.DecodeDocumentOf(name, record)
		})
		return err
	})
	return list, err
}

// Trail is described at ledger.Shops.
func (l *Ledger) Trail(ctx context.Context, t shop.Tenant, before, limit int) (list []ledger.AuditEntry, err error) {
	if err := errors.Join(l.ready(ctx), ledger.CheckTrailPage(before, limit)); err != nil {
		return nil, err
	}
	err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		end, err := trailEndOf(ctx, conn, ledger.TrailKey(t))
		if err != nil {
			return err
		}
		from := end.number
		if before > 0 {
			from = min(from, before-1)
		}
		page, err := trailPage(ctx, conn, ledger.TrailKey(t), from, limit)
		list = nil
		for i := range page {
			list = append(list, page[i].AuditEntry)
		}
		return err
	})
	return list, err
}

// trailEnd is where a tenant's trail ends; zero: it has none.
type trailEnd struct {
	number int
	hash   ledger.Hash
}

func trailEndOf(ctx context.Context, conn *pgxpool.Conn, tenant []byte) (end trailEnd, err error) {
	var hash []byte
	err = conn.QueryRow(ctx, "SELECT number, hash FROM trail_ends WHERE tenant = $1", tenant).Scan(&end.number, &hash)
	if errors.Is(err, pgx.ErrNoRows) {
		return end, nil
	}
	if err == nil {
		err = toHashes(hash, &end.hash)
	}
	return end, err
}

// linkedEntry is an entry of a trail, and the hash by which the next one is linked to it.
type linkedEntry struct {
	ledger.AuditEntry
	hash ledger.Hash
}

// trailPage gives entries from a number downwards. None may be missing, and each must be of
// its place.
func trailPage(ctx context.Context, conn *pgxpool.Conn, tenant []byte, from, limit int) (list []linkedEntry, err error) {
	rows, err := conn.Query(ctx, "SELECT record FROM trail WHERE tenant = $1 AND number <= $2 ORDER BY number DESC LIMIT $3", tenant, from, limit)
	if err != nil {
		return nil, err
	}
	want := from
	list, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (e linkedEntry, err error) {
		var record []byte
		if err := r.Scan(&record); err != nil {
			return e, err
		}
		e.AuditEntry, e.hash, err = ledger.DecodeAuditEntry(record)
		if err == nil && (e.Sequence != want || string(ledger.TrailKey(e.Tenant)) != string(tenant)) {
			err = fmt.Errorf("ledger: entry %d of a trail is missing, or another's", want)
		}
		want--
		return e, err
	})
	if err == nil && len(list) < min(from, limit) {
		err = fmt.Errorf("ledger: entry %d of a trail is missing", want)
	}
	return list, err
}
