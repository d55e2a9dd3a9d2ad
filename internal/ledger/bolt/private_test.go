package bolt

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/payment"
)

// challenge appends a challenge with its secret.
func challenge(t *testing.T, l *Ledger, author *ledgertest.Author, p *payment.Payment) *payment.Payment {
	t.Helper()
	c := ledgertest.Fact(p, payment.KindChallenged, 0)
	c.Private, c.Until = []byte("secret"), p.Created.Add(payment.ChallengeTTL)
	return appended(t, l, author.Next(p, c))
}

func appended(t *testing.T, l *Ledger, e ledger.Entry) *payment.Payment {
	t.Helper()
	if err := l.Append(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	return e.After
}

// reads checks what Reveal gives.
func reads(t *testing.T, l *Ledger, id payment.ID, n int, want string, wantErr error) {
	t.Helper()
	have, err := l.Reveal(t.Context(), id, n)
	if !errors.Is(err, wantErr) || string(have) != want {
		t.Errorf("event %d of %s: %q, %v, want %q, %v", n, id, have, err, want, wantErr)
	}
}

// personalBooks unpacks books of the version before there were second keys:
// three payments, each challenged, the second without a buyer, the third
// erased.
func personalBooks(t *testing.T) (dir string, ids []payment.ID) {
	t.Helper()
	dir = t.TempDir()
	packed, err := os.Open("testdata/personal/journal.db.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close() //nolint:errcheck // only read
	z, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	journal, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, journalFile), journal)
	for _, file := range []string{masterFile, sealFile} {
		key, err := os.ReadFile(filepath.Join("testdata/personal", file))
		if err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(dir, file), key)
	}
	author := ledgertest.NewAuthor(1) // the one who wrote them
	for _, name := range []string{"a", "b", "c"} {
		ids = append(ids, author.Open(name, name, nil).Payment)
		author.Count() // the challenge
	}
	return dir, ids
}

// Books of the version before, with secrets under the personal key, are proved
// and read, and go on with second keys.
func TestBooksBeforeSecondKeys(t *testing.T) {
	dir, ids := personalBooks(t)
	if report, err := Verify(t.Context(), dir, nil); err != nil || report.Fault != nil || report.Payments != 3 {
		t.Fatalf("verify before the first start: %+v, %v, fault %v", report, err, report.Fault)
	}
	l := open(t, dir, nil)
	for range 2 {
		reads(t, l, ids[0], 1, "buyer", nil)
		reads(t, l, ids[0], 3, "secret", nil)
		reads(t, l, ids[1], 3, "secret", nil)
		reads(t, l, ids[2], 3, "", ledger.ErrErased)
		proved(t, l)
		closed(t, l)
		l = open(t, dir, nil)
	}
	author := ledgertest.NewAuthor(2)
	p, err := l.Load(t.Context(), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	p = appended(t, l, author.Next(p, ledgertest.Declined(p),
		payment.Event{Kind: payment.KindAsked, Operation: payment.OpAuthorize, Attempt: 2, Amount: p.Amount}))
	p = challenge(t, l, author, p)
	reads(t, l, p.ID, 3, "secret", nil) // under the first key
	reads(t, l, p.ID, 6, "secret", nil) // under the second
	for _, id := range ids {
		now, err := l.Load(t.Context(), id)
		if err == nil {
			err = l.Forget(t.Context(), id, now.Version)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		reads(t, l, ids[0], 1, "buyer", nil)
		reads(t, l, ids[0], 3, "", ledger.ErrErased)
		reads(t, l, ids[0], 6, "", ledger.ErrErased)
		reads(t, l, ids[1], 3, "", ledger.ErrErased)
		proved(t, l)
		closed(t, l)
		if report, err := Verify(t.Context(), dir, nil); err != nil || report.Fault != nil {
			t.Fatalf("verify: %+v, %v, fault %v", report, err, report.Fault)
		}
		l = open(t, dir, nil)
	}
}

// secretBytes gives what is stored of a payment's second key, and how often it
// is in the journal's file.
func secretBytes(t *testing.T, l *Ledger, id payment.ID) (stored []byte, times int) {
	t.Helper()
	stored, err := l.secretOf(id)
	if err != nil || stored == nil {
		t.Fatalf("second key of %s: %x, %v", id, stored, err)
	}
	return stored, inFile(t, l.options.Dir, stored)
}

func inFile(t *testing.T, dir string, what []byte) int {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, journalFile))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(content, what[4:])
}

// A key that was forgotten, or erased with the person, cannot be found in the
// file: not in free pages either, at the latest when the books are closed, or
// opened again after a crash (promise 6).
func TestForgetLeavesNoTrace(t *testing.T) {
	dir, author := t.TempDir(), ledgertest.NewAuthor(1)
	l := open(t, dir, func(o *Options) { o.SealEvery = time.Hour })
	var all []*payment.Payment
	for i := range 40 {
		name := string(rune('A' + i))
		all = append(all, challenge(t, l, author, appended(t, l, author.Open(name, name, []byte("buyer")))))
	}
	forgotten, times := secretBytes(t, l, all[20].ID)
	gone, timesGone := secretBytes(t, l, all[21].ID)
	if times < 2 || timesGone < 2 {
		t.Fatalf("the test proves nothing: the keys are in the file %d and %d times", times, timesGone)
	}
	if err := l.Erase(t.Context(), all[21].ID); err != nil {
		t.Fatal(err)
	}
	if n := inFile(t, dir, gone); n > 0 {
		t.Errorf("the erased key is in the file %d times", n)
	}
	if err := l.Forget(t.Context(), all[20].ID, all[20].Version); err != nil {
		t.Fatal(err)
	}
	crashed := filepath.Join(t.TempDir(), "crashed")
	copyBooks(t, dir, crashed)
	if inFile(t, crashed, forgotten) == 0 {
		t.Fatal("the test proves nothing: after the crash there is nothing to blank")
	}
	closed(t, l)
	again := open(t, crashed, nil)
	for _, dir := range []string{dir, crashed} {
		if n := inFile(t, dir, forgotten); n > 0 {
			t.Errorf("%s: the forgotten key is in the file %d times", dir, n)
		}
	}
	reads(t, again, all[20].ID, 1, "buyer", nil)
	reads(t, again, all[20].ID, 3, "", ledger.ErrErased)
	reads(t, again, all[22].ID, 3, "secret", nil)
	proved(t, again)
}

