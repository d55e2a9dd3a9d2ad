package bolt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/payment"
)

var errDisk = errors.New("no space left on device")

// faulty opens books whose commits to a file fail once told to: before they
// happen, or after (then the disk has them, and nobody knows).
func faulty(t *testing.T, dir, file string, after bool) (l *Ledger, fail func()) {
	var (
		mu      sync.Mutex
		failing bool
	)
	l = open(t, dir, func(o *Options) {
		hurried(o)
		o.SealEvery = time.Hour // what fails is the test's own entry, not a seal that came before it
		o.Commit = func(name string, commit func() error) error {
			mu.Lock()
			defer mu.Unlock()
			if !failing || name != file {
				return commit()
			}
			if after {
				return errors.Join(commit(), errDisk)
			}
			return errDisk
		}
	})
	return l, func() {
		mu.Lock()
		defer mu.Unlock()
		failing = true
	}
}

// A disk that fails: nothing is acknowledged any more, nothing of the failed
// group is seen, reading goes on, and a restart finds the books whole (P96).
func TestWriteError(t *testing.T) {
	for _, after := range []bool{false, true} {
		t.Run(fmt.Sprint("after=", after), func(t *testing.T) {
			dir, author, ctx := t.TempDir(), ledgertest.NewAuthor(1), t.Context()
			l, fail := faulty(t, dir, journalFile, after)
			good := author.Open("1", "a", []byte("buyer"))
			if err := l.Append(ctx, good); err != nil {
				t.Fatal(err)
			}
			fail()
			lost := author.Open("2", "b", nil)
			further := author.Next(good.After, ledgertest.Authorized(good.After))
			for _, e := range []ledger.Entry{lost, further, author.Open("3", "c", nil), lost} {
				if err := l.Append(ctx, e); !errors.Is(err, ErrBroken) || !errors.Is(err, errDisk) {
					t.Fatalf("append on a broken disk: %v", err)
				}
			}
			if err := l.Erase(ctx, good.Payment); !errors.Is(err, ErrBroken) {
				t.Errorf("erase on a broken disk: %v", err)
			}
			if err := l.Err(); !errors.Is(err, errDisk) {
				t.Errorf("Err: %v", err)
			}
			readable(t, l, author, good)
			// Scar: claims of a group that failed stayed in memory, and the order
			// could not be paid although no payment for it existed.
			if _, err := l.Find(ctx, author.OrderKey("2")); !errors.Is(err, ledger.ErrNotFound) {
				t.Errorf("the failed group left a claim: %v", err)
			}
			if err := l.Close(); !errors.Is(err, ErrBroken) {
				t.Errorf("close of broken books: %v", err)
			}
			l = open(t, dir, nil)
			if _, err := l.Load(ctx, lost.Payment); after != (err == nil) {
				t.Errorf("after a restart: %v", err) // the disk decides, whole
			}
			err := l.Append(ctx, author.Open("2", "b", nil))
			var claimed *ledger.ClaimedError
			if after != errors.As(err, &claimed) || !after && err != nil {
				t.Errorf("append after a restart: %v", err)
			}
			proved(t, l)
		})
	}
}

// An index that cannot be written stops the books as well: claims could not be
// kept in memory for ever.
func TestIndexWriteError(t *testing.T) {
	dir, author := t.TempDir(), ledgertest.NewAuthor(1)
	l, fail := faulty(t, dir, indexFile, false)
	fail()
	var opened []ledger.Entry
	for i := 0; ; i++ {
		e := author.Open(fmt.Sprint("o", i), fmt.Sprint("r", i), []byte("buyer"))
		if err := l.Append(t.Context(), e); err != nil {
			if !errors.Is(err, ErrBroken) {
				t.Fatal(err)
			}
			break
		}
		opened = append(opened, e)
	}
	for _, e := range opened {
		if _, err := l.Load(t.Context(), e.Payment); err != nil {
			t.Fatal(err)
		}
	}
	_ = l.Close() // tells of the failure once more
	l = open(t, dir, nil)
	for i, e := range opened {
		if h, err := l.Find(t.Context(), author.OrderKey(fmt.Sprint("o", i))); err != nil || h.Holds() != e.Payment {
			t.Fatalf("order %d: %v, %v", i, h, err)
		}
	}
	proved(t, l)
}

// readable checks that every way of reading shows exactly one payment.
func readable(t *testing.T, l *Ledger, author *ledgertest.Author, only ledger.Entry) {
	t.Helper()
	ctx := t.Context()
	if p, err := l.Load(ctx, only.Payment); err != nil || p.Version != only.After.Version {
		t.Errorf("load: %v, %v", p, err)
	}
	if events, err := l.History(ctx, only.Payment); err != nil || len(events) != 2 {
		t.Errorf("history: %v, %v", events, err)
	}
	if b, err := l.Reveal(ctx, only.Payment, 1); err != nil || string(b) != "buyer" {
		t.Errorf("reveal: %q, %v", b, err)
	}
	page, err := l.List(ctx, ledger.Query{Tenant: author.Tenant, Limit: 10})
	if err != nil || len(page.Payments) != 1 || page.Payments[0].ID != only.Payment {
		t.Errorf("list: %v, %v", page, err)
	}
	var unsettled []payment.ID
	err = l.Unsettled(ctx, func(id payment.ID) bool { unsettled = append(unsettled, id); return true })
	if err != nil || len(unsettled) != 1 || unsettled[0] != only.Payment {
		t.Errorf("unsettled: %v, %v", unsettled, err)
	}
}

