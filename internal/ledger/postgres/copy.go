package postgres

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// Coming is books in a database that come to be, as the target of a copy. Close ends it.
type Coming struct {
	ctx    context.Context //nolint:containedctx // of the copy
	ledger *Ledger
}

var _ ledger.Target = (*Coming)(nil)

// copyCache is how many payments a copy keeps in memory: those that go on are mostly among
// the last ones.
const copyCache = 100_000

// OpenTarget opens a database to be copied to: without books, or with an unfinished copy.
// It makes the tables.
func OpenTarget(ctx context.Context, o Options) (*Coming, error) {
	o.Cache = max(o.Cache, copyCache)
	o.setDefaults()
	l := &Ledger{options: o, cache: newCache(o.Cache)}
	rand.Read(l.id[:]) // never fails
	c := &Coming{ctx: ctx, ledger: l}
	if err := c.open(); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

func (c *Coming) open() error {
	l := c.ledger
	if err := l.connect(c.ctx); err != nil {
		return err
	}
	if err := l.migrate(c.ctx); err != nil {
		return fmt.Errorf("ledger: migrate: %w", err)
	}
	tag, err := l.pool.Exec(c.ctx, `UPDATE books SET copying = true, width = CASE WHEN copying THEN width ELSE $1 END
		WHERE id = 1 AND (copying OR last = 0 AND mark IS NULL)`, l.options.Width)
	if err == nil && tag.RowsAffected() == 0 {
		err = errors.New("ledger: the database has books already: copy into an empty one")
	}
	return err
}

// Close ends the connections.
func (c *Coming) Close() {
	c.ledger.disconnect()
	c.ledger.release()
}

// At is described at ledger.Target.
func (c *Coming) At() (last uint64, head ledger.Hash, err error) {
	var hash []byte
	if err := c.ledger.pool.QueryRow(c.ctx, "SELECT last, head FROM books WHERE id = 1").Scan(&last, &hash); err != nil {
		return 0, head, err
	}
	return last, head, toHashes(hash, &head)
}

// PutRecords is described at ledger.Target. They are written as the writer writes them, each
// an entry of its own: what it would refuse is not copied.
func (c *Coming) PutRecords(list []ledger.Numbered) error {
	if last, _, err := c.At(); err != nil || list[0].Sequence != last+1 {
		return errors.Join(err, fmt.Errorf("ledger: record %d after record %d", list[0].Sequence, last))
	}
	folded := map[payment.ID]ledger.Folded{}
	requests := make([]*request, 0, len(list))
	for i := range list {
		r, err := c.request(&list[i], folded)
		if err != nil {
			return err
		}
		requests = append(requests, r)
	}
	if err := c.ledger.carry(requests, false); err != nil {
		return err
	}
	for i, r := range requests {
		if r.err != nil {
			return &ledger.Fault{Sequence: list[i].Sequence, Payment: r.id, What: "the books it comes to would have refused it: " + r.err.Error()}
		}
	}
	for id, f := range folded {
		c.ledger.cache.put(id, f)
	}
	return nil
}

// request makes of a record what the writer would have been asked for.
func (c *Coming) request(n *ledger.Numbered, folded map[payment.ID]ledger.Folded) (*request, error) {
	record, event, err := eventOf(n)
	if err != nil {
		return nil, err
	}
	id := record.Payment
	before, ok := folded[id]
	if !ok && record.Number > 1 {
		if before, err = c.ledger.load(c.ctx, id); err != nil {
			return nil, err
		}
	}
	after, err := before.Extend(n.Sequence, n.Encoded)
	if err != nil {
		return nil, err
	}
	folded[id] = after
	r := &request{
		id: id, version: before.Head.Version, before: before.Head.Hash,
		events: []noted{{kind: string(event.Kind), time: nanos(event.Time)}}, records: [][]byte{n.Encoded},
		row: row{id: string(id), version: record.Number, hash: record.Hash, listed: listedOf(after.Payment)},
	}
	for _, claimed := range record.Claims {
		r.claims = append(r.claims, writeClaim{key: claimed.Key, over: claimed.Over})
	}
	return r, nil
}

// PutSeals is described at ledger.Target.
func (c *Coming) PutSeals(list [][]byte) error {
	seqs := make([]int64, len(list))
	for i, encoded := range list {
		s, err := ledger.DecodeSeal(encoded)
		if err != nil {
			return err
		}
		seqs[i] = int64(s.Sequence)
	}
	return c.exec("INSERT INTO seals (seq, seal) SELECT * FROM unnest($1::bigint[], $2::bytea[]) ON CONFLICT (seq) DO UPDATE SET seal = excluded.seal", seqs, list)
}

// PutKeys is described at ledger.Target.
func (c *Coming) PutKeys(list []ledger.PaymentKeys) error {
	ids, columns := make([]string, len(list)), [3][][]byte{}
	for i := range list {
		ids[i] = string(list[i].Payment)
		for j, key := range [3][]byte{list[i].Personal, list[i].Secret, list[i].Forgotten} {
			columns[j] = append(columns[j], key)
		}
	}
	return c.exec(sqlPutKeys, ids, columns[0], columns[1], columns[2])
}

// shelves is where the pieces lie: a key's own column, and those of the record.
var shelves = map[ledger.PieceKind]string{
	ledger.PieceMember:   "INSERT INTO members (id, record) SELECT * FROM unnest($1::bytea[], $2::bytea[]) ON CONFLICT (id) DO UPDATE SET record = excluded.record",
	ledger.PieceDocument: "INSERT INTO documents (name, record) SELECT * FROM unnest($1::bytea[], $2::bytea[]) ON CONFLICT (name) DO UPDATE SET record = excluded.record",
	ledger.PieceTrail:    "INSERT INTO trail (tenant, number, record) SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bytea[]) ON CONFLICT (tenant, number) DO UPDATE SET record = excluded.record",
	ledger.PieceTrailEnd: "INSERT INTO trail_ends (tenant, number, hash) SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bytea[]) ON CONFLICT (tenant) DO UPDATE SET number = excluded.number, hash = excluded.hash",
}

// PutPieces is described at ledger.Target.
func (c *Coming) PutPieces(list []ledger.Piece) error {
	for kind, sql := range shelves {
		var (
			keys, records [][]byte
			numbers       []int64
		)
		for i := range list {
			p := &list[i]
			key, record := p.Key, p.Record
			switch {
			case p.Kind != kind:
				continue
			case kind == ledger.PieceTrail && len(key) > 8:
				key, numbers = key[:len(key)-8], append(numbers, int64(binary.BigEndian.Uint64(key[len(key)-8:])))
			case kind == ledger.PieceTrailEnd && len(record) > 8:
				numbers, record = append(numbers, int64(binary.BigEndian.Uint64(record))), record[8:]
			}
			keys, records = append(keys, key), append(records, record)
		}
		if len(keys) == 0 {
			continue
		}
		args := []any{keys, records}
		if numbers != nil {
			args = []any{keys, numbers, records}
		}
		if err := c.exec(sql, args...); err != nil {
			return err
		}
	}
	return nil
}

// Finish is described at ledger.Target.
func (c *Coming) Finish(identity ledger.Identity) error {
	var (
		sealed  uint64
		encoded []byte
		hash    ledger.Hash
	)
	err := c.ledger.pool.QueryRow(c.ctx, "SELECT seq, seal FROM seals ORDER BY seq DESC LIMIT 1").Scan(&sealed, &encoded)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
	case err != nil:
		return err
	default:
		hash = ledger.SealHash(encoded)
	}
	return c.exec("UPDATE books SET copying = false, mark = $1, public_key = $2, sealed = $3, seal_hash = $4 WHERE id = 1", identity.Mark, identity.Public, sealed, hash[:])
}

