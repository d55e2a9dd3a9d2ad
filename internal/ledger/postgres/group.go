package postgres

import (
	"bytes"
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// group decides a group of requests in the order in which they will be durable. What it
// admits is seen by the ones after it, and by nobody else until the group is committed: if
// that fails, the group is forgotten whole.
type group struct {
	requests []*request
	seal     bool
	now      time.Time

	// As the books are when their row is locked, and then as the group changes them.
	head       ledger.Hash // of all records
	last       uint64
	sealed     uint64
	sealHash   ledger.Hash
	width      uint64
	partitions uint64
	rows       map[payment.ID]*row
	holders    map[ledger.Digest]holding
	keys       map[payment.ID]*storedKeys

	marker   uint64 // the number of this attempt among those of its writer
	admitted []*request
}

// holding is the latest claim of a key.
type holding struct {
	payment payment.ID
	number  int
	turn    int
	seq     uint64
	new     bool
}

type storedKeys struct {
	ledger.StoredKeys
	changed bool
}

func newGroup(requests []*request, seal bool, now time.Time) *group {
	g := &group{
		requests: requests, seal: seal, now: now,
		rows: map[payment.ID]*row{}, holders: map[ledger.Digest]holding{}, keys: map[payment.ID]*storedKeys{},
	}
	for _, r := range requests {
		r.err = nil
	}
	return g
}

// Each statement of an isolation level of read committed sees all that was committed before
// it began, and so all of the groups before, as soon as the row of books is ours.
const (
	sqlBegin = "BEGIN ISOLATION LEVEL READ COMMITTED"
	sqlLock  = "SELECT last, head, sealed, seal_hash, width, partitions FROM books WHERE id = 1 FOR UPDATE"
	// These are joins, for which indexes are used however small the tables were when the
	// statement was planned: a plan is kept while they grow.
	sqlRows    = "SELECT p.id, p.version, p.first, p.last, p.hash FROM unnest($1::text[]) AS w(id) JOIN payments p ON p.id = w.id"
	sqlHolders = `SELECT DISTINCT ON (c.digest) c.digest, c.turn, c.payment, c.number
		FROM unnest($1::bytea[]) AS w(digest) JOIN claims c ON c.digest = w.digest ORDER BY c.digest, c.turn DESC`
	sqlKeys = "SELECT k.payment, k.personal, k.secret, k.forgotten FROM unnest($1::text[]) AS w(payment) JOIN payment_keys k ON k.payment = w.payment"
)

// load begins the transaction, locks the books, and reads what the requests are about, in
// one round trip.
func (g *group) load(ctx context.Context, conn *pgx.Conn) error {
	ids, digests, keyed := g.wanted()
	b := &pgx.Batch{}
	b.Queue(sqlBegin)
	b.Queue(sqlLock).QueryRow(g.scanBooks)
	if len(ids) > 0 {
		b.Queue(sqlRows, ids).Query(g.scanRows)
	}
	if len(digests) > 0 {
		b.Queue(sqlHolders, digests).Query(g.scanHolders)
	}
	if len(keyed) > 0 {
		b.Queue(sqlKeys, keyed).Query(g.scanKeys)
	}
	return conn.SendBatch(ctx, b).Close()
}

// wanted is which rows the requests are decided by.
func (g *group) wanted() (ids []string, digests [][]byte, keyed []string) {
	for _, r := range g.requests {
		ids = append(ids, string(r.id))
		if r.task != taskAppend || r.key != nil || r.secret != nil {
			keyed = append(keyed, string(r.id))
		}
		for i := range r.claims {
			c := &r.claims[i]
			digests = append(digests, c.key[:])
			if c.over != nil {
				ids = append(ids, string(c.over.Payment))
			}
		}
	}
	return ids, digests, keyed
}

func (g *group) scanBooks(r pgx.Row) error {
	var head, sealHash []byte
	err := r.Scan(&g.last, &head, &g.sealed, &sealHash, &g.width, &g.partitions)
	if err == nil {
		err = toHashes(head, &g.head, sealHash, &g.sealHash)
	}
	return err
}

func (g *group) scanRows(rows pgx.Rows) error {
	for rows.Next() {
		var (
			r    row
			hash []byte
		)
		if err := rows.Scan(&r.id, &r.version, &r.first, &r.last, &hash); err != nil {
			return err
		}
		if err := toHashes(hash, &r.hash); err != nil {
			return err
		}
		g.rows[payment.ID(r.id)] = &r
	}
	return rows.Err()
}

func (g *group) scanHolders(rows pgx.Rows) error {
	for rows.Next() {
		var (
			h      holding
			digest []byte
		)
		if err := rows.Scan(&digest, &h.turn, &h.payment, &h.number); err != nil {
			return err
		}
		g.holders[ledger.Digest(digest)] = h
	}
	return rows.Err()
}

func (g *group) scanKeys(rows pgx.Rows) error {
	for rows.Next() {
		var (
			id payment.ID
			s  storedKeys
		)
		if err := rows.Scan(&id, &s.Personal, &s.Secret, &s.Forgotten); err != nil {
			return err
		}
		g.keys[id] = &s
	}
	return rows.Err()
}

func (g *group) admitAll() {
	for _, r := range g.requests {
		if r.err = g.admit(r); r.err == nil {
			g.admitted = append(g.admitted, r)
		}
	}
}

// changes reports whether there is anything to write.
func (g *group) changes() bool {
	return len(g.admitted) > 0 || g.seal && g.last > g.sealed
}

// admit decides one request, and counts it from here on.
func (g *group) admit(r *request) error {
	have := g.rows[r.id]
	if r.task != taskAppend {
		switch {
		case have == nil:
			return ledger.ErrNotFound
		case r.task == taskForget && have.version != r.version:
			return ledger.ErrStale
		}
		r.version = have.version
		g.destroy(r)
		return nil
	}
	version, before := 0, ledger.Hash{}
	if have != nil {
		version, before = have.version, have.hash
	}
	if version != r.version || before != r.before {
		return ledger.ErrStale
	}
	if r.secret != nil && !bytes.Equal(g.stored(r.id).Secret, r.secret.Before) {
		return errForgotten
	}
	for i := range r.claims {
		if !g.free(&r.claims[i]) {
			return refused{claim: i}
		}
	}
	g.take(r, have)
	return nil
}

// free reports whether a claim may be made: nobody holds the key, or exactly the one it
// replaces does, at exactly that version.
func (g *group) free(c *writeClaim) bool {
	h, held := g.holders[c.key]
	if c.over == nil || !held {
		return c.over == nil && !held
	}
	holder := g.rows[h.payment]
	return h.payment == c.over.Payment && holder != nil && holder.version == c.over.Version
}

// take counts an append from here on.
func (g *group) take(r *request, have *row) {
	first := g.last + 1
	for _, record := range r.records {
		g.last++
		g.head = ledger.Advance(g.head, g.last, ledger.HashOf(record))
	}
	r.row.first, r.row.last = first, g.last
	if have != nil {
		r.row.first = have.first
	}
	taken := r.row
	g.rows[r.id] = &taken
	for i := range r.claims {
		key := r.claims[i].key
		g.holders[key] = holding{payment: r.id, number: r.version + 1, turn: g.holders[key].turn + 1, seq: first, new: true}
	}
	g.takeKeys(r)
}

// stored gives a payment's keys, to be changed.
func (g *group) stored(id payment.ID) *storedKeys {
	s := g.keys[id]
	if s == nil {
		s = &storedKeys{}
		g.keys[id] = s
	}
	return s
}

// destroy puts a tombstone in place of a key. The first one stays.
func (g *group) destroy(r *request) {
	s := g.stored(r.id)
	if s.Erased() {
		return
	}
	s.changed, s.Secret = true, nil
	if r.task == taskErase {
		s.Personal = ledger.Tombstone(g.now)
	} else {
		s.Forgotten = ledger.ForgottenThrough(r.version, g.now)
	}
}

// takeKeys keeps an append's new keys. A tombstone stays: what came encrypted under a key
// that lost the race cannot be read.
func (g *group) takeKeys(r *request) {
	if r.key == nil && (r.secret == nil || r.secret.Created == nil) {
		return
	}
	s := g.stored(r.id)
	if s.Erased() {
		return
	}
	if r.key != nil {
		s.Personal = r.key
	}
	if r.secret != nil && r.secret.Created != nil {
		s.Secret = r.secret.Created
	}
	s.changed = true
}
