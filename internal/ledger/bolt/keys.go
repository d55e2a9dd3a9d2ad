package bolt

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
)

// keys are what lies in the two key files.
type keys struct {
	master *ledger.MasterKey
	seal   ed25519.PrivateKey
}

var (
	keyMasterMark = []byte("master")
	keyPublic     = []byte("public")
)

// loadKeys reads the key files and holds them against what the journal
// remembers of them. Only books that never had a key get a new one.
func (l *Ledger) loadKeys() error {
	var mark, public []byte
	_ = l.journal.View(func(tx *bbolt.Tx) error { // never fails
		meta := tx.Bucket(bucketMeta)
		mark, public = clone(meta.Get(keyMasterMark)), clone(meta.Get(keyPublic))
		return nil
	})
	master, err := readKey(l.path(masterFile), mark == nil)
	if err != nil {
		return err
	}
	seed, err := readKey(l.path(sealFile), public == nil)
	if err != nil {
		return err
	}
	if l.keys.master, err = ledger.NewMasterKey(master); err != nil {
		return err
	}
	l.keys.seal = ed25519.NewKeyFromSeed(seed)
	haveMark := l.keys.master.Mark()
	havePublic := l.keys.seal.Public().(ed25519.PublicKey)
	switch {
	case mark == nil || public == nil:
		return l.rememberKeys(haveMark[:], havePublic)
	case string(mark) != string(haveMark[:]):
		return fmt.Errorf("ledger: %s is not the key these books were written with", l.path(masterFile))
	case string(public) != string(havePublic):
		return fmt.Errorf("ledger: %s is not the key these books were sealed with", l.path(sealFile))
	}
	return nil
}

func (l *Ledger) rememberKeys(mark, public []byte) error {
	return l.commitTo(journalFile, func() error {
		return l.journal.Update(func(tx *bbolt.Tx) error {
			meta := tx.Bucket(bucketMeta)
			return errors.Join(meta.Put(keyMasterMark, mark), meta.Put(keyPublic, public))
		})
	})
}

// readKey reads a key file, or makes it when it may be new: 32 random bytes in
// hexadecimal, readable by the owner alone.
func readKey(path string, mayBeNew bool) ([]byte, error) {
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, os.ErrNotExist) && mayBeNew:
		return makeKey(path)
	case errors.Is(err, os.ErrNotExist):
		return nil, fmt.Errorf("ledger: %s is missing: restore it from its backup", path)
	case err != nil:
		return nil, fmt.Errorf("ledger: %w", err)
	}
	return ledger.ParseKeyText(path, text)
}

// makeKey writes a new key so that after a crash it is there whole or not at
// all.
func makeKey(path string) ([]byte, error) {
	key := make([]byte, ledger.KeySize)
	rand.Read(key) // never fails
	part := path + ".part"
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	_, err = f.WriteString(ledger.KeyText(key))
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(part, path)
	}
	if err == nil {
		err = syncDir(filepath.Dir(path))
	}
	if err != nil {
		return nil, fmt.Errorf("ledger: write %s: %w", path, err)
	}
	return key, nil
}

func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

func clone(b []byte) []byte {
	if b == nil {
		return nil
	}
	return append(make([]byte, 0, len(b)), b...)
}
