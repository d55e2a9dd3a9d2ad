package postgres

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// Verify proves the books of a database from outside, reading only: neither tables nor keys
// are made. Without the key files the chain alone is proved, and a note says so.
func Verify(ctx context.Context, o Options, progress func(records uint64)) (report ledger.Report, err error) {
	o.setDefaults()
	l := &Ledger{options: o, cache: newCache(o.Cache)}
	defer l.release()
	if err := l.connect(ctx); err != nil {
		return report, err
	}
	var notes []string
	if _, err := os.Stat(filepath.Join(o.Keys, masterFile)); o.Keys == "" || errors.Is(err, os.ErrNotExist) {
		notes = append(notes, "the key files are not there: keys are not tried, and seals are checked with the public key in the database alone")
	} else if err := l.loadKeys(ctx); err != nil {
		return report, err
	}
	report, err = l.Verify(ctx, progress)
	report.Notes = append(report.Notes, notes...)
	return report, err
}

// Verify proves the books, in use or not, up to the last record there is when it begins.
// It holds no transaction open (P97).
func (l *Ledger) Verify(ctx context.Context, progress func(records uint64)) (report ledger.Report, err error) {
	if err := l.ready(ctx); err != nil {
		return report, err
	}
	b := &book{ctx: ctx, ledger: l}
	var (
		head         []byte
		sealed, most uint64
	)
	err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error { // one statement: one view
		return conn.QueryRow(ctx, "SELECT last, head, public_key, sealed, (SELECT coalesce(max(seq), 0) FROM journal) FROM books WHERE id = 1").
			Scan(&b.upto, &head, &b.public, &sealed, &most)
	})
	if err != nil {
		return report, err
	}
	if report, err = ledger.Verify(ctx, b, progress); err != nil || report.Fault != nil {
		return report, err
	}
	switch {
	case most > b.upto:
		report.Fault = &ledger.Fault{Sequence: most, What: fmt.Sprintf("the books say that they end at record %d", b.upto)}
	case report.Sealed < sealed:
		report.Fault = &ledger.Fault{Sequence: sealed, What: "the books say that it is sealed, and the seal is missing"}
	case report.Records != b.upto || string(head) != string(report.Head[:]):
		report.Fault = &ledger.Fault{Sequence: report.Records, What: fmt.Sprintf("the books say that they end with another record, number %d", b.upto)}
	case l.keys.seal != nil && !l.keys.seal.Public().(ed25519.PublicKey).Equal(ed25519.PublicKey(b.public)):
		report.Fault = &ledger.Fault{What: "the database names another public key than that of " + sealFile}
	}
	return l.proveBeside(ctx, report)
}

// book is the books up to a number. What belongs to a payment is read for many payments at
// a time: Verify asks for them in the order of their last records.
type book struct {
	ctx    context.Context
	ledger *Ledger
	upto   uint64
	public []byte

	ahead ahead
	seen  counts
}

// counts are how much there is beside the journal.
type counts struct{ payments, claims uint64 }

func (b *book) read(work func(ctx context.Context, conn *pgxpool.Conn) error) error {
	return b.ledger.read(b.ctx, b.ledger.pool, work)
}

// Next is described at ledger.Book. What stands beside a record must be what is in it.
func (b *book) Next(after uint64, limit int) (list []ledger.Numbered, err error) {
	err = b.read(func(ctx context.Context, conn *pgxpool.Conn) error {
		rows, err := conn.Query(ctx, "SELECT seq, record, payment, number, kind, time FROM journal WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3", after, b.upto, limit)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (n ledger.Numbered, err error) {
			var (
				beside noted
				id     payment.ID
				number int
			)
			if err := r.Scan(&n.Sequence, &n.Encoded, &id, &number, &beside.kind, &beside.time); err != nil {
				return n, err
			}
			return n, agrees(&n, id, number, beside)
		})
		return err
	})
	return list, err
}

func agrees(n *ledger.Numbered, id payment.ID, number int, beside noted) error {
	r, err := ledger.Decode(n.Encoded)
	if err != nil {
		return nil // Verify says so
	}
	e, err := r.Event()
	if err == nil && (r.Payment != id || r.Number != number || string(e.Kind) != beside.kind || nanos(e.Time) != beside.time) {
		return &ledger.Fault{Sequence: n.Sequence, Payment: r.Payment, What: "what stands beside the record is not what is in it"}
	}
	return nil
}

