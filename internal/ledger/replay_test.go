package ledger_test

import (
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shipping"
)

var (
	record = flag.String("record", "", "write testdata/`name`.book, for records such as no recorded book has; an old one is never written again")
	derive = flag.Bool("derive", false, "write anew what the recorded payments add up to, when Payment has new fields; records stay as they are")
)

// A recorded book: a line per record in base64, and after each payment's last
// record what it adds up to. What was ever released must replay for ever: the
// records are never written again, what is derived from them is when a payment
// gets new fields.
//
//	v1.book      the first version
//	browser.book 3-D Secure with its answers, stored cards, registrations, conversions
//	slips.book   shipments, their slips, and a slip that takes another one's place
//	bought.book  a capture that the purchase owes, and what was seen before a renewal
//	orders.book  what became of the order, reservations and their planned ship date
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
	book, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var (
		p        *payment.Payment
		before   ledger.Hash
		payments int
		derived  strings.Builder
	)
	for line := range strings.Lines(string(book)) {
		kind, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		switch kind {
		case "record":
			p, before = replayRecord(t, p, before, value)
			derived.WriteString(line)
		case "payment":
			writeDerived(t, &derived, p)
			if !*derive {
				comparePayment(t, payments, p, value)
			}
			p, before = nil, ledger.Hash{}
			payments++
		default:
			t.Fatalf("a line of kind %q", kind)
		}
	}
	if payments == 0 || p != nil {
		t.Errorf("%d payments, the last is whole: %v", payments, p == nil)
	}
	if *derive && !t.Failed() {
		if err := os.WriteFile(path, []byte(derived.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func comparePayment(t *testing.T, n int, have *payment.Payment, recorded string) {
	t.Helper()
	var want payment.Payment
	if err := json.Unmarshal([]byte(recorded), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&want, have, cmp.Comparer(time.Time.Equal)); diff != "" {
		t.Errorf("payment %d (-recorded +replayed):\n%s", n, diff)
	}
}

func writeDerived(t *testing.T, to *strings.Builder, p *payment.Payment) {
	t.Helper()
	after, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(to, "payment %s\n", after)
}

// Every field an event may have, at any depth, is set in a recorded one: a new
// field needs a new book.
func TestRecordedBooksHaveEveryField(t *testing.T) {
	books, err := filepath.Glob("testdata/*.book")
	if err != nil {
		t.Fatal(err)
	}
	set := map[string]bool{}
	for _, path := range books {
		book, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(book)) {
			if value, ok := strings.CutPrefix(line, "record "); ok {
				noteFields(set, "Event", reflect.ValueOf(recordedEvent(t, strings.TrimSpace(value))))
			}
		}
	}
	for _, field := range fieldsOf("Event", reflect.TypeFor[payment.Event]()) {
		if !set[field] && field != "Event.Private" { // which is no part of a loaded event
			t.Errorf("%s is set in no recorded event", field)
		}
	}
}

func recordedEvent(t *testing.T, value string) payment.Event {
	t.Helper()
	encoded, err := base64.StdEncoding.DecodeString(value)
	if err != nil {
		t.Fatal(err)
	}
	r, err := ledger.Decode(encoded)
	if err != nil {
		t.Fatal(err)
	}
	e, err := r.Event()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// inside gives the struct that a field is or points to, of our own making.
func inside(t reflect.Type) (reflect.Type, bool) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t, t.Kind() == reflect.Struct && t != reflect.TypeFor[time.Time]()
}

func fieldsOf(name string, t reflect.Type) (fields []string) {
	for i := range t.NumField() {
		f := name + "." + t.Field(i).Name
		if s, ok := inside(t.Field(i).Type); ok {
			fields = append(fields, fieldsOf(f, s)...)
			continue
		}
		fields = append(fields, f)
	}
	return fields
}

func noteFields(set map[string]bool, name string, v reflect.Value) {
	for i := range v.NumField() {
		f, field := name+"."+v.Type().Field(i).Name, v.Field(i)
		if field.IsZero() {
			continue
		}
		if _, ok := inside(field.Type()); ok {
			noteFields(set, f, reflect.Indirect(field))
			continue
		}
		set[f] = true
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

// recordBook writes payments that between them have every kind of event and
// every field of one.
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
	for _, entries := range [][]ledger.Entry{captured(a), declined(a), old, successor, registered(a), alone(t, a), shipped(a), reserved(t, a), cared(a), moved(t, a), bought(a)} {
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
		writeDerived(t, &out, entries[len(entries)-1].After)
	}
	if err := os.WriteFile(path, []byte(out.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// shipped is captured by its slip, which another one takes the place of.
func shipped(a *ledgertest.Author) []ledger.Entry {
	entries := []ledger.Entry{a.Open("1401", "s1", []byte(`{"lines":[]}`))}
	next := func(events ...payment.Event) {
		p := entries[len(entries)-1].After
		entries = append(entries, a.Next(p, events...))
	}
	const first, second = "123456789013", "123456789024"
	slip := func(k payment.Kind, op payment.Operation, slip, replaces string) payment.Event {
		e := payment.Event{Kind: k, Operation: op, Attempt: 1, Amount: 5080, Slip: slip, Replaces: replaces}
		if k == payment.KindShipped {
			e.Attempt, e.Carrier = 0, shipping.CarrierYamato
		}
		return e
	}
	next(ledgertest.Authorized(entries[0].After))
	next(slip(payment.KindShipped, 0, first, ""), slip(payment.KindAsked, payment.OpShip, first, ""))
	next(slip(payment.KindRegistered, 0, first, ""))
	next(slip(payment.KindShipped, 0, second, first), slip(payment.KindAsked, payment.OpShip, second, first))
	next(slip(payment.KindRegistered, 0, second, ""), slip(payment.KindAsked, payment.OpUnship, first, ""))
	next(slip(payment.KindUnregistered, 0, first, ""))
	return entries
}

// reserved is a reservation whose order changes, gets another planned ship date
// and becomes a hold.
func reserved(t *testing.T, a *ledgertest.Author) []ledger.Entry {
	first := a.Open("1402", "r1", nil)
	first.Events[0].Opening.Planned = "2026-12-24"
	after, err := payment.Replay(nil, first.Events)
	if err != nil {
		t.Fatal(err)
	}
	first.After = after
	entries, p := []ledger.Entry{first}, after
	add := func(events ...payment.Event) {
		e := a.Next(p, events...)
		entries, p = append(entries, e), e.After
	}
	canceled, open, none := true, false, money.Yen(0)
	add(ledgertest.Authorized(p))
	add(payment.Event{Kind: payment.KindOrderUpdated, Actor: "sk_test", Order: &payment.OrderChange{Canceled: &canceled, Total: &none}})
	add(payment.Event{Kind: payment.KindOrderUpdated, Order: &payment.OrderChange{Canceled: &open}})
	more := money.Yen(6080)
	add(payment.Event{Kind: payment.KindOrderUpdated, Order: &payment.OrderChange{Total: &more}})
	add(payment.Event{Kind: payment.KindAsked, Operation: payment.OpReschedule, Attempt: 1, Amount: 5080, ShipDate: "2026-12-26"})
	add(payment.Event{Kind: payment.KindRescheduled, Attempt: 1, ShipDate: "2026-12-26", Until: p.Created.AddDate(0, 0, 90)})
	add(payment.Event{Kind: payment.KindHeld, Attempt: 1, Amount: 5080, Approval: "654321", Approved: "20261216060000", Until: p.Created.AddDate(0, 0, 80), Code: "4"})
	return entries
}

// cared is told of, registered, warned about, found to differ, proposed, corrected,
// found to differ again and left.
func cared(a *ledgertest.Author) []ledger.Entry {
	entries := []ledger.Entry{a.Open("1403", "c1", nil)}
	next := func(events ...payment.Event) {
		p := entries[len(entries)-1].After
		entries = append(entries, a.Next(p, events...))
	}
	first := entries[0].After
	found := &payment.Found{
		Standing: payment.StandingCaptured, Amount: 4000, Approval: "765432", ApprovedAt: "20261124120000", Slips: []string{"123456789013"}, ShipDate: "2026-12-26", Code: "30",
	}
	gone := &payment.Found{Standing: payment.StandingCanceled, Amount: 4000, Code: "40"}
	differs := func(f *payment.Found) payment.Event {
		return payment.Event{Kind: payment.KindAttention, Attempt: 1, Reason: payment.ProviderDiffers, Code: f.Code, Found: f, Actor: "kessai"}
	}
	next(ledgertest.Authorized(first))
	next(payment.Event{Kind: payment.KindUnconfirmed, Actor: "kessai"})
	next(payment.Event{Kind: payment.KindOrderRegistered, Dated: first.Created, Actor: "key:a"})
	next(payment.Event{Kind: payment.KindSlipLate, Days: 7, Actor: "kessai"})
	next(payment.Event{Kind: payment.KindHoldExpiring, Days: 14, Until: first.Created.AddDate(0, 0, 60), Actor: "kessai"})
	next(differs(found))
	next(payment.Event{Kind: payment.KindProposed, Attempt: 1, Amount: 5080, Found: found, Note: "telephone", Actor: "key:a"})
	next(payment.Event{Kind: payment.KindCorrected, Attempt: 1, Amount: 4000, Found: found, Note: "as proposed", Actor: "key:b"})
	next(differs(gone))
	next(payment.Event{Kind: payment.KindDismissed, Attempt: 1, Found: gone, Note: "the provider was wrong", Actor: "key:a"})
	return entries
}

// bought is captured at the purchase, at the second try; its hold was made anew before that.
func bought(a *ledgertest.Author) []ledger.Entry {
	entries := []ledger.Entry{a.Open("1405", "b1", nil)}
	next := func(events ...payment.Event) {
		p := entries[len(entries)-1].After
		entries = append(entries, a.Next(p, events...))
	}
	now := func() *payment.Payment { return entries[len(entries)-1].After }
	owed := ledgertest.Asked(now(), payment.OpCapture, 5080)
	owed.Owed = true
	next(ledgertest.Authorized(now()), owed)
	next(payment.Event{Kind: payment.KindReleased, Attempt: 1, Operation: payment.OpCapture, Amount: 5080, Reason: payment.ProviderUnreachable})
	renew := ledgertest.Asked(now(), payment.OpReauthorize, 5080)
	renew.Approval, renew.Approved, renew.Beside = "123456", "20261122100000", true
	next(renew)
	next(payment.Event{Kind: payment.KindReauthorized, Attempt: 1, Amount: 5080, Approval: "654321", Approved: "20261123100000", Until: now().Created.AddDate(0, 0, 8)})
	next(owed)
	next(ledgertest.Fact(now(), payment.KindCaptured, 5080))
	return entries
}

// moved is an order that another system authorized.
func moved(t *testing.T, a *ledgertest.Author) []ledger.Entry {
	e := a.Open("1404", "m1", nil)
	e.Events[0].Opening.Foreign = "WC0001404"
	e.Events = append(e.Events[:1:1], payment.Event{
		Sequence: 2, Time: e.Events[0].Time, Kind: payment.KindImported, Attempt: 1, Amount: 5080, Until: e.Events[0].Time.AddDate(0, 0, 60),
		Found: &payment.Found{Standing: payment.StandingHeld, Amount: 5080, Approval: "123456", ApprovedAt: "20261101101500", Code: "4"},
	})
	var err error
	if e.After, err = payment.Replay(nil, e.Events); err != nil {
		t.Fatal(err)
	}
	return []ledger.Entry{e}
}

// captured is challenged, authenticated in two goes, authorized, converted,
// adjusted, captured, settled and given back.
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
	asked := ledgertest.Asked(now(), payment.OpAuthenticate, 5080)
	asked.Result, asked.Private = "0000", []byte("what the browser brought back")
	next(asked)
	next(ledgertest.Fact(now(), payment.KindUnanswered, 0))
	next(ledgertest.Asked(now(), payment.OpAuthenticate, 5080))
	next(ledgertest.Authorized(now()))
	next(payment.Event{Kind: payment.KindConverted, Amount: 5080})
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
	again := payment.Event{
		Kind: payment.KindAsked, Operation: payment.OpAuthorize, Attempt: 2, Amount: 5080, Count: 3,
		Card: &card.Hint{Brand: card.BrandVisa, LastFour: "1111", Expiry: "1230"}, Secure: true, Save: true,
	}
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

// registered is a card that is kept without a purchase, after 3-D Secure was
// failed with another one.
func registered(a *ledgertest.Author) []ledger.Entry {
	entries := []ledger.Entry{a.Register("a5", nil)}
	p := entries[0].After
	add := func(events ...payment.Event) {
		e := a.Next(p, events...)
		entries, p = append(entries, e), e.After
	}
	challenged := ledgertest.Fact(p, payment.KindChallenged, 0)
	challenged.Private, challenged.Until = []byte("token"), p.Created.Add(payment.ChallengeTTL)
	add(challenged)
	add(payment.Event{Kind: payment.KindDeclined, Attempt: 1, Reason: payment.AuthenticationFailed, Code: "0002"})
	add(payment.Event{Kind: payment.KindAsked, Operation: payment.OpAuthorize, Attempt: 2, Amount: 1, Secure: true, Save: true})
	challenged = ledgertest.Fact(p, payment.KindChallenged, 0)
	challenged.Private, challenged.Until = []byte("token"), p.Created.Add(payment.ChallengeTTL)
	add(challenged)
	asked := ledgertest.Asked(p, payment.OpAuthenticate, 1)
	asked.Result, asked.Private = "0001", []byte("what the browser brought back")
	add(asked)
	add(ledgertest.Authorized(p), payment.Event{Kind: payment.KindAsked, Operation: payment.OpCancel, Attempt: 2, Amount: 1})
	add(payment.Event{Kind: payment.KindCanceled, Attempt: 2})
	return entries
}

// alone is paid with a stored card: first with the shopper, which is declined,
// then by the server alone.
func alone(t *testing.T, a *ledgertest.Author) []ledger.Entry {
	first := a.OpenPending("1399", "a6")
	opening := first.Events[0].Opening
	opening.Delivery, opening.Yamato, opening.ReturnURI = "d-1", true, "https://shop.example/thanks"
	after, err := payment.Replay(nil, first.Events)
	if err != nil {
		t.Fatal(err)
	}
	first.After = after
	asked := payment.Event{Kind: payment.KindAsked, Operation: payment.OpAuthorize, Attempt: 1, Amount: 5080, Count: 1, Stored: "card-1", Secure: true}
	entries := []ledger.Entry{first, a.Next(first.After, asked)}
	p := entries[1].After
	add := func(events ...payment.Event) {
		e := a.Next(p, events...)
		entries, p = append(entries, e), e.After
	}
	add(payment.Event{Kind: payment.KindDeclined, Attempt: 1, Reason: payment.AuthenticationSkipped})
	add(payment.Event{Kind: payment.KindAsked, Operation: payment.OpAuthorize, Attempt: 2, Amount: 5080, Count: 1, Stored: "card-2", Alone: true})
	add(ledgertest.Authorized(p))
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
