package ledger

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"time"

	"kessai.dev/kessai/internal/payment"
)

// Book is what Verify reads of an implementation's files.
type Book interface {
	// Next gives up to limit records that follow number after, in order. What
	// it gives is the caller's to keep.
	Next(after uint64, limit int) ([]Numbered, error)
	// Record gives one record's bytes, nil when there is none.
	Record(seq uint64) ([]byte, error)
	// NextSeal gives the first seal at or after number seq, nil when there is
	// none.
	NextSeal(seq uint64) ([]byte, error)
	// PublicKey is what seals are checked with.
	PublicKey() (ed25519.PublicKey, error)
	// CheckKeys reports whether the keys of a payment's private parts, of which
	// there is at least one, are there and whole, or properly destroyed.
	CheckKeys(id payment.ID, parts []Hidden) error
	// CheckIndex reports whether what the implementation keeps beside the
	// journal, as far as it goes, agrees with what the journal tells of a
	// payment.
	CheckIndex(a *Account) error
	// CheckRest comes after all payments: it reports whether the index has
	// anything that the journal has not.
	CheckRest() error
}

// Numbered is a record with its place in the journal.
type Numbered struct {
	Sequence uint64
	Encoded  []byte
}

// Hidden is an event's private part as the journal has it.
type Hidden struct {
	Number  int    // of the event
	Secret  bool   // of 3-D Secure: see payment.Event.Secret
	Private []byte // encrypted
}

// Account is what the journal tells of one payment.
type Account struct {
	Payment     *payment.Payment
	First, Last uint64 // numbers of its first and last record
	Claims      []MadeClaim
}

// MadeClaim is a claim with the event and the record that carry it.
type MadeClaim struct {
	Claimed
	Number   int
	Sequence uint64
}

// Report is what Verify found.
type Report struct {
	Records  uint64
	Payments uint64
	Seals    uint64
	Sealed   uint64    // number of the last record under a seal
	Unsealed uint64    // records after it: only their own chains vouch for them
	SealedAt time.Time // of the last seal
	Head     Hash      // running hash over all records. Noted down elsewhere, it proves later that nothing before was changed
	Members  uint64    // customers with a record of cards on file
	Cards    uint64    // cards on file that can be paid with
	// Documents say what the shops are; Changes are the entries of their audit trails.
	Documents, Changes uint64
	Notes              []string // what is unusual and no fault
	Fault              *Fault   // the first thing that is wrong; nil: the books are right
}

// Fault is something in the books that cannot be.
type Fault struct {
	From     uint64     // the records From … Sequence are in question; 0: only Sequence
	Sequence uint64     // journal number
	Payment  payment.ID // empty: not known, or not about one
	What     string
}

// Error says where and what.
func (f *Fault) Error() string {
	where := fmt.Sprintf("record %d", f.Sequence)
	if f.From > 0 && f.From < f.Sequence {
		where = fmt.Sprintf("records %d to %d", f.From, f.Sequence)
	}
	if f.Payment != "" {
		where += ", payment " + string(f.Payment)
	}
	return "ledger: " + where + ": " + f.What
}

// Verify reads the whole book and proves that nothing was changed, removed,
// inserted or reordered since it was written: checksums, numbers without a
// gap, every payment's chain, its replay and invariants, seals and signatures,
// keys, and that the index agrees (P87). Progress, if given, hears now and then
// how many records were read. The error is for books that cannot be read at
// all and for a ctx that ended; what is wrong in them is Report.Fault.
//
// Memory is a bit per record and eight bytes per payment.
func Verify(ctx context.Context, book Book, progress func(records uint64)) (Report, error) {
	v := &verifier{ctx: ctx, book: book, progress: progress}
	err := v.journal()
	var first *Fault
	if !errors.As(err, &first) && err != nil {
		return v.report, err
	}
	// A broken seal tells a range of records only: the payments' chains may
	// tell which of them it is.
	if first == nil || first.From > 0 {
		if err = v.payments(); err == nil && first == nil {
			err = v.book.CheckRest()
		}
		var exact *Fault
		switch {
		case errors.As(err, &exact):
			if first == nil || exact.Sequence >= first.From && exact.Sequence <= first.Sequence {
				first = exact
			}
		case err != nil:
			return v.report, err
		}
	}
	v.report.Fault = first
	return v.report, nil
}

type verifier struct {
	ctx      context.Context
	book     Book
	progress func(uint64)
	report   Report
	followed []uint64 // a bit per record: another one is linked to it
	opened   []uint64 // a hash per payment
	sealed   Hash     // of the last seal
}

const chunk = 512

// journal goes through the records in order, past a broken seal, too: the payments can
// only be told once every record that follows another one is known.
func (v *verifier) journal() error {
	var broken *Fault
	key, err := v.book.PublicKey()
	if err != nil {
		return err
	}
	next, err := v.seal(1)
	if err != nil {
		return err
	}
	for {
		if err := v.ctx.Err(); err != nil {
			return err
		}
		records, err := v.book.Next(v.report.Records, chunk)
		switch {
		case err != nil:
			return err
		case len(records) == 0 && broken != nil:
			return broken
		case len(records) == 0:
			return v.end(next)
		}
		for i := range records {
			if err := v.record(&records[i]); err != nil {
				return firstOf(broken, err)
			}
			if next == nil || next.Sequence > v.report.Records {
				continue
			}
			if next, err = v.checkSeal(key, next); errors.As(err, &broken) {
				next = nil
			} else if err != nil {
				return err
			}
		}
		if v.progress != nil {
			v.progress(v.report.Records)
		}
	}
}

// firstOf is the seal that was broken before something else was wrong, if there is one.
func firstOf(broken *Fault, err error) error {
	if broken != nil {
		return broken
	}
	return err
}

func (v *verifier) record(n *Numbered) error {
	want := v.report.Records + 1
	if n.Sequence != want {
		return &Fault{Sequence: want, What: fmt.Sprintf("missing: record %d comes next", n.Sequence)}
	}
	r, err := Decode(n.Encoded)
	if err != nil {
		return &Fault{Sequence: want, What: err.Error()}
	}
	if err := v.link(want, r); err != nil {
		return err
	}
	v.report.Records = want
	v.report.Unsealed++
	v.report.Head = Advance(v.report.Head, want, r.Hash)
	return nil
}

// link notes that r follows another record; two cannot follow the same one.
func (v *verifier) link(seq uint64, r *Record) error {
	for uint64(len(v.followed))*64 <= seq {
		v.followed = append(v.followed, 0)
	}
	if r.Number == 1 {
		v.opened = append(v.opened, shortHash(r.Payment))
		return nil
	}
	p, err := r.Before(seq)
	if err != nil {
		return err
	}
	if v.isFollowed(p) {
		return &Fault{Sequence: seq, Payment: r.Payment, What: fmt.Sprintf("a second record follows record %d", p)}
	}
	v.followed[p/64] |= 1 << (p % 64)
	return nil
}

func (v *verifier) isFollowed(seq uint64) bool { return v.followed[seq/64]&(1<<(seq%64)) != 0 }
