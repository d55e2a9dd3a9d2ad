package webhook

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
)

// P76 P78 P79: what happens arrives once, signed, with the event's own id, each
// payment's events in their order; each endpoint gets the types and the shop that it
// is for, and nothing from before it was made.
func TestArrives(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.happen(operator, 0, 1, "payment.created")
		all, some := r.endpoint(operator, "/all"), r.endpoint(operator, "/some", "order.*", "payment.captured")
		r.endpoint(neighbour, "/other")
		var want []string
		for p := 1; p <= 40; p++ {
			for s, typ := range []string{"payment.created", "payment.authorized", "payment.captured", "order.shipped"} {
				e := r.happen(operator, p, s+1, typ)
				want = append(want, e.ID())
			}
		}
		r.happen(neighbour, 99, 1, "payment.created")
		r.pass(time.Second)
		of := map[string][]string{}
		last := map[string]int{}
		for _, g := range r.took() {
			of[g.path] = append(of[g.path], g.id)
			if at := g.path + string(g.payment); last[at] >= g.sequence {
				t.Errorf("%s came after %d", g.id, last[at])
			} else {
				last[at] = g.sequence
			}
		}
		slices.Sort(want)
		slices.Sort(of["/all"])
		if !slices.Equal(of["/all"], want) || len(of["/some"]) != 80 || len(of["/other"]) != 1 {
			t.Errorf("%d, %d and %d arrived", len(of["/all"]), len(of["/some"]), len(of["/other"]))
		}
		for _, v := range []View{r.health(operator, all.ID), r.health(operator, some.ID)} {
			if v.State != StateWorking || v.Waiting != 0 || v.Dead != 0 || v.Success.IsZero() || !v.Failure.IsZero() {
				t.Errorf("%+v", v.Health)
			}
		}
		if len(r.deliveries(operator, Query{Endpoint: all.ID}).Deliveries) != 0 {
			t.Error("what arrived is kept")
		}
	})
}

// P78: a receiver that fails now and then gets everything, the later events of a
// payment without waiting for the failed one, and each event with the same id each
// time; it is not sent again once it arrived.
func TestFailsNowAndThen(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		e := r.endpoint(operator, "/")
		dice := rand.New(rand.NewPCG(1, 1))
		r.behave(func(http.ResponseWriter, *http.Request) int {
			r.mu.Lock()
			defer r.mu.Unlock()
			return []int{204, 200, 500, 429, 302}[dice.IntN(5)]
		})
		for i := range 300 {
			r.happen(operator, i/3, i%3+1, "payment.captured")
			if i%20 == 0 {
				r.pass(time.Second)
			}
		}
		for range 48 {
			r.skip(time.Hour)
		}
		ids := r.ids("/")
		slices.Sort(ids)
		if len(ids) != 300 || len(slices.Compact(ids)) != 300 {
			t.Errorf("%d arrived", len(ids))
		}
		if v := r.health(operator, e.ID); v.Waiting != 0 || v.Dead != 0 || v.State != StateWorking {
			t.Errorf("%+v", v.Health)
		}
	})
}

// Who has no endpoint pays nothing for them, and an endpoint that comes later gets
// what happens from then on.
func TestNoEndpoint(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		pay := func() {
			for i := range 700 {
				r.happen(operator, i, 1, "payment.captured")
				if i%100 == 0 {
					r.pass(time.Second)
				}
			}
		}
		for round := range 2 {
			r.feed.reads = 0
			pay()
			if r.feed.reads > 1 { // one that was waiting when the last endpoint went
				t.Errorf("the journal was read %d times", r.feed.reads)
			}
			e := r.endpoint(operator, fmt.Sprint("/", round))
			pay()
			r.pass(time.Minute)
			if n := len(r.took()); n != 700 {
				t.Errorf("%d arrived", n)
			}
			if err := r.Delete(r.Context(), operator, e.ID); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// P77: an event that did not arrive is counted and listed at every moment, also before
// its failure is written down.
func TestFailuresAreNeverOutOfSight(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		e := r.endpoint(operator, "/")
		r.behave(func(http.ResponseWriter, *http.Request) int { return http.StatusInternalServerError })
		for range 40 {
			r.happen(operator, 1, 1, "payment.captured")
			r.pass(13 * time.Millisecond)
			n := len(r.feed.list)
			if v, list := r.health(operator, e.ID), r.deliveries(operator, Query{Endpoint: e.ID}).Deliveries; v.Waiting != n || len(list) != n {
				t.Fatalf("of %d events %d are counted, %d listed", n, v.Waiting, len(list))
			}
		}
	})
}

