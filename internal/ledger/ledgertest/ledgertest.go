// Package ledgertest is the conformance suite of the ledger. Every
// implementation runs it, whole: a rule that only one of them keeps is none.
package ledgertest

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// Open opens the books in a directory; the suite closes them. It fails the
// test when it cannot.
type Open func(t testing.TB, dir string) ledger.Ledger

// verifier is what an implementation must also be: able to prove its books.
type verifier interface {
	Verify(ctx context.Context, progress func(uint64)) (ledger.Report, error)
}

// Run runs the suite.
func Run(t *testing.T, open Open) {
	if dir := os.Getenv(childDir); dir != "" {
		beKilled(t, open, dir)
		return
	}
	for _, c := range []struct {
		name string
		test func(*desk)
	}{
		{"Life", testLife},
		{"Stale", testStale},
		{"Malformed", testMalformed},
		{"Claims", testClaims},
		{"ClaimOver", testClaimOver},
		{"ClaimScope", testClaimScope},
		{"Races", testRaces},
		{"Linear", testLinear},
		{"Private", testPrivate},
		{"Erase", testErase},
		{"Forget", testForget},
		{"Secrets", testSecrets},
		{"ClearText", testClearText},
		{"List", testList},
		{"ListUnderWrites", testListUnderWrites},
		{"Unsettled", testUnsettled},
		{"Closed", testClosed},
		{"Model", testModel},
		{"Killed", testKilled},
		{"Scars/QueuedCaller", scarQueuedCaller},
		{"Scars/MovedClaim", scarMovedClaim},
		{"Scars/LateReader", scarLateReader},
		{"Scars/LateOwner", scarLateOwner},
		{"Scars/EraseRace", scarEraseRace},
		{"Scars/ForgetRace", scarForgetRace},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &desk{T: t, open: open, dir: t.TempDir(), author: NewAuthor(1)}
			d.Ledger = open(t, d.dir)
			defer d.close()
			c.test(d)
		})
	}
}

// desk is a test with its books and somebody who writes.
type desk struct {
	*testing.T
	ledger.Ledger
	open   Open
	dir    string
	author *Author
	closed bool
}

// close proves the books before it closes them: every test ends with every
// invariant (P87).
func (d *desk) close() {
	d.Helper()
	if d.closed || d.Ledger == nil {
		return
	}
	d.closed = true
	v, ok := d.Ledger.(verifier)
	if !ok {
		d.Fatal("the ledger cannot verify itself")
	}
	report, err := v.Verify(context.Background(), nil)
	if err != nil || report.Fault != nil {
		d.Errorf("verify: %v, fault %v", err, report.Fault)
	}
	if err := d.Ledger.Close(); err != nil {
		d.Errorf("close: %v", err)
	}
}

// reopen closes the books and opens them again.
func (d *desk) reopen() {
	d.Helper()
	d.close()
	d.Ledger, d.closed = d.open(d.T, d.dir), false
}

// append must succeed.
func (d *desk) append(e ledger.Entry) *payment.Payment {
	d.Helper()
	if err := d.Append(d.Context(), e); err != nil {
		d.Fatalf("append to %s at %d: %v", e.Payment, e.Version, err)
	}
	return e.After
}

// refuses appends what must fail with want.
func (d *desk) refuses(e ledger.Entry, want error) {
	d.Helper()
	if err := d.Append(d.Context(), e); !errors.Is(err, want) {
		d.Fatalf("append to %s at %d: %v, want %v", e.Payment, e.Version, err, want)
	}
}

// refusesClaim appends what must fail because by holds key.
func (d *desk) refusesClaim(e ledger.Entry, key ledger.Key, by payment.ID) {
	d.Helper()
	err := d.Append(d.Context(), e)
	var claimed *ledger.ClaimedError
	if !errors.As(err, &claimed) {
		d.Fatalf("append to %s: %v, want a claim refused", e.Payment, err)
	}
	if claimed.Key != key || claimed.By.Holds() != by {
		d.Fatalf("refused %+v for %s, want %+v for %s", claimed.Key, claimed.By.Holds(), key, by)
	}
	if _, err := d.Load(d.Context(), e.Payment); e.Version == 0 && !errors.Is(err, ledger.ErrNotFound) {
		d.Fatalf("the refused payment is there: %v", err)
	}
}

// has loads a payment and compares it.
func (d *desk) has(want *payment.Payment) {
	d.Helper()
	have, err := d.Load(d.Context(), want.ID)
	if err != nil {
		d.Fatalf("load %s: %v", want.ID, err)
	}
	d.same("payment", have, want)
}

// same compares; times are compared as moments.
func (d *desk) same(what string, have, want any) {
	d.Helper()
	if diff := cmp.Diff(want, have, cmp.Comparer(time.Time.Equal)); diff != "" {
		d.Fatalf("%s (-want +have):\n%s", what, diff)
	}
}

// holds checks who holds a key.
func (d *desk) holds(key ledger.Key, want ledger.Holder) {
	d.Helper()
	have, err := d.Find(d.Context(), key)
	if err != nil {
		d.Fatalf("find: %v", err)
	}
	d.same("holder", have, want)
}
