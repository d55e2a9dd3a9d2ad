package explain

import (
	"encoding/base64"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/payment"
)

// constants reads the texts of the constants of a type, where they are declared.
func constants(t *testing.T, file, typ string) (list []string) {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), "../payment/"+file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); ok && name.Name == typ {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, text)
		}
		return true
	})
	if len(list) < 20 {
		t.Fatalf("found only %d of %s", len(list), typ)
	}
	return list
}

// R41: every reason that there is has its words, in both languages; a reason of a
// later version is told by its name.
func TestEveryReasonHasWords(t *testing.T) {
	for _, r := range constants(t, "reason.go", "Reason") {
		if _, ok := reasons[payment.Reason(r)]; !ok {
			t.Errorf("%s has no words", r)
		}
		a := adviceFor(payment.Reason(r))
		spoken(t, r, a.japanese, a.english)
	}
	if a := adviceFor("LATER"); a.again || !strings.Contains(a.english, "LATER") || !strings.Contains(a.japanese, "LATER") {
		t.Errorf("%+v", a)
	}
	for _, op := range payment.Operations() {
		spoken(t, op.String(), operationWords[op].ja, operationWords[op].en)
	}
	for _, s := range payment.States() {
		spoken(t, s.String(), stateWords[s].ja, stateWords[s].en)
	}
}

// spoken wants Japanese that is Japanese and English that has none of it.
func spoken(t *testing.T, what, ja, en string) {
	t.Helper()
	japanese := func(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han) }
	if !strings.ContainsFunc(ja, japanese) || en == "" || strings.ContainsFunc(en, japanese) || strings.Contains(en, "  ") || strings.Contains(ja+en, "%!") {
		t.Errorf("%s: %q, %q", what, ja, en)
	}
}

// Every kind of event is told in words of its own.
func TestEveryKindIsTold(t *testing.T) {
	p := &payment.Payment{State: payment.Authorized}
	for _, k := range constants(t, "event.go", "Kind") {
		e := payment.Event{Kind: payment.Kind(k), Attempt: 1, Days: 3, Slip: "1", ShipDate: "2026-12-24"}
		text := tell(p, []payment.Event{e}, 0)
		spoken(t, k, text.ja, text.en)
		if strings.Contains(text.en, "There was the event") {
			t.Errorf("%s has no words", k)
		}
	}
}

// histories are those of every book that was ever recorded.
func histories(t *testing.T) (all [][]payment.Event) {
	t.Helper()
	books, err := filepath.Glob("../ledger/testdata/*.book")
	if err != nil || len(books) == 0 {
		t.Fatalf("no recorded books: %v", err)
	}
	for _, path := range books {
		book, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var history []payment.Event
		for line := range strings.Lines(string(book)) {
			kind, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
			if kind == "payment" {
				all, history = append(all, history), nil
				continue
			}
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
			history = append(history, e)
		}
	}
	return all
}

// R41: whatever happened to a payment, at any moment of its life, its story is told
// whole: a step an event, causes before what they led to, both languages.
func TestRecordedBooksAreTold(t *testing.T) {
	stories, failures := 0, 0
	for _, whole := range histories(t) {
		for n := 1; n <= len(whole); n++ {
			history := whole[:n]
			p, err := payment.Replay(nil, history)
			if err != nil {
				t.Fatal(err)
			}
			s := Tell(p, history, history[n-1].Time.Add(time.Hour))
			stories++
			spoken(t, "summary", s.SummaryJapanese, s.SummaryEnglish)
			if s.NextEnglish != "" || s.NextJapanese != "" {
				spoken(t, "next", s.NextJapanese, s.NextEnglish)
			}
			if p.Attention != "" && s.NextEnglish == "" {
				t.Errorf("%s needs an operator, who is not told what to do", p.ID)
			}
			for i, step := range s.Steps {
				if step.Sequence != i+1 || step.Cause < 0 || step.Cause >= step.Sequence || step.Unknown < 0 {
					t.Errorf("%s: %+v", p.ID, step)
				}
				spoken(t, string(history[i].Kind), step.Japanese, step.English)
				if f, ok := failureAt(p, history, i); ok {
					failures++
					spoken(t, string(f.Kind), f.Japanese, f.English)
					if f.Kind == Unanswered && f.RetrySafe {
						t.Errorf("%s: nobody knows, and it may be repeated: %+v", p.ID, f)
					}
				}
			}
		}
	}
	if stories < 100 || failures < 20 {
		t.Errorf("only %d stories and %d failures", stories, failures)
	}
}

