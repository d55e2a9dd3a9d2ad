package bolt

import (
	"context"
	"fmt"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// Load is described at ledger.Reader.
func (l *Ledger) Load(ctx context.Context, id payment.ID) (*payment.Payment, error) {
	if err := l.ready(ctx); err != nil {
		return nil, err
	}
	c, ok := l.cache.get(id)
	if !ok {
		var err error
		if c, err = l.load(id); err != nil {
			return nil, err
		}
	}
	return c.payment, nil
}

// load reads a payment from the files.
func (l *Ledger) load(id payment.ID) (cached, error) {
	drawn := l.cache.ticket()
	r, err := l.locate(id)
	if err != nil {
		return cached{}, err
	}
	c, err := l.fold(id, r.sequence, int(r.version))
	if err != nil {
		return cached{}, err
	}
	l.cache.put(id, c, drawn)
	return c, nil
}

// locate gives a payment's latest row: from memory, else from the index, in
// this order.
func (l *Ledger) locate(id payment.ID) (row, error) {
	if r, ok := l.tail.row(id); ok {
		return r, nil
	}
	var (
		r  row
		ok bool
	)
	err := l.indexView(func(tx *bbolt.Tx) (err error) {
		r, ok, err = l.index.row(tx, id)
		return err
	})
	if err == nil && !ok {
		err = ledger.ErrNotFound
	}
	return r, err
}

func (l *Ledger) indexView(read func(tx *bbolt.Tx) error) error {
	return l.asClosed(l.index.db.View(read))
}

// fold adds up a payment's events, checking their chain.
func (l *Ledger) fold(id payment.ID, head uint64, version int) (cached, error) {
	var c cached
	err := l.walk(id, head, version, func(tx *bbolt.Tx, chain []link) (err error) {
		for i := len(chain) - 1; i >= 0 && err == nil; i-- {
			c, err = c.extend(chain[i].sequence, chain[i].record, chain[i].encoded)
		}
		return err
	})
	return c, err
}

// extend applies one more record.
func (c cached) extend(seq uint64, r *ledger.Record, encoded []byte) (cached, error) {
	if r.Number != c.head.Version+1 || !ledger.Linked(c.head.Hash, encoded) {
		return c, &ledger.Fault{Sequence: seq, Payment: r.Payment, What: "does not follow from the record before"}
	}
	event, err := r.Event()
	if err != nil {
		return c, err
	}
	p, err := payment.Apply(c.payment, &event)
	if err != nil {
		return c, err
	}
	return cached{payment: p, head: ledger.Head{Version: r.Number, Sequence: seq, Hash: r.Hash}}, nil
}

// link is a record of a payment's chain. Its memory is the file's: it is good
// within the transaction only.
type link struct {
	sequence uint64
	record   *ledger.Record
	encoded  []byte
}

// walk reads a payment's chain, last record first.
func (l *Ledger) walk(id payment.ID, head uint64, version int, use func(tx *bbolt.Tx, chain []link) error) error {
	return l.view(func(tx *bbolt.Tx) error {
		journal := tx.Bucket(bucketJournal)
		chain := make([]link, 0, version)
		read := func(seq uint64) []byte { return journal.Get(sequenceKey(seq)) }
		err := ledger.Walk(id, head, version, read, func(seq uint64, r *ledger.Record, encoded []byte) error {
			chain = append(chain, link{sequence: seq, record: r, encoded: encoded})
			return nil
		})
		if err != nil {
			return err
		}
		return use(tx, chain)
	})
}

// History is described at ledger.Reader.
func (l *Ledger) History(ctx context.Context, id payment.ID) ([]payment.Event, error) {
	if err := l.ready(ctx); err != nil {
		return nil, err
	}
	r, err := l.locate(id)
	if err != nil {
		return nil, err
	}
	events := make([]payment.Event, 0, r.version)
	err = l.walk(id, r.sequence, int(r.version), func(_ *bbolt.Tx, chain []link) error {
		for i := len(chain) - 1; i >= 0; i-- {
			e, err := chain[i].record.Event()
			if err != nil {
				return err
			}
			events = append(events, e)
		}
		return nil
	})
	return events, err
}

// Reveal is described at ledger.Reader. What came after an erasure was not
// kept: such an event has no private data.
func (l *Ledger) Reveal(ctx context.Context, id payment.ID, sequence int) ([]byte, error) {
	if err := l.ready(ctx); err != nil {
		return nil, err
	}
	r, err := l.locate(id)
	if err != nil {
		return nil, err
	}
	if sequence < 1 || sequence > int(r.version) {
		return nil, ledger.ErrNotFound
	}
	var (
		hidden ledger.Hidden
		s      ledger.StoredKeys
	)
	err = l.walk(id, r.sequence, int(r.version), func(tx *bbolt.Tx, chain []link) error {
		record := chain[len(chain)-sequence].record
		event, err := record.Event()
		hidden = ledger.Hidden{Number: sequence, Secret: event.Secret(), Private: clone(record.Private)}
		s = storedIn(tx, id, hidden.Secret)
		return err
	})
	if err != nil || hidden.Private == nil {
		return nil, err
	}
	private, err := s.Reveal(l.keys.master, id, &hidden)
	if err != nil {
		return nil, fmt.Errorf("ledger: reveal event %d of %s: %w", sequence, id, err)
	}
	return private, nil
}
