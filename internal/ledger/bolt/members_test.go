package bolt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
)

// customers gives every member's version.
func customers(t *testing.T, l *Ledger) map[string]int {
	t.Helper()
	have := map[string]int{}
	if err := l.EachMember(t.Context(), func(m ledger.Member) bool { have[m.Customer] = m.Version; return true }); err != nil {
		t.Fatal(err)
	}
	return have
}

// A disk that fails while a member is put: it does not count, nothing is
// accepted any more, reading goes on, and a restart takes what the disk has
// (P96).
func TestMemberWriteError(t *testing.T) {
	for _, after := range []bool{false, true} {
		for _, isNew := range []bool{false, true} {
			t.Run(fmt.Sprint("after=", after, ",new=", isNew), func(t *testing.T) {
				dir, author, ctx := t.TempDir(), ledgertest.NewAuthor(1), t.Context()
				l, fail := faulty(t, dir, membersFile, after)
				kept := ledgertest.Member("kept", 1)
				if err := l.PutMember(ctx, kept); err != nil {
					t.Fatal(err)
				}
				fail()
				lost := ledgertest.Member("lost", 2)
				if !isNew {
					lost = kept
					lost.Version = 1
				}
				for range 2 {
					if err := l.PutMember(ctx, lost); !errors.Is(err, ErrBroken) || !errors.Is(err, errDisk) {
						t.Fatalf("put on a broken disk: %v", err)
					}
				}
				if err := l.Append(ctx, author.Open("1", "a", nil)); !errors.Is(err, ErrBroken) {
					t.Errorf("append: %v", err)
				}
				if have := customers(t, l); len(have) != 1 || have["kept"] != 1 {
					t.Errorf("members: %v", have)
				}
				if m, err := l.Member(ctx, kept.MemberKey); err != nil || m.Version != 1 {
					t.Errorf("member: %+v, %v", m, err)
				}
				if _, err := l.Member(ctx, lost.MemberKey); isNew && !errors.Is(err, ledger.ErrNotFound) {
					t.Errorf("the failed one: %v", err)
				}
				if report := proved(t, l); report.Members != 1 {
					t.Errorf("%d members", report.Members)
				}
				_ = l.Close() // tells of the failure once more
				l = open(t, dir, nil)
				want := map[bool]int{true: lost.Version + 1, false: lost.Version}[after]
				if have := customers(t, l)[lost.Customer]; have != want {
					t.Errorf("after a restart it has version %d, want %d", have, want)
				}
				lost.Version = want
				if err := l.PutMember(ctx, lost); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// Books that are broken take no members either.
func TestBrokenBooksTakeNoMembers(t *testing.T) {
	l, fail := faulty(t, t.TempDir(), journalFile, false)
	fail()
	if err := l.Append(t.Context(), ledgertest.NewAuthor(1).Open("1", "a", nil)); !errors.Is(err, ErrBroken) {
		t.Fatal(err)
	}
	if err := l.PutMember(t.Context(), ledgertest.Member("c", 1)); !errors.Is(err, ErrBroken) {
		t.Errorf("put: %v", err)
	}
}

// The proof counts members and cards that can be paid with, and fails on a
// record that cannot be read (P87).
func TestVerifyReadsMembers(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir, nil)
	for i := range 450 {
		m := ledgertest.Member(fmt.Sprint("c", i), 3)
		m.Cards[0].Gone, m.Cards[1].Key = m.Updated, ""
		if err := l.PutMember(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	if report := proved(t, l); report.Members != 450 || report.Cards != 450 {
		t.Errorf("%+v", report)
	}
	closed(t, l)
	report, err := Verify(t.Context(), dir, nil)
	if err != nil || report.Fault != nil || report.Members != 450 || report.Cards != 450 || len(report.Notes) > 0 {
		t.Errorf("%+v, %v", report, err)
	}
	path := filepath.Join(dir, membersFile)
	edit(t, path, func(tx *bbolt.Tx) error {
		k, _ := tx.Bucket(bucketMembers).Cursor().Last()
		return tx.Bucket(bucketMembers).Put(k, []byte("{}{}"))
	})
	report, err = Verify(t.Context(), dir, nil)
	if err != nil || report.Fault == nil || !strings.Contains(report.Fault.Error(), membersFile) {
		t.Errorf("unreadable: %+v, %v", report, err)
	}
}

// Cards on file are not lost in silence: once the books know of members they do
// not open without their file, and the proof fails. Books that never had any
// get an empty one.
func TestMembersAreMissed(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, membersFile)
	remove := func() {
		t.Helper()
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	closed(t, open(t, dir, nil))
	remove()
	report, err := Verify(t.Context(), dir, nil)
	if err != nil || report.Fault != nil || len(report.Notes) != 1 {
		t.Errorf("books without members: %+v, %v", report, err)
	}
	l := open(t, dir, nil)
	if err := l.PutMember(t.Context(), ledgertest.Member("c", 1)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		closed(t, l)
		l = open(t, dir, nil)
	}
	closed(t, l)
	backup := filepath.Join(t.TempDir(), "backup")
	copyBooks(t, dir, backup)
	remove()
	if _, err := Open(Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), "members.db is missing") {
		t.Errorf("open: %v", err)
	}
	if report, err := Verify(t.Context(), dir, nil); err != nil || report.Fault == nil {
		t.Errorf("verify: %+v, %v", report, err)
	}
	replace(t, backup, dir, membersFile)
	if have := customers(t, open(t, dir, nil)); have["c"] != 1 {
		t.Errorf("restored: %v", have)
	}
}
