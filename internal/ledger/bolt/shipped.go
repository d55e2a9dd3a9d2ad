package bolt

import (
	"errors"
	"sync"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// shipped is the books as a standby is told of them.
type shipped struct{ *Ledger }

var _ ledger.Shipped = shipped{}

// Shipped begins to note what changes without a record, for ledger.Shipped.Changes. Only
// one may ask for them.
func (l *Ledger) Shipped() ledger.Shipped {
	l.changed.begin()
	return shipped{l}
}

// changed is what no record tells, since it was last asked. It is bounded by the number of
// payments that are erased while a shipment is stuck, and of members and documents.
type changed struct {
	mu     sync.Mutex
	noting bool
	keys   map[payment.ID]bool
	pieces map[ledger.PieceName]bool
}

func (c *changed) begin() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.noting, c.keys, c.pieces = true, map[payment.ID]bool{}, map[ledger.PieceName]bool{}
}

// requests notes whose keys were destroyed, once that is durable.
func (c *changed) requests(list []*request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.noting {
		return
	}
	for _, r := range list {
		if r.task != taskAppend {
			c.keys[r.id] = true
		}
	}
}

func (c *changed) piece(kind ledger.PieceKind, key []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.noting {
		c.pieces[ledger.PieceName{Kind: kind, Key: string(key)}] = true
	}
}

// revised notes what a revision wrote.
func (c *changed) revised(w *revising) {
	for _, change := range w.after {
		for _, s := range shelves {
			if s.file == shopsFile && string(s.bucket) == string(change.bucket) {
				c.piece(s.kind, change.key)
			}
		}
	}
}

// Changes is described at ledger.Shipped.
func (s shipped) Changes() (all ledger.Changes) {
	c := &s.changed
	c.mu.Lock()
	defer c.mu.Unlock()
	for id := range c.keys {
		all.Keys = append(all.Keys, id)
	}
	for name := range c.pieces {
		all.Pieces = append(all.Pieces, name)
	}
	clear(c.keys)
	clear(c.pieces)
	return all
}

// ShipKey is described at ledger.Shipped.
func (s shipped) ShipKey() []byte { return s.keys.master.ShipKey() }

// keyPromotion in the journal's meta bucket is the token of the promotion that made books of
// a standby's.
var keyPromotion = []byte("promotion")

// Promotion is described at ledger.Shipped.
func (s shipped) Promotion() []byte { return promotionIn(s.view) }

func promotionIn(view func(func(*bbolt.Tx) error) error) (token []byte) {
	_ = view(func(tx *bbolt.Tx) error { // closed books are told elsewhere
		token = clone(bucketOf(tx, bucketMeta).Get(keyPromotion))
		return nil
	})
	return token
}

// Next is described at ledger.Shipped.
func (s shipped) Next(after uint64, limit int) ([]ledger.Numbered, error) {
	return (&book{view: s.view, upto: s.bell.upto.Load()}).Next(after, limit)
}

// Seals is described at ledger.Shipped.
func (s shipped) Seals(from, upto uint64) (list [][]byte, err error) {
	b := book{view: s.view, upto: upto}
	for {
		encoded, err := b.NextSeal(from)
		if err != nil || encoded == nil {
			return list, err
		}
		seal, err := ledger.DecodeSeal(encoded)
		if err != nil {
			return nil, err
		}
		list, from = append(list, encoded), seal.Sequence+1
	}
}

// HeadAt is described at ledger.Shipped. It goes on from the last seal before.
func (s shipped) HeadAt(seq uint64) (head ledger.Hash, err error) {
	at := uint64(0)
	err = s.view(func(tx *bbolt.Tx) error {
		c := bucketOf(tx, bucketSeals).Cursor()
		var v []byte
		if k, _ := c.Seek(sequenceKey(seq + 1)); k == nil {
			_, v = c.Last()
		} else {
			_, v = c.Prev()
		}
		if v == nil {
			return nil
		}
		seal, err := ledger.DecodeSeal(v)
		if err == nil {
			at, head = seal.Sequence, seal.Head
		}
		return err
	})
	for err == nil && at < seq {
		var list []ledger.Numbered
		if list, err = s.Next(at, int(min(seq-at, catchUpChunk))); err == nil && len(list) == 0 {
			err = damaged(at+1, errors.New("missing"))
		}
		for i := range list {
			if at++; list[i].Sequence != at {
				return head, damaged(at, errors.New("missing"))
			}
			head = ledger.Advance(head, at, ledger.HashOf(list[i].Encoded))
		}
	}
	return head, err
}

// KeysOf is described at ledger.Shipped.
func (s shipped) KeysOf(ids []payment.ID) (list []ledger.PaymentKeys, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		for _, id := range ids {
			list = append(list, ledger.PaymentKeys{Payment: id, StoredKeys: storedIn(tx, id, true)})
		}
		return nil
	})
	return list, err
}

// Pieces is described at ledger.Shipped.
func (s shipped) Pieces(names []ledger.PieceName) (list []ledger.Piece, err error) {
	for _, from := range s.sides() {
		err := from.view(func(tx *bbolt.Tx) error {
			for _, name := range names {
				for _, shelf := range shelves {
					if shelf.file != from.file || shelf.kind != name.Kind {
						continue
					}
					if record := from.counts(tx, shelf.bucket, []byte(name.Key)); record != nil {
						list = append(list, ledger.Piece{Kind: name.Kind, Key: []byte(name.Key), Record: clone(record)})
					}
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// side is a file beside the journal.
type side struct {
	file   string
	view   viewer
	counts func(tx *bbolt.Tx, bucket, key []byte) []byte
}

func (s shipped) sides() []side {
	return []side{
		{membersFile, s.membersView, func(tx *bbolt.Tx, _, key []byte) []byte { return s.members.counts(tx, key) }},
		{shopsFile, s.shopsView, s.shops.counts},
	}
}

// EachPiece is described at ledger.Shipped. Members come some at a time; what the shops are is
// little, and read at once.
func (s shipped) EachPiece(yield func(ledger.Piece) error) error {
	for after := []byte(nil); ; {
		var list []ledger.Piece
		err := s.membersView(func(tx *bbolt.Tx) error {
			members, last, err := s.members.next(tx, after)
			after = last
			for i := range members {
				key := members[i].Bytes()
				list = append(list, ledger.Piece{Kind: ledger.PieceMember, Key: key, Record: clone(s.members.counts(tx, key))})
			}
			return err
		})
		if err := errors.Join(err, each(list, yield)); err != nil {
			return err
		}
		if after == nil {
			break
		}
	}
	var list []ledger.Piece
	err := s.shopsView(func(tx *bbolt.Tx) error {
		for _, shelf := range shelves {
			if shelf.file != shopsFile {
				continue
			}
			err := bucketOf(tx, shelf.bucket).ForEach(func(k, _ []byte) error {
				if record := s.shops.counts(tx, shelf.bucket, k); record != nil {
					list = append(list, ledger.Piece{Kind: shelf.kind, Key: clone(k), Record: clone(record)})
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(err, each(list, yield))
}

func each(list []ledger.Piece, yield func(ledger.Piece) error) error {
	for _, p := range list {
		if err := yield(p); err != nil {
			return err
		}
	}
	return nil
}
