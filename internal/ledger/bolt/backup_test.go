package bolt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/payment"
)

// P96 P97: copies made while payments are written and erased are whole and hold at
// least what was there before they began; an erasure is done although a copy is
// under way, and writing goes on.
func TestCopyWhileInUse(t *testing.T) {
	dir, author := t.TempDir(), ledgertest.NewAuthor(1)
	l := open(t, dir, hurried)
	deliveries, err := OpenDeliveries(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer deliveries.Close() //nolint:errcheck // only copied
	done := make(chan struct{})
	var writing sync.WaitGroup
	var ids []payment.ID
	for i := range 20 {
		name := fmt.Sprint("before", i)
		ids = append(ids, appended(t, l, author.Open(name, name, []byte("buyer"))).ID)
	}
	writing.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-done:
				return
			default:
			}
			name := fmt.Sprint("during", i)
			if err := l.Append(t.Context(), author.Open(name, name, []byte("buyer"))); err != nil {
				t.Error(err)
				return
			}
			if i < len(ids) {
				if err := l.Erase(t.Context(), ids[i]); err != nil {
					t.Error(err)
				}
			}
		}
	})
	for i := range 5 {
		before, err := l.Last(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(t.TempDir(), fmt.Sprint("copy", i))
		if err := deliveries.CopyTo(t.Context(), to); err != nil {
			t.Fatal(err)
		}
		if err := l.CopyTo(t.Context(), to); errors.Is(err, errOvertaken) {
			continue // said, and nobody waited
		} else if err != nil {
			t.Fatal(err)
		}
		report, err := Verify(t.Context(), to, nil)
		if err != nil || report.Fault != nil || report.Records < before {
			t.Errorf("copy %d: %+v %v, there were %d", i, report, err, before)
		}
	}
	close(done)
	writing.Wait()
	proved(t, l)
	if err := CopyFiles(t.Context(), dir, filepath.Join(t.TempDir(), "cold")); !errors.Is(err, ErrInUse) {
		t.Errorf("a cold copy of open books: %v", err)
	}
}

// P96: a copy that an erasure overtakes ends, and leaves no lock: the erasure is
// not held up.
func TestErasureOvertakesCopy(t *testing.T) {
	author := ledgertest.NewAuthor(1)
	l := open(t, t.TempDir(), nil)
	var entries []ledger.Entry
	for i := range 3 {
		entries = append(entries, author.Open(fmt.Sprint(i), fmt.Sprint(i), []byte("buyer")))
		appended(t, l, entries[i])
	}
	path := filepath.Join(t.TempDir(), "copy.db")
	erased := make(chan error, 1)
	started, seen := false, l.erasures.Load()
	err := copyFile(t.Context(), l.view, path, func() error {
		if !started { // the transaction is open
			started = true
			go func() { erased <- l.Erase(t.Context(), entries[0].Payment) }()
		}
		for l.erasures.Load() == seen { // until the erasure waits for this copy
		}
		return errOvertaken
	})
	if !errors.Is(err, errOvertaken) {
		t.Errorf("the copy: %v", err)
	}
	if err := <-erased; err != nil {
		t.Error(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := l.copyJournal(t.Context(), path); err != nil {
		t.Error(err)
	}
}
