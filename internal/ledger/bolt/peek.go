package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"time"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
)

// ErrInUse says that another process has the books open.
var ErrInUse = errInUse

// Glance is what the end of the books shows.
type Glance struct {
	Records  uint64
	Unsealed uint64    // of them, after the last seal
	Last     time.Time // of the last event; zero: there is none
	// Promotion is the token of the promotion that made these books of a standby's; nil:
	// they never were a standby's.
	Promotion []byte
}

// Peek reads the end of the books in a directory, as a start does: the last seal
// and what came after it, checked. It writes nothing, and takes moments however
// long the books are; Verify proves the rest. Missing books are fs.ErrNotExist,
// open ones ErrInUse, damaged ones another error.
func Peek(dir string) (g Glance, err error) {
	// A damaged file may send bbolt to addresses that are not mapped.
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = &ledger.Fault{What: fmt.Sprintf("journal.db cannot be read: %v", p)}
		}
	}()
	db, err := openReadOnly(dir, journalFile)
	if err != nil {
		return g, err
	}
	defer func() { _ = db.Close() }() // read only: nothing to lose
	l := &Ledger{journal: db}
	if err := checkBuckets(db); err != nil {
		return g, err
	}
	if err := l.findEnd(); err != nil {
		return g, err
	}
	b := book{view: db.View, upto: l.last}
	g = Glance{Records: l.last, Unsealed: l.unsealed, Promotion: promotionIn(b.view)}
	if l.last == 0 {
		return g, nil
	}
	records, err := b.Next(l.last-1, 1)
	if err != nil || len(records) == 0 {
		return g, errors.Join(err, damaged(l.last, errors.New("missing")))
	}
	r, err := next(&records[0], l.last-1)
	if err != nil {
		return g, err
	}
	event, err := r.Event()
	g.Last = event.Time
	return g, err
}

// checkBuckets finds out whether this is a journal of ours at all.
func checkBuckets(db *bbolt.DB) error {
	return db.View(func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{bucketJournal, bucketSeals, bucketMeta} {
			if tx.Bucket(name) == nil {
				return &ledger.Fault{What: "journal.db has no bucket " + string(name)}
			}
		}
		return nil
	})
}

// PeekDocuments reads the documents of the shops in a directory, and writes
// nothing. Without books, or before the first document, there are none; open
// books are ErrInUse.
func PeekDocuments(dir string) (list []ledger.Document, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = &ledger.Fault{What: fmt.Sprintf("%s cannot be read: %v", shopsFile, p)}
		}
	}()
	db, err := openReadOnly(dir, shopsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }() // read only: nothing to lose
	err = db.View(func(tx *bbolt.Tx) error {
		list, err = new(shops).documents(tx)
		return err
	})
	return list, err
}
