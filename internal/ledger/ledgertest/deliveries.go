package ledgertest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Deliveries is what RunDeliveries tests: a ledger.Deliveries that can be closed.
type Deliveries interface {
	ledger.Deliveries
	io.Closer
}

// OpenDeliveries opens the deliveries in a directory. It fails the test when it
// cannot.
type OpenDeliveries func(t testing.TB, dir string) Deliveries

// deliveriesBegin is when the suite's events happen.
var deliveriesBegin = time.Date(2026, 11, 22, 10, 0, 0, 123456789, time.UTC)

// endpoint is whose deliveries the suite keeps.
var endpoint = ledger.EndpointKey{Tenant: tenant, ID: "e-1"}

// Delivery gives a delivery with every field set, due so long after the first.
func Delivery(number uint64, state ledger.DeliveryState, due time.Duration) ledger.Delivery {
	at := deliveriesBegin.Add(time.Duration(number) * time.Second) //nolint:gosec // small numbers
	id := payment.NewID(at, number)
	return ledger.Delivery{
		Number: number, Event: fmt.Sprintf("%s-%d", id, 3), Type: "payment.captured", Payment: id, Body: fmt.Appendf(nil, `{"id":"%s-3"}`, id), Time: at,
		State: state, Tries: 2, Status: 503, Reason: "the endpoint answered 503. 503が返りました。", Since: at.Add(time.Minute), Next: deliveriesBegin.Add(due),
	}
}

// RunDeliveries runs the suite of the deliveries.
func RunDeliveries(t *testing.T, open OpenDeliveries) {
	if dir := os.Getenv(childDir); dir != "" {
		beKilledDeliveries(t, open(t, dir))
		return
	}
	for _, c := range []struct {
		name string
		test func(*post)
	}{
		{"Life", deliveriesLife},
		{"Calls", deliveriesCalls},
		{"Whole", deliveriesWhole},
		{"Due", deliveriesDue},
		{"Scope", deliveriesScope},
		{"Model", deliveriesModel},
		{"Races", deliveriesRace},
		{"Malformed", deliveriesMalformed},
		{"Forget", deliveriesForget},
		{"Closed", deliveriesClosed},
		{"Killed", deliveriesKilled},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &post{desk: &desk{T: t}, open: open, dir: t.TempDir()}
			p.Deliveries = open(t, p.dir)
			c.test(p)
			if err := p.Deliveries.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
		})
	}
}

// post is a test with its deliveries.
type post struct {
	*desk
	Deliveries
	open OpenDeliveries
	dir  string
}

// Close is the deliveries', not the desk's, which has no books.
func (p *post) Close() error { return p.Deliveries.Close() }

func (p *post) reopen() {
	p.Helper()
	if err := p.Deliveries.Close(); err != nil {
		p.Fatal(err)
	}
	p.Deliveries = p.open(p.T, p.dir)
}

// settle must succeed.
func (p *post) settle(c ledger.DeliveryChange) {
	p.Helper()
	if err := p.Settle(p.Context(), c); err != nil {
		p.Fatalf("settle: %v", err)
	}
}

func (p *post) course(e ledger.EndpointKey) ledger.Course {
	p.Helper()
	c, _, err := p.Course(p.Context(), e)
	if err != nil {
		p.Fatal(err)
	}
	return c
}

// numbers lists an endpoint's deliveries in a state, by pages of three.
func (p *post) numbers(e ledger.EndpointKey, state ledger.DeliveryState) (list []uint64) {
	p.Helper()
	for q := (ledger.DeliveryQuery{Endpoint: e, State: state, Limit: 3}); ; {
		page, err := p.Deliveries.Deliveries(p.Context(), q)
		if err != nil {
			p.Fatal(err)
		}
		for _, d := range page {
			list = append(list, d.Number)
			q.After = d.Number
		}
		if len(page) < q.Limit {
			return list
		}
	}
}

// due lists what waits for a try by then, in that order.
func (p *post) due(e ledger.EndpointKey, after time.Duration, limit int) (list []uint64) {
	p.Helper()
	page, err := p.Due(p.Context(), e, deliveriesBegin.Add(after), limit)
	if err != nil {
		p.Fatal(err)
	}
	for _, d := range page {
		list = append(list, d.Number)
	}
	return list
}

