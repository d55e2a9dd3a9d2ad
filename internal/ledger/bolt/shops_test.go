package bolt

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/shop"
)

// The suite of the registry.
func TestShops(t *testing.T) {
	ledgertest.RunShops(t, func(t testing.TB, dir string) ledgertest.Shops { return open(t, dir, nil) })
}

var demoTenant = shop.Tenant{Shop: "demo", Environment: shop.Test}

func revise(id string, version int) ledger.Revision {
	return ledger.Revision{
		Documents: []ledger.Document{ledgertest.Document(id, version)},
		Trail:     []ledger.AuditEntry{ledgertest.Audit(demoTenant, fmt.Sprint(id, " ", version))},
	}
}

// versions gives every document's version, and how long the trail is.
func versions(t *testing.T, l *Ledger) (map[string]int, int) {
	t.Helper()
	have := map[string]int{}
	if err := l.EachDocument(t.Context(), func(d ledger.Document) bool { have[d.ID] = d.Version; return true }); err != nil {
		t.Fatal(err)
	}
	list, err := l.Trail(t.Context(), demoTenant, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return have, len(list)
}

// A disk that fails while shops are revised: neither document nor entry counts,
// nothing is accepted any more, reading goes on, and a restart takes what the
// disk has, both or neither (P96).
func TestReviseWriteError(t *testing.T) {
	for _, after := range []bool{false, true} {
		for _, isNew := range []bool{false, true} {
			t.Run(fmt.Sprint("after=", after, ",new=", isNew), func(t *testing.T) {
				dir, ctx := t.TempDir(), t.Context()
				l, fail := faulty(t, dir, shopsFile, after)
				if err := l.Revise(ctx, revise("kept", 0)); err != nil {
					t.Fatal(err)
				}
				fail()
				lost := revise("kept", 1)
				if isNew {
					lost = revise("lost", 0)
				}
				for range 2 {
					if err := l.Revise(ctx, lost); !errors.Is(err, ErrBroken) || !errors.Is(err, errDisk) {
						t.Fatalf("revise on a broken disk: %v", err)
					}
				}
				if err := l.Append(ctx, ledgertest.NewAuthor(1).Open("1", "a", nil)); !errors.Is(err, ErrBroken) {
					t.Errorf("append: %v", err)
				}
				if have, trail := versions(t, l); len(have) != 1 || have["kept"] != 1 || trail != 1 {
					t.Errorf("documents %v, %d entries", have, trail)
				}
				if report := proved(t, l); report.Documents != 1 || report.Changes != 1 {
					t.Errorf("%+v", report)
				}
				_ = l.Close() // tells of the failure once more
				l = open(t, dir, nil)
				id, want := lost.Documents[0].ID, lost.Documents[0].Version
				if after {
					want++
				}
				if have, trail := versions(t, l); have[id] != want || trail != have["kept"]+have["lost"] {
					t.Errorf("after a restart: documents %v, %d entries", have, trail)
				}
				if err := l.Revise(ctx, revise(id, want)); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// P87: whoever changes, drops, swaps or adds an entry of the trail, or changes
// a document, is found out.
func TestVerifyReadsShops(t *testing.T) {
	trail := func(tx *bbolt.Tx) *bbolt.Bucket { return tx.Bucket(bucketTrail) }
	at := func(n int) []byte { return trailPlace(demoTenant, n) }
	rewritten := func(tx *bbolt.Tx, n int, change func(*ledger.AuditEntry)) error {
		e, _, err := ledger.DecodeAuditEntry(trail(tx).Get(at(n)))
		if err != nil {
			return err
		}
		change(&e)
		b, _, err := e.Encode() // with a checksum that fits
		if err != nil {
			return err
		}
		return trail(tx).Put(at(n), b)
	}
	for name, spoil := range map[string]func(tx *bbolt.Tx) error{
		"an entry changed": func(tx *bbolt.Tx) error {
			return rewritten(tx, 3, func(e *ledger.AuditEntry) { e.Actor = "key:00000000" })
		},
		"a value changed": func(tx *bbolt.Tx) error {
			return rewritten(tx, 5, func(e *ledger.AuditEntry) { e.Fields[0].After = "x" })
		},
		"a link changed":    func(tx *bbolt.Tx) error { return rewritten(tx, 1, func(e *ledger.AuditEntry) { e.Before[0] = 1 }) },
		"an entry dropped":  func(tx *bbolt.Tx) error { return trail(tx).Delete(at(1)) },
		"the last one gone": func(tx *bbolt.Tx) error { return trail(tx).Delete(at(5)) },
		"two swapped": func(tx *bbolt.Tx) error {
			a, b := clone(trail(tx).Get(at(2))), clone(trail(tx).Get(at(3)))
			return errors.Join(trail(tx).Put(at(2), b), trail(tx).Put(at(3), a))
		},
		"the end moved back": func(tx *bbolt.Tx) error {
			e, hash, err := ledger.DecodeAuditEntry(trail(tx).Get(at(4)))
			if err != nil {
				return err
			}
			return tx.Bucket(bucketEnds).Put(ledger.TrailKey(demoTenant), trailEnd{e.Sequence, hash}.encode())
		},
		"a document changed": func(tx *bbolt.Tx) error {
			k, v := tx.Bucket(bucketDocuments).Cursor().First()
			return tx.Bucket(bucketDocuments).Put(k, bytes.Replace(v, []byte("山田"), []byte("山本"), 1))
		},
		"a document of another": func(tx *bbolt.Tx) error {
			_, v := tx.Bucket(bucketDocuments).Cursor().First()
			return tx.Bucket(bucketDocuments).Put(ledgertest.Document("other", 0).Bytes(), clone(v))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			l := open(t, dir, nil)
			for i := range 5 {
				if err := l.Revise(t.Context(), revise("s", i)); err != nil {
					t.Fatal(err)
				}
			}
			closed(t, l)
			report, err := Verify(t.Context(), dir, nil)
			if err != nil || report.Fault != nil || report.Documents != 1 || report.Changes != 5 || len(report.Notes) > 0 {
				t.Fatalf("%+v, %v", report, err)
			}
			edit(t, filepath.Join(dir, shopsFile), spoil)
			report, err = Verify(t.Context(), dir, nil)
			if err != nil || report.Fault == nil || !strings.Contains(report.Fault.Error(), shopsFile) {
				t.Errorf("spoilt: %+v, %v", report, err)
			}
		})
	}
}

// Shops do not begin anew in silence: once the books know of them they do not
// open without their file, and the proof fails.
func TestShopsAreMissed(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, shopsFile)
	l := open(t, dir, nil)
	if err := l.Revise(t.Context(), revise("s", 0)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		closed(t, l)
		l = open(t, dir, nil)
	}
	closed(t, l)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), "shops.db is missing") {
		t.Errorf("open: %v", err)
	}
	if report, err := Verify(t.Context(), dir, nil); err != nil || report.Fault == nil {
		t.Errorf("verify: %+v, %v", report, err)
	}
}
