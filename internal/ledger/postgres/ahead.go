package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// lookedAhead is how many records' payments are read at a time.
const lookedAhead = 256

// ahead is all there is of some payments.
type ahead struct {
	records map[uint64][]byte
	rows    map[payment.ID]row
	keys    map[payment.ID]ledger.StoredKeys
	claims  map[ledger.Digest][]holding // all of each key that they claimed
}

const (
	sqlAhead       = "SELECT DISTINCT payment FROM journal WHERE seq >= $1 AND seq < $2"
	sqlAheadChains = "SELECT j.seq, j.record FROM unnest($1::text[]) AS w(id) JOIN journal j ON j.payment = w.id"
	sqlAheadRows   = `SELECT id, version, first, last, hash, shop, environment, customer, delivery, foreign_number, created, amount, state, flags, care
		FROM unnest($1::text[]) AS w(given) JOIN payments ON id = w.given`
	sqlAheadClaims = `SELECT DISTINCT c.digest, c.turn, c.payment, c.number, c.seq
		FROM unnest($1::bytea[]) AS w(digest) JOIN claims c ON c.digest = w.digest ORDER BY c.digest, c.turn`
)

// lookAhead reads all there is of the payments that have a record from seq on.
func (b *book) lookAhead(seq uint64) error {
	a := ahead{records: map[uint64][]byte{}, rows: map[payment.ID]row{}, keys: map[payment.ID]ledger.StoredKeys{}, claims: map[ledger.Digest][]holding{}}
	err := b.read(func(ctx context.Context, conn *pgxpool.Conn) error {
		clear(a.claims)
		rows, err := conn.Query(ctx, sqlAhead, seq, seq+lookedAhead)
		if err != nil {
			return err
		}
		ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return err
		}
		var digests [][]byte
		batch := &pgx.Batch{}
		batch.Queue(sqlAheadChains, ids).Query(func(rows pgx.Rows) (err error) {
			digests, err = a.scanRecords(rows)
			return err
		})
		batch.Queue(sqlAheadRows, ids).Query(a.scanRows)
		batch.Queue(sqlKeys, ids).Query(a.scanKeys)
		if err := conn.SendBatch(ctx, batch).Close(); err != nil {
			return err
		}
		if rows, err = conn.Query(ctx, sqlAheadClaims, digests); err != nil {
			return err
		}
		return a.scanClaims(rows)
	})
	b.ahead = a
	return err
}

func (a *ahead) scanRecords(rows pgx.Rows) (digests [][]byte, err error) {
	for rows.Next() {
		n := ledger.Numbered{}
		if err := rows.Scan(&n.Sequence, &n.Encoded); err != nil {
			return nil, err
		}
		a.records[n.Sequence] = n.Encoded
		r, err := ledger.Decode(n.Encoded)
		if err != nil {
			continue // who asks for it says so
		}
		for i := range r.Claims {
			digests = append(digests, r.Claims[i].Key[:])
		}
	}
	return digests, rows.Err()
}

func (a *ahead) scanRows(rows pgx.Rows) error {
	for rows.Next() {
		var (
			r    row
			hash []byte
		)
		err := rows.Scan(&r.id, &r.version, &r.first, &r.last, &hash, &r.shop, &r.environment, &r.customer, &r.delivery, &r.foreign,
			&r.created, &r.amount, &r.state, &r.flags, &r.care)
		if err == nil {
			err = toHashes(hash, &r.hash)
		}
		if err != nil {
			return err
		}
		a.rows[payment.ID(r.id)] = r
	}
	return rows.Err()
}

func (a *ahead) scanKeys(rows pgx.Rows) error {
	for rows.Next() {
		var (
			id payment.ID
			s  ledger.StoredKeys
		)
		if err := rows.Scan(&id, &s.Personal, &s.Secret, &s.Forgotten); err != nil {
			return err
		}
		a.keys[id] = s
	}
	return rows.Err()
}

func (a *ahead) scanClaims(rows pgx.Rows) error {
	var (
		digest []byte
		h      holding
	)
	_, err := pgx.ForEachRow(rows, []any{&digest, &h.turn, &h.payment, &h.number, &h.seq}, func() error {
		a.claims[ledger.Digest(digest)] = append(a.claims[ledger.Digest(digest)], h)
		return nil
	})
	return err
}