// deliveriesModel holds random changes against a map: what is kept, how it is
// counted, and the order of what is due.
func deliveriesModel(p *post) {
	round := 0
	rapid.Check(p.T, func(t *rapid.T) {
		round++
		e := ledger.EndpointKey{Tenant: tenant, ID: fmt.Sprint("model-", round)}
		model, course := map[uint64]ledger.Delivery{}, ledger.Course{}
		for range rapid.IntRange(1, 4).Draw(t, "changes") {
			c := ledger.DeliveryChange{Endpoint: e}
			if course.Calls++; rapid.Bool().Draw(t, "course") {
				course.Calls--
				course.Cursor += uint64(rapid.IntRange(0, 9).Draw(t, "further")) //nolint:gosec // small numbers
				course.Streak = rapid.IntRange(0, 9).Draw(t, "streak")
				course.Success = deliveriesBegin.Add(time.Duration(course.Cursor)) //nolint:gosec // small numbers
				c.Course = &ledger.Course{Cursor: course.Cursor, Streak: course.Streak, Success: course.Success, Waiting: 77, Dead: -1}
			}
			for n := range uint64(8) {
				switch rapid.SampledFrom([]string{"", "", "done", "waiting", "dead"}).Draw(t, "what") {
				case "done":
					c.Done = append(c.Done, n+1)
					delete(model, n+1)
				case "waiting":
					c.Put = append(c.Put, Delivery(n+1, ledger.DeliveryWaiting, time.Duration(rapid.IntRange(0, 3).Draw(t, "due"))*time.Hour))
				case "dead":
					c.Put = append(c.Put, Delivery(n+1, ledger.DeliveryDead, 0))
				}
			}
			for _, d := range c.Put {
				model[d.Number] = d
			}
			p.settle(c)
		}
		p.meets(t, e, model, course)
	})
}

// meets holds what is kept against a model.
func (p *post) meets(t *rapid.T, e ledger.EndpointKey, model map[uint64]ledger.Delivery, course ledger.Course) {
	var all, waiting []ledger.Delivery
	for _, d := range model {
		all = append(all, d)
		if d.State == ledger.DeliveryWaiting {
			waiting = append(waiting, d)
		}
	}
	course.Waiting, course.Dead = len(waiting), len(all)-len(waiting)
	slices.SortFunc(all, func(a, b ledger.Delivery) int { return cmp.Compare(a.Number, b.Number) })
	slices.SortFunc(waiting, func(a, b ledger.Delivery) int {
		return cmp.Or(a.Next.Compare(b.Next), cmp.Compare(a.Number, b.Number))
	})
	have, err := p.Deliveries.Deliveries(p.Context(), ledger.DeliveryQuery{Endpoint: e, Limit: 1000})
	if diff := gocmp.Diff(all, have); diff != "" || err != nil {
		t.Fatalf("%v %s", err, diff)
	}
	have, err = p.Due(p.Context(), e, deliveriesBegin.AddDate(1, 0, 0), 1000)
	if diff := gocmp.Diff(waiting, have); diff != "" || err != nil {
		t.Fatalf("%v %s", err, diff)
	}
	if diff := gocmp.Diff(course, p.course(e)); diff != "" {
		t.Fatal(diff)
	}
}

// deliveriesKilled: what a killed process had settled is settled, the cursor with
// the deliveries that it passed (P06).
func deliveriesKilled(p *post) {
	dir := filepath.Join(p.dir, "killed")
	name := strings.Split(strings.TrimSuffix(p.Name(), "/Killed"), "/")
	pattern := "^" + strings.Join(name, "$/^") + "$"
	last := map[payment.ID]int{}
	for _, a := range p.killAfter(exec.Command(os.Args[0], "-test.run="+pattern, "-test.timeout=120s"), dir, 60) {
		last[a.id] = a.version
	}
	found := &post{desk: p.desk, Deliveries: p.open(p.T, dir), dir: dir}
	for id, version := range last {
		e := ledger.EndpointKey{Tenant: tenant, ID: string(id)}
		c := found.course(e)
		if c.Cursor < uint64(version) || len(found.numbers(e, ledger.DeliveryWaiting)) != int(c.Cursor) || c.Waiting != int(c.Cursor) { //nolint:gosec // small numbers
			p.Errorf("%s was settled at %d: %+v, %v", id, version, c, found.numbers(e, ""))
		}
	}
	if err := found.Close(); err != nil {
		p.Error(err)
	}
}