// seen is a story in short: sequence, cause and seconds unknown.
func seen(s Story) (list [][3]int) {
	for _, step := range s.Steps {
		list = append(list, [3]int{step.Sequence, step.Cause, int(step.Unknown / time.Second)})
	}
	return list
}

// at sets the times of events by hand, in seconds after the first.
func at(p *payment.Payment, events []payment.Event, seconds ...int) []payment.Event {
	for i := range events {
		events[i].Sequence, events[i].Time = i+1, p.Created.Add(time.Duration(seconds[i])*time.Second)
	}
	return events
}

// P17 R41: a lost answer is told as unknown, for as long as it was, and then as what
// it proved to be; what it led to names its cause.
func TestStoryOfALostAnswer(t *testing.T) {
	entry := ledgertest.NewAuthor(1).Open("1", "r", nil)
	p := entry.After
	history := at(p, append(entry.Events,
		payment.Event{Kind: payment.KindUnanswered, Attempt: 1, Operation: payment.OpAuthorize},
		payment.Event{Kind: payment.KindDeclined, Attempt: 1, Reason: payment.ResultLost},
		payment.Event{Kind: payment.KindLateHold, Attempt: 1, Reason: payment.LateHold},
		payment.Event{Kind: payment.KindAsked, Operation: payment.OpCancel, Attempt: 1, Amount: 5080, Reason: payment.LateHold},
		payment.Event{Kind: payment.KindCanceled, Attempt: 1, Amount: 5080, Reason: payment.LateHold},
	), 0, 0, 30, 60, 360, 360, 362)
	p, err := payment.Replay(nil, history)
	if err != nil {
		t.Fatal(err)
	}
	want := [][3]int{{1, 0, 0}, {2, 0, 0}, {3, 2, 30}, {4, 2, 60}, {5, 4, 0}, {6, 5, 0}, {7, 6, 0}}
	history[1].Request = &payment.Request{Method: "ConfirmPayment"}
	s := Tell(p, history, p.Updated)
	for i, have := range seen(s) {
		if have != want[i] {
			t.Errorf("step %v, want %v: %s", have, want[i], s.Steps[i].English)
		}
	}
	open := history[:3]
	if p, err = payment.Replay(nil, open); err != nil {
		t.Fatal(err)
	}
	f, ok := failureAt(p, open, 2)
	if !ok || f.Kind != Unanswered || f.Resolved || f.RetrySafe || f.Amount != 5080 || f.Operation != payment.OpAuthorize || !strings.Contains(f.English, "do not repeat") {
		t.Errorf("%+v", f)
	}
	if f, _ = failureAt(p, history, 2); !f.Resolved {
		t.Errorf("it is answered: %+v", f)
	}
}

// What may be repeated without harm, and what is over.
func TestRetrySafe(t *testing.T) {
	author := ledgertest.NewAuthor(1)
	for _, tc := range []struct {
		event    payment.Event
		kind     Kind
		safe     bool
		resolved bool
	}{
		{payment.Event{Kind: payment.KindRefused, Reason: payment.ProviderBusy}, Refused, true, false},
		{payment.Event{Kind: payment.KindRefused, Reason: payment.TooLate}, Refused, false, false},
		{payment.Event{Kind: payment.KindReleased, Reason: payment.ProviderUnreachable}, NotSent, true, false},
		{payment.Event{Kind: payment.KindReleased, Reason: payment.AmountChangeHalfDone}, NotSent, false, false},
		{payment.Event{Kind: payment.KindUnanswered}, Unanswered, false, false},
		{payment.Event{Kind: payment.KindCaptured}, "", false, false},
	} {
		entry := author.Open("1", "r", nil)
		history := append(entry.Events, ledgertest.Authorized(entry.After), payment.Event{Kind: payment.KindAsked, Operation: payment.OpCapture, Amount: 5080, Attempt: 1})
		tc.event.Attempt, tc.event.Operation = 1, payment.OpCapture
		history = at(entry.After, append(history, tc.event), 0, 0, 1, 2, 3)
		p, err := payment.Replay(nil, history)
		if err != nil {
			t.Fatal(err)
		}
		f, ok := failureAt(p, history, 4)
		if ok != (tc.kind != "") || ok && (f.Kind != tc.kind || f.RetrySafe != tc.safe || f.Resolved != tc.resolved || f.Amount != 5080 || f.Acceptance != p.ID.Acceptance(1)) {
			t.Errorf("%s %s: %+v", tc.event.Kind, tc.event.Reason, f)
		}
	}
	hard := payment.Event{Hard: true}
	if retrySafe(&Failure{Kind: Declined, Reason: payment.CardDeclined}, &hard) {
		t.Error("P90: a hard decline is tried again")
	}
}
