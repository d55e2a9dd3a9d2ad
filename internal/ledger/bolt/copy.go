package bolt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// Copied is the books of a directory as they are copied from. Close ends it.
type Copied struct{ *offlineBook }

var _ ledger.Source = Copied{}

// OpenSource opens books to be copied, for reading only. It refuses when a process has them
// open.
func OpenSource(dir string) (Copied, error) {
	b, err := openBook(dir)
	if err != nil {
		return Copied{}, err
	}
	if err := refuseUnfinished(b.journal); err != nil {
		b.close()
		return Copied{}, err
	}
	return Copied{b}, nil
}

// Close releases the files.
func (c Copied) Close() { c.close() }

// Mark is described at ledger.Source.
func (c Copied) Mark() (mark []byte, err error) {
	err = c.view(func(tx *bbolt.Tx) error {
		mark = clone(bucketOf(tx, bucketMeta).Get(keyMasterMark))
		return nil
	})
	return mark, err
}

// EachKeys is described at ledger.Source.
func (c Copied) EachKeys(yield func(ledger.PaymentKeys) error) error {
	return c.view(func(tx *bbolt.Tx) error {
		ids := map[payment.ID]bool{}
		for _, name := range [][]byte{bucketKeys, bucketSecrets, bucketForgotten} {
			b := tx.Bucket(name)
			if b == nil {
				continue // books of an earlier version
			}
			err := b.ForEach(func(k, _ []byte) error {
				id := payment.ID(k)
				if ids[id] {
					return nil
				}
				ids[id] = true
				return yield(ledger.PaymentKeys{Payment: id, StoredKeys: storedIn(tx, id, true)})
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// EachPiece is described at ledger.Source.
func (c Copied) EachPiece(yield func(ledger.Piece) error) error {
	for _, shelf := range shelves {
		db := c.members
		if shelf.file == shopsFile {
			db = c.shops
		}
		if db == nil {
			continue
		}
		err := db.View(func(tx *bbolt.Tx) error {
			return bucketOf(tx, shelf.bucket).ForEach(func(k, v []byte) error {
				return yield(ledger.Piece{Kind: shelf.kind, Key: clone(k), Record: clone(v)})
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// shelves is where the pieces lie.
var shelves = []struct {
	kind   ledger.PieceKind
	file   string
	bucket []byte
	known  []byte // in the journal's meta bucket: there are some
}{
	{ledger.PieceMember, membersFile, bucketMembers, keyMembers},
	{ledger.PieceDocument, shopsFile, bucketDocuments, keyShops},
	{ledger.PieceTrail, shopsFile, bucketTrail, keyShops},
	{ledger.PieceTrailEnd, shopsFile, bucketEnds, keyShops},
}

// unfinished is the format of books that are being copied: nobody reads it.
var unfinished = []byte{0xFF}

// Coming is books in a directory that come to be, as the target of a copy. Close ends it.
type Coming struct {
	files map[string]*bbolt.DB
}

var _ ledger.Target = (*Coming)(nil)

// OpenTarget opens a directory to be copied to: without books, or with an unfinished copy.
func OpenTarget(dir string) (*Coming, error) {
	if err := makeDir(dir); err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	if _, err := os.Stat(filepath.Join(dir, indexFile)); err == nil {
		return nil, fmt.Errorf("ledger: %s has books already: copy into an empty folder", dir)
	}
	c := &Coming{files: map[string]*bbolt.DB{}}
	l := &Ledger{options: Options{Dir: dir}}
	for _, file := range []string{journalFile, membersFile, shopsFile} {
		db, err := l.openFile(file)
		if err == nil {
			c.files[file] = db
			err = c.prepare(file)
		}
		if err != nil {
			return nil, errors.Join(err, c.Close())
		}
	}
	return c, nil
}

// prepare makes the buckets of a file. Another format than that of an unfinished copy means
// that these are somebody's books.
func (c *Coming) prepare(file string) error {
	buckets := [][]byte{bucketMeta}
	if file == journalFile {
		buckets = append(buckets, bucketJournal, bucketKeys, bucketSecrets, bucketForgotten, bucketSeals)
	}
	for _, s := range shelves {
		if s.file == file {
			buckets = append(buckets, s.bucket)
		}
	}
	return c.files[file].Update(func(tx *bbolt.Tx) error {
		for _, name := range buckets {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		switch have := tx.Bucket(bucketMeta).Get(keyFormat); {
		case have == nil:
			return tx.Bucket(bucketMeta).Put(keyFormat, unfinished)
		case file == journalFile && string(have) != string(unfinished): // it is finished last
			return errors.New("ledger: the folder has books already: copy into an empty one")
		}
		return nil
	})
}

// Close releases the files.
func (c *Coming) Close() error {
	var errs []error
	for _, db := range c.files {
		errs = append(errs, db.Close())
	}
	return errors.Join(errs...)
}

// keyHead in the meta bucket of an unfinished copy is the running hash so far.
var keyHead = []byte("head")

// At is described at ledger.Target.
func (c *Coming) At() (last uint64, head ledger.Hash, err error) {
	err = c.files[journalFile].View(func(tx *bbolt.Tx) error {
		if k, _ := tx.Bucket(bucketJournal).Cursor().Last(); k != nil {
			last = numberOf(k)
		}
		copy(head[:], tx.Bucket(bucketMeta).Get(keyHead))
		return nil
	})
	return last, head, err
}

// PutRecords is described at ledger.Target.
func (c *Coming) PutRecords(list []ledger.Numbered) error { return c.PutBatch(list, nil) }

// PutSeals is described at ledger.Target.
func (c *Coming) PutSeals(list [][]byte) error { return c.PutBatch(nil, list) }

// PutBatch is described at ledger.Follower.
func (c *Coming) PutBatch(records []ledger.Numbered, seals [][]byte) error {
	last, head, err := c.At()
	if err != nil {
		return err
	}
	return c.files[journalFile].Update(func(tx *bbolt.Tx) error {
		journal := tx.Bucket(bucketJournal)
		journal.FillPercent = 0.95
		for i := range records {
			if last++; records[i].Sequence != last {
				return fmt.Errorf("ledger: record %d after record %d", records[i].Sequence, last-1)
			}
			head = ledger.Advance(head, last, ledger.HashOf(records[i].Encoded))
			if err := journal.Put(sequenceKey(last), records[i].Encoded); err != nil {
				return err
			}
		}
		for _, encoded := range seals {
			s, err := ledger.DecodeSeal(encoded)
			if err == nil {
				err = tx.Bucket(bucketSeals).Put(sequenceKey(s.Sequence), encoded)
			}
			if err != nil {
				return err
			}
		}
		return tx.Bucket(bucketMeta).Put(keyHead, head[:])
	})
}

// PutKeys is described at ledger.Target.
func (c *Coming) PutKeys(list []ledger.PaymentKeys) error {
	return c.files[journalFile].Update(func(tx *bbolt.Tx) error {
		for i := range list {
			if err := putStored(tx, &list[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func putOrNot(b *bbolt.Bucket, id payment.ID, value []byte) error {
	if value == nil {
		return b.Delete([]byte(id)) // a copy before this one may have had it
	}
	return b.Put([]byte(id), value)
}

// PutPieces is described at ledger.Target. What belongs to one file is one commit.
func (c *Coming) PutPieces(list []ledger.Piece) error {
	for _, file := range []string{membersFile, shopsFile} {
		err := c.files[file].Update(func(tx *bbolt.Tx) error {
			for _, s := range shelves {
				if s.file != file {
					continue
				}
				for i := range list {
					if list[i].Kind != s.kind {
						continue
					}
					if err := tx.Bucket(s.bucket).Put(list[i].Key, list[i].Record); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Finish is described at ledger.Target. The journal comes last: without it there are no
// books.
func (c *Coming) Finish(identity ledger.Identity) error {
	return c.finish(identity, func(meta *bbolt.Bucket) error {
		return errors.Join(meta.Delete(keyHead), meta.Put(keyFormat, format))
	})
}

func (c *Coming) finish(identity ledger.Identity, last func(meta *bbolt.Bucket) error) error {
	known := map[string][]byte{}
	for _, s := range shelves {
		if !isEmpty(c.files[s.file], s.bucket) {
			known[string(s.known)] = []byte{1}
		}
	}
	for _, file := range []string{membersFile, shopsFile} {
		err := c.files[file].Update(func(tx *bbolt.Tx) error { return tx.Bucket(bucketMeta).Put(keyFormat, format) })
		if err != nil {
			return err
		}
	}
	return c.files[journalFile].Update(func(tx *bbolt.Tx) error {
		meta := tx.Bucket(bucketMeta)
		err := errors.Join(meta.Put(keyMasterMark, identity.Mark), meta.Put(keyPublic, identity.Public))
		for key, value := range known {
			err = errors.Join(err, meta.Put([]byte(key), value))
		}
		return errors.Join(err, last(meta))
	})
}