// Record is described at ledger.Book.
func (b *book) Record(seq uint64) (encoded []byte, err error) {
	if encoded, ok := b.ahead.records[seq]; ok {
		return encoded, nil
	}
	if err := b.lookAhead(seq); err != nil {
		return nil, err
	}
	if encoded, ok := b.ahead.records[seq]; ok {
		return encoded, nil
	}
	err = b.read(func(ctx context.Context, conn *pgxpool.Conn) error {
		err := conn.QueryRow(ctx, "SELECT record FROM journal WHERE seq = $1", seq).Scan(&encoded)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		return err
	})
	return encoded, err
}

// NextSeal is described at ledger.Book.
func (b *book) NextSeal(seq uint64) (encoded []byte, err error) {
	at := uint64(0)
	err = b.read(func(ctx context.Context, conn *pgxpool.Conn) error {
		err := conn.QueryRow(ctx, "SELECT seq, seal FROM seals WHERE seq >= $1 AND seq <= $2 ORDER BY seq LIMIT 1", seq, b.upto).Scan(&at, &encoded)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil || encoded == nil {
		return nil, err
	}
	if s, err := ledger.DecodeSeal(encoded); err != nil || s.Sequence != at {
		return nil, &ledger.Fault{Sequence: at, What: "the seal is not one of this record"}
	}
	return encoded, nil
}

// PublicKey is described at ledger.Book.
func (b *book) PublicKey() (ed25519.PublicKey, error) { return b.public, nil }

// CheckKeys is described at ledger.Book.
func (b *book) CheckKeys(id payment.ID, parts []ledger.Hidden) error {
	s, ok := b.ahead.keys[id]
	if !ok {
		var err error
		if s, err = b.ledger.storedKeys(b.ctx, id); err != nil {
			return err
		}
	}
	return s.Check(b.ledger.keys.master, id, parts)
}

// CheckIndex is described at ledger.Book. A payment that was appended to since the
// beginning is passed over.
func (b *book) CheckIndex(a *ledger.Account) error {
	have, ok := b.ahead.rows[a.Payment.ID]
	if !ok {
		return errors.New("it has no row")
	}
	want := row{
		id: string(a.Payment.ID), version: a.Payment.Version, first: a.First, last: a.Last,
		hash: have.hash, listed: listedOf(a.Payment),
	}
	if encoded := b.ahead.records[a.Last]; encoded != nil {
		want.hash = ledger.HashOf(encoded)
	}
	if have.last <= b.upto && have != want {
		return errors.New("its row says something else")
	}
	b.seen.payments++
	for i := range a.Claims {
		b.seen.claims++
		if err := checkClaim(b.ahead.claims[a.Claims[i].Key], a.Payment.ID, &a.Claims[i]); err != nil {
			return err
		}
	}
	return nil
}

// checkClaim holds a claim of the journal against all claims of its key: it must be there
// once, and have had the right to be made.
func checkClaim(list []holding, id payment.ID, c *ledger.MadeClaim) error {
	at, times := 0, 0
	for i, h := range list {
		if h.turn != i+1 {
			return errors.New("the claims of a key are not numbered 1, 2, 3")
		}
		if h.payment == id && h.number == c.Number && h.seq == c.Sequence {
			at, times = i, times+1
		}
	}
	switch {
	case times != 1:
		return fmt.Errorf("a claim of event %d is there %d times", c.Number, times)
	case c.Over == nil && at > 0:
		return fmt.Errorf("the claim of event %d was held by %s", c.Number, list[at-1].payment)
	case c.Over != nil && (at == 0 || list[at-1].payment != c.Over.Payment):
		return fmt.Errorf("the claim of event %d was not held by %s", c.Number, c.Over.Payment)
	}
	return nil
}

// CheckRest is described at ledger.Book. Rows and claims are never removed, and say since
// when they are there: so this holds also while the books grow.
func (b *book) CheckRest() error {
	var have counts
	err := b.read(func(ctx context.Context, conn *pgxpool.Conn) error {
		return conn.QueryRow(ctx, "SELECT (SELECT count(*) FROM payments WHERE first <= $1), (SELECT count(*) FROM claims WHERE seq <= $1)", b.upto).
			Scan(&have.payments, &have.claims)
	})
	if err == nil && have != b.seen {
		return &ledger.Fault{Sequence: b.upto, What: fmt.Sprintf("the tables hold %+v, the journal tells of %+v", have, b.seen)}
	}
	return err
}