// P77: a receiver that is down for a day gets everything within minutes of being up
// again, though it was asked a few times an hour only; meanwhile its health says so,
// what waits can be read, and the neighbour notices nothing.
func TestDownForADay(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		e, fine := r.endpoint(operator, "/down"), r.endpoint(operator, "/fine")
		r.happen(operator, 0, 1, "payment.captured")
		r.pass(time.Second)
		var asked atomic.Int32
		r.behave(func(_ http.ResponseWriter, req *http.Request) int {
			if req.URL.Path == "/down" {
				asked.Add(1)
				return http.StatusBadGateway
			}
			return http.StatusNoContent
		})
		for i := 1; i <= 480; i++ {
			r.happen(operator, i, 1, "payment.captured")
			r.skip(3 * time.Minute)
		}
		if n := asked.Load(); n > 700 {
			t.Errorf("it was asked %d times", n)
		}
		v := r.health(operator, e.ID)
		if v.State != StateFailing || v.Waiting != 480 || v.Dead != 0 || !strings.Contains(v.Reason, "502") {
			t.Errorf("%+v", v.Health)
		}
		if v := r.health(operator, fine.ID); v.State != StateWorking || v.Waiting != 0 {
			t.Errorf("%+v", v.Health)
		}
		var waits []uint64
		for q := (Query{Endpoint: e.ID, Limit: 7}); ; {
			page := r.deliveries(operator, q)
			for _, d := range page.Deliveries {
				waits = append(waits, d.Number)
			}
			if q.After = page.Next; !page.More {
				break
			}
		}
		if len(waits) != 480 || !slices.IsSorted(waits) || len(slices.Compact(waits)) != 480 {
			t.Errorf("%d deliveries can be read", len(waits))
		}
		if !strings.Contains(r.logged(), "is down") {
			t.Error("nobody was told")
		}
		r.took()
		r.behave(nil)
		r.skip(15 * time.Minute)
		r.pass(time.Minute)
		ids := r.ids("/down")
		slices.Sort(ids)
		if len(ids) != 480 || len(slices.Compact(ids)) != 480 {
			t.Errorf("%d arrived", len(ids))
		}
		if v := r.health(operator, e.ID); v.State != StateWorking || v.Waiting != 0 {
			t.Errorf("%+v", v.Health)
		}
	})
}

// P77: the first message that arrives brings everything that waits, also what failed
// a moment before and is not written down yet.
func TestUpAgain(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		e := r.endpoint(operator, "/")
		var asked, until atomic.Int32
		until.Store(1 << 20)
		r.behave(func(http.ResponseWriter, *http.Request) int {
			if asked.Add(1) <= until.Load() {
				return http.StatusBadGateway
			}
			return http.StatusNoContent
		})
		for i := range 40 {
			r.happen(operator, i, 1, "payment.captured")
		}
		for range 6 {
			r.skip(time.Hour)
		}
		until.Store(asked.Load() + 3)
		r.skip(2 * time.Hour)
		if n := len(r.ids("/")); n != 40 {
			t.Errorf("%d arrived; %+v", n, r.health(operator, e.ID).Health)
		}
	})
}

// P78: what is under way when the process dies is sent again by the next one, with
// the same id; nothing is lost, and a cursor never passes what did not arrive.
func TestCrashes(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		e := r.endpoint(operator, "/")
		dice, when := rand.New(rand.NewPCG(7, 7)), rand.New(rand.NewPCG(8, 8))
		r.behave(func(http.ResponseWriter, *http.Request) int {
			r.mu.Lock()
			n := dice.IntN(10)
			r.mu.Unlock()
			<-time.After(time.Duration(n) * 30 * time.Millisecond)
			if n == 0 {
				return http.StatusInternalServerError
			}
			return http.StatusNoContent
		})
		want := map[string]bool{}
		for i := range 200 {
			e := r.happen(operator, i/4, i%4+1, "payment.captured")
			want[e.ID()] = true
			if i%23 == 22 {
				r.pass(time.Duration(when.IntN(700)) * time.Millisecond)
				r.crash()
				r.start()
			}
		}
		r.pass(24 * time.Hour)
		times := map[string]int{}
		for _, id := range r.ids("/") {
			times[id]++
		}
		again := 0
		for id := range want {
			if times[id] == 0 {
				t.Errorf("%s never arrived", id)
			}
			again += times[id] - 1
		}
		if len(times) != len(want) {
			t.Errorf("%d ids arrived, of %d", len(times), len(want))
		}
		t.Logf("%d of 200 came again after 8 crashes", again)
		if v := r.health(operator, e.ID); v.Waiting != 0 {
			t.Errorf("%+v", v.Health)
		}
	})
}

// A restart in order sends nothing twice, and goes on where it was.
func TestStopsInOrder(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.endpoint(operator, "/")
		r.behave(func(http.ResponseWriter, *http.Request) int {
			<-time.After(100 * time.Millisecond)
			return http.StatusNoContent
		})
		for i := range 100 {
			r.happen(operator, i, 1, "payment.captured")
			if i%10 == 9 {
				r.pass(130 * time.Millisecond)
				r.stop()
				r.start()
			}
		}
		r.pass(time.Minute)
		if ids := r.ids("/"); len(ids) != 100 {
			t.Errorf("%d arrived", len(ids))
		}
	})
}

