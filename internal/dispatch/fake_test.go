package dispatch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

var (
	noon   = time.Date(2026, 11, 24, 12, 0, 0, 0, shop.Tokyo)
	tenant = shop.Tenant{Shop: "first", Environment: shop.Test}
	caller = processor.Caller{Tenant: tenant, Actor: "key"}

	errDead = errors.New("the process was killed")
)

// house is a processor in memory, with the rules of payment and a provider behind
// it, whose process can be killed between any two of its steps.
type house struct {
	shop *shop.Shop
	now  time.Time

	mu       sync.Mutex
	payments map[payment.ID]*payment.Payment
	events   map[payment.ID][]payment.Event
	orders   map[payment.ID]*payment.Order
	numbers  map[string]payment.ID
	keys     map[string]payment.ID
	digests  map[string][]byte
	next     uint64
	life     int // steps until it is killed; negative: never

	provider  map[string][]string // slips at the provider by acceptance number
	entered   []string            // every E01 that was taken, as "acceptance slip"
	asked     int                 // every E01 that came
	refuse    func(acceptance, slip string) payment.Reason
	inquiries int
	away      func(slip string) bool // E01 with the slip is not sent
	silent    bool                   // no certain answer to E01
	code      string                 // what it says then
}

func newHouse() *house {
	return &house{
		shop: &shop.Shop{
			ID: "first", Contracts: map[shop.Environment]shop.Contract{shop.Test: {
				ID: "first", TraderCode: "888889999", HoldDays: 45, Flags: shop.Flags{TestAllowed: true, CaptureByCode99: true},
			}},
			Settings: shop.Settings{
				Deliveries: []shipping.Method{{ID: "takkyubin", Carrier: shipping.CarrierYamato}, {ID: "other", Carrier: "other"}},
				Sender: shop.Sender{
					Name: "黒猫商店", NameKana: "クロネコショウテン", PostalCode: "104-8125", Address: "東京都中央区銀座2-16-10", Phone: "03-3541-3411",
					BillingCode: "0335413411", FreightNumber: "01",
				},
			},
		},
		now: noon, payments: map[payment.ID]*payment.Payment{}, events: map[payment.ID][]payment.Event{}, orders: map[payment.ID]*payment.Order{},
		numbers: map[string]payment.ID{}, keys: map[string]payment.ID{}, digests: map[string][]byte{}, life: -1, provider: map[string][]string{},
	}
}

func (h *house) desk() *Desk {
	return New(Options{Payments: h, Directory: &shop.Directory{Shops: map[shop.ID]*shop.Shop{"first": h.shop}}, Clock: func() time.Time { return h.now }})
}

func (h *house) rules() payment.Rules {
	return payment.Rules{Now: h.now, Contract: h.shop.Contracts[shop.Test], Settings: h.shop.Settings}
}

// step is one thing that a process does; a killed one does nothing more.
func (h *house) step() error {
	if h.life == 0 {
		return errDead
	}
	h.life--
	return nil
}

func (h *house) apply(id payment.ID, events []payment.Event) error {
	if err := h.step(); err != nil {
		return err
	}
	p, err := payment.Replay(h.payments[id], events)
	if err != nil {
		panic(err)
	}
	h.payments[id], h.events[id] = p, append(h.events[id], events...)
	return nil
}

// order makes an authorized order.
func (h *house) order(number, delivery string, to ...payment.Address) *payment.Payment {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.next++
	id := payment.NewID(h.now.Add(time.Duration(h.next)*time.Millisecond), h.next*7919)
	events, err := payment.Begin(id, h.shop, tenant, payment.Create{
		Amount: 5080, OrderNumber: number, Delivery: delivery, Means: payment.Means{Token: card.Token("SIMAPPROVED00000")},
	}, h.rules())
	if err != nil {
		panic(err)
	}
	h.must(h.apply(id, events))
	h.must(h.apply(id, payment.Conclude(h.payments[id], 1, payment.Fact{Outcome: payment.Yes, Approval: "123456"}, h.rules())))
	h.numbers[number] = id
	h.orders[id] = &payment.Order{
		ShipTos: to, Buyer: &payment.Buyer{Name: "受取 花子", NameKana: "ウケトリ ハナコ", Phone: "09012345678"},
		Lines: []payment.Line{{Name: "靴", Quantity: 1, UnitAmount: 5080}},
	}
	return h.payments[id]
}