// While the server runs what was forgotten is blanked with the next seal.
func TestForgetIsBlankedBehind(t *testing.T) {
	author := ledgertest.NewAuthor(1)
	blanked := make(chan struct{}, 100)
	l := open(t, t.TempDir(), func(o *Options) {
		o.SealEvery = time.Millisecond
		o.Commit = func(_ string, commit func() error) error {
			err := commit()
			select {
			case blanked <- struct{}{}:
			default:
			}
			return err
		}
	})
	p := challenge(t, l, author, appended(t, l, author.Open("1", "1", []byte("buyer"))))
	key, _ := secretBytes(t, l, p.ID)
	if err := l.Forget(t.Context(), p.ID, p.Version); err != nil {
		t.Fatal(err)
	}
	for marked := true; marked; { // until the mark of the traces is gone
		<-blanked
		if err := l.view(func(tx *bbolt.Tx) error {
			marked = tx.Bucket(bucketMeta).Get(keyTraces) != nil
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if n := inFile(t, l.options.Dir, key); n > 0 {
		t.Errorf("the forgotten key is in the file %d times", n)
	}
}

// The two keys of a payment cannot be put in one another's place, nor can
// another payment's, or one from before a forgetting: nothing opens, and the
// proof says so.
func TestKeysCannotBeSwapped(t *testing.T) {
	dir, author := t.TempDir(), ledgertest.NewAuthor(1)
	l := open(t, dir, nil)
	p := challenge(t, l, author, appended(t, l, author.Open("1", "1", []byte("buyer"))))
	other := challenge(t, l, author, appended(t, l, author.Open("2", "2", []byte("buyer"))))
	first, _ := secretBytes(t, l, p.ID)
	if err := l.Forget(t.Context(), p.ID, p.Version); err != nil {
		t.Fatal(err)
	}
	p = appended(t, l, author.Next(p, ledgertest.Declined(p),
		payment.Event{Kind: payment.KindAsked, Operation: payment.OpAuthorize, Attempt: 2, Amount: p.Amount}))
	p = challenge(t, l, author, p)
	second, _ := secretBytes(t, l, p.ID)
	others, _ := secretBytes(t, l, other.ID)
	_, personal := storedKey(t, l, p.ID)
	closed(t, l)
	swap := func(bucket, value []byte) func(*bbolt.Tx) error {
		return func(tx *bbolt.Tx) error { return tx.Bucket(bucket).Put([]byte(p.ID), value) }
	}
	for name, change := range map[string]func(*bbolt.Tx) error{
		"the personal one for the second": swap(bucketSecrets, slices.Concat(second[:4], []byte(personal))),
		"the second for the personal one": swap(bucketKeys, second[4:]),
		"another payment's":               swap(bucketSecrets, others),
		"the forgotten one":               swap(bucketSecrets, first),
		"the forgotten one, later":        swap(bucketSecrets, slices.Concat(second[:4], first[4:])),
		"the same from an earlier event":  swap(bucketSecrets, slices.Concat(first[:4], second[4:])),
		"a part of it":                    swap(bucketSecrets, second[:20]),
		"none":                            func(tx *bbolt.Tx) error { return tx.Bucket(bucketSecrets).Delete([]byte(p.ID)) },
		"no tombstone":                    func(tx *bbolt.Tx) error { return tx.Bucket(bucketForgotten).Delete([]byte(p.ID)) },
		"part of a tombstone":             swap(bucketForgotten, []byte{0}),
	} {
		t.Run(name, func(t *testing.T) {
			spoiled := filepath.Join(t.TempDir(), "spoiled")
			copyBooks(t, dir, spoiled)
			edit(t, filepath.Join(spoiled, journalFile), change)
			if report, err := Verify(t.Context(), spoiled, nil); err != nil || report.Fault == nil || report.Fault.Payment != p.ID {
				t.Errorf("verify: %v, fault %v", err, report.Fault)
			}
			l := open(t, spoiled, nil)
			wrong := 0
			for n, want := range map[int]string{1: "buyer", 3: "", 6: "secret"} {
				private, err := l.Reveal(t.Context(), p.ID, n)
				if private != nil && string(private) != want {
					t.Errorf("event %d: %q", n, private)
				}
				if err != nil && !errors.Is(err, ledger.ErrErased) {
					wrong++
				}
			}
			if wrong == 0 {
				t.Error("every part is read, or forgotten")
			}
		})
	}
}

// A payment without 3-D Secure leaves nothing in the second keys' place.
func TestPlainPaymentsHaveOneKey(t *testing.T) {
	author := ledgertest.NewAuthor(1)
	l := open(t, t.TempDir(), nil)
	p := appended(t, l, author.Open("1", "1", []byte("buyer")))
	p = appended(t, l, author.Next(p, ledgertest.Authorized(p)))
	if err := l.Forget(t.Context(), p.ID, p.Version); err != nil {
		t.Fatal(err)
	}
	s, err := l.stored(p.ID, true)
	if err != nil || s.Personal == nil || s.Secret != nil || s.Forgotten != nil {
		t.Errorf("%+v, %v", s, err)
	}
}
