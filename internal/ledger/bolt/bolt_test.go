package bolt

import (
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
)

// open opens books for a test; change may be nil.
func open(t testing.TB, dir string, change func(*Options)) *Ledger {
	t.Helper()
	o := Options{Dir: dir}
	if change != nil {
		change(&o)
	}
	l, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil && l.Err() == nil {
			t.Errorf("close: %v", err)
		}
	})
	return l
}

// The suite, as the product runs.
func TestConformance(t *testing.T) {
	ledgertest.Run(t, func(t testing.TB, dir string) ledger.Ledger { return open(t, dir, nil) })
}

// The suite with everything small and fast: the index is written all the time,
// segments fill up, memory forgets.
func TestConformanceHurried(t *testing.T) {
	ledgertest.Run(t, func(t testing.TB, dir string) ledger.Ledger { return open(t, dir, hurried) })
}

func hurried(o *Options) {
	o.IndexEvery, o.SealEvery, o.Segment, o.Cache = 500*time.Microsecond, 3*time.Millisecond, 16, 4
}

// The suite of the members.
func TestMembers(t *testing.T) {
	ledgertest.RunMembers(t, func(t testing.TB, dir string) ledgertest.Members { return open(t, dir, nil) })
}

// The suite of those who read the journal, as the product runs and hurried.
func TestJournal(t *testing.T) {
	ledgertest.RunJournal(t, func(t testing.TB, dir string) ledgertest.JournalBooks { return open(t, dir, nil) })
}

func TestJournalHurried(t *testing.T) {
	ledgertest.RunJournal(t, func(t testing.TB, dir string) ledgertest.JournalBooks { return open(t, dir, hurried) })
}