func (h *house) must(err error) {
	if err != nil {
		panic(err)
	}
}

func (h *house) own(id payment.ID) (*payment.Payment, error) {
	if h.life == 0 {
		return nil, errDead
	}
	p, ok := h.payments[id]
	if !ok {
		return nil, ledger.ErrNotFound
	}
	return p, nil
}

func (h *house) Preview(_ context.Context, _ processor.Caller, id payment.ID, cmd payment.Command) (*payment.Payment, []payment.Event, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p, err := h.own(id)
	if err != nil {
		return nil, nil, err
	}
	events, err := payment.Decide(p, cmd, h.rules())
	return p, events, err
}

func (h *house) ByOrder(_ context.Context, _ processor.Caller, number string) (*payment.Payment, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.own(h.numbers[number])
}

func (h *house) ByAcceptance(_ context.Context, _ processor.Caller, number string) (*payment.Payment, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	id, n, err := payment.ParseAcceptance(number)
	if err != nil {
		return nil, ledger.ErrNotFound
	}
	p, err := h.own(id)
	if err == nil && n > len(p.Attempts) {
		return nil, ledger.ErrNotFound
	}
	return p, err
}

func (h *house) Order(_ context.Context, _ processor.Caller, id payment.ID) (*payment.Order, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, err := h.own(id)
	return h.orders[id], err
}

func (h *house) History(_ context.Context, _ processor.Caller, id payment.ID) ([]payment.Event, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, err := h.own(id)
	return h.events[id], err
}

func (h *house) List(_ context.Context, _ processor.Caller, q ledger.Query) (ledger.Page, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var page ledger.Page
	for id, p := range h.payments {
		if q.Filter.Match(p) && (q.Before == "" || id < q.Before) {
			page.Payments = append(page.Payments, p)
		}
	}
	slices.SortFunc(page.Payments, func(a, b *payment.Payment) int { return strings.Compare(string(b.ID), string(a.ID)) })
	if limit := min(q.Limit, 3); len(page.Payments) > limit { // small pages, so that there are many
		page = ledger.Page{Payments: page.Payments[:limit], More: true, Next: page.Payments[limit-1].ID}
	}
	return page, nil
}

// Command keeps the processor's promise about keys: what was begun is driven on,
// a refusal stays one, and nothing is done twice.
func (h *house) Command(_ context.Context, _ processor.Caller, r payment.Request, id payment.ID, cmd payment.Command) (processor.Result, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p, err := h.own(id)
	if err != nil {
		return processor.Result{}, err
	}
	key := r.Method + "\x00" + r.Key
	if had, ok := h.keys[key]; ok {
		return h.replay(had, key, r, cmd)
	}
	rules := h.rules()
	rules.Request = &r
	events, err := payment.Decide(p, cmd, rules)
	if err != nil {
		return processor.Result{}, err
	}
	if err := h.apply(id, events); err != nil {
		return processor.Result{}, err
	}
	h.keys[key], h.digests[key] = id, r.Digest
	err = h.drive(id)
	if _, ok := cmd.(payment.Ship); ok && err == nil && rules.Settings.B2.Registers {
		for _, slip := range h.payments[id].AwaitedSlips() {
			err = errors.Join(err, h.adopt(id, shipping.Slip(slip)))
		}
	}
	return processor.Result{Payment: h.payments[id]}, err
}

func (h *house) replay(id payment.ID, key string, r payment.Request, cmd payment.Command) (processor.Result, error) {
	if !bytes.Equal(h.digests[key], r.Digest) {
		return processor.Result{}, &processor.KeyReusedError{}
	}
	if q := h.payments[id].Question(); q != nil { // E04: the slip is there, or it never came
		a := h.payments[id].Current()
		events := payment.Release(h.payments[id], a.Number, payment.ResultLost, "", h.rules())
		if slices.Contains(h.provider[a.Acceptance], q.Slip) {
			events = payment.Conclude(h.payments[id], a.Number, payment.Fact{Outcome: payment.Yes}, h.rules())
		}
		if err := h.apply(id, events); err != nil {
			return processor.Result{}, err
		}
	}
	var err error
	list := h.events[id]
	if undone, passed := told(list, r); undone && passed {
		return processor.Result{Payment: h.payments[id], Replayed: true, Undone: true}, nil
	} else if undone {
		rules := h.rules()
		rules.Request = &r
		events, refused := payment.Decide(h.payments[id], cmd, rules)
		if refused != nil {
			return processor.Result{}, refused
		}
		if err = h.apply(id, events); err == nil {
			err = h.drive(id)
		}
	} else if e := list[len(list)-1]; e.Kind == payment.KindRefused {
		err = &payment.Refusal{Reason: e.Reason, Text: "the provider refused to ship (" + e.Code + ")"}
	}
	return processor.Result{Payment: h.payments[id], Replayed: true}, err
}

