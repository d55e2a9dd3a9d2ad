package bolt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	bbolt "go.etcd.io/bbolt"
)

// overtakes is how often a copy of the journal begins anew because something was
// erased meanwhile, before it gives up.
const overtakes = 5

var errOvertaken = errors.New("ledger: personal data was erased while the books were copied: try again")

// CopyTo copies shops, members and then the journal into a folder, while all go on
// being used, and last the keys. What points into the journal comes before it, so
// that the copy never speaks of an entry that it lacks, and a key is on disk
// before anything is encrypted under it. The index is left out: it is made anew.
// Every file is new, for its owner only, and on disk when CopyTo returns. An
// erasure does not wait for a copy: the copy begins anew.
func (l *Ledger) CopyTo(ctx context.Context, dir string) error {
	if err := errors.Join(l.ready(ctx), makeDir(dir)); err != nil {
		return err
	}
	if err := copyFile(ctx, l.shopsView, filepath.Join(dir, shopsFile), nil); err != nil {
		return err
	}
	if err := copyFile(ctx, l.membersView, filepath.Join(dir, membersFile), nil); err != nil {
		return err
	}
	if err := l.copyJournal(ctx, filepath.Join(dir, journalFile)); err != nil {
		return err
	}
	return copyKeyFiles(l.options.Dir, dir)
}

func (l *Ledger) copyJournal(ctx context.Context, path string) error {
	l.copying.Add(1)
	defer l.copying.Add(-1)
	for range overtakes {
		erasures := l.erasures.Load()
		err := copyFile(ctx, l.view, path, func() error {
			if l.erasures.Load() != erasures {
				return errOvertaken
			}
			return nil
		})
		if !errors.Is(err, errOvertaken) {
			return err
		}
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("ledger: %w", err)
		}
	}
	return errOvertaken
}

// CopyTo copies the deliveries into a folder, while they are in use. A copy must
// be made before that of the journal: what it does not know was sent is sent
// again, what it knows too much would never be.
func (d *Deliveries) CopyTo(ctx context.Context, dir string) error {
	if err := makeDir(dir); err != nil {
		return err
	}
	return copyFile(ctx, d.db.View, filepath.Join(dir, deliveriesFile), nil)
}

// CopyFiles copies the books and deliveries of a folder that no process has open;
// one that has them makes it fail with ErrInUse.
func CopyFiles(ctx context.Context, from, to string) error {
	journal, err := openReadOnly(from, journalFile)
	if err != nil {
		return err
	}
	defer func() { _ = journal.Close() }() // read only: nothing to lose
	if err := errors.Join(refuseUnfinished(journal), makeDir(to)); err != nil {
		return err
	}
	for _, file := range []string{deliveriesFile, shopsFile, membersFile} {
		if err := copyClosed(ctx, from, to, file); err != nil {
			return err
		}
	}
	if err := copyFile(ctx, journal.View, filepath.Join(to, journalFile), nil); err != nil {
		return err
	}
	return copyKeyFiles(from, to)
}

// copyClosed copies one file beside the journal, if it is there.
func copyClosed(ctx context.Context, from, to, file string) error {
	db, err := openReadOnly(from, file)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // read only: nothing to lose
	return copyFile(ctx, db.View, filepath.Join(to, file), nil)
}

// copyFile writes a file as it is at one moment. check, if given, may end it.
func copyFile(ctx context.Context, view viewer, path string, check func() error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	w := &careful{w: f, ctx: ctx, check: check}
	err = view(func(tx *bbolt.Tx) error {
		_, err := tx.WriteTo(w)
		return err
	})
	if w.err != nil {
		err = w.err // bbolt gives its text alone
	}
	return errors.Join(err, f.Sync(), f.Close())
}

// careful is a writer that stops when its context ends or check says so.
type careful struct {
	w     io.Writer
	ctx   context.Context //nolint:containedctx // the life of one copy
	check func() error
	err   error // why it stopped
}

func (c *careful) Write(p []byte) (int, error) {
	if c.err = c.ctx.Err(); c.err == nil && c.check != nil {
		c.err = c.check()
	}
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.w.Write(p)
	c.err = err
	return n, err
}

func copyKeyFiles(from, to string) error {
	for _, file := range []string{masterFile, sealFile} {
		key, err := os.ReadFile(filepath.Join(from, file))
		if err != nil {
			return fmt.Errorf("ledger: %w", err)
		}
		if err := writeNew(filepath.Join(to, file), key); err != nil {
			return fmt.Errorf("ledger: %w", err)
		}
	}
	return syncDir(to)
}

func writeNew(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}
