package ledgertest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/go-cmp/cmp"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

// deliveriesLife: what was settled is there, whole, from memory and from the file;
// what arrived is not.
func deliveriesLife(p *post) {
	if c, known, err := p.Course(p.Context(), endpoint); known || err != nil || c != (ledger.Course{}) {
		p.Errorf("a course nobody went: %+v, %v, %v", c, known, err)
	}
	course := ledger.Course{Cursor: 5, Success: deliveriesBegin, Failure: deliveriesBegin.Add(time.Hour), Reason: "503が返りました。", Streak: 3, Death: deliveriesBegin.Add(time.Minute)}
	waits, dead := Delivery(3, ledger.DeliveryWaiting, time.Hour), Delivery(5, ledger.DeliveryDead, 0)
	p.settle(ledger.DeliveryChange{Endpoint: endpoint, Course: &course, Put: []ledger.Delivery{waits, dead}})
	course.Waiting, course.Dead = 1, 1
	for range 2 {
		list, err := p.Deliveries.Deliveries(p.Context(), ledger.DeliveryQuery{Endpoint: endpoint, Limit: 10})
		if diff := cmp.Diff([]ledger.Delivery{waits, dead}, list); diff != "" || err != nil {
			p.Errorf("%v %s", err, diff)
		}
		if diff := cmp.Diff(course, p.course(endpoint)); diff != "" {
			p.Error(diff)
		}
		p.reopen()
	}
	p.settle(ledger.DeliveryChange{Endpoint: endpoint, Done: []uint64{3, 4}})
	course.Waiting, course.Calls = 0, 1
	if diff := cmp.Diff(course, p.course(endpoint)); diff != "" {
		p.Errorf("a change without a course: %s", diff)
	}
	if got := p.numbers(endpoint, ""); !slices.Equal(got, []uint64{5}) {
		p.Errorf("kept: %v", got)
	}
}

// deliveriesCalls: who brings the endpoint its events sees that others settled something,
// whatever he writes of its course; and where an endpoint begins is what the first says who
// settles something, and nobody after him.
func deliveriesCalls(p *post) {
	other := func(begin uint64, numbers ...uint64) {
		c := ledger.DeliveryChange{Endpoint: endpoint, Begin: begin}
		for _, n := range numbers {
			c.Put = append(c.Put, Delivery(n, ledger.DeliveryWaiting, 0))
		}
		p.settle(c)
	}
	is := func(want ledger.Course) {
		p.Helper()
		if diff := cmp.Diff(want, p.course(endpoint)); diff != "" {
			p.Error(diff)
		}
	}
	other(7, 3)
	is(ledger.Course{Cursor: 7, Waiting: 1, Calls: 1})
	other(5, 3) // the same number again: only Calls tells
	is(ledger.Course{Cursor: 7, Waiting: 1, Calls: 2})
	p.settle(ledger.DeliveryChange{Endpoint: endpoint, Course: &ledger.Course{Cursor: 9, Streak: 1, Calls: 77}, Begin: 1, Done: []uint64{3}})
	is(ledger.Course{Cursor: 9, Streak: 1, Calls: 2})
	other(0)
	p.reopen()
	is(ledger.Course{Cursor: 9, Streak: 1, Calls: 3})
	anew, old := Delivery(4, ledger.DeliveryWaiting, 0), Delivery(5, ledger.DeliveryDead, 0)
	since := map[uint64]time.Time{4: anew.Since, 5: old.Since, 6: old.Since}
	anew.Since = anew.Since.Add(time.Nanosecond)
	p.settle(ledger.DeliveryChange{Endpoint: endpoint, Put: []ledger.Delivery{anew, old}})
	p.settle(ledger.DeliveryChange{Endpoint: endpoint, Done: []uint64{4, 5, 6}, Since: since}) // what somebody put anew meanwhile is not done
	is(ledger.Course{Cursor: 9, Streak: 1, Waiting: 1, Calls: 5})
	if got := p.numbers(endpoint, ""); !slices.Equal(got, []uint64{4}) {
		p.Errorf("kept: %v", got)
	}
}

// deliveriesWhole: a caller who leaves before finds nothing settled; a cursor never
// passes a delivery that is not kept (P06).
func deliveriesWhole(p *post) {
	gone, leave := context.WithCancel(p.Context())
	leave()
	c := ledger.DeliveryChange{Endpoint: endpoint, Course: &ledger.Course{Cursor: 1}, Put: []ledger.Delivery{Delivery(1, ledger.DeliveryWaiting, 0)}}
	if err := p.Settle(gone, c); err == nil {
		p.Error("settled for somebody who had left")
	}
	if _, known, err := p.Course(p.Context(), endpoint); known || err != nil {
		p.Errorf("%v, %v", known, err)
	}
}

