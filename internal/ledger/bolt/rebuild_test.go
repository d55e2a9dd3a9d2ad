package bolt

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/payment"
)

func storedKey(t *testing.T, l *Ledger, id payment.ID) (n int, stored string) {
	t.Helper()
	err := l.view(func(tx *bbolt.Tx) error {
		stored = string(tx.Bucket(bucketKeys).Get([]byte(id)))
		n = tx.Bucket(bucketKeys).Inspect().KeyN
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n, stored
}

// fill writes n payments of one story each, some of them over others.
func fill(t *testing.T, l *Ledger, author *ledgertest.Author, name string, n int) []*payment.Payment {
	t.Helper()
	var all []*payment.Payment
	for i := range n {
		e := author.OpenPending(fmt.Sprint(name, "-", i/2), fmt.Sprint(name, "-", i))
		if i%2 == 1 {
			last := all[len(all)-1]
			e.Claims[1].Over = &ledger.Ref{Payment: last.ID, Version: last.Version}
		}
		if err := l.Append(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		p := e.After
		if i%4 == 0 {
			next := author.Next(p, ledgertest.Superseded())
			if err := l.Append(t.Context(), next); err != nil {
				t.Fatal(err)
			}
			p = next.After
		}
		all = append(all, p)
	}
	return all
}

func complete(t *testing.T, l *Ledger, author *ledgertest.Author, want []*payment.Payment) {
	t.Helper()
	for _, p := range want {
		have, err := l.Load(t.Context(), p.ID)
		if err != nil || have.Version != p.Version || have.State != p.State {
			t.Fatalf("%s: %+v, %v", p.ID, have, err)
		}
		h, err := l.Find(t.Context(), author.OrderKey(p.OrderNumber))
		if err != nil || len(h.Payments) != 2 {
			t.Fatalf("order %s: %v, %v", p.OrderNumber, h, err)
		}
	}
	proved(t, l)
}

// The index is made again from the journal when it is missing, older, ahead,
// or no index at all; nothing else is needed for it.
func TestIndexIsMadeAnew(t *testing.T) {
	author := ledgertest.NewAuthor(1)
	origin := t.TempDir()
	l := open(t, origin, hurried)
	early := fill(t, l, author, "early", 40)
	closed(t, l)
	older := t.TempDir()
	copyBooks(t, origin, older)
	l = open(t, origin, hurried)
	late := append(early, fill(t, l, author, "late", 60)...)
	closed(t, l)

	for name, c := range map[string]struct {
		spoil func(t *testing.T, dir string)
		want  []*payment.Payment
		anew  bool
	}{
		"untouched": {func(*testing.T, string) {}, late, false},
		"missing": {func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, indexFile)); err != nil {
				t.Fatal(err)
			}
		}, late, false},
		"older": {func(t *testing.T, dir string) { replace(t, older, dir, indexFile) }, late, false},
		"ahead": {func(t *testing.T, dir string) { replace(t, older, dir, journalFile) }, early, true},
		"other": {func(t *testing.T, dir string) {
			l := open(t, t.TempDir(), hurried)
			fill(t, l, ledgertest.NewAuthor(2), "other", 10)
			closed(t, l)
			replace(t, l.options.Dir, dir, indexFile)
		}, late, true},
		"empty": {func(t *testing.T, dir string) { put(t, filepath.Join(dir, indexFile), nil) }, late, false},
		"garbage": {func(t *testing.T, dir string) {
			put(t, filepath.Join(dir, indexFile), bytes.Repeat([]byte("x"), 20_000))
		}, late, true},
		"later version": {func(t *testing.T, dir string) {
			edit(t, filepath.Join(dir, indexFile), func(tx *bbolt.Tx) error { return tx.Bucket(bucketMeta).Put(keyFormat, []byte{99}) })
		}, late, true},
		"earlier version": {func(t *testing.T, dir string) {
			edit(t, filepath.Join(dir, indexFile), func(tx *bbolt.Tx) error { return tx.Bucket(bucketMeta).Put(keyFormat, []byte{1}) })
			report, err := Verify(t.Context(), dir, nil) // before the start that mends it
			if err != nil || report.Fault != nil || !strings.Contains(strings.Join(report.Notes, " "), "another version") {
				t.Errorf("verify: %+v, %v", report, err)
			}
		}, late, true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "books")
			copyBooks(t, origin, dir)
			c.spoil(t, dir)
			var log bytes.Buffer
			l := open(t, dir, func(o *Options) {
				hurried(o)
				o.Logger = slog.New(slog.NewTextHandler(&log, nil))
			})
			complete(t, l, author, c.want)
			closed(t, l)
			if said := strings.Contains(log.String(), "made anew"); said != c.anew {
				t.Errorf("log: %s", &log)
			}
			if report, err := Verify(t.Context(), dir, nil); err != nil || report.Fault != nil || report.Payments != uint64(len(c.want)) {
				t.Errorf("verify: %+v, %v, fault %v", report, err, report.Fault)
			}
		})
	}
}

func closed(t *testing.T, l *Ledger) {
	t.Helper()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

func replace(t *testing.T, from, to, file string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(from, file))
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(to, file), content)
}

func edit(t testing.TB, path string, change func(*bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: lockTimeout, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := db.Update(change); err != nil {
		t.Fatal(err)
	}
}

// A journal whose end is damaged does not open: what cannot be read was
// perhaps acknowledged.
func TestDamagedEndDoesNotOpen(t *testing.T) {
	for name, spoil := range map[string]func(*bbolt.Tx) error{
		"cut off": func(tx *bbolt.Tx) error {
			k, _ := tx.Bucket(bucketJournal).Cursor().Last()
			return tx.Bucket(bucketJournal).Delete(k)
		},
		"unsealed and flipped": func(tx *bbolt.Tx) error {
			k, _ := tx.Bucket(bucketSeals).Cursor().Last()
			if err := tx.Bucket(bucketSeals).Delete(k); err != nil {
				return err
			}
			k, v := tx.Bucket(bucketJournal).Cursor().Last()
			v = bytes.Clone(v)
			v[len(v)-1]++
			return tx.Bucket(bucketJournal).Put(k, v)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			l := open(t, dir, nil)
			fill(t, l, ledgertest.NewAuthor(1), "o", 4)
			closed(t, l)
			edit(t, filepath.Join(dir, journalFile), spoil)
			if _, err := Open(Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), "damaged") {
				t.Errorf("open: %v", err)
			}
		})
	}
}

// Long readings hold no transaction: while one goes on, pages that are
// replaced are used again, and the file does not grow (P97).
func TestLongReadsLetPagesGo(t *testing.T) {
	dir, author := t.TempDir(), ledgertest.NewAuthor(1)
	l := open(t, dir, hurried)
	fill(t, l, author, "before", 20)
	free := func() int {
		pages, err := freePages(l.scrub)
		if err != nil {
			t.Fatal(err)
		}
		return len(pages)
	}
	write := func() { fill(t, l, author, fmt.Sprint("while", author.Count()), 100) }
	write()
	usual := free()
	once := true
	if err := l.Unsettled(t.Context(), func(payment.ID) bool {
		if once {
			once = false
			write()
		}
		return true
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Verify(t.Context(), func(uint64) { write() }); err != nil {
		t.Fatal(err)
	}
	if have := free(); have > 2*usual+64 {
		t.Errorf("%d free pages during long reads, %d without", have, usual)
	}
}
