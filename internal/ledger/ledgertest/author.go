package ledgertest

import (
	"encoding/binary"
	"fmt"
	"sync"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Author writes payments as the processor would: real events, folded by the
// real Apply. The same seed writes the same ids. It is safe for concurrent use.
type Author struct {
	Tenant shop.Tenant

	mu    sync.Mutex
	now   time.Time
	count uint64
	seed  uint64
}

// NewAuthor gives an author for a shop in TEST.
func NewAuthor(seed uint64) *Author {
	return &Author{
		Tenant: shop.Tenant{Shop: "demo", Environment: shop.Test},
		now:    time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC),
		seed:   seed,
	}
}

// tick moves the author's clock: every event has its own moment.
func (a *Author) tick() (time.Time, uint64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.now = a.now.Add(time.Millisecond)
	a.count++
	return a.now, a.count
}

// Count is how many moments of the author's have passed: it never repeats.
func (a *Author) Count() uint64 {
	_, n := a.tick()
	return n
}

// Open gives the entry that opens a payment for an order and asks for its
// authorization, with both claims. Private is kept with the created event.
func (a *Author) Open(order, request string, private []byte) ledger.Entry {
	now, n := a.tick()
	id := payment.NewID(now, a.seed<<32|n)
	opening := &payment.Opening{
		Tenant: a.Tenant, OrderNumber: order, Requested: 5080, Mode: shop.Authorize,
		Installments: 1, Customer: "c-" + order, Device: "pc",
	}
	e := a.next(id, nil,
		payment.Event{
			Kind: payment.KindCreated, ID: id, Opening: opening, Amount: opening.Requested, Actor: "sk_test", Private: private,
			Request: &payment.Request{Method: "CreatePayment", Key: request, Digest: digestOf(request)},
		},
		payment.Event{Kind: payment.KindAsked, Operation: payment.OpAuthorize, Attempt: 1, Amount: opening.Requested})
	e.Claims = []ledger.Claim{{Key: a.RequestKey(request)}, {Key: a.OrderKey(order)}}
	return e
}

// Register gives the entry that opens a payment which only registers a card.
func (a *Author) Register(request string, private []byte) ledger.Entry {
	e := a.Open("", request, private)
	opening := e.Events[0].Opening
	opening.Requested, opening.Customer, opening.Registration = 1, "c-"+request, true
	e.Events[0].Request.Method = "CreateCard"
	e.Events[0].Amount, e.Events[1].Amount, e.Events[1].Save = 1, 1, true
	e.Claims = e.Claims[:1]
	e.After = fold(nil, e.Events)
	return e
}

// OpenFor is Open with a delivery method and without private data.
func (a *Author) OpenFor(delivery, order, request string) ledger.Entry {
	e := a.Open(order, request, nil)
	e.Events[0].Opening.Delivery = delivery
	e.After = fold(nil, e.Events)
	return e
}

// OpenPending gives the entry that opens a payment nobody has a card for yet.
func (a *Author) OpenPending(order, request string) ledger.Entry {
	e := a.Open(order, request, nil)
	e.Events = e.Events[:1]
	e.After = fold(nil, e.Events)
	return e
}

// Next gives the entry of further events of a payment.
func (a *Author) Next(p *payment.Payment, events ...payment.Event) ledger.Entry {
	return a.next(p.ID, p, events...)
}

func (a *Author) next(id payment.ID, p *payment.Payment, events ...payment.Event) ledger.Entry {
	e := ledger.Entry{Payment: id, Events: events}
	if p != nil {
		e.Version = p.Version
	}
	for i := range events {
		events[i].Sequence = e.Version + i + 1
		events[i].Time, _ = a.tick()
	}
	e.After = fold(p, events)
	return e
}

// fold applies events; an author who writes nonsense is a bug of the suite.
func fold(p *payment.Payment, events []payment.Event) *payment.Payment {
	after, err := payment.Replay(p, events)
	if err != nil {
		panic(fmt.Sprintf("ledgertest wrote an impossible event: %v", err))
	}
	return after
}

// RequestKey is the key of an idempotency key of CreatePayment.
func (a *Author) RequestKey(value string) ledger.Key {
	return ledger.Key{Kind: ledger.KeyRequest, Tenant: a.Tenant, Value: "CreatePayment\x00" + value}
}

// OrderKey is the key of an order number.
func (a *Author) OrderKey(order string) ledger.Key {
	return ledger.Key{Kind: ledger.KeyOrder, Tenant: a.Tenant, Value: order}
}

// The facts and wishes a payment meets.

// Authorized is the answer yes.
func Authorized(p *payment.Payment) payment.Event {
	return payment.Event{Kind: payment.KindAuthorized, Attempt: len(p.Attempts), Amount: p.Amount, Approval: "123456", Approved: "20261122100000", Until: p.Created.AddDate(0, 0, 7)}
}

// Declined is the answer no.
func Declined(p *payment.Payment) payment.Event {
	return payment.Event{Kind: payment.KindDeclined, Attempt: len(p.Attempts), Reason: payment.CardDeclined, Code: "A082000003"}
}

// Asked is a wish about the current attempt.
func Asked(p *payment.Payment, op payment.Operation, amount money.Yen) payment.Event {
	return payment.Event{Kind: payment.KindAsked, Operation: op, Attempt: max(p.Winner, len(p.Attempts)), Amount: amount}
}

// Fact is the answer yes to such a wish.
func Fact(p *payment.Payment, kind payment.Kind, amount money.Yen) payment.Event {
	return payment.Event{Kind: kind, Attempt: max(p.Winner, len(p.Attempts)), Amount: amount}
}

// Superseded ends a payment that holds nothing.
func Superseded() payment.Event {
	return payment.Event{Kind: payment.KindCanceled, Reason: payment.Superseded}
}

func digestOf(s string) []byte {
	b := make([]byte, 16)
	binary.BigEndian.PutUint64(b, uint64(len(s)))
	copy(b[8:], s)
	return b
}