// A stop that cannot wait cuts off what hangs, and that alone is sent again.
func TestStopsInAHurry(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.endpoint(operator, "/")
		hang := atomic.Bool{}
		r.behave(func(_ http.ResponseWriter, req *http.Request) int {
			if hang.Load() {
				<-req.Context().Done()
				return 0
			}
			return http.StatusNoContent
		})
		for i := range 5 {
			r.happen(operator, i, 1, "payment.captured")
		}
		r.pass(50 * time.Millisecond)
		hang.Store(true)
		r.happen(operator, 9, 1, "payment.captured")
		r.pass(50 * time.Millisecond)
		gone, leave := context.WithCancel(r.Context())
		leave()
		r.Stop(gone)
		if err := r.books.Close(); err != nil {
			t.Fatal(err)
		}
		hang.Store(false)
		r.start()
		r.pass(time.Minute)
		if ids := r.ids("/"); len(ids) != 6 {
			t.Errorf("%v came", ids)
		}
	})
}

// P77: after seven days an event is a dead letter, never forgotten: the log says so
// once a day, and it can be replayed, alone or with all of a time; replayed events
// have their ids.
func TestDeadLetters(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		e := r.endpoint(operator, "/")
		first := r.happen(operator, 1, 1, "payment.captured")
		r.pass(time.Second)
		r.took()
		r.behave(func(http.ResponseWriter, *http.Request) int { panic(http.ErrAbortHandler) })
		lost := r.clock()
		for i := 2; i <= 30; i++ {
			r.happen(operator, i, 1, "payment.captured")
			r.pass(time.Second)
		}
		for range 8 * 24 {
			r.skip(time.Hour)
		}
		v := r.health(operator, e.ID)
		if v.State != StateDead || v.Dead != 29 || v.Waiting != 0 || v.Reason != reasonFailed {
			t.Fatalf("%+v", v.Health)
		}
		if n := strings.Count(r.logged(), alarmDead); n < 1 || n > 2 {
			t.Errorf("an operator was told %d times in the first day", n)
		}
		if s := r.Summarize(t.Context()); s.AlarmDead != 1 || s.Dead != 29 || s.Endpoints[StateDead] != 1 {
			t.Errorf("%+v", s)
		}
		for _, d := range r.deliveries(operator, Query{Endpoint: e.ID, State: ledger.DeliveryDead}).Deliveries {
			if d.Next != (time.Time{}) || d.Reason != reasonFailed {
				t.Errorf("%+v", d)
			}
		}
		r.behave(nil)
		r.happen(operator, 31, 1, "payment.captured")
		r.pass(time.Minute)
		if v := r.health(operator, e.ID); v.State != StateWorking || v.Dead != 29 || len(r.took()) != 1 {
			t.Errorf("%+v", v.Health)
		}
		replay := func(from, to time.Time, dead bool, want int) {
			t.Helper()
			n, err := r.Replay(t.Context(), operator, e.ID, from, to, dead)
			r.pass(time.Minute)
			if got := len(r.ids("/")); err != nil || n != want || got != want {
				t.Errorf("%d replayed, %d arrived: %v; want %d", n, got, err, want)
			}
		}
		replay(lost.Add(10*time.Second), lost.Add(20*time.Second), true, 10)
		replay(time.Time{}, time.Time{}, true, 19)
		replay(time.Time{}, time.Time{}, true, 0)
		replay(time.Time{}, time.Time{}, false, 31)
		replay(first.Time, lost, false, 1)
		replay(lost, lost, false, 0)
		if v := r.health(operator, e.ID); v.Dead != 0 || v.Waiting != 0 {
			t.Errorf("%+v", v.Health)
		}
	})
}

// Nothing is sent to a stopped endpoint; what happens waits for seven days, over a
// restart, and comes when it is started; what is older is a dead letter.
func TestStopped(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		e := r.endpoint(operator, "/")
		stopped := true
		if _, err := r.Update(t.Context(), operator, e.ID, Given{Stopped: &stopped}); err != nil {
			t.Fatal(err)
		}
		for i := range 100 {
			r.happen(operator, i, 1, "payment.captured")
		}
		r.skip(4 * 24 * time.Hour)
		for i := range 100 {
			r.happen(operator, i, 2, "order.shipped")
		}
		r.stop()
		r.start()
		r.skip(4 * 24 * time.Hour)
		r.skip(time.Hour)
		if v := r.health(operator, e.ID); v.Dead != 100 || v.Waiting != 100 || len(r.took()) != 0 {
			t.Fatalf("%+v", v.Health)
		}
		stopped = false
		if _, err := r.Update(t.Context(), operator, e.ID, Given{Stopped: &stopped}); err != nil {
			t.Fatal(err)
		}
		r.pass(time.Minute)
		if v, ids := r.health(operator, e.ID), r.ids("/"); v.Dead != 100 || v.Waiting != 0 || len(ids) != 100 {
			t.Errorf("%d arrived: %+v", len(ids), v.Health)
		}
	})
}
