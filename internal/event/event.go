// Package event tells the world outside what happened, in the order of the books:
// which event of a payment is told under which public type, and its thin form, that
// lists, watchers and webhooks all give alike. Nothing is kept here: the journal is
// the outbox, so that what is acknowledged is told and nothing else is.
package event

import (
	"encoding/json"
	"strconv"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Event is one thing that happened, as it is told. It holds no personal data, and
// no amounts: who wants to know what the payment is now reads it.
type Event struct {
	Type     string
	Tenant   shop.Tenant
	Payment  payment.ID // empty: it is about none, as a test event
	TestID   string     // the id of an event that is about no payment
	Attempt  string     // the acceptance number it is about; empty: the payment itself
	Sequence int        // within the payment, with gaps
	Time     time.Time
}

// Numbered is an event with its place in the journal.
type Numbered struct {
	Number uint64
	Event
}

// ID is the same in every list and every delivery, for ever (P78), and of no other event:
// payment, sequence and moment. In books that were restored from a backup a payment has its
// latest sequences once more, of what happens then (P95).
func (e *Event) ID() string {
	if e.Payment == "" {
		return e.TestID
	}
	return string(e.Payment) + "-" + strconv.Itoa(e.Sequence) + "-" + strconv.FormatInt(e.Time.UnixMilli(), 36)
}

// JSON is the event as a webhook's body: exactly the message kessai.event.v1.Event
// in the JSON of protocol buffers. The same event always gives the same bytes.
func (e *Event) JSON() []byte {
	name := ""
	if e.Payment != "" {
		name = e.Payment.Name()
	}
	b, _ := json.Marshal(struct { // texts and a number: cannot fail
		ID          string `json:"id"`
		Type        string `json:"type"`
		Shop        string `json:"shop,omitempty"`
		Environment string `json:"environment,omitempty"`
		Payment     string `json:"payment,omitempty"`
		Attempt     string `json:"attempt,omitempty"`
		Sequence    int    `json:"sequence,omitempty"`
		CreateTime  string `json:"createTime"`
	}{e.ID(), e.Type, string(e.Tenant.Shop), string(e.Tenant.Environment), name, e.Attempt, e.Sequence, stamp(e.Time)})
	return b
}

// stamp writes a time as protocol buffers do: in UTC, with 0, 3, 6 or 9 decimals.
func stamp(t time.Time) string {
	t = t.UTC()
	switch ns := t.Nanosecond(); {
	case ns == 0:
		return t.Format("2006-01-02T15:04:05Z")
	case ns%1e6 == 0:
		return t.Format("2006-01-02T15:04:05.000Z")
	case ns%1e3 == 0:
		return t.Format("2006-01-02T15:04:05.000000Z")
	}
	return t.Format("2006-01-02T15:04:05.000000000Z")
}

// of makes the event of an entry of the journal that is told as typ.
func of(e *ledger.JournalEntry, typ string) Numbered {
	n := Numbered{Number: e.Number, Event: Event{
		Type: typ, Tenant: e.Tenant, Payment: e.Payment, Sequence: e.Event.Sequence, Time: e.Event.Time,
	}}
	switch {
	case e.Event.Attempt == 1 && e.Foreign != "":
		n.Attempt = e.Foreign
	case e.Event.Attempt > 0:
		n.Attempt = e.Payment.Acceptance(e.Event.Attempt)
	}
	return n
}
