package moving

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/encoding/japanese"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

var (
	tenant = shop.Tenant{Shop: "demo", Environment: shop.Test}
	caller = processor.Caller{Tenant: tenant, Actor: "key:5d48f102"}
)

// provider answers for each acceptance number.
type provider struct {
	mu     sync.Mutex
	trades map[string]payment.Trade
	asked  []payment.Import
	wrote  int
}

func (p *provider) TakeOver(_ context.Context, _ processor.Caller, cmd payment.Import, dry bool) (processor.Taken, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, cmd)
	t, ok := p.trades[cmd.Acceptance]
	switch {
	case cmd.Acceptance == "DOWN":
		return processor.Taken{}, errors.New("no connection")
	case cmd.Acceptance == "TAKEN":
		return processor.Taken{}, &payment.Refusal{Reason: payment.OrderNumberTaken}
	case !ok || dry:
		return processor.Taken{Trade: t}, nil
	}
	p.wrote++
	return processor.Taken{Trade: t, Payment: &payment.Payment{ID: payment.NewID(time.Unix(1, 0), 1)}}, nil
}

// books keep one document and the trail.
type books struct {
	ledger.Shops
	mu    sync.Mutex
	doc   *ledger.Document
	trail []ledger.AuditEntry
	stale int // so many revisions are too late
}

func (b *books) EachDocument(_ context.Context, yield func(ledger.Document) bool) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.doc != nil {
		yield(*b.doc)
	}
	return nil
}

func (b *books) Revise(_ context.Context, r ledger.Revision) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := r.Check(); err != nil {
		return err
	}
	if b.stale--; b.stale >= 0 {
		return ledger.ErrStale
	}
	d := r.Documents[0]
	d.Version++
	b.doc, b.trail = &d, append(b.trail, r.Trail...)
	return nil
}

type rig struct {
	*Importer
	provider *provider
	books    *books
	now      time.Time
}

func newRig() *rig {
	r := &rig{provider: &provider{trades: map[string]payment.Trade{}}, books: &books{}, now: time.Date(2026, 11, 24, 12, 0, 0, 0, shop.Tokyo)}
	d := shop.NewLive(&shop.Directory{Shops: map[shop.ID]*shop.Shop{"demo": {
		Contracts: map[shop.Environment]shop.Contract{shop.Test: {ID: "c", HoldDays: 60}},
		Settings:  shop.Settings{Deliveries: []shipping.Method{{ID: "takkyubin", Name: "宅急便", Carrier: shipping.CarrierYamato}}},
	}}})
	r.Importer = New(Options{Payments: r.provider, Directory: d, Books: r.books, Clock: func() time.Time { return r.now }, Logger: slog.New(slog.DiscardHandler)})
	return r
}

func (r *rig) run(t *testing.T, content string, dry bool) Report {
	t.Helper()
	report, err := r.Import(t.Context(), caller, []byte(content), dry)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range report.Orders {
		if o.English == "" || o.Japanese == "" {
			t.Errorf("line %d has no words", o.Line)
		}
	}
	return report
}

// R42 P15 P66 P67: a file in any of the forms that systems write is read, with
// each column wherever it is; rows that cannot be meant so are refused one by one.
func TestRead(t *testing.T) {
	r := newRig()
	for _, n := range []string{"1396", "WC-1", "WC-2"} {
		r.provider.trades[n] = payment.Trade{Standing: payment.StandingHeld, Amount: 5080}
	}
	text := "状態,メモ,配送方法,受付番号,受注番号\r\n与信完了,\"改行\nとカンマ,\",宅急便,WC-1,A-1\r\n,,takkyubin,,1396\r\n"
	sjis, err := japanese.ShiftJIS.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"UTF-8": text, "with its mark": "\uFEFF" + text, "CP932": sjis, "LF": strings.ReplaceAll(text, "\r\n", "\n")} {
		r.provider.asked = nil
		report := r.run(t, content, true)
		if len(report.Orders) != 2 || report.Imported != 2 || report.Differing != 0 || report.Orders[0].Line != 2 || report.Orders[1].Line != 4 {
			t.Errorf("%s: %+v", name, report)
		}
		for _, cmd := range r.provider.asked {
			want := payment.Import{OrderNumber: "A-1", Acceptance: "WC-1", Delivery: "takkyubin", Yamato: true}
			if cmd.OrderNumber == "1396" {
				want = payment.Import{OrderNumber: "1396", Acceptance: "1396", Delivery: "takkyubin", Yamato: true}
			}
			if cmd != want {
				t.Errorf("%s: %+v", name, cmd)
			}
		}
	}
	for _, bad := range []string{"", "1396,WC1\r\n", "order_number\r\n\"13", "\x82", strings.Repeat("x", MaxFile+1), "order_number\r\n" + strings.Repeat("1\r\n", MaxRows+1)} {
		var invalid *payment.InvalidError
		if _, err := r.Import(t.Context(), caller, []byte(bad), true); !errors.As(err, &invalid) {
			t.Errorf("%.20q: %v", bad, err)
		}
	}
}