// deliveriesDue: soonest first, by number at the same time, none that is dead, and
// whatever was put off is found at its new time only.
func deliveriesDue(p *post) {
	put := func(list ...ledger.Delivery) { p.settle(ledger.DeliveryChange{Endpoint: endpoint, Put: list}) }
	put(Delivery(1, ledger.DeliveryWaiting, time.Hour), Delivery(2, ledger.DeliveryWaiting, 0), Delivery(3, ledger.DeliveryWaiting, 0), Delivery(4, ledger.DeliveryDead, 0))
	never := Delivery(9, ledger.DeliveryWaiting, 0)
	never.Next = time.Time{} // at once
	put(never)
	for _, c := range []struct {
		after time.Duration
		limit int
		want  []uint64
	}{
		{-time.Nanosecond, 9, []uint64{9}},
		{0, 9, []uint64{9, 2, 3}},
		{0, 2, []uint64{9, 2}},
		{time.Hour, 9, []uint64{9, 2, 3, 1}},
	} {
		if got := p.due(endpoint, c.after, c.limit); !slices.Equal(got, c.want) {
			p.Errorf("due after %s: %v, want %v", c.after, got, c.want)
		}
	}
	put(Delivery(2, ledger.DeliveryWaiting, 2*time.Hour), Delivery(9, ledger.DeliveryDead, 0))
	if got := p.due(endpoint, time.Hour, 9); !slices.Equal(got, []uint64{3, 1}) {
		p.Errorf("after they were put off: %v", got)
	}
	p.reopen()
	if got := p.due(endpoint, 2*time.Hour, 9); !slices.Equal(got, []uint64{3, 1, 2}) {
		p.Errorf("after a restart: %v", got)
	}
}

// deliveriesScope: endpoints see nothing of one another, however alike their names
// are (P12).
func deliveriesScope(p *post) {
	keys := []ledger.EndpointKey{
		{Tenant: shop.Tenant{Shop: "demo", Environment: shop.Test}, ID: "a"},
		{Tenant: shop.Tenant{Shop: "demo", Environment: shop.Test}, ID: "ab"},
		{Tenant: shop.Tenant{Shop: "demo", Environment: shop.Test}, ID: "b"},
		{Tenant: shop.Tenant{Shop: "demo", Environment: shop.Production}, ID: "a"},
		{Tenant: shop.Tenant{Shop: "dem", Environment: "oTEST"}, ID: "a"},
		{Tenant: shop.Tenant{Shop: "demo2", Environment: shop.Test}, ID: "a"},
	}
	for i, e := range keys {
		n := uint64(i) + 1 //nolint:gosec // small numbers
		p.settle(ledger.DeliveryChange{Endpoint: e, Course: &ledger.Course{Cursor: n}, Put: []ledger.Delivery{Delivery(n, ledger.DeliveryWaiting, 0)}})
	}
	for i, e := range keys {
		n := uint64(i) + 1 //nolint:gosec // small numbers
		if got := p.numbers(e, ""); !slices.Equal(got, []uint64{n}) || p.course(e).Cursor != n || !slices.Equal(p.due(e, 0, 10), []uint64{n}) {
			p.Errorf("%v: %v, %+v", e, got, p.course(e))
		}
	}
	want := map[ledger.EndpointKey]ledger.Course{}
	for _, e := range keys {
		want[e] = p.course(e)
	}
	have, err := p.Courses(p.Context())
	if diff := cmp.Diff(want, have); diff != "" || err != nil {
		p.Errorf("%v %s", err, diff)
	}
}

// deliveriesRace: many endpoints settle at once, and none loses anything.
func deliveriesRace(p *post) {
	const workers, changes = 16, 20
	together(workers, func(worker int) {
		e := ledger.EndpointKey{Tenant: tenant, ID: fmt.Sprint("e-", worker%4)}
		for i := range changes {
			n := uint64(worker*changes + i + 1) //nolint:gosec // small numbers
			if err := p.Settle(context.Background(), ledger.DeliveryChange{Endpoint: e, Put: []ledger.Delivery{Delivery(n, ledger.DeliveryWaiting, 0)}}); err != nil {
				panic(err)
			}
		}
	})
	for i := range 4 {
		e := ledger.EndpointKey{Tenant: tenant, ID: fmt.Sprint("e-", i)}
		if got := len(p.numbers(e, ledger.DeliveryWaiting)); got != 4*changes || p.course(e).Waiting != got {
			p.Errorf("%s: %d, counted %d, want %d", e.ID, got, p.course(e).Waiting, 4*changes)
		}
	}
}

// deliveriesForget: all of it goes, however much, and nothing of its neighbour.
func deliveriesForget(p *post) {
	other := ledger.EndpointKey{Tenant: tenant, ID: "e-2"}
	var many []ledger.Delivery
	for n := uint64(1); n <= 2500; n++ {
		many = append(many, Delivery(n, ledger.DeliveryWaiting, 0))
	}
	p.settle(ledger.DeliveryChange{Endpoint: endpoint, Course: &ledger.Course{Cursor: 9}, Put: many})
	p.settle(ledger.DeliveryChange{Endpoint: other, Put: many[:1]})
	for range 2 { // again does nothing
		if err := p.Forget(p.Context(), endpoint); err != nil {
			p.Fatal(err)
		}
	}
	if _, known, err := p.Course(p.Context(), endpoint); known || err != nil || len(p.numbers(endpoint, "")) > 0 || len(p.due(endpoint, time.Hour, 9)) > 0 {
		p.Errorf("something is left: %v, %v", known, err)
	}
	if got := p.numbers(other, ""); !slices.Equal(got, []uint64{1}) || p.course(other).Waiting != 1 {
		p.Errorf("the neighbour has %v", got)
	}
}
