package harness

import (
	"context"
	"slices"
	"sync"
	"time"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// A yes is to be found within 30 s and a no within 60 s while the provider can
// be reached; the harness waits so long after the last kill before an open
// question is a difference.
const settleWithin = 100 * time.Second

// waiting are the payments with an open question.
type waiting struct {
	mu    sync.Mutex
	names map[string]bool
}

// open puts a payment aside until its question is settled.
func (w *world) open(name string) {
	w.waiting.mu.Lock()
	defer w.waiting.mu.Unlock()
	if !w.waiting.names[name] {
		w.waiting.names[name] = true
		w.count.opened.Add(1)
	}
}

func (w *world) stillOpen() []string {
	w.waiting.mu.Lock()
	defer w.waiting.mu.Unlock()
	var names []string
	for name := range w.waiting.names {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (w *world) closed(name string) {
	w.waiting.mu.Lock()
	defer w.waiting.mu.Unlock()
	delete(w.waiting.names, name)
}

// watch looks after open questions until ctx ends. Half of the payments it
// asks for by GetPayment, which may ask the provider on the spot; the other
// half it only watches by their history, so that the sweep alone must settle
// them.
func (w *world) watch(ctx context.Context) {
	for ctx.Err() == nil {
		names := w.stillOpen()
		var all sync.WaitGroup
		room := make(chan struct{}, 16)
		for i, name := range names {
			room <- struct{}{}
			all.Go(func() {
				w.look(ctx, name, i%2 == 0)
				<-room
			})
		}
		all.Wait()
		select {
		case <-ctx.Done():
		case <-time.After(500 * time.Millisecond):
		}
	}
}

func (w *world) look(ctx context.Context, name string, quietly bool) {
	if quietly {
		events, err := w.events(ctx, name)
		if err != nil || questionOpen(events) {
			return
		}
	}
	p, err := w.get(ctx, name)
	if err != nil {
		return
	}
	w.book.acknowledge("GetPayment", "", p)
	if p.GetPendingOperation() != 0 {
		return
	}
	w.closed(name)
	select {
	case w.ripe <- p:
	default: // enough payments are waiting for somebody already
	}
}

// questionOpen reports whether something was asked of the provider that the
// history has no answer to.
func questionOpen(events []*paymentv1.PaymentEvent) bool { return len(questions(events).open) > 0 }

// question is one that was asked and answered.
type question struct {
	took    time.Duration
	yes     bool
	inquiry bool // the answer was lost: it was found out by asking (E04)
}

type asked struct {
	at   time.Time
	lost bool
}

// questions reads from a history what was asked and how long the answer took.
func questions(events []*paymentv1.PaymentEvent) (out struct {
	open map[string]asked // by acceptance number
	done []question
},
) {
	out.open = map[string]asked{}
	for _, e := range events {
		number := e.GetAcceptanceNumber()
		q, isOpen := out.open[number]
		switch e.GetType() {
		case "asked":
			out.open[number] = asked{at: e.GetCreateTime().AsTime()}
		case "unanswered":
			if isOpen {
				q.lost = true
				out.open[number] = q
			}
		case "authorized", "captured", "adjusted", "canceled", "reauthorized", "declined", "released", "refused", "challenged",
			"registered", "unregistered", "rescheduled":
			if isOpen {
				yes := e.GetType() != "declined" && e.GetType() != "released" && e.GetType() != "refused"
				out.done = append(out.done, question{e.GetCreateTime().AsTime().Sub(q.at), yes, q.lost})
				delete(out.open, number)
			}
		}
	}
	return out
}
