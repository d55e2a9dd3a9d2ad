package bolt

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

	bbolt "go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"

	"kessai.dev/kessai/internal/ledger"
)

// Verify proves the books in a directory, reading only; no process may have
// them open for writing. What is wrong is in the report; the error is for
// books that cannot be opened at all. Without index.db, or with one that lies
// behind after a crash, the journal alone is proved, and a note says so.
func Verify(ctx context.Context, dir string, progress func(records uint64)) (report ledger.Report, err error) {
	// A damaged file may send bbolt to addresses that are not mapped.
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			report.Fault, err = &ledger.Fault{Sequence: report.Records + 1, What: fmt.Sprintf("the file cannot be read any further: %v", p)}, nil
		}
	}()
	b, err := openBook(dir)
	if err != nil {
		return report, err
	}
	defer b.close()
	for _, file := range []string{journalFile, indexFile, membersFile, shopsFile} {
		if err := checkPages(filepath.Join(dir, file)); err != nil && !errors.Is(err, os.ErrNotExist) {
			report.Fault = &ledger.Fault{What: file + ": " + err.Error()}
			return report, nil
		}
	}
	if report, err = ledger.Verify(ctx, b, progress); err != nil {
		return report, err
	}
	report.Notes = b.notes
	if report.Fault == nil {
		report.Fault = b.checkSealKey()
	}
	switch {
	case report.Fault != nil:
		return report, nil
	case b.members != nil:
		report, err = prove(b.members.View, (&members{}).countMembers, report)
	case b.expects(keyMembers):
		report.Fault = &ledger.Fault{What: membersFile + " is missing, although there are cards on file"}
	}
	switch {
	case err != nil || report.Fault != nil:
	case b.shops != nil:
		return prove(b.shops.View, (&shops{}).proveShops, report)
	case b.expects(keyShops):
		report.Fault = &ledger.Fault{What: shopsFile + " is missing, although shops were set up"}
	}
	return report, err
}

// Verify proves the books while they are in use, up to the last entry that was
// acknowledged when it began.
func (l *Ledger) Verify(ctx context.Context, progress func(records uint64)) (ledger.Report, error) {
	if err := l.ready(ctx); err != nil {
		return ledger.Report{}, err
	}
	l.tail.mu.RLock()
	upto := l.tail.fresh.upto
	l.tail.mu.RUnlock()
	b := &liveBook{book: book{view: l.view, master: l.keys.master, upto: upto}, ledger: l}
	report, err := ledger.Verify(ctx, b, progress)
	if err != nil || report.Fault != nil {
		return report, err
	}
	if report, err = prove(l.membersView, l.members.countMembers, report); err != nil || report.Fault != nil {
		return report, err
	}
	return prove(l.shopsView, l.shops.proveShops, report)
}

// viewer runs a read.
type viewer = func(func(*bbolt.Tx) error) error

// prove adds a file beside the journal to a report without a fault.
func prove(view viewer, file func(viewer, *ledger.Report) error, report ledger.Report) (ledger.Report, error) {
	err := file(view, &report)
	if errors.As(err, &report.Fault) {
		err = nil
	}
	return report, err
}

// openBook opens the files for reading only.
func openBook(dir string) (*offlineBook, error) {
	b := &offlineBook{dir: dir}
	var err error
	if b.journal, err = openReadOnly(dir, journalFile); err != nil {
		return nil, err
	}
	b.view = b.journal.View
	b.upto = ^uint64(0)
	if master, err := readKey(filepath.Join(dir, masterFile), false); err == nil {
		b.master, _ = ledger.NewMasterKey(master)
	} else {
		b.notes = append(b.notes, "master.key is not there: the payments' keys are not tried")
	}
	b.index, err = openReadOnly(dir, indexFile)
	switch {
	case errors.Is(err, os.ErrNotExist):
		b.notes = append(b.notes, "index.db is not there: it is made anew at the next start")
	case err != nil:
		return nil, errors.Join(err, b.journal.Close())
	}
	b.members, err = openReadOnly(dir, membersFile)
	switch {
	case errors.Is(err, os.ErrNotExist):
		b.notes = append(b.notes, membersFile+" is not there: no cards on file")
	case err != nil:
		b.close()
		return nil, err
	}
	b.shops, err = openReadOnly(dir, shopsFile)
	switch {
	case errors.Is(err, os.ErrNotExist):
		b.notes = append(b.notes, shopsFile+" is not there: no shop was set up")
	case err != nil:
		b.close()
		return nil, err
	}
	if err := b.loadIndex(); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

func openReadOnly(dir, file string) (*bbolt.DB, error) {
	path := filepath.Join(dir, file)
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true, Timeout: lockTimeout, NoStatistics: true})
	if errors.Is(err, bbolterrors.ErrTimeout) {
		return nil, inUse(dir)
	}
	if err != nil {
		return nil, fmt.Errorf("ledger: open %s: %w", path, err)
	}
	return db, nil
}

func (b *offlineBook) close() {
	_ = b.journal.Close() // read only: nothing to lose
	if b.index != nil {
		_ = b.index.Close()
	}
	if b.members != nil {
		_ = b.members.Close()
	}
	if b.shops != nil {
		_ = b.shops.Close()
	}
}

// expects reports whether the journal knows that there is something in a file
// beside it.
func (b *offlineBook) expects(key []byte) (expected bool) {
	_ = b.journal.View(func(tx *bbolt.Tx) error { // never fails
		expected = bucketOf(tx, bucketMeta).Get(key) != nil
		return nil
	})
	return expected
}

// checkSealKey holds seal.key, if it is there, against the public key that the
// journal names: who replaced both seals and public key did not have it.
func (b *offlineBook) checkSealKey() *ledger.Fault {
	seed, err := readKey(filepath.Join(b.dir, sealFile), false)
	if err != nil {
		b.notes = append(b.notes, "seal.key is not there: seals are checked with the public key in the journal alone")
		return nil
	}
	public, err := b.PublicKey()
	if have := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey); err != nil || !have.Equal(public) {
		return &ledger.Fault{What: "the journal names another public key than that of seal.key"}
	}
	return nil
}
