package bolt

import (
	"sync"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// generation is what the index does not know yet: the payments that were
// appended to and the claims that were made.
type generation struct {
	rows   map[payment.ID]row
	claims map[ledger.Digest]*holding
	upto   uint64 // the records up to here are in it or in the index
}

// holding is one claim of a key; older ones of the same generation hang on it.
type holding struct {
	payment payment.ID
	number  int // of the first event of the entry that made it
	older   *holding
}

// newGeneration has room for as much as the one before took, which the next
// one is likely to take again.
func newGeneration(before *generation) *generation {
	rows, claims := 0, 0
	if before != nil {
		rows, claims = len(before.rows), len(before.claims)
	}
	return &generation{rows: make(map[payment.ID]row, rows), claims: make(map[ledger.Digest]*holding, claims)}
}

func (g *generation) size() int { return len(g.rows) }

// tail is what is committed in the journal and not yet in the index, in two
// generations: fresh, which the writer adds to, and frozen, which the indexer
// is writing down and nobody changes.
//
// The order is the whole secret. The writer freezes; the indexer commits to
// the index and only then drops the frozen one. Who looks something up looks
// here first and begins its index transaction after that. The other way round
// it would miss what moved from here to there in between.
type tail struct {
	mu     sync.RWMutex
	fresh  *generation
	frozen *generation // nil: none
}

// row gives the latest row of a payment, if it is here.
func (t *tail) row(id payment.ID) (row, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	r, ok := t.fresh.rows[id]
	if !ok && t.frozen != nil {
		r, ok = t.frozen.rows[id]
	}
	return r, ok
}

// holdings gives the claims of a key that are here, oldest first.
func (t *tail) holdings(key ledger.Digest) []holding {
	t.mu.RLock()
	defer t.mu.RUnlock()
	var list []holding
	if t.frozen != nil {
		list = t.frozen.claims[key].list(list)
	}
	return t.fresh.claims[key].list(list)
}

// list appends h and what is older, oldest first.
func (h *holding) list(to []holding) []holding {
	if h == nil {
		return to
	}
	return append(h.older.list(to), *h)
}

// each calls yield for the latest row of every payment here, in any order.
// The writer waits meanwhile.
func (t *tail) each(yield func(payment.ID, *row)) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for id, r := range t.fresh.rows {
		yield(id, &r)
	}
	if t.frozen == nil {
		return
	}
	for id, r := range t.frozen.rows {
		if _, newer := t.fresh.rows[id]; !newer {
			yield(id, &r)
		}
	}
}

// generations gives both, for the writer, which alone changes fresh.
func (t *tail) generations() (fresh, frozen *generation) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.fresh, t.frozen
}

// merge takes over what a group brought, once it is committed.
func (t *tail) merge(rows map[payment.ID]row, claims map[ledger.Digest]*holding, upto uint64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for id, r := range rows {
		t.fresh.rows[id] = r
	}
	for key, h := range claims {
		t.fresh.claims[key] = h
	}
	t.fresh.upto = upto
}

// freeze starts a new fresh generation. There must be no frozen one.
func (t *tail) freeze() *generation {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.frozen, t.fresh = t.fresh, newGeneration(t.fresh)
	t.fresh.upto = t.frozen.upto
	return t.frozen
}

// indexed drops the frozen generation: the index has it.
func (t *tail) indexed() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.frozen = nil
}
