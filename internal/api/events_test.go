package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/timestamppb"
	"pgregory.net/rapid"

	eventv1 "kessai.dev/kessai/gen/kessai/event/v1"
	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/api/apitest"
	"kessai.dev/kessai/internal/event"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// P78: the body of a webhook, written by hand where webhooks are made, is the
// message that lists give, in the JSON of protocol buffers, and the same each time.
func TestEventJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := event.Event{
			Type:    rapid.SampledFrom(event.Types()).Draw(t, "type"),
			Tenant:  shop.Tenant{Shop: shop.ID(rapid.StringMatching(`[a-z0-9_-]{1,20}`).Draw(t, "shop")), Environment: shop.Test},
			Payment: payment.NewID(noon, rapid.Uint64().Draw(t, "payment")), Attempt: rapid.StringMatching(`[0-9A-Z]{0,20}`).Draw(t, "attempt"),
			Sequence: rapid.IntRange(1, 1<<30).Draw(t, "sequence"),
			Time:     time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "s"), rapid.SampledFrom([]int64{0, 1, 1e3, 1e6, 5e8, 123456789, 120000}).Draw(t, "ns")),
		}
		want := &eventv1.Event{
			Id: e.ID(), Type: e.Type, Shop: string(e.Tenant.Shop), Environment: "TEST", Payment: e.Payment.Name(),
			Attempt: e.Attempt, Sequence: int32(e.Sequence), CreateTime: timestamppb.New(e.Time),
		}
		var have eventv1.Event
		if err := protojson.Unmarshal(e.JSON(), &have); err != nil {
			t.Fatalf("%s: %v", e.JSON(), err)
		}
		if diff := cmp.Diff(want, &have, protocmp.Transform()); diff != "" {
			t.Fatal(diff)
		}
		theirs, err := protojson.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if compact(t, theirs) != string(e.JSON()) {
			t.Fatalf("%s\n%s", e.JSON(), theirs)
		}
	})
	test := event.Event{Type: "webhook.test", TestID: "test-1", Tenant: firstShop, Time: noon}
	if got := string(test.JSON()); got != `{"id":"test-1","type":"webhook.test","shop":"first","environment":"TEST","createTime":"2026-11-23T03:00:00Z"}` {
		t.Error(got)
	}
}

// compact takes out the blanks that protojson puts in to keep people from
// comparing bytes.
func compact(t *rapid.T, b []byte) string {
	var out json.RawMessage
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	short, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	return string(short)
}

// Every protocol gives the same pages, which together are every event of the shop,
// once, in order, and nobody else's (P78, P79).
func TestListEvents(t *testing.T) {
	s := openStage(t)
	var want []string
	for i := range 7 {
		s.paid(fmt.Sprint("x", i), secondShop)
		p := s.paid(fmt.Sprint(i), firstShop)
		want = append(want, p.ID.Name()+" 1 payment.created", p.ID.Name()+" 3 payment.authorized")
	}
	for _, p := range apitest.Protocols(t, s.Target) {
		for _, size := range []int32{0, 1, 3} {
			var have []string
			for request := (&eventv1.ListEventsRequest{PageSize: size}); ; {
				got, err := p.Call(t.Context(), "ListEvents", request, nil)
				if err != nil || got.Code != "OK" {
					t.Fatalf("%s: %v %+v", p.Name, err, got)
				}
				page := got.Message.(*eventv1.ListEventsResponse)
				for _, e := range page.GetEvents() {
					have = append(have, fmt.Sprint(e.GetPayment(), " ", e.GetSequence(), " ", e.GetType()))
					if !strings.HasPrefix("payments/"+e.GetId(), e.GetPayment()+"-") || e.GetShop() != "first" || e.GetEnvironment() != "TEST" || e.GetCreateTime() == nil || !strings.HasPrefix(e.GetPayment(), "payments/") {
						t.Fatalf("%s: %v", p.Name, e)
					}
				}
				if page.GetNextCursor() == "" {
					t.Fatalf("%s: no cursor", p.Name)
				}
				if request = proto.CloneOf(request); !page.GetMore() {
					break
				}
				request.Cursor = page.GetNextCursor()
			}
			if diff := cmp.Diff(want, have); diff != "" {
				t.Fatalf("%s, pages of %d: %s", p.Name, size, diff)
			}
		}
	}
}