func proved(t *testing.T, l *Ledger) ledger.Report {
	t.Helper()
	report, err := l.Verify(t.Context(), nil)
	if err != nil || report.Fault != nil {
		t.Errorf("verify: %v, fault %v", err, report.Fault)
	}
	return report
}

// Power lost at any moment: between the two files, before and after each
// commit. What was acknowledged by then is there (P06, P18, P96).
func TestCrashBetweenFiles(t *testing.T) {
	dir, crashes := t.TempDir(), t.TempDir()
	var (
		mu    sync.Mutex // one commit at a time: a copy is of one moment
		acked []ledger.Entry
		at    []int // how many were acknowledged when copy i was taken
	)
	snapshot := func() {
		copyBooks(t, dir, filepath.Join(crashes, fmt.Sprint(len(at))))
		at = append(at, len(acked))
	}
	l := open(t, dir, func(o *Options) {
		hurried(o)
		o.SealEvery = time.Hour // what fails is the test's own entry, not a seal that came before it
		o.Commit = func(file string, commit func() error) error {
			mu.Lock()
			defer mu.Unlock()
			if len(at) > 24 || len(acked) < 5 {
				return commit()
			}
			snapshot()
			err := commit()
			snapshot()
			return err
		}
	})
	author := ledgertest.NewAuthor(1)
	for i := range 60 {
		e := author.Open(fmt.Sprint("o", i), fmt.Sprint("r", i), []byte("buyer"))
		if err := l.Append(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		mu.Lock()
		acked = append(acked, e)
		mu.Unlock()
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	for i, n := range at {
		crashed := filepath.Join(crashes, fmt.Sprint(i))
		if report, err := Verify(t.Context(), crashed, nil); err != nil || report.Fault != nil {
			t.Fatalf("crash %d: %v, fault %v", i, err, report.Fault)
		}
		l := open(t, crashed, hurried)
		for j, e := range acked[:n] {
			if p, err := l.Load(t.Context(), e.Payment); err != nil || p.Version != 2 {
				t.Fatalf("crash %d lost payment %d: %v", i, j, err)
			}
			if h, err := l.Find(t.Context(), author.OrderKey(fmt.Sprint("o", j))); err != nil || h.Holds() != e.Payment {
				t.Fatalf("crash %d lost order %d: %v", i, j, err)
			}
		}
		proved(t, l)
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if report, err := Verify(t.Context(), crashed, nil); err != nil || report.Fault != nil || report.Unsealed != 0 {
			t.Fatalf("crash %d, after a start: %+v, %v, fault %v", i, report, err, report.Fault)
		}
	}
	t.Logf("%d crashes", len(at))
}

func copyBooks(t *testing.T, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

// Two processes on one directory: the second says so and does nothing (P99).
func TestInUse(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir, nil)
	if _, err := Open(Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), "in use by another process") {
		t.Errorf("second open: %v", err)
	}
	if _, err := Verify(t.Context(), dir, nil); err == nil || !strings.Contains(err.Error(), "in use by another process") {
		t.Errorf("verify of books in use: %v", err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, dir, nil)
}

// Keys are made once, for their owner alone; books do not open without those
// they were written with.
func TestKeyFiles(t *testing.T) {
	dir, author := t.TempDir(), ledgertest.NewAuthor(1)
	l := open(t, dir, nil)
	if err := l.Append(t.Context(), author.Open("1", "a", []byte("buyer"))); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{masterFile, sealFile, journalFile, indexFile, membersFile, shopsFile} {
		info, err := os.Stat(filepath.Join(dir, file))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", file, info.Mode(), err)
		}
	}
	for _, file := range []string{masterFile, sealFile} {
		path := filepath.Join(dir, file)
		key, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		refuses := func(want string) {
			t.Helper()
			if _, err := Open(Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("open: %v, want %q", err, want)
			}
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		refuses("is missing")
		put(t, path, []byte(strings.Repeat("00", ledger.KeySize)))
		refuses("is not the key")
		put(t, path, []byte("no key"))
		refuses("does not hold a key")
		put(t, path, key)
	}
	open(t, dir, nil)
}

func put(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Scar: an erased key could be read back from free pages of the file, with
// the master key, until they were used again.
func TestEraseLeavesNoTrace(t *testing.T) {
	dir, author := t.TempDir(), ledgertest.NewAuthor(1)
	l := open(t, dir, nil)
	var erased ledger.Entry
	for i := range 200 { // every group writes the last page of keys anew
		e := author.Open(fmt.Sprint("o", i), fmt.Sprint("r", i), []byte("buyer"))
		if err := l.Append(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		if i == 196 {
			erased = e
		}
	}
	_, stored := storedKey(t, l, erased.Payment)
	count := func() int {
		content, err := os.ReadFile(filepath.Join(dir, journalFile))
		if err != nil {
			t.Fatal(err)
		}
		return strings.Count(string(content), stored)
	}
	if count() < 2 {
		t.Fatalf("the test proves nothing: the key is in the file %d times", count())
	}
	if err := l.Erase(t.Context(), erased.Payment); err != nil {
		t.Fatal(err)
	}
	if n := count(); n != 0 {
		t.Errorf("the erased key is in the file %d times", n)
	}
	proved(t, l)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if report, err := Verify(t.Context(), dir, nil); err != nil || report.Fault != nil {
		t.Errorf("verify: %v, fault %v", err, report.Fault)
	}
}