func (c *Coming) exec(sql string, args ...any) error {
	_, err := c.ledger.pool.Exec(c.ctx, sql, args...)
	return err
}

// Copied is the books of a database as they are copied from. Close ends it.
type Copied struct {
	*book
	mark []byte
}

var _ ledger.Source = (*Copied)(nil)

// OpenSource opens books to be copied, for reading only.
func OpenSource(ctx context.Context, o Options) (*Copied, error) {
	o.setDefaults()
	c := &Copied{book: &book{ctx: ctx, ledger: &Ledger{options: o, cache: newCache(o.Cache)}}}
	err := c.ledger.connect(ctx)
	if err == nil {
		err = c.ledger.pool.QueryRow(ctx, "SELECT last, mark, public_key FROM books WHERE id = 1").Scan(&c.upto, &c.mark, &c.public)
	}
	if err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Close ends the connections.
func (c *Copied) Close() { c.ledger.release() }

// Grown reports whether somebody has written to the books since they were opened.
func (c *Copied) Grown() (bool, error) {
	last, err := c.ledger.Last(c.ctx)
	return last != c.upto, err
}

// Mark is described at ledger.Source.
func (c *Copied) Mark() ([]byte, error) { return c.mark, nil }

// EachKeys is described at ledger.Source.
func (c *Copied) EachKeys(yield func(ledger.PaymentKeys) error) error {
	var k ledger.PaymentKeys
	return c.each("SELECT payment, personal, secret, forgotten FROM payment_keys", []any{&k.Payment, &k.Personal, &k.Secret, &k.Forgotten}, func() error {
		return yield(k)
	})
}

// EachPiece is described at ledger.Source.
func (c *Copied) EachPiece(yield func(ledger.Piece) error) error {
	for kind, sql := range map[ledger.PieceKind]string{
		ledger.PieceMember:   "SELECT id, 0::bigint, record FROM members",
		ledger.PieceDocument: "SELECT name, 0::bigint, record FROM documents",
		ledger.PieceTrail:    "SELECT tenant, number, record FROM trail",
		ledger.PieceTrailEnd: "SELECT tenant, number, hash FROM trail_ends",
	} {
		var (
			p      ledger.Piece
			number int64
		)
		err := c.each(sql, []any{&p.Key, &number, &p.Record}, func() error {
			p.Kind = kind
			switch kind {
			case ledger.PieceTrail:
				p.Key = binary.BigEndian.AppendUint64(p.Key, uint64(number))
			case ledger.PieceTrailEnd:
				p.Record = append(binary.BigEndian.AppendUint64(nil, uint64(number)), p.Record...)
			}
			return yield(p)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// each reads all rows that a statement gives, as long as that takes.
func (c *Copied) each(sql string, to []any, yield func() error) error {
	return c.ledger.pool.AcquireFunc(c.ctx, func(conn *pgxpool.Conn) error {
		rows, err := conn.Query(c.ctx, sql)
		if err == nil {
			_, err = pgx.ForEachRow(rows, to, yield)
		}
		return err
	})
}
