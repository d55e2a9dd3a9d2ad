package bolt

import (
	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// group decides a group of requests in the order in which they will be
// durable. What it admits is seen by the ones after it, and by nobody else
// until the group is committed: if that fails, the group is forgotten whole.
type group struct {
	index         *index
	fresh, frozen *generation
	segments      []*segment
	newest        payment.ID
	tx            *bbolt.Tx // on the index, begun when first needed
	rows          map[payment.ID]row
	claims        map[ledger.Digest]*holding
	secrets       map[payment.ID][]byte               // bucketSecrets, as far as the group changes it
	secretOf      func(id payment.ID) ([]byte, error) // as it is before the group
	last          uint64                              // number of the last record so far
	admitted      []*request
}

func newGroup() *group {
	return &group{rows: map[payment.ID]row{}, claims: map[ledger.Digest]*holding{}, secrets: map[payment.ID][]byte{}}
}

// begin loads the generations first, then what the indexer publishes: see
// tail.
func (g *group) begin(l *Ledger) {
	g.fresh, g.frozen = l.tail.generations()
	g.index, g.segments, g.newest = l.index, *l.index.segments.Load(), *l.index.newest.Load()
	g.last, g.secretOf = l.last, l.secretOf
	g.admitted = g.admitted[:0]
	clear(g.rows)
	clear(g.claims)
	clear(g.secrets)
}

// end releases the index.
func (g *group) end() {
	if g.tx != nil {
		_ = g.tx.Rollback() // a reading transaction has nothing to lose
		g.tx = nil
	}
}

// admit decides one request; its refusal is in r.err. The error is of the
// index: then nothing can be decided.
func (g *group) admit(r *request) error {
	have, exists, err := g.row(r.id)
	if err != nil {
		return err
	}
	if r.task != taskAppend {
		if !exists {
			r.err = ledger.ErrNotFound
			return nil
		}
		if r.task == taskForget && int(have.version) != r.version {
			r.err = ledger.ErrStale
			return nil
		}
		r.version, g.secrets[r.id] = int(have.version), nil
		g.admitted = append(g.admitted, r)
		return nil
	}
	if int(have.version) != r.version {
		r.err = ledger.ErrStale
		return nil
	}
	if r.secret != nil {
		if r.err, err = g.stillSecret(r); r.err != nil || err != nil {
			return err
		}
	}
	for i := range r.claims {
		free, err := g.free(&r.claims[i])
		if err != nil {
			return err
		}
		if !free {
			r.err = refused{claim: i}
			return nil
		}
	}
	g.take(r)
	return nil
}

// take counts r from here on.
func (g *group) take(r *request) {
	g.last += uint64(len(r.records))
	r.row.sequence = g.last
	g.rows[r.id] = r.row
	if r.secret != nil {
		g.secrets[r.id] = r.secret.After()
	}
	for i := range r.claims {
		key := r.claims[i].key
		h := &holding{payment: r.id, number: r.version + 1}
		if h.older = g.claims[key]; h.older == nil {
			h.older = g.fresh.claims[key]
		}
		g.claims[key] = h
	}
	g.admitted = append(g.admitted, r)
}

// row gives a payment's latest row.
func (g *group) row(id payment.ID) (row, bool, error) {
	if r, ok := g.rows[id]; ok {
		return r, true, nil
	}
	if r, ok := g.fresh.rows[id]; ok {
		return r, true, nil
	}
	if g.frozen != nil {
		if r, ok := g.frozen.rows[id]; ok {
			return r, true, nil
		}
	}
	if id > g.newest {
		return row{}, false, nil
	}
	tx, err := g.reading()
	if err != nil {
		return row{}, false, err
	}
	return g.index.row(tx, id)
}

// free reports whether a claim may be made: nobody holds the key, or exactly
// the one it replaces does, at exactly that version.
func (g *group) free(c *writeClaim) (bool, error) {
	h, held, err := g.holder(c.key)
	if err != nil {
		return false, err
	}
	if c.over == nil || !held {
		return c.over == nil && !held, nil
	}
	if h.payment != c.over.Payment {
		return false, nil
	}
	r, _, err := g.row(h.payment)
	return int(r.version) == c.over.Version, err
}

func (g *group) holder(key ledger.Digest) (holding, bool, error) {
	if h := g.claims[key]; h != nil {
		return *h, true, nil
	}
	if h := g.fresh.claims[key]; h != nil {
		return *h, true, nil
	}
	if g.frozen != nil {
		if h := g.frozen.claims[key]; h != nil {
			return *h, true, nil
		}
	}
	if !perhaps(g.segments, &key) {
		return holding{}, false, nil
	}
	tx, err := g.reading()
	if err != nil {
		return holding{}, false, err
	}
	return g.index.latest(tx, g.segments, key)
}

func (g *group) reading() (*bbolt.Tx, error) {
	if g.tx == nil {
		tx, err := g.index.db.Begin(false)
		if err != nil {
			return nil, err
		}
		g.tx = tx
	}
	return g.tx, nil
}
