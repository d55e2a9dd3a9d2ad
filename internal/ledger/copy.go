package ledger

import (
	"context"
	"errors"
	"fmt"

	"kessai.dev/kessai/internal/payment"
)

// Source is books that are copied. Nobody may write to them meanwhile.
type Source interface {
	Book
	// EachKeys calls yield for the stored keys of every payment that has any.
	EachKeys(yield func(PaymentKeys) error) error
	// EachPiece calls yield for everything that lies beside the journal: see Piece.
	EachPiece(yield func(Piece) error) error
	// Mark tells the master key: see MasterKey.Mark.
	Mark() ([]byte, error)
}

// Target is books that come to be. Until Finish they are no books: nobody can open them.
// What is put is durable before it returns, and putting it again changes nothing, so a copy
// that was interrupted is taken up again.
type Target interface {
	// At is how far the copy is: the number of its last record and the running hash there.
	At() (uint64, Hash, error)
	// PutRecords adds records, which follow the last one.
	PutRecords(list []Numbered) error
	PutSeals(list [][]byte) error
	PutKeys(list []PaymentKeys) error
	PutPieces(list []Piece) error
	// Finish makes books of it, with the keys that the source has.
	Finish(identity Identity) error
}

// PaymentKeys are a payment's stored keys.
type PaymentKeys struct {
	Payment payment.ID
	StoredKeys
}

// Identity is what tells the keys of books: of the master key and of the seals.
type Identity struct{ Mark, Public []byte }

// Piece is a record beside the journal. Keys and records are the same bytes in every
// implementation.
type Piece struct {
	Kind        PieceKind
	Key, Record []byte
}

// PieceKind says where a piece belongs.
type PieceKind byte

// The kinds of pieces.
const (
	PieceMember   PieceKind = 'm' // MemberKey.Bytes → Member
	PieceDocument PieceKind = 'd' // DocumentName.Bytes → Document
	PieceTrail    PieceKind = 't' // TrailKey and number (8 bytes) → AuditEntry
	PieceTrailEnd PieceKind = 'e' // TrailKey → number (8 bytes) and hash of its last entry
)

const (
	copyRecords = 512
	copyRest    = 1000
)

// Copy brings books from one implementation to another: records and seals as they are, in
// their order, then keys and what lies beside the journal. It goes on where a copy was
// interrupted, and refuses a target that has anything else. It gives how many records there
// are, and the running hash over them; who proves the target must find the same.
func Copy(ctx context.Context, from Source, to Target, progress func(records uint64)) (uint64, Hash, error) {
	identity, err := identityOf(from)
	if err != nil {
		return 0, Hash{}, err
	}
	at, have, err := to.At()
	if err != nil {
		return 0, Hash{}, err
	}
	c := &copying{ctx: ctx, from: from, to: to, present: at, progress: progress}
	if err := c.journal(have); err != nil {
		return 0, Hash{}, err
	}
	for _, part := range []func() error{c.seals, c.keys, c.pieces} {
		if err := errors.Join(ctx.Err(), part()); err != nil {
			return 0, Hash{}, err
		}
	}
	return c.last, c.head, to.Finish(identity)
}

func identityOf(from Source) (i Identity, err error) {
	if i.Mark, err = from.Mark(); err != nil {
		return i, err
	}
	i.Public, err = from.PublicKey()
	if err == nil && (i.Mark == nil || i.Public == nil) {
		err = errors.New("ledger: there are no books to copy: they were never opened")
	}
	return i, err
}

type copying struct {
	ctx      context.Context //nolint:containedctx // one call
	from     Source
	to       Target
	present  uint64 // what the target had
	last     uint64
	head     Hash
	progress func(uint64)
}

// journal reads every record; those that the target has must be the same.
func (c *copying) journal(have Hash) error {
	for {
		list, err := c.from.Next(c.last, copyRecords)
		if err = errors.Join(err, c.ctx.Err()); err != nil {
			return err
		}
		if len(list) == 0 {
			break
		}
		if err := c.portion(list, have); err != nil {
			return err
		}
		if c.progress != nil {
			c.progress(c.last)
		}
	}
	if c.last < c.present {
		return errForeign
	}
	return nil
}

var errForeign = errors.New("ledger: the target holds other books, or more of these: copy into an empty one")

func (c *copying) portion(list []Numbered, have Hash) error {
	added := list[:0:0]
	for i := range list {
		r, err := Decode(list[i].Encoded)
		if err != nil || list[i].Sequence != c.last+1 {
			return fmt.Errorf("ledger: record %d of the source is damaged or missing: verify it first: %w", c.last+1, errors.Join(err, ErrNotFound))
		}
		c.last++
		c.head = Advance(c.head, c.last, r.Hash)
		switch {
		case c.last > c.present:
			added = append(added, list[i])
		case c.last == c.present && c.head != have:
			return errForeign
		}
	}
	if len(added) == 0 {
		return nil
	}
	return c.to.PutRecords(added)
}

func (c *copying) seals() error {
	p := portions[[]byte]{put: c.to.PutSeals}
	for at := uint64(0); ; {
		encoded, err := c.from.NextSeal(at + 1)
		if err != nil {
			return err
		}
		if encoded == nil {
			return p.flush()
		}
		s, err := DecodeSeal(encoded)
		if err != nil || s.Sequence <= at || s.Sequence > c.last {
			return &Fault{Sequence: at + 1, What: "the seal is not one of the records that were copied"}
		}
		at = s.Sequence
		if err := p.add(encoded); err != nil {
			return err
		}
	}
}

func (c *copying) keys() error {
	p := portions[PaymentKeys]{put: c.to.PutKeys}
	return errors.Join(c.from.EachKeys(p.add), p.flush())
}

func (c *copying) pieces() error {
	p := portions[Piece]{put: c.to.PutPieces}
	return errors.Join(c.from.EachPiece(p.add), p.flush())
}

// portions puts many things a portion at a time.
type portions[T any] struct {
	put  func([]T) error
	list []T
}

func (p *portions[T]) add(x T) error {
	if p.list = append(p.list, x); len(p.list) < copyRest {
		return nil
	}
	return p.flush()
}

func (p *portions[T]) flush() error {
	if len(p.list) == 0 {
		return nil
	}
	list := p.list
	p.list = nil
	return p.put(list)
}

// CopyDeliveries brings what is on its way to the shops' endpoints to where there is
// nothing of it yet. Interrupted, it can be done again.
func CopyDeliveries(ctx context.Context, from, to Deliveries) error {
	courses, err := from.Courses(ctx)
	if err != nil {
		return err
	}
	for e, course := range courses {
		change := DeliveryChange{Endpoint: e, Course: &course}
		for after, more := uint64(0), true; more; {
			list, err := from.Deliveries(ctx, DeliveryQuery{Endpoint: e, After: after, Limit: copyRest})
			if err != nil {
				return err
			}
			change.Put = list
			if more = len(list) == copyRest; len(list) > 0 {
				after = list[len(list)-1].Number
			}
			if err := to.Settle(ctx, change); err != nil {
				return err
			}
		}
	}
	return nil
}