// told says whether a key's wish was taken back, and whether more has happened since.
func told(list []payment.Event, r payment.Request) (undone, passed bool) {
	for i := range list {
		switch e := &list[i]; {
		case e.Request != nil && e.Request.Key == r.Key:
			undone, passed = false, false
		case undone:
			passed = passed || !e.Kind.Aside()
		case e.Kind == payment.KindReleased:
			undone = true
		}
	}
	return undone, passed
}

// drive asks the provider, and writes its answer.
func (h *house) drive(id payment.ID) error {
	p := h.payments[id]
	for q := p.Question(); q != nil; q = p.Question() {
		if err := h.step(); err != nil {
			return err
		}
		a, fact := p.Current(), payment.Fact{Outcome: payment.Yes}
		if h.away != nil && h.away(q.Slip) {
			if err := h.apply(id, payment.Release(p, a.Number, payment.ProviderUnreachable, "", h.rules())); err != nil {
				return err
			}
			return &acquirer.NotSentError{Reason: payment.ProviderUnreachable}
		}
		switch q.Operation {
		case payment.OpShip:
			fact = h.enter(a.Acceptance, q.Slip)
		case payment.OpUnship:
			h.provider[a.Acceptance] = slices.DeleteFunc(h.provider[a.Acceptance], func(s string) bool { return s == q.Slip })
		}
		if h.silent {
			return h.apply(id, payment.Lose(p, a.Number, h.code, h.rules()))
		}
		if err := h.apply(id, payment.Conclude(p, a.Number, fact, h.rules())); err != nil {
			return err
		}
		if fact.Outcome == payment.No {
			return &payment.Refusal{Reason: fact.Reason, Text: "the provider refused to ship (" + fact.Code + ")"}
		}
		p = h.payments[id]
	}
	return nil
}

// enter is E01 at the provider.
func (h *house) enter(acceptance, slip string) payment.Fact {
	h.asked++
	if h.refuse != nil {
		if reason := h.refuse(acceptance, slip); reason != "" {
			return payment.Fact{Outcome: payment.No, Reason: reason, Code: "E011010451"}
		}
	}
	h.provider[acceptance] = append(h.provider[acceptance], slip)
	h.entered = append(h.entered, acceptance+" "+slip)
	return payment.Fact{Outcome: payment.Yes}
}

func (h *house) Adopt(_ context.Context, _ processor.Caller, id payment.ID, slip shipping.Slip) (*payment.Payment, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, err := h.own(id); err != nil {
		return nil, err
	}
	err := h.adopt(id, slip)
	return h.payments[id], err
}

func (h *house) adopt(id payment.ID, slip shipping.Slip) (err error) {
	p := h.payments[id]
	h.inquiries++
	t := payment.Trade{Standing: payment.StandingHeld, Amount: p.Amount, Code: "4"}
	if slips := h.provider[p.Acceptance()]; len(slips) > 0 {
		t = payment.Trade{Standing: payment.StandingCaptured, Amount: p.Amount, Code: "30", Slips: slips}
	}
	events := payment.Adopt(p, slip, t, h.rules())
	if events == nil {
		events = payment.Compare(p, t, h.rules())
	}
	if events != nil {
		err = h.apply(id, events)
	}
	return err
}

// versions says how far every payment is: what changed nothing leaves it alone.
func (h *house) versions() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []string
	for id, p := range h.payments {
		out = append(out, fmt.Sprint(id, p.Version))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func place(name, prefecture string) payment.Address {
	return payment.Address{Name: name, PostalCode: "600-8001", Prefecture: prefecture, City: "下京区", Line1: "四条通1-2-3", Phone: "0751234567"}
}

// imports brings a file in, which must work as a whole.
func (h *house) imports(t testing.TB, content []byte, dry bool) Report {
	t.Helper()
	report, err := h.desk().Import(t.Context(), caller, content, dry, nil)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

var _ Payments = (*house)(nil)
