package doctor

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, shop.Tokyo)

// till is Payments on one payment in memory; what the provider answers is set by
// the test. A question that is left open stays so.
type till struct {
	shop    *shop.Shop
	answers func(payment.Operation) payment.Fact // Outcome zero: none
	pay     *payment.Payment
	events  []payment.Event
	created []processor.Create
}

func (f *till) rules() payment.Rules {
	return payment.Rules{Now: noon, Contract: f.shop.Contracts[shop.Test], Settings: f.shop.Settings}
}

func (f *till) move(events []payment.Event) error {
	p, err := payment.Replay(f.pay, events)
	if err != nil {
		return err
	}
	f.pay, f.events = p, append(f.events, events...)
	if q := p.Question(); q != nil {
		if fact := f.answers(q.Operation); fact.Outcome != 0 {
			return f.move(payment.Conclude(p, p.Current().Number, fact, f.rules()))
		}
	}
	return nil
}

func (f *till) Create(_ context.Context, c processor.Caller, _ payment.Request, cmd processor.Create) (processor.Result, error) {
	f.pay, f.created = nil, append(f.created, cmd)
	events, err := payment.Begin(payment.NewID(noon, uint64(len(f.created))), f.shop, c.Tenant, cmd, f.rules())
	if err == nil {
		err = f.move(events)
	}
	return processor.Result{Payment: f.pay}, err
}

func (f *till) Command(ctx context.Context, _ processor.Caller, _ payment.Request, _ payment.ID, cmd payment.Command) (processor.Result, error) {
	if err := ctx.Err(); err != nil {
		return processor.Result{}, err
	}
	events, err := payment.Decide(f.pay, cmd, f.rules())
	if err == nil {
		err = f.move(events)
	}
	return processor.Result{Payment: f.pay}, err
}

func (f *till) Refresh(context.Context, processor.Caller, payment.ID) (*payment.Payment, error) {
	return f.pay, nil
}

func (f *till) History(context.Context, processor.Caller, payment.ID) ([]payment.Event, error) {
	return f.events, nil
}

// Watch tells once and then gives up, as if the time had passed.
func (f *till) Watch(_ context.Context, _ processor.Caller, _ payment.ID, send func(*payment.Payment) error) error {
	return errors.Join(send(f.pay), context.DeadlineExceeded)
}

func yes(payment.Operation) payment.Fact {
	return payment.Fact{Outcome: payment.Yes, Approval: "123456"}
}

// tried runs a test at a till.
func tried(t *testing.T, f *till, ask Ask, send func(Step) error) ([]Step, string, error) {
	t.Helper()
	contract := shop.Contract{ID: "c", TraderCode: "888889999", AccessKey: "1111111", HoldDays: 60, Flags: shop.Flags{TestAllowed: true, CaptureByCode99: true}}
	f.shop = &shop.Shop{ID: "s", Contracts: map[shop.Environment]shop.Contract{shop.Test: contract, shop.Production: contract}}
	var log bytes.Buffer
	d := New(Options{
		Payments: f, Directory: &shop.Directory{Shops: map[shop.ID]*shop.Shop{"s": f.shop}}, Simulated: true,
		Clock: func() time.Time { return noon }, Logger: slog.New(slog.NewTextHandler(&log, nil)),
	})
	env := shop.Test
	if ask.Production {
		env = shop.Production
	}
	var steps []Step
	err := d.Run(t.Context(), processor.Caller{Tenant: shop.Tenant{Shop: "s", Environment: env}}, payment.Request{Method: "RunConnectionTest", Key: "k"}, ask, func(s Step) error {
		steps = append(steps, s)
		return send(s)
	})
	return steps, log.String(), err
}

func heard(Step) error { return nil }

