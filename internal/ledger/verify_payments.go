package ledger

import (
	"errors"
	"hash/maphash"
	"slices"

	"kessai.dev/kessai/internal/payment"
)

// payments goes through the chains of all payments, each from its last record,
// the one that no other follows, to its first. As no record is followed twice
// and no payment is opened twice, every record belongs to exactly one of them.
func (v *verifier) payments() error {
	twice := v.openedTwice()
	seen := map[payment.ID]bool{}
	for seq := uint64(1); seq <= v.report.Records; seq++ {
		if v.isFollowed(seq) {
			continue
		}
		if err := v.ctx.Err(); err != nil {
			return err
		}
		id, err := v.payment(seq)
		if err != nil {
			return err
		}
		if twice[shortHash(id)] {
			if seen[id] {
				return &Fault{Sequence: seq, Payment: id, What: "the payment was opened twice"}
			}
			seen[id] = true
		}
		v.report.Payments++
	}
	return nil
}

// payment checks the payment whose last record is at head.
func (v *verifier) payment(head uint64) (payment.ID, error) {
	var readErr error
	read := func(seq uint64) []byte {
		b, err := v.book.Record(seq)
		readErr = err
		return b
	}
	last := read(head)
	r, err := Decode(last)
	if readErr != nil || err != nil {
		return "", firstError(readErr, &Fault{Sequence: head, What: "cannot be read again"})
	}
	c := &replay{id: r.Payment, head: head}
	err = Walk(r.Payment, head, r.Number, read, c.collect)
	if err := firstError(readErr, err); err != nil {
		return r.Payment, err
	}
	if err := c.run(v.book); err != nil {
		return r.Payment, err
	}
	return r.Payment, nil
}

// replay is one payment's chain, last record first.
type replay struct {
	id      payment.ID
	head    uint64
	places  []uint64
	encoded [][]byte
	records []*Record
}

func (c *replay) collect(seq uint64, r *Record, encoded []byte) error {
	c.places, c.encoded, c.records = append(c.places, seq), append(c.encoded, encoded), append(c.records, r)
	return nil
}

// run plays the chain forwards.
func (c *replay) run(book Book) error {
	var before Hash
	var hidden []Hidden
	a := &Account{First: c.places[len(c.places)-1], Last: c.head}
	for i := len(c.records) - 1; i >= 0; i-- {
		r := c.records[i]
		if !Linked(before, c.encoded[i]) {
			return c.fault(i, errors.New("the hash is not that of its content and of the record before"))
		}
		event, err := a.extend(c.places[i], r)
		if err != nil {
			return c.fault(i, err)
		}
		if before = r.Hash; r.Private != nil {
			hidden = append(hidden, Hidden{Number: r.Number, Secret: event.Secret(), Private: r.Private})
		}
	}
	if len(hidden) > 0 {
		if err := book.CheckKeys(c.id, hidden); err != nil {
			return c.fault(0, err)
		}
	}
	if err := book.CheckIndex(a); err != nil {
		return c.fault(0, err)
	}
	return nil
}

// extend applies one more record and checks every invariant.
func (a *Account) extend(seq uint64, r *Record) (*payment.Event, error) {
	event, err := r.Event()
	if err != nil {
		return nil, err
	}
	if a.Payment, err = payment.Apply(a.Payment, &event); err != nil {
		return nil, err
	}
	for _, claimed := range r.Claims {
		a.Claims = append(a.Claims, MadeClaim{Claimed: claimed, Number: r.Number, Sequence: seq})
	}
	return &event, a.Payment.Check()
}

func (c *replay) fault(i int, err error) error {
	return &Fault{Sequence: c.places[i], Payment: c.id, What: err.Error()}
}

// openedTwice gives the short hashes that more than one opening record has.
func (v *verifier) openedTwice() map[uint64]bool {
	slices.Sort(v.opened)
	twice := map[uint64]bool{}
	for i := 1; i < len(v.opened); i++ {
		if v.opened[i] == v.opened[i-1] {
			twice[v.opened[i]] = true
		}
	}
	return twice
}

var seed = maphash.MakeSeed()

func shortHash(id payment.ID) uint64 { return maphash.String(seed, string(id)) }

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
