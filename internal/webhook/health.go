package webhook

import (
	"context"
	"time"

	"kessai.dev/kessai/internal/event"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

// Health is how an endpoint does (P77).
type Health struct {
	State   State
	Success time.Time // when a delivery last arrived
	Failure time.Time // when one last failed
	Reason  string    // why
	// Waiting is how many events wait; beyond 10,000 that were never sent it is not
	// counted on.
	Waiting int
	Dead    int
}

// Bounds of counting what an endpoint was never sent.
const (
	countPage  = 1000
	countPages = 10
)

func (h *Hooks) health(ctx context.Context, key ledger.EndpointKey, e *shop.Endpoint) (Health, error) {
	at, course, err := h.cursor(ctx, key, e)
	if err != nil {
		return Health{}, err
	}
	out := Health{State: stateOf(&course), Success: course.Success, Failure: course.Failure, Reason: course.Reason, Waiting: course.Waiting, Dead: course.Dead}
	err = h.unsent(ctx, key.Tenant, e, at, func(event.Numbered) bool { out.Waiting++; return true })
	return out, err
}

// cursor is up to where an endpoint has everything, or it is kept as a delivery: as who
// sends knows it, if that is this process; else as it was written down, which is a moment
// behind. It comes with what the books have.
func (h *Hooks) cursor(ctx context.Context, key ledger.EndpointKey, e *shop.Endpoint) (uint64, ledger.Course, error) {
	c := h.courier(key)
	course, known, err := h.o.Books.Course(ctx, key)
	switch {
	case err != nil:
		return 0, course, err
	case c != nil:
		return c.cursor.Load(), course, nil
	case !known:
		at, err := h.first(ctx, e)
		return at, course, err
	}
	return course.Cursor, course, nil
}

// unsent calls yield for the events after a number, which an endpoint was never sent,
// until it returns false or it has looked far enough.
func (h *Hooks) unsent(ctx context.Context, t shop.Tenant, e *shop.Endpoint, after uint64, yield func(event.Numbered) bool) error {
	q := event.Query{Tenant: &t, Types: chosen(e.Types), After: after, Limit: countPage}
	for range countPages {
		page, err := h.o.Feed.List(ctx, q)
		if err != nil {
			return err
		}
		for _, e := range page.Events {
			if !yield(e) {
				return nil
			}
		}
		if q.After = page.Next; !page.More {
			return nil
		}
	}
	return nil
}

// alarm is what an operator was told of an endpoint, and when.
type alarm struct {
	what string
	at   time.Time
}

// When an operator is told, and again: what is wrong does not mend itself (P77).
const (
	neverAfter = 5 // failures in a row of an endpoint that took nothing yet
	repeat     = 24 * time.Hour

	alarmDead  = "a webhook endpoint is dead: events were given up after seven days, and nothing arrives; mend the receiver, and replay"
	alarmNever = "a webhook endpoint never took anything: is its address right? send it a test event"
)

// Summary is how all endpoints do, in numbers.
type Summary struct {
	Endpoints           map[State]int
	Waiting, Dead       int // deliveries that failed and are tried again, and dead letters
	AlarmDead, AlarmNew int // endpoints that an operator must look at
}

// Summarize counts, whichever process sends. While the books cannot be read there is
// nothing to count.
func (h *Hooks) Summarize(ctx context.Context) Summary {
	s := Summary{Endpoints: map[State]int{}}
	courses, err := h.o.Books.Courses(ctx)
	if err != nil {
		return s
	}
	for _, key := range h.keys() {
		course := courses[key]
		s.Endpoints[stateOf(&course)]++
		s.Waiting += course.Waiting
		s.Dead += course.Dead
		switch alarmOf(&course) {
		case alarmDead:
			s.AlarmDead++
		case alarmNever:
			s.AlarmNew++
		}
	}
	return s
}

// keys are those of all endpoints.
func (h *Hooks) keys() (list []ledger.EndpointKey) {
	for t, endpoints := range h.o.Endpoints.AllEndpoints() {
		for i := range endpoints {
			list = append(list, ledger.EndpointKey{Tenant: t, ID: endpoints[i].ID})
		}
	}
	return list
}

func alarmOf(c *ledger.Course) string {
	switch {
	case stateOf(c) == StateDead:
		return alarmDead
	case c.Success.IsZero() && c.Streak >= neverAfter:
		return alarmNever
	}
	return ""
}

// alarms tells of what an operator must look at: once, and again every day.
func (t *turn) alarms(courses map[ledger.EndpointKey]ledger.Course) {
	now := t.h.o.Clock()
	for key, c := range t.all() {
		course := courses[key]
		what := alarmOf(&course)
		if c.stopped() {
			continue
		}
		t.mu.Lock()
		before := t.told[key]
		due := what != "" && (before.what != what || !now.Before(before.at.Add(repeat)))
		switch {
		case due:
			t.told[key] = alarm{what, now}
		case what == "":
			delete(t.told, key)
		}
		t.mu.Unlock()
		if due {
			t.h.o.Logger.Error(what, "shop", string(key.Tenant.Shop), "environment", string(key.Tenant.Environment), "endpoint", key.ID, "dead", course.Dead, "reason", course.Reason)
		}
	}
}
