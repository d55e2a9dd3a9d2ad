package bolt

import (
	"errors"
	"fmt"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// offlineBook is the books of a directory that nobody writes to.
type offlineBook struct {
	book
	dir     string
	journal *bbolt.DB
	index   *bbolt.DB // nil: there is none
	members *bbolt.DB // nil: there is none
	shops   *bbolt.DB // nil: there is none
	at      checkpoint
	names   [][]byte // of the segments
	notes   []string
	seen    counts // what the journal says should be in the index
}

// counts are how much an index holds.
type counts struct{ payments, claims, care uint64 }

// loadIndex finds out how far the index goes.
func (b *offlineBook) loadIndex() error {
	if b.index == nil {
		return nil
	}
	if known, err := b.knownIndex(); err != nil || !known {
		return err
	}
	return b.index.View(func(tx *bbolt.Tx) (err error) {
		if b.at, err = readCheckpoint(tx); err != nil {
			return err
		}
		return bucketOf(tx, bucketClaims).ForEachBucket(func(name []byte) error {
			b.names = append(b.names, clone(name))
			return nil
		})
	})
}

// knownIndex lets go of an index of another version, which the next start makes
// anew from the journal.
func (b *offlineBook) knownIndex() (known bool, err error) {
	err = b.index.View(func(tx *bbolt.Tx) error {
		known = string(bucketOf(tx, bucketMeta).Get(keyFormat)) == string(indexFormat)
		return nil
	})
	if err != nil || known {
		return known, err
	}
	b.notes = append(b.notes, "index.db is of another version: it is made anew at the next start")
	err = b.index.Close()
	b.index = nil
	return false, err
}

// CheckIndex is described at ledger.Book. What came after the checkpoint is
// not in the index; the next start brings it there.
func (b *offlineBook) CheckIndex(a *ledger.Account) error {
	if b.index == nil || a.First > b.at.sequence {
		return nil
	}
	b.seen.payments++
	return b.index.View(func(tx *bbolt.Tx) error {
		if a.Last <= b.at.sequence {
			if err := b.checkRow(tx, a); err != nil {
				return err
			}
		}
		for i := range a.Claims {
			c := &a.Claims[i]
			if c.Sequence > b.at.sequence {
				continue
			}
			b.seen.claims++
			list, err := b.holdings(tx, c.Key)
			if err != nil {
				return err
			}
			if err := checkClaim(list, a.Payment.ID, c); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *offlineBook) checkRow(tx *bbolt.Tx, a *ledger.Account) error {
	id := []byte(a.Payment.ID)
	want := rowOf(a.Payment, a.Last)
	have, err := decodeRow(bucketOf(tx, bucketPayments).Get(id))
	if err != nil {
		return err
	}
	if have != want {
		return errors.New("the index has another row for it")
	}
	care := want.flags&flagCare != 0
	if care {
		b.seen.care++
	}
	if care != (bucketOf(tx, bucketCare).Get(id) != nil) {
		return errors.New("the index is wrong about whether it is settled")
	}
	return nil
}

func (b *offlineBook) holdings(tx *bbolt.Tx, key ledger.Digest) (list []holding, err error) {
	for _, name := range b.names {
		if list, err = decodeClaims(list, bucketOf(tx, bucketClaims).Bucket(name).Get(key[:])); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// checkClaim holds a claim of the journal against all claims of its key: it
// must be there once, and have had the right to be made.
func checkClaim(list []holding, id payment.ID, c *ledger.MadeClaim) error {
	at, times := 0, 0
	for i := range list {
		if list[i].same(holding{payment: id, number: c.Number}) {
			at, times = i, times+1
		}
	}
	switch {
	case times != 1:
		return fmt.Errorf("the index has a claim of event %d %d times", c.Number, times)
	case c.Over == nil && at > 0:
		return fmt.Errorf("the claim of event %d was held by %s", c.Number, list[at-1].payment)
	case c.Over != nil && (at == 0 || list[at-1].payment != c.Over.Payment):
		return fmt.Errorf("the claim of event %d was not held by %s", c.Number, c.Over.Payment)
	}
	return nil
}

// CheckRest is described at ledger.Book. An index that goes further than the
// journal shows that the end of the journal is lost.
func (b *offlineBook) CheckRest() error {
	if b.index == nil {
		return nil
	}
	at := b.at.sequence
	record, err := b.Record(at)
	if err != nil {
		return err
	}
	if at > 0 && (record == nil || ledger.HashOf(record) != b.at.hash) {
		return &ledger.Fault{Sequence: at, What: "the index knows another record of this number: the journal was cut off, or replaced by a backup"}
	}
	if more, err := b.Next(at, 1); err != nil {
		return err
	} else if len(more) > 0 {
		b.notes = append(b.notes, fmt.Sprintf("the index ends at record %d: the next start brings it up to the journal", at))
		return nil // later rows may have changed these counts
	}
	have, err := b.count()
	if err == nil && have != b.seen {
		return &ledger.Fault{Sequence: at, What: fmt.Sprintf("the index holds %+v, the journal tells of %+v", have, b.seen)}
	}
	return err
}

func (b *offlineBook) count() (n counts, err error) {
	err = b.index.View(func(tx *bbolt.Tx) error {
		n.payments = countKeys(bucketOf(tx, bucketPayments))
		n.care = countKeys(bucketOf(tx, bucketCare))
		for _, name := range b.names {
			err := bucketOf(tx, bucketClaims).Bucket(name).ForEach(func(_, v []byte) error {
				n.claims += uint64(len(v) / claimSize)
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

func countKeys(b *bbolt.Bucket) (n uint64) {
	c := b.Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		n++
	}
	return n
}

// liveBook is the books in use.
type liveBook struct {
	book
	ledger *Ledger
}

// CheckIndex is described at ledger.Book. A payment that was appended to
// since the beginning is passed over.
func (b *liveBook) CheckIndex(a *ledger.Account) error {
	have, err := b.ledger.locate(a.Payment.ID)
	if err != nil {
		return err
	}
	if have.sequence <= b.upto && have != rowOf(a.Payment, a.Last) {
		return errors.New("the index has another row for it")
	}
	for i := range a.Claims {
		list, err := b.ledger.holdings(a.Claims[i].Key)
		if err != nil {
			return err
		}
		if err := checkClaim(list, a.Payment.ID, &a.Claims[i]); err != nil {
			return err
		}
	}
	return nil
}

// CheckRest is described at ledger.Book. The rest of an index in use changes
// all the time: it is checked offline.
func (b *liveBook) CheckRest() error { return nil }