// R23: what is not known to be cancelled is named, in the step and in the log.
func TestUnknownIsNamed(t *testing.T) {
	for _, lost := range []payment.Operation{payment.OpAuthorize, payment.OpCapture, payment.OpCancel} {
		f := &till{answers: func(op payment.Operation) payment.Fact {
			if op == lost {
				return payment.Fact{}
			}
			return yes(op)
		}}
		steps, log, err := tried(t, f, Ask{}, heard)
		last := steps[len(steps)-1]
		if err != nil || last.Name != "cancel" || last.Result != Failed || !last.Last {
			t.Fatalf("%s: %v %+v", lost, err, steps)
		}
		if name := f.pay.ID.Name(); !strings.Contains(last.Message.English, name) || !strings.Contains(last.Message.Japanese, name) || !strings.Contains(log, string(f.pay.ID)) {
			t.Errorf("%s: %+v %s", lost, last, log)
		}
	}
}

// R23: who leaves in the middle leaves nothing behind.
func TestLeaving(t *testing.T) {
	gone := errors.New("gone")
	for _, at := range []string{"purchase", "inquiry", "capture", "adjust"} {
		f := &till{answers: yes}
		_, _, err := tried(t, f, Ask{Tokens: []card.Token{simulated, simulated}}, func(s Step) error {
			if s.Name == at {
				return gone
			}
			return nil
		})
		if !errors.Is(err, gone) || f.pay.State != payment.Canceled || len(f.created) != 1 {
			t.Errorf("left at %s: %v, %s, %d purchases", at, err, f.pay.State, len(f.created))
		}
	}
}

// R23 R24: with a real card one yen is authorized, found and given back; nothing
// is captured, and one token is needed.
func TestProduction(t *testing.T) {
	f := &till{answers: yes}
	steps, _, err := tried(t, f, Ask{Production: true, Tokens: []card.Token{"ABCDEFGH12345678"}}, heard)
	names := ""
	for _, s := range steps {
		names += " " + s.Name + ":" + string(s.Result)
	}
	if err != nil || names != " settings:passed payment_method:passed environment:passed purchase:passed inquiry:passed cancel:passed" {
		t.Errorf("%v%s", err, names)
	}
	c := f.created[0]
	if c.Amount != 1 || f.pay.Captured != 0 || f.pay.State != payment.Canceled || !strings.HasPrefix(c.OrderNumber, OrderPrefix) || c.Order.Buyer == nil {
		t.Errorf("%+v %+v", c, f.pay)
	}
	for _, ask := range []Ask{{Production: true}, {Production: true, Tokens: make([]card.Token, 2)}, {Tokens: make([]card.Token, MaxTokens+1)}} {
		var invalid *payment.InvalidError
		if _, _, err := tried(t, &till{answers: yes}, ask, heard); !errors.As(err, &invalid) || invalid.Violations[0].Field != "card_tokens" {
			t.Errorf("%d tokens: %v", len(ask.Tokens), err)
		}
	}
}

// R13 R24 R25: what a declined purchase means, by reason, by code, and by
// environment.
func TestDeclined(t *testing.T) {
	for _, c := range []struct {
		why        *payment.Decline
		production bool
		en, ja     string
	}{
		{nil, false, "NG test card", "NGテストカード"},
		{&payment.Decline{Reason: payment.CardDeclined, Code: "A082000010/G12"}, false, "NG test card", "NGテストカード"},
		{&payment.Decline{Reason: payment.CardDeclined, Code: "A082000010/G12"}, true, "test card never works", "テストカードは使えません"},
		{&payment.Decline{Reason: payment.TokenInvalid, Code: "A082000004"}, false, "30 minutes", "30分"},
		{&payment.Decline{Reason: payment.AuthenticationSkipped}, false, "demands 3-D Secure", "3Dセキュアが必須"},
		{&payment.Decline{Reason: payment.AuthenticationFailed}, true, "3-D Secure failed", "認証に失敗"},
	} {
		a := (&trial{ask: Ask{Production: c.production}}).declined(c.why)
		if !strings.Contains(a.English, c.en) || !strings.Contains(a.Japanese, c.ja) || c.why != nil && a.Code != c.why.Code {
			t.Errorf("%+v: %+v", c.why, a)
		}
	}
}