// R42: what the provider shows decides, whatever the old system believed.
func TestVerdicts(t *testing.T) {
	held := payment.Trade{Standing: payment.StandingHeld, Amount: 5080}
	of := func(s payment.Standing) payment.Trade { return payment.Trade{Standing: s, Amount: 5080} }
	tests := []struct {
		row, want string
		trade     payment.Trade
	}{
		{"A,N,AUTHORIZED", "IMPORTED", held},
		{"A,N,authorized", "IMPORTED", held},
		{"A,N,", "IMPORTED", held},
		{"A,N,CAPTURED", "IMPORTED!", held},
		{"A,N,AUTHORIZED", "IMPORTED", of(payment.StandingReserved)},
		{"A,N,AUTHORIZED", "IMPORTED!", of(payment.StandingCaptured)},
		{"A,N,売上確定", "IMPORTED", of(payment.StandingSettled)},
		{"A,N,SETTLED", "IMPORTED!", of(payment.StandingCaptured)},
		{"A,N,取消", "CLOSED", of(payment.StandingCanceled)},
		{"A,N,取消", "CLOSED", of(payment.StandingNone)},
		{"A,N,取消", "IMPORTED!", held},
		{"A,N,AUTHORIZED", "CLOSED!", of(payment.StandingCanceled)},
		{"A,N,AUTHORIZED", "CLOSED!", of(payment.StandingNone)},
		{"A,N,AUTHORIZED", "UNANSWERED", of(payment.StandingWaiting)},
		{"A,N,AUTHORIZED", "REFUSED!", of(payment.StandingAttention)},
		{"A,N,AUTHORIZED", "REFUSED", payment.Trade{Standing: payment.StandingHeld}},
		{"A,DOWN,AUTHORIZED", "UNANSWERED", held},
		{"A,TAKEN,AUTHORIZED", "REFUSED!", payment.Trade{}},
		{"A,N,SHINY", "REFUSED", held},
		{"A,n,", "REFUSED", held},
		{",N,", "REFUSED", held},
		{"4.71E+11,N,", "REFUSED", held},
		{"A,4.71E+11,", "REFUSED", held},
		{strings.Repeat("注", 65) + ",N,", "REFUSED", held},
	}
	for _, c := range tests {
		r := newRig()
		r.provider.trades["N"] = c.trade
		o := r.run(t, "order,acceptance_number,state\r\n"+c.row+"\r\n", false).Orders[0]
		got := string(o.Verdict)
		if o.Differs {
			got += "!"
		}
		if got != c.want {
			t.Errorf("%s of %+v: %s, want %s (%s)", c.row, c.trade, got, c.want, o.English)
		}
	}
}

// P15 P64: an order that the file has twice is taken over once.
func TestTwiceInFile(t *testing.T) {
	r := newRig()
	r.provider.trades["N"] = payment.Trade{Standing: payment.StandingHeld, Amount: 1}
	report := r.run(t, "order,acceptance_number\r\nA,N\r\nB,N\r\nA,M\r\n", false)
	if r.provider.wrote != 1 || report.Orders[1].Verdict != Refused || report.Orders[2].Verdict != Refused {
		t.Errorf("%d written, %+v", r.provider.wrote, report.Orders)
	}
}

// R42: dry runs write no payment, are in the audit trail, and count the days since
// all was quiet; one that could not ask about all proves nothing, and one that
// finds a difference begins anew.
func TestQuietDays(t *testing.T) {
	r := newRig()
	r.books.stale = 2 // somebody else's file comes to its end just before
	r.provider.trades["N"] = payment.Trade{Standing: payment.StandingHeld, Amount: 1}
	const same, other, unsure, none = "order\r\nN\r\n", "order,state\r\nN,取消\r\n", "order\r\nN\r\nDOWN\r\n", "order\r\n"
	for i, step := range []struct {
		file  string
		hours int
		want  int
	}{{none, 0, 0}, {unsure, 1, 0}, {same, 0, 0}, {same, 13, 1}, {unsure, 24, 2}, {same, 24, 3}, {other, 1, 0}, {same, 1, 0}, {same, 48, 2}} {
		r.now = r.now.Add(time.Duration(step.hours) * time.Hour)
		if got := r.run(t, step.file, true).QuietDays; got != step.want {
			t.Errorf("step %d: %d quiet days, want %d", i, got, step.want)
		}
	}
	if r.provider.wrote != 0 || len(r.books.trail) != 9 {
		t.Errorf("%d written, %d in the trail", r.provider.wrote, len(r.books.trail))
	}
	last := r.books.trail[6]
	if last.Actor != caller.Actor || last.Action != "compared" || last.Fields[2].After != "1" {
		t.Errorf("%+v", last)
	}
}

// FuzzRead: no file makes it panic, and every row has its place.
func FuzzRead(f *testing.F) {
	f.Add([]byte("order_number,state\r\n1,2\r\n"))
	f.Add([]byte("\x8e\xf3\x92\x8d\x94\xd4\x8d\x86\r\n1\r\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		rows, err := read(content)
		for i := range rows {
			if rows[i].line < 2 || i > 0 && rows[i].line <= rows[i-1].line {
				t.Errorf("row %d is on line %d, %v", i, rows[i].line, err)
			}
		}
	})
}
