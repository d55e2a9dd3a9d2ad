package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// end is where a payment's chain ends, as the table payments says.
type end struct {
	version     int
	first, last uint64
	hash        ledger.Hash
}

// is reports whether a payment in memory is the one of the books. A hash stands for all
// records before it: after a restore there may be another event of that number.
func (e *end) is(f *ledger.Folded) bool {
	return f.Head.Version == e.version && f.Head.Hash == e.hash
}

const sqlEnd = "SELECT version, first, last, hash FROM payments WHERE id = $1"

func endOf(ctx context.Context, conn *pgxpool.Conn, id payment.ID) (e end, err error) {
	var hash []byte
	if err := conn.QueryRow(ctx, sqlEnd, string(id)).Scan(&e.version, &e.first, &e.last, &hash); err != nil {
		return e, noRows(err)
	}
	return e, toHashes(hash, &e.hash)
}

// toHashes takes hashes from columns: bytes and where they belong, in turns.
func toHashes(pairs ...any) error {
	for i := 0; i < len(pairs); i += 2 {
		b, _ := pairs[i].([]byte)
		to, _ := pairs[i+1].(*ledger.Hash)
		if len(b) != len(to) {
			return fmt.Errorf("a hash of %d bytes", len(b))
		}
		copy(to[:], b)
	}
	return nil
}

// Load is described at ledger.Reader. It asks the database every time how far the payment
// is, as another process may have moved it, and reads what is not in memory.
func (l *Ledger) Load(ctx context.Context, id payment.ID) (*payment.Payment, error) {
	f, err := l.load(ctx, id)
	return f.Payment, err
}

func (l *Ledger) load(ctx context.Context, id payment.ID) (f ledger.Folded, err error) {
	err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		e, err := endOf(ctx, conn, id)
		if err != nil {
			return err
		}
		f, err = l.fold(ctx, conn, id, &e)
		return err
	})
	return f, err
}

// fold adds up a payment's events, checking their chain, from what is in memory on.
func (l *Ledger) fold(ctx context.Context, conn *pgxpool.Conn, id payment.ID, e *end) (ledger.Folded, error) {
	known, _ := l.cache.get(id)
	if e.is(&known) {
		return known, nil
	}
	if known.Head.Version > 0 && known.Head.Version < e.version {
		if f, err := l.extend(ctx, conn, id, e, known); err == nil {
			return f, nil
		}
	}
	return l.extend(ctx, conn, id, e, ledger.Folded{})
}

// extend reads the records after f.
func (l *Ledger) extend(ctx context.Context, conn *pgxpool.Conn, id payment.ID, e *end, f ledger.Folded) (ledger.Folded, error) {
	list, err := chainOf(ctx, conn, id, e, f.Head.Version)
	if err != nil {
		return f, err
	}
	for i := range list {
		if f, err = f.Extend(list[i].Sequence, list[i].Encoded); err != nil {
			return f, err
		}
	}
	if !e.is(&f) {
		return f, &ledger.Fault{Sequence: e.last, Payment: id, What: "the payment does not end where its row says"}
	}
	l.cache.put(id, f)
	return f, nil
}

const sqlChain = "SELECT seq, record FROM journal WHERE payment = $1 AND number > $2 AND number <= $3 AND seq BETWEEN $4 AND $5 ORDER BY number"

// chainOf gives a payment's records after a version, up to its end.
func chainOf(ctx context.Context, conn *pgxpool.Conn, id payment.ID, e *end, after int) ([]ledger.Numbered, error) {
	rows, err := conn.Query(ctx, sqlChain, string(id), after, e.version, e.first, e.last)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanNumbered)
}

func scanNumbered(r pgx.CollectableRow) (n ledger.Numbered, err error) {
	return n, r.Scan(&n.Sequence, &n.Encoded)
}

// records gives all records of a payment.
func (l *Ledger) records(ctx context.Context, id payment.ID) (list []ledger.Numbered, err error) {
	err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		e, err := endOf(ctx, conn, id)
		if err == nil {
			list, err = chainOf(ctx, conn, id, &e, 0)
		}
		if err == nil && len(list) != e.version {
			err = &ledger.Fault{Sequence: e.last, Payment: id, What: "records of it are missing"}
		}
		return err
	})
	return list, err
}

// History is described at ledger.Reader.
func (l *Ledger) History(ctx context.Context, id payment.ID) ([]payment.Event, error) {
	list, err := l.records(ctx, id)
	if err != nil {
		return nil, err
	}
	events := make([]payment.Event, 0, len(list))
	for i := range list {
		_, e, err := eventOf(&list[i])
		if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	return events, nil
}

func eventOf(n *ledger.Numbered) (*ledger.Record, payment.Event, error) {
	r, err := ledger.Decode(n.Encoded)
	if err != nil {
		return nil, payment.Event{}, damaged(n.Sequence, err)
	}
	e, err := r.Event()
	return r, e, err
}

func damaged(seq uint64, err error) error {
	return fmt.Errorf("ledger: the journal is damaged at record %d: %w: verify it, and restore a backup", seq, err)
}

// Reveal is described at ledger.Reader. What came after an erasure was not kept: such an
// event has no private data.
func (l *Ledger) Reveal(ctx context.Context, id payment.ID, sequence int) ([]byte, error) {
	list, err := l.records(ctx, id)
	if err != nil {
		return nil, err
	}
	if sequence < 1 || sequence > len(list) {
		return nil, ledger.ErrNotFound
	}
	r, e, err := eventOf(&list[sequence-1])
	if err != nil || r.Private == nil {
		return nil, err
	}
	s, err := l.storedKeys(ctx, id)
	if err != nil {
		return nil, err
	}
	private, err := s.Reveal(l.keys.master, id, &ledger.Hidden{Number: sequence, Secret: e.Secret(), Private: r.Private})
	if err != nil {
		return nil, fmt.Errorf("ledger: reveal event %d of %s: %w", sequence, id, err)
	}
	return private, nil
}

// storedKeys gives what a payment's private parts are read with; none is no error.
func (l *Ledger) storedKeys(ctx context.Context, id payment.ID) (s ledger.StoredKeys, err error) {
	err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		err := conn.QueryRow(ctx, "SELECT personal, secret, forgotten FROM payment_keys WHERE payment = $1", string(id)).
			Scan(&s.Personal, &s.Secret, &s.Forgotten)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		return err
	})
	return s, err
}

// hasSecrets reports whether there is something to forget. Without a second key that can
// only be secrets of an earlier version.
func (l *Ledger) hasSecrets(ctx context.Context, id payment.ID) (bool, error) {
	list, err := l.records(ctx, id)
	if err != nil {
		return false, err
	}
	s, err := l.storedKeys(ctx, id)
	if err != nil || s.Secret != nil {
		return err == nil, err
	}
	for i := range list {
		r, e, err := eventOf(&list[i])
		if err != nil {
			return false, err
		}
		if r.Private == nil || !e.Secret() {
			continue
		}
		if _, err := s.Readable(&ledger.Hidden{Number: e.Sequence, Secret: true}); !errors.Is(err, ledger.ErrErased) {
			return true, nil
		}
	}
	return false, nil
}
