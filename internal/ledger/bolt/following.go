package bolt

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
)

// ErrUnfinished says that the books are being copied, or follow a primary's: they are not yet
// anybody's to serve from.
var ErrUnfinished = errors.New("these books are a copy that is not finished, or a standby's that was not promoted (kessai standby --promote)")

// Following is books in a directory that follow others. Their keys lie there already. Close
// ends it.
type Following struct {
	*Coming
	books *Ledger // the journal, to blank its free pages
	keys  keys
}

var _ ledger.Follower = (*Following)(nil)

// OpenFollowing opens a directory with master.key and seal.key, and no books or an unfinished
// copy.
func OpenFollowing(dir string) (*Following, error) {
	f := &Following{books: &Ledger{options: Options{Dir: dir}}}
	f.books.options.setDefaults()
	if err := f.readKeys(dir); err != nil {
		return nil, err
	}
	if err := dropUnfinishedIndex(dir); err != nil {
		return nil, err
	}
	var err error
	if f.Coming, err = OpenTarget(dir); err != nil {
		return nil, err
	}
	f.books.journal = f.files[journalFile]
	if f.books.scrub, err = os.OpenFile(filepath.Join(dir, journalFile), os.O_RDWR, 0o600); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if err := errors.Join(f.blankTraces(), f.remember()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// dropUnfinishedIndex removes the index that a Settle made which did not come to its end.
func dropUnfinishedIndex(dir string) error {
	db, err := openReadOnly(dir, journalFile)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	is := refuseUnfinished(db) != nil
	if err := db.Close(); err != nil || !is {
		return err
	}
	if err := os.Remove(filepath.Join(dir, indexFile)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("ledger: %w", err)
	}
	return nil
}

// remember keeps what tells the keys, so that the books can be proved at any time.
func (f *Following) remember() error {
	i := f.Identity()
	return f.books.journal.Update(func(tx *bbolt.Tx) error {
		meta := tx.Bucket(bucketMeta)
		for key, want := range map[string][]byte{string(keyMasterMark): i.Mark, string(keyPublic): i.Public} {
			if have := meta.Get([]byte(key)); have != nil && string(have) != string(want) {
				return errors.New("ledger: the keys in the folder are not those of its books")
			}
			if err := meta.Put([]byte(key), want); err != nil {
				return err
			}
		}
		return nil
	})
}

func (f *Following) readKeys(dir string) error {
	master, err := readKey(filepath.Join(dir, masterFile), false)
	if err != nil {
		return err
	}
	seed, err := readKey(filepath.Join(dir, sealFile), false)
	if err != nil {
		return err
	}
	f.keys.seal = ed25519.NewKeyFromSeed(seed)
	f.keys.master, err = ledger.NewMasterKey(master)
	return err
}

// refuseUnfinished gives ErrUnfinished for a journal that comes to be.
func refuseUnfinished(db *bbolt.DB) (err error) {
	_ = db.View(func(tx *bbolt.Tx) error { // never fails
		if meta := tx.Bucket(bucketMeta); meta != nil && string(meta.Get(keyFormat)) == string(unfinished) {
			err = ErrUnfinished
		}
		return nil
	})
	return err
}

// Close releases the files. A second Close does nothing.
func (f *Following) Close() error {
	err := f.Coming.Close()
	if f.books.scrub != nil {
		err = errors.Join(err, f.books.scrub.Close())
		f.books.scrub = nil
	}
	return err
}

// ShipKey is what shipments to these books are encrypted under.
func (f *Following) ShipKey() []byte { return f.keys.master.ShipKey() }

// Identity is that of the keys that lie in the directory.
func (f *Following) Identity() ledger.Identity {
	mark := f.keys.master.Mark()
	return ledger.Identity{Mark: mark[:], Public: f.keys.seal.Public().(ed25519.PublicKey)}
}

// Record is described at ledger.Follower.
func (f *Following) Record(seq uint64) ([]byte, error) {
	return (&book{view: f.books.journal.View}).Record(seq)
}

// LastSeal is described at ledger.Follower.
func (f *Following) LastSeal() (encoded []byte, err error) {
	err = f.books.journal.View(func(tx *bbolt.Tx) error {
		_, v := bucketOf(tx, bucketSeals).Cursor().Last()
		encoded = clone(v)
		return nil
	})
	return encoded, err
}

// PutKeys is described at ledger.Follower.
func (f *Following) PutKeys(list []ledger.PaymentKeys) error {
	list, err := f.others(list)
	if err != nil || len(list) == 0 {
		return err
	}
	replaced := false
	err = f.books.journal.Update(func(tx *bbolt.Tx) error {
		for i := range list {
			k := &list[i]
			have := storedIn(tx, k.Payment, true)
			replaced = replaced || have.Personal != nil && string(have.Personal) != string(k.Personal) || have.Secret != nil && string(have.Secret) != string(k.Secret)
			if err := putStored(tx, k); err != nil {
				return err
			}
		}
		if !replaced {
			return nil
		}
		return tx.Bucket(bucketMeta).Put(keyTraces, []byte{1})
	})
	if err != nil || !replaced {
		return err
	}
	return f.blankTraces()
}

// others leaves out keys that are there already, and those that are destroyed here: what is
// destroyed never comes back, whatever was put in place of a newer file.
func (f *Following) others(list []ledger.PaymentKeys) (others []ledger.PaymentKeys, err error) {
	err = f.books.journal.View(func(tx *bbolt.Tx) error {
		for i := range list {
			have := storedIn(tx, list[i].Payment, true)
			if have.Erased() && !list[i].Erased() || ledger.From(have.Forgotten) > ledger.From(list[i].Forgotten) {
				continue
			}
			if string(have.Personal) != string(list[i].Personal) || string(have.Secret) != string(list[i].Secret) || string(have.Forgotten) != string(list[i].Forgotten) {
				others = append(others, list[i])
			}
		}
		return nil
	})
	return others, err
}

// blankTraces makes sure that nothing of a key that was replaced is left in the file, also of
// one that a process replaced which died right then.
func (f *Following) blankTraces() error {
	traces := false
	err := f.books.journal.View(func(tx *bbolt.Tx) error {
		traces = bucketOf(tx, bucketMeta).Get(keyTraces) != nil
		return nil
	})
	if err != nil || !traces {
		return err
	}
	if err := f.books.blankFreePages(); err != nil {
		return err
	}
	return f.books.journal.Update(func(tx *bbolt.Tx) error { return tx.Bucket(bucketMeta).Delete(keyTraces) })
}

// Reopen makes finished books ones that come to be again: they follow others from where they
// end. It gives where that is.
func Reopen(dir string) (last uint64, err error) {
	l := &Ledger{options: Options{Dir: dir}}
	if l.journal, err = openExisting(dir); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, l.journal.Close()) }()
	if err := checkBuckets(l.journal); err != nil {
		return 0, err
	}
	if err := l.findEnd(); err != nil {
		return 0, err
	}
	err = l.journal.Update(func(tx *bbolt.Tx) error {
		meta := tx.Bucket(bucketMeta)
		return errors.Join(meta.Put(keyFormat, unfinished), meta.Put(keyHead, l.head[:]), meta.Delete(keyPromotion))
	})
	if err != nil {
		return 0, err
	}
	if err := os.Remove(filepath.Join(dir, indexFile)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return 0, fmt.Errorf("ledger: %w", err)
	}
	return l.last, nil
}

func openExisting(dir string) (*bbolt.DB, error) {
	if _, err := os.Stat(filepath.Join(dir, journalFile)); err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	return (&Ledger{options: Options{Dir: dir}}).openFile(journalFile)
}

func putStored(tx *bbolt.Tx, k *ledger.PaymentKeys) error {
	return errors.Join(
		putOrNot(tx.Bucket(bucketKeys), k.Payment, k.Personal),
		putOrNot(tx.Bucket(bucketSecrets), k.Payment, k.Secret),
		putOrNot(tx.Bucket(bucketForgotten), k.Payment, k.Forgotten))
}
