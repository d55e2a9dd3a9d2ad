package postgres

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
)

// keys are what lies in the two key files.
type keys struct {
	master *ledger.MasterKey
	seal   ed25519.PrivateKey
}

// The key files.
const (
	masterFile = "master.key"
	sealFile   = "seal.key"
)

// loadKeys reads the key files and holds them against what the database remembers of
// them. Only books that never had keys get new ones; of several processes that make them
// at once one wins, and the others need its files.
func (l *Ledger) loadKeys(ctx context.Context) error {
	if l.options.Keys == "" {
		return errors.New("ledger: no folder for master.key and seal.key")
	}
	mark, public, err := l.rememberedKeys(ctx)
	if err != nil {
		return err
	}
	master, err := readKey(filepath.Join(l.options.Keys, masterFile), mark == nil)
	if err != nil {
		return err
	}
	seed, err := readKey(filepath.Join(l.options.Keys, sealFile), public == nil)
	if err != nil {
		return err
	}
	if l.keys.master, err = ledger.NewMasterKey(master); err != nil {
		return err
	}
	l.keys.seal = ed25519.NewKeyFromSeed(seed)
	if mark == nil || public == nil {
		if mark, public, err = l.rememberKeys(ctx); err != nil {
			return err
		}
	}
	have := l.keys.master.Mark()
	switch {
	case string(mark) != string(have[:]):
		return fmt.Errorf("ledger: %s is not the key these books are written with", filepath.Join(l.options.Keys, masterFile))
	case string(public) != string(l.keys.seal.Public().(ed25519.PublicKey)):
		return fmt.Errorf("ledger: %s is not the key these books are sealed with", filepath.Join(l.options.Keys, sealFile))
	}
	return nil
}

func (l *Ledger) rememberedKeys(ctx context.Context) (mark, public []byte, err error) {
	var copying bool
	err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		return conn.QueryRow(ctx, "SELECT mark, public_key, copying FROM books WHERE id = 1").Scan(&mark, &public, &copying)
	})
	if err == nil && copying {
		err = errors.New("ledger: the database holds an unfinished copy of books: finish it, or drop it")
	}
	return mark, public, err
}

// rememberKeys writes down what tells the keys, unless another process was faster, and
// gives what is there then.
func (l *Ledger) rememberKeys(ctx context.Context) (mark, public []byte, err error) {
	have := l.keys.master.Mark()
	_, err = l.pool.Exec(ctx, "UPDATE books SET mark = $1, public_key = $2, width = $3 WHERE id = 1 AND mark IS NULL AND NOT copying",
		have[:], []byte(l.keys.seal.Public().(ed25519.PublicKey)), l.options.Width)
	if err != nil {
		return nil, nil, fmt.Errorf("ledger: %w", err)
	}
	return l.rememberedKeys(ctx)
}

// readKey reads a key file, or makes it when it may be new: 32 random bytes in
// hexadecimal, readable by the owner alone.
func readKey(path string, mayBeNew bool) ([]byte, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) && mayBeNew {
		if err := makeKey(path); err != nil {
			return nil, fmt.Errorf("ledger: make %s: %w", path, err)
		}
		text, err = os.ReadFile(path)
	}
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, fmt.Errorf("ledger: %s is missing: copy it from another process of these books, or restore it from its backup", path)
	case err != nil:
		return nil, fmt.Errorf("ledger: %w", err)
	}
	return ledger.ParseKeyText(path, text)
}

// makeKey writes a new key so that after a crash it is there whole or not at all, and so
// that of several processes that share the folder one makes it, and all use that one.
func makeKey(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	key := make([]byte, ledger.KeySize)
	rand.Read(key) // never fails
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".part-")
	if err != nil {
		return err
	}
	_, err = part.WriteString(ledger.KeyText(key))
	err = errors.Join(err, part.Sync(), part.Close())
	if err == nil {
		err = os.Link(part.Name(), path) // refuses where a rename would replace
	}
	if errors.Is(err, os.ErrExist) {
		err = nil
	}
	err = errors.Join(err, os.Remove(part.Name()))
	dir, openErr := os.Open(filepath.Dir(path))
	if err = errors.Join(err, openErr); err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