// beKilledDeliveries is the child: it settles, and reports each change once it is
// acknowledged, for ever.
func beKilledDeliveries(_ *testing.T, deliveries Deliveries) {
	together(4, func(worker int) {
		e := ledger.EndpointKey{Tenant: tenant, ID: fmt.Sprint("e-", worker)}
		for n := uint64(1); ; n++ {
			c := ledger.DeliveryChange{Endpoint: e, Course: &ledger.Course{Cursor: n}, Put: []ledger.Delivery{Delivery(n, ledger.DeliveryWaiting, 0)}}
			if err := deliveries.Settle(context.Background(), c); err != nil {
				panic(err)
			}
			report(&payment.Payment{ID: payment.ID(e.ID), Version: int(n)}) //nolint:gosec // small numbers
		}
	})
}

// deliveriesMalformed: what belongs to nobody, or is none, is refused, and nothing
// of its change is kept.
func deliveriesMalformed(p *post) {
	good := Delivery(1, ledger.DeliveryWaiting, 0)
	bad := func(change func(*ledger.Delivery)) ledger.DeliveryChange {
		d := good
		change(&d)
		return ledger.DeliveryChange{Endpoint: endpoint, Course: &ledger.Course{Cursor: 9}, Put: []ledger.Delivery{Delivery(2, ledger.DeliveryWaiting, 0), d}}
	}
	for name, c := range map[string]ledger.DeliveryChange{
		"nobody's":   {Endpoint: ledger.EndpointKey{Tenant: shop.Tenant{Shop: "demo"}, ID: "e-1"}},
		"no id":      {Endpoint: ledger.EndpointKey{Tenant: tenant}},
		"no text":    {Endpoint: ledger.EndpointKey{Tenant: tenant, ID: "\xff"}},
		"too long":   {Endpoint: ledger.EndpointKey{Tenant: tenant, ID: strings.Repeat("x", 65)}},
		"no reason":  {Endpoint: endpoint, Course: &ledger.Course{Reason: "\xff"}},
		"no number":  bad(func(d *ledger.Delivery) { d.Number = 0 }),
		"no event":   bad(func(d *ledger.Delivery) { d.Event = "" }),
		"no body":    bad(func(d *ledger.Delivery) { d.Body = nil }),
		"huge":       bad(func(d *ledger.Delivery) { d.Body = make([]byte, ledger.MaxDeliveryBody+1) }),
		"no state":   bad(func(d *ledger.Delivery) { d.State = "GONE" }),
		"twice":      bad(func(d *ledger.Delivery) { d.Number = 2 }),
		"and done":   {Endpoint: endpoint, Put: []ledger.Delivery{good}, Done: []uint64{1}},
		"words of …": bad(func(d *ledger.Delivery) { d.Reason = "\xff" }),
	} {
		if err := p.Settle(p.Context(), c); err == nil {
			p.Errorf("%s: settled", name)
		}
	}
	for _, limit := range []int{0, 1001} {
		_, err := p.Due(p.Context(), endpoint, deliveriesBegin, limit)
		_, err2 := p.Deliveries.Deliveries(p.Context(), ledger.DeliveryQuery{Endpoint: endpoint, Limit: limit})
		if err == nil || err2 == nil {
			p.Errorf("a page of %d: %v, %v", limit, err, err2)
		}
	}
	if _, known, err := p.Course(p.Context(), endpoint); known || err != nil || len(p.numbers(endpoint, "")) > 0 {
		p.Errorf("something was kept: %v", err)
	}
}

// deliveriesClosed: what is closed says so, and a second Close does nothing.
func deliveriesClosed(p *post) {
	if err := p.Close(); err != nil {
		p.Fatal(err)
	}
	ctx := p.Context()
	_, _, course := p.Course(ctx, endpoint)
	_, list := p.Deliveries.Deliveries(ctx, ledger.DeliveryQuery{Endpoint: endpoint, Limit: 1})
	_, due := p.Due(ctx, endpoint, deliveriesBegin, 1)
	_, courses := p.Courses(ctx)
	for i, err := range []error{course, list, due, courses, p.Settle(ctx, ledger.DeliveryChange{Endpoint: endpoint}), p.Forget(ctx, endpoint)} {
		if !errors.Is(err, ledger.ErrClosed) {
			p.Errorf("call %d: %v", i, err)
		}
	}
}
