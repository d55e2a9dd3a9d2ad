package api

import (
	"context"
	"slices"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"

	eventv1 "kessai.dev/kessai/gen/kessai/event/v1"
	"kessai.dev/kessai/internal/event"
)

// Events tells what happened: an *event.Feed, or a stand-in in tests. Its errors
// are the caller's own context; any other means that the books could not be read.
type Events interface {
	List(ctx context.Context, q event.Query) (event.Page, error)
	Wait(ctx context.Context, after uint64) error
	Last(ctx context.Context) (uint64, error)
}

// eventService translates, as paymentService does.
type eventService struct {
	eventv1.UnsafeEventServiceServer // a method without a handler does not compile
	a                                *API
}

const (
	defaultEvents = 100
	// watchPause is how long a watcher of a shop lets events gather while the
	// books grow: many watchers must not read every commit of a busy day.
	watchPause = 20 * time.Millisecond
	watchPage  = 100
)

func noEvents() error {
	return unknownMethod(codes.Unimplemented, "this installation tells no events")
}

// ListEvents gives the shop's events after a cursor.
func (s *eventService) ListEvents(ctx context.Context, r *eventv1.ListEventsRequest) (*eventv1.ListEventsResponse, error) {
	if s.a.o.Events == nil {
		return nil, noEvents()
	}
	c := callFrom(ctx)
	after, err := s.after(ctx, c, r.GetCursor())
	if err != nil {
		return nil, err
	}
	q := event.Query{Tenant: &c.who.tenant, Types: r.GetTypes(), After: after, Limit: defaultEvents}
	if n := int(r.GetPageSize()); n > 0 {
		q.Limit = min(n, maxPage)
	}
	events := s.a.o.Events
	if s.a.o.EventLists != nil {
		events = s.a.o.EventLists
	}
	page, err := events.List(ctx, q)
	if err != nil {
		return nil, fromPayments(err)
	}
	out := &eventv1.ListEventsResponse{NextCursor: s.a.keys.cursor(c.who.tenant, page.Next), More: page.More}
	for i := range page.Events {
		out.Events = append(out.Events, eventMessage(&page.Events[i].Event))
	}
	return out, nil
}

// WatchEvents gives events after a cursor, and goes on until the caller leaves or
// this process stops.
func (s *eventService) WatchEvents(r *eventv1.WatchEventsRequest, st grpc.ServerStreamingServer[eventv1.WatchEventsResponse]) error {
	if s.a.o.Events == nil {
		return noEvents()
	}
	c := callFrom(st.Context())
	ctx, cancel := s.a.untilStop(st.Context())
	defer cancel()
	after, err := s.from(ctx, c, r.GetCursor())
	if err != nil {
		return err
	}
	if err := st.SendHeader(metadata.MD{}); err != nil { // the caller knows that it watches
		return err
	}
	err = s.watch(ctx, event.Query{Tenant: &c.who.tenant, Types: r.GetTypes(), After: after, Limit: watchPage}, func(n *event.Numbered) error {
		return st.Send(&eventv1.WatchEventsResponse{Event: eventMessage(&n.Event), NextCursor: s.a.keys.cursor(c.who.tenant, n.Number)})
	})
	if s.a.stopped() && st.Context().Err() == nil {
		return shuttingDown()
	}
	return fromPayments(err)
}

// watch sends what comes after a place until ctx ends or send fails.
func (s *eventService) watch(ctx context.Context, q event.Query, send func(*event.Numbered) error) error {
	for {
		page, err := s.a.o.Events.List(ctx, q)
		if err != nil {
			return err
		}
		for i := range page.Events {
			if err := send(&page.Events[i]); err != nil {
				return err
			}
		}
		if q.After = page.Next; page.More {
			continue
		}
		if err := s.a.o.Events.Wait(ctx, q.After); err != nil {
			return err
		}
		select {
		case <-time.After(watchPause):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// from is where a watcher begins: without a cursor, now.
func (s *eventService) from(ctx context.Context, c *call, cursor string) (uint64, error) {
	if cursor != "" {
		return s.after(ctx, c, cursor)
	}
	n, err := s.a.o.Events.Last(ctx)
	return n, fromPayments(err)
}

// after reads a cursor; an empty one is the beginning. One from beyond the end is
// of books that are not here any more, after a backup was restored: whoever went on
// from it would miss what has its number now.
func (s *eventService) after(ctx context.Context, c *call, cursor string) (uint64, error) {
	if cursor == "" {
		return 0, nil
	}
	n, ok := s.a.keys.openCursor(c.who.tenant, cursor)
	if !ok {
		return 0, invalidField("cursor", "is not the next_cursor of an answer to this shop and environment")
	}
	last, err := s.a.o.Events.Last(ctx)
	switch {
	case err != nil:
		return 0, fromPayments(err)
	case n > last:
		return 0, invalidField("cursor", "is from beyond the end of the books, which were restored from a backup: begin without a cursor, and pass over the ids you know")
	}
	return n, nil
}

func eventMessage(e *event.Event) *eventv1.Event {
	m := &eventv1.Event{
		Id: e.ID(), Type: e.Type, Shop: string(e.Tenant.Shop), Environment: string(e.Tenant.Environment),
		Attempt: e.Attempt, Sequence: int32(e.Sequence), CreateTime: timestamp(e.Time), //nolint:gosec // a payment has fewer events
	}
	if e.Payment != "" {
		m.Payment = e.Payment.Name()
	}
	return m
}

func (k *checker) listEvents(r *eventv1.ListEventsRequest) {
	k.when(r.GetPageSize() < 0, "page_size", "must be 1 to 1,000")
	k.eventTypes(r.GetTypes())
}

// eventTypes wants types that are told: a word that is none would wait for ever.
func (k *checker) eventTypes(types []string) {
	for _, t := range types {
		k.when(!slices.Contains(event.Types(), t), "types", "must be types of docs/events.md, such as payment.captured")
	}
}
