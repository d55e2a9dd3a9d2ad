package bolt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	bbolt "go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"
)

// The files of a directory.
const (
	journalFile = "journal.db"
	indexFile   = "index.db"
	masterFile  = "master.key"
	sealFile    = "seal.key"
)

// The buckets of the journal.
var (
	bucketJournal   = []byte("journal")   // number → record
	bucketKeys      = []byte("keys")      // payment → its wrapped personal key, or a tombstone
	bucketSecrets   = []byte("secrets")   // payment → the wrapped key of its secrets of 3-D Secure, while it has any
	bucketForgotten = []byte("forgotten") // payment → the tombstone of such keys
	bucketSeals     = []byte("seals")     // number of the last record covered → seal
	bucketMeta      = []byte("meta")
)

// reserved is how much address space the files are mapped into from the start,
// so that growing them does not make readers and the writer wait for one
// another. It costs no memory.
const reserved = 4 << 30

// pageSize is the same on every machine: larger pages cost more than they
// gain, and a backup may be restored elsewhere.
const pageSize = 4096

// lockTimeout is how long another process is waited for: long enough for a
// predecessor's last breath, short enough to be "at once".
const lockTimeout = 200 * time.Millisecond

func (l *Ledger) path(file string) string { return filepath.Join(l.options.Dir, file) }

// openFile opens one of the two files. The list of free pages is kept on
// disk: without it, opening reads the whole file (22 s at 7 GB).
func (l *Ledger) openFile(file string) (*bbolt.DB, error) {
	db, err := bbolt.Open(l.path(file), 0o600, &bbolt.Options{
		Timeout:         lockTimeout,
		FreelistType:    bbolt.FreelistMapType,
		InitialMmapSize: reserved,
		PageSize:        pageSize,
		NoSync:          l.options.NoSync,
		NoGrowSync:      l.options.NoSync,
		NoStatistics:    true,
	})
	if errors.Is(err, bbolterrors.ErrTimeout) {
		return nil, inUse(l.options.Dir)
	}
	if err != nil {
		return nil, fmt.Errorf("ledger: open %s: %w", l.path(file), err)
	}
	return db, nil
}

var errInUse = errors.New("in use by another process: only one may keep these books")

func inUse(dir string) error { return fmt.Errorf("ledger: %s is %w", dir, errInUse) }

func (l *Ledger) openJournal() error {
	if err := makeDir(l.options.Dir); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	db, err := l.openFile(journalFile)
	if err != nil {
		return err
	}
	l.journal = db
	if l.scrub, err = os.OpenFile(l.path(journalFile), os.O_RDWR, 0o600); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	return l.commitTo(journalFile, func() error {
		return l.journal.Update(func(tx *bbolt.Tx) error {
			for _, name := range [][]byte{bucketJournal, bucketKeys, bucketSecrets, bucketForgotten, bucketSeals, bucketMeta} {
				if _, err := tx.CreateBucketIfNotExists(name); err != nil {
					return err
				}
			}
			err := checkFormat(tx.Bucket(bucketMeta), format)
			if l.options.settling && errors.Is(err, ErrUnfinished) {
				return nil
			}
			return err
		})
	})
}

// makeDir makes the directory so that it survives a power cut; the files' own
// entries in it become durable with those of the keys.
func makeDir(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return syncDir(filepath.Dir(dir))
}

var (
	keyFormat = []byte("format")
	format    = []byte{1}
	// indexFormat goes up when rows hold other things: the index is made anew then.
	// 2: whether the shop has confirmed its order.
	indexFormat = []byte{2}
)

// checkFormat refuses files of another format.
func checkFormat(meta *bbolt.Bucket, format []byte) error {
	switch have := meta.Get(keyFormat); {
	case have == nil:
		return meta.Put(keyFormat, format)
	case string(have) == string(unfinished):
		return ErrUnfinished
	case string(have) != string(format):
		return fmt.Errorf("files of format %x, this version reads %x", have, format)
	}
	return nil
}

// commitTo runs a commit under the hook of the options.
func (l *Ledger) commitTo(file string, commit func() error) error {
	if err := l.options.Commit(file, commit); err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	return nil
}