// A cursor is good for the shop that got it, and nothing else is one; only types
// that are told may be asked for. P88
func TestEventCursors(t *testing.T) {
	s := openStage(t)
	s.paid("1", firstShop)
	list := func(key string, r *eventv1.ListEventsRequest) apitest.Answer {
		got, err := apitest.Protocols(t, s.with(key))[0].Call(t.Context(), "ListEvents", r, nil)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	first := list(shopKey, &eventv1.ListEventsRequest{})
	cursor := first.Message.(*eventv1.ListEventsResponse).GetNextCursor()
	if again := list(shopKey, &eventv1.ListEventsRequest{Cursor: cursor}); again.Code != "OK" || len(again.Message.(*eventv1.ListEventsResponse).GetEvents()) > 0 {
		t.Errorf("%+v", again)
	}
	for name, got := range map[string]apitest.Answer{
		"another shop's":  list(otherKey, &eventv1.ListEventsRequest{Cursor: cursor}),
		"a changed one":   list(shopKey, &eventv1.ListEventsRequest{Cursor: changed(cursor)}),
		"a short one":     list(shopKey, &eventv1.ListEventsRequest{Cursor: cursor[1:]}),
		"an unknown type": list(shopKey, &eventv1.ListEventsRequest{Types: []string{"payment.asked"}}),
		"a negative page": list(shopKey, &eventv1.ListEventsRequest{PageSize: -1}),
	} {
		if got.Reason != "INVALID_REQUEST" {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := list(parcelKey, &eventv1.ListEventsRequest{}); got.Reason != "SCOPE_MISSING" {
		t.Errorf("a warehouse's key: %+v", got)
	}
}

// changed is a cursor with another first letter.
func changed(cursor string) string {
	if cursor[0] == 'A' {
		return "B" + cursor[1:]
	}
	return "A" + cursor[1:]
}

// P95: a cursor from beyond the end is of books that were replaced by a backup: it
// is refused, and not gone on from, which would miss what takes those places.
func TestCursorAfterRestore(t *testing.T) {
	before, after := openStage(t), openStage(t)
	for i := range 3 {
		before.paid(fmt.Sprint(i), firstShop)
	}
	after.paid("0", firstShop)
	ask := func(s *stage, cursor string) apitest.Answer {
		got, err := apitest.Protocols(t, s.Target)[0].Call(t.Context(), "ListEvents", &eventv1.ListEventsRequest{Cursor: cursor}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	late := ask(before, "").Message.(*eventv1.ListEventsResponse).GetNextCursor()
	if got := ask(after, late); got.Reason != "INVALID_REQUEST" || !strings.Contains(got.Text, "backup") {
		t.Errorf("%+v", got)
	}
}

// A watcher gets what happens from now on, or from a cursor, event by event, and
// goes on from any of them; it ends with the process.
func TestWatchEvents(t *testing.T) {
	s := openStage(t)
	s.paid("before", firstShop)
	conn, err := grpc.NewClient("passthrough:///"+s.GRPC, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	ctx := metadata.AppendToOutgoingContext(t.Context(), "authorization", "Bearer "+shopKey)
	watch := func(r *eventv1.WatchEventsRequest) grpc.ServerStreamingClient[eventv1.WatchEventsResponse] {
		st, err := eventv1.NewEventServiceClient(conn).WatchEvents(ctx, r)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := st.Header(); err != nil { // it comes before anything has happened
			t.Fatal(err)
		}
		return st
	}
	next := func(st grpc.ServerStreamingClient[eventv1.WatchEventsResponse]) *eventv1.WatchEventsResponse {
		m, err := st.Recv()
		if err != nil || m.GetNextCursor() == "" {
			t.Fatal(m, err)
		}
		return m
	}
	watcher := watch(&eventv1.WatchEventsRequest{})
	s.paid("other", secondShop)
	p := s.paid("now", firstShop)
	created, authorized := next(watcher), next(watcher)
	if !strings.HasPrefix(created.GetEvent().GetId(), fmt.Sprintf("%s-1-", p.ID)) || authorized.GetEvent().GetType() != "payment.authorized" {
		t.Errorf("%v %v", created, authorized)
	}
	again := watch(&eventv1.WatchEventsRequest{Types: []string{"payment.authorized"}, Cursor: created.GetNextCursor()})
	if got := next(again); !proto.Equal(got, authorized) {
		t.Errorf("%v, want %v", got, authorized)
	}
	s.restLine(t, "/v1/events:watch?cursor="+created.GetNextCursor(), authorized)
	s.api.Stop()
	for _, st := range []grpc.ServerStreamingClient[eventv1.WatchEventsResponse]{watcher, again} {
		if m, err := st.Recv(); err == nil || status.Code(err) != codes.Unavailable {
			t.Errorf("after the end: %v, %v", m, err)
		}
	}
}

// restLine reads the first line of a watch over REST.
func (s *stage) restLine(t *testing.T, path string, want *eventv1.WatchEventsResponse) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+shopKey)
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Body.Close() }()
	lines := bufio.NewScanner(w.Body)
	lines.Scan()
	var line struct{ Result json.RawMessage }
	var have eventv1.WatchEventsResponse
	if err := errors.Join(json.Unmarshal(lines.Bytes(), &line), protojson.Unmarshal(line.Result, &have)); err != nil || !proto.Equal(&have, want) {
		t.Errorf("%s: %v", lines.Bytes(), err)
	}
}

// Without a feed, and with books that cannot be read, nobody is told anything but
// that; a watcher who leaves ends alone.
func TestNoEvents(t *testing.T) {
	h := open(t, func(o *api.Options) { o.Events = brokenEvents{} })
	for _, p := range apitest.Protocols(t, h.Target) {
		got, err := p.Call(t.Context(), "ListEvents", &eventv1.ListEventsRequest{}, nil)
		if err != nil || got.Reason != "BOOKS_UNAVAILABLE" || strings.Contains(got.Text, "secret disk") {
			t.Errorf("%s: %v %+v", p.Name, err, got)
		}
	}
}

type brokenEvents struct{ fakeEvents }

func (brokenEvents) List(context.Context, event.Query) (event.Page, error) {
	return event.Page{}, errors.New("the secret disk is full")
}
