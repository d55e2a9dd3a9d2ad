package ledger_test

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/payment"
)

var record = flag.String("record", "", "write testdata/`name`.book anew, for a new version of the format; an old one is never written again")

// A recorded book: a line per record in base64, and after each payment's last
// record what it adds up to. What was ever released must replay for ever.
func TestRecordedBooksReplay(t *testing.T) {
	if *record != "" {
		recordBook(t, filepath.Join("testdata", *record+".book"))
	}
	books, err := filepath.Glob("testdata/*.book")
	if err != nil || len(books) == 0 {
		t.Fatalf("no recorded books: %v", err)
	}
	for _, path := range books {
		t.Run(filepath.Base(path), func(t *testing.T) { replayBook(t, path) })
	}
}

func replayBook(t *testing.T, path string) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // only read
	var (
		p        *payment.Payment
		before   ledger.Hash
		payments int
	)
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		kind, value, _ := strings.Cut(lines.Text(), " ")
		switch kind {
		case "record":
			p, before = replayRecord(t, p, before, value)
		case "payment":
			var want payment.Payment
			if err := json.Unmarshal([]byte(value), &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(&want, p, cmp.Comparer(time.Time.Equal)); diff != "" {
				t.Errorf("payment %d (-recorded +replayed):\n%s", payments, diff)
			}
			p, before = nil, ledger.Hash{}
			payments++
		default:
			t.Fatalf("a line of kind %q", kind)
		}
	}
	if lines.Err() != nil || payments == 0 {
		t.Errorf("%d payments, %v", payments, lines.Err())
	}
}

func replayRecord(t *testing.T, p *payment.Payment, before ledger.Hash, value string) (*payment.Payment, ledger.Hash) {
	t.Helper()
	encoded, err := base64.StdEncoding.DecodeString(value)
	if err != nil {
		t.Fatal(err)
	}
	r, err := ledger.Decode(encoded)
	if err != nil {
		t.Fatal(err)
	}
	if !ledger.Linked(before, encoded) {
		t.Fatalf("event %d of %s is not linked to the one before", r.Number, r.Payment)
	}
	e, err := r.Event()
	if err != nil {
		t.Fatal(err)
	}
	if p, err = payment.Apply(p, &e); err != nil {
		t.Fatal(err)
	}
	if err := p.Check(); err != nil {
		t.Error(err)
	}
	return p, r.Hash
}

// recordBook writes payments that between them have every field of an event.
func recordBook(t *testing.T, path string) {
	if _, err := os.Stat(path); err == nil {
		t.Fatalf("%s is there: a recorded book is never written again", path)
	}
	var out strings.Builder
	a := ledgertest.NewAuthor(1)
	master, err := ledger.NewMasterKey(make([]byte, ledger.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	old, successor := superseded(a)
	for _, entries := range [][]ledger.Entry{captured(a), declined(a), old, successor} {
		var head ledger.Head
		var keys ledger.Keys
		keys.Personal, _ = master.Create(entries[0].Payment)
		keys.Secret, _ = master.CreateSecret(entries[0].Payment, 1)
		for i := range entries {
			records, hash, err := entries[i].Records(head, keys)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range records {
				fmt.Fprintf(&out, "record %s\n", base64.StdEncoding.EncodeToString(r))
			}
			head = ledger.Head{Version: entries[i].After.Version, Sequence: head.Sequence + uint64(len(records)), Hash: hash}
		}
		after, err := json.Marshal(entries[len(entries)-1].After)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "payment %s\n", after)
	}
	if err := os.WriteFile(path, []byte(out.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// captured is challenged, authorized, adjusted, captured, settled and given
// back.
func captured(a *ledgertest.Author) []ledger.Entry {
	entries := []ledger.Entry{a.Open("1396", "a1", []byte(`{"lines":[]}`))}
	next := func(events ...payment.Event) {
		p := entries[len(entries)-1].After
		entries = append(entries, a.Next(p, events...))
	}
	now := func() *payment.Payment { return entries[len(entries)-1].After }
	challenged := ledgertest.Fact(now(), payment.KindChallenged, 0)
	challenged.Private, challenged.Until = []byte("token"), now().Created.Add(payment.ChallengeTTL)
	next(challenged)
	next(ledgertest.Asked(now(), payment.OpAuthenticate, 0))
	next(ledgertest.Fact(now(), payment.KindUnanswered, 0))
	next(ledgertest.Authorized(now()))
	next(payment.Event{Kind: payment.KindUnchanged, Amount: 5080, Actor: "sk_test", Request: &payment.Request{Method: "AdjustPayment", Key: "b1", Digest: []byte{1, 2}}})
	next(payment.Event{Kind: payment.KindDeferred, Operation: payment.OpAdjust, Amount: 4000, Until: now().Created.Add(time.Hour)})
	next(ledgertest.Asked(now(), payment.OpAdjust, 4000))
	next(ledgertest.Fact(now(), payment.KindAdjusted, 4000))
	next(ledgertest.Asked(now(), payment.OpCapture, 4000))
	next(ledgertest.Fact(now(), payment.KindCaptured, 4000), payment.Event{Kind: payment.KindAttention, Reason: payment.ProviderDiffers})
	next(ledgertest.Fact(now(), payment.KindSettled, 4000))
	next(ledgertest.Asked(now(), payment.OpCancel, 4000))
	refused := ledgertest.Fact(now(), payment.KindRefused, 0)
	refused.Operation, refused.Reason, refused.Code = payment.OpCancel, payment.TooLate, "A062010004"
	next(refused)
	next(ledgertest.Asked(now(), payment.OpCancel, 4000))
	next(ledgertest.Fact(now(), payment.KindCanceled, 4000))
	return entries
}

// declined is declined twice, the second time for good and after nothing was
// heard; the number is watched, and a hold turns up.
func declined(a *ledgertest.Author) []ledger.Entry {
	entries := []ledger.Entry{a.Open("1397", "a2", nil)}
	p := entries[0].After
	add := func(events ...payment.Event) {
		e := a.Next(p, events...)
		entries, p = append(entries, e), e.After
	}
	no := ledgertest.Declined(p)
	no.Hard = true
	add(no)
	again := payment.Event{Kind: payment.KindAsked, Operation: payment.OpAuthorize, Attempt: 2, Amount: 5080, Count: 3}
	add(again)
	lost := ledgertest.Declined(p)
	lost.Reason, lost.Code = payment.ResultLost, ""
	add(lost)
	add(payment.Event{Kind: payment.KindWatched, Attempt: 2})
	add(payment.Event{Kind: payment.KindLateHold, Attempt: 2})
	add(payment.Event{Kind: payment.KindAsked, Operation: payment.OpCancel, Attempt: 2, Reason: payment.LateHold})
	add(payment.Event{Kind: payment.KindCanceled, Attempt: 2})
	return entries
}

// superseded makes room for another payment of its order, which comes second
// and expires.
func superseded(a *ledgertest.Author) (old, successor []ledger.Entry) {
	first := a.OpenPending("1398", "a3")
	ended := a.Next(first.After, ledgertest.Superseded())
	second := a.OpenPending("1398", "a4")
	second.Claims[1].Over = &ledger.Ref{Payment: first.Payment, Version: ended.After.Version}
	expired := a.Next(second.After, payment.Event{Kind: payment.KindExpired, Reason: payment.CheckoutTimeout})
	return []ledger.Entry{first, ended}, []ledger.Entry{second, expired}
}
