package webhook

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// process is one of several that share the books.
type process struct {
	*Hooks
	r    *rig
	gone chan struct{} // closed: its turn is over
	lose context.CancelFunc
}

// processes are so many, of which none has the turn.
func (r *rig) processes(n int) (all []*process) {
	r.Helper()
	r.Stop(context.Background())
	for range n {
		r.seed++
		all = append(all, &process{r: r, Hooks: New(Options{
			Endpoints: r.directory, Feed: r.feed, Journal: r.feed, Books: r.books, Clock: r.clock, Random: rand.NewChaCha8([32]byte{byte(r.seed)}),
			Logger: slog.New(slog.NewTextHandler(&locked{r}, nil)), Loopback: true, Dial: r.dial,
		})})
		r.others = append(r.others, all[len(all)-1].Hooks)
	}
	return all
}

// as has the rig ask a process.
func (r *rig) as(p *process) *rig { r.Hooks = p.Hooks; return r }

// lead gives a process the turn.
func (p *process) lead() {
	ctx, lose := context.WithCancel(context.Background())
	p.lose, p.gone = lose, make(chan struct{})
	go func() {
		p.Hooks.Run(ctx)
		close(p.gone)
	}()
	synctest.Wait()
}

// lost takes the turn away, as when a lease is over.
func (p *process) lost() {
	p.lose()
	<-p.gone
}

// P76 P78: whoever of two processes has the turn, and however often it goes over in the
// middle of everything, no event is lost, each comes with its own id, and each payment's
// come in their order. Who lost the turn sends nothing more.
func TestTurnGoesOver(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		all := r.processes(2)
		all[0].lead()
		e := r.as(all[1]).endpoint(operator, "/")
		dice := rand.New(rand.NewPCG(1, 1))
		r.behave(func(http.ResponseWriter, *http.Request) int {
			r.mu.Lock()
			d := time.Duration(dice.IntN(300)) * time.Millisecond
			r.mu.Unlock()
			<-time.After(d)
			return http.StatusNoContent
		})
		var want []string
		for i := range 400 {
			p, sequence := i%10, i/10+1
			e := r.happen(operator, p, sequence, "payment.captured")
			want = append(want, e.ID())
			if i%7 == 0 {
				r.pass(90 * time.Millisecond)
			}
			if i%40 == 39 {
				all[i/40%2].lost()
				r.mu.Lock()
				before := r.tried
				r.mu.Unlock()
				r.pass(time.Duration(dice.IntN(3000)) * time.Millisecond)
				if r.mu.Lock(); r.tried != before {
					t.Errorf("%d tries of nobody", r.tried-before)
				}
				r.mu.Unlock()
				all[(i/40+1)%2].lead()
			}
		}
		r.pass(time.Minute)
		first, next := map[string]bool{}, map[payment.ID]int{}
		for _, g := range r.took() {
			if first[g.id] {
				continue
			}
			first[g.id] = true
			if next[g.payment]++; g.sequence != next[g.payment] {
				t.Errorf("%s came as number %d", g.id, next[g.payment])
			}
		}
		for _, id := range want {
			if !first[id] {
				t.Errorf("%s is lost", id)
			}
		}
		for _, p := range all {
			if v := r.as(p).health(operator, e.ID); v.Waiting != 0 || v.Dead != 0 || v.State != StateWorking {
				t.Errorf("%+v", v.Health)
			}
		}
	})
}

// P77 P78: what failed in one turn is tried again in the next one, after its own pause; the
// processes that do not send tell the same of it.
func TestRetriesGoOver(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		all := r.processes(2)
		all[0].lead()
		e := r.as(all[1]).endpoint(operator, "/")
		r.behave(func(http.ResponseWriter, *http.Request) int { return http.StatusInternalServerError })
		for i := range 5 {
			r.happen(operator, i, 1, "payment.captured")
		}
		r.pass(2 * time.Second)
		r.happen(operator, 7, 1, "payment.captured") // in the air, or not written down
		all[0].lost()
		for _, p := range all {
			list := r.as(p).deliveries(operator, Query{Endpoint: e.ID}).Deliveries
			if v := r.health(operator, e.ID); v.State != StateFailing || v.Waiting != 6 || len(list) != 6 || list[0].Reason == "" {
				t.Errorf("nobody sends: %+v, %+v", v.Health, list)
			}
		}
		r.behave(nil)
		r.as(all[1])
		all[1].lead()
		r.pass(30 * time.Second)
		ids := r.ids("/")
		slices.Sort(ids)
		if ids = slices.Compact(ids); len(ids) != 6 {
			t.Errorf("arrived: %v", ids)
		}
		if v := r.as(all[0]).health(operator, e.ID); v.State != StateWorking || v.Waiting != 0 {
			t.Errorf("%+v", v.Health)
		}
	})
}

// P77 P78: what is asked of a process that does not send is done by the one that does,
// within two seconds: a replay, what waits after a test event that arrived, an endpoint
// that is made, stopped or deleted; and nothing of an endpoint's past is sent that was not
// asked for.
func TestAskedOfAnother(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		all := r.processes(2)
		all[0].lead()
		r.as(all[1])
		long := r.happen(operator, 0, 1, "payment.created") // before there was an endpoint
		r.pass(time.Second)
		e := r.endpoint(operator, "/")
		replayed := func(deadOnly bool, want ...string) {
			t.Helper()
			n, err := r.Replay(r.Context(), operator, e.ID, time.Time{}, time.Time{}, deadOnly)
			r.pass(2 * time.Second)
			got := r.ids("/")
			if slices.Sort(got); err != nil || n != len(want) || !slices.Equal(got, want) {
				t.Errorf("%d, %v: %v, want %v", n, err, got, want)
			}
		}
		replayed(false, long.ID()) // at once, while nobody has written anything of it
		var down atomic.Bool
		r.behave(func(http.ResponseWriter, *http.Request) int {
			if down.Load() {
				return http.StatusInternalServerError
			}
			return http.StatusNoContent
		})
		a, b := r.happen(operator, 1, 1, "payment.captured"), r.happen(operator, 2, 1, "payment.captured")
		r.pass(20 * time.Millisecond)
		if got := r.ids("/"); len(got) != 2 {
			t.Fatalf("arrived: %v", got)
		}
		replayed(false, long.ID(), a.ID(), b.ID()) // they arrived a moment ago
		for range 2 {                              // at the one that sends, while the replay before is not written down
			r.as(all[0])
			if n, err := r.Replay(r.Context(), operator, e.ID, time.Time{}, time.Time{}, false); n != 3 || err != nil {
				t.Fatal(n, err)
			}
			r.pass(30 * time.Millisecond)
		}
		r.pass(2 * time.Second)
		if got := r.ids("/"); len(got) != 6 {
			t.Errorf("replayed twice: %v", got)
		}
		r.as(all[1])

		down.Store(true)
		for i := range 3 {
			r.happen(operator, 10+i, 1, "payment.captured")
		}
		for range 8 { // far apart by now
			r.skip(time.Hour)
		}
		if v := r.health(operator, e.ID); v.Waiting != 3 || v.State != StateFailing {
			t.Errorf("%+v", v.Health)
		}
		down.Store(false)
		if answer, err := r.Test(r.Context(), operator, e.ID); err != nil || !answer.Delivered {
			t.Fatalf("%+v %v", answer, err)
		}
		r.pass(2 * time.Second)
		if got := r.ids("/"); len(got) != 4 {
			t.Errorf("with the test event: %v", got)
		}

		yes := true
		if _, err := r.Update(r.Context(), operator, e.ID, Given{Stopped: &yes}); err != nil {
			t.Fatal(err)
		}
		r.pass(2 * time.Second)
		r.happen(operator, 20, 1, "payment.captured")
		r.pass(time.Minute)
		if v := r.health(operator, e.ID); len(r.took()) != 0 || v.Waiting != 1 {
			t.Errorf("stopped: %+v", v.Health)
		}
		if err := r.Delete(r.Context(), operator, e.ID); err != nil {
			t.Fatal(err)
		}
		r.pass(2 * time.Second)
		if have, err := r.books.Courses(r.Context()); err != nil || len(have) != 0 {
			t.Errorf("of the endpoint that was deleted: %v, %v", have, err)
		}
	})
}

// P77: an endpoint's dead letters are replayed from a process that does not send, and every
// process counts all endpoints.
func TestDeadLettersOfAnother(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		all := r.processes(2)
		all[0].lead()
		e := r.as(all[1]).endpoint(operator, "/")
		r.endpoint(neighbour, "/new")
		r.behave(func(http.ResponseWriter, *http.Request) int { return http.StatusInternalServerError })
		r.happen(operator, 1, 1, "payment.captured")
		r.pass(2 * time.Second)
		for range 8 {
			r.skip(24 * time.Hour)
			all[0].Tick()
			r.pass(2 * time.Second)
		}
		for _, p := range all {
			s := p.Summarize(r.Context())
			if s.Endpoints[StateDead] != 1 || s.Endpoints[StateNew] != 1 || s.Dead != 1 || s.AlarmDead != 1 {
				t.Errorf("%+v", s)
			}
		}
		if !strings.Contains(r.logged(), "endpoint is dead") {
			t.Error("nobody is told")
		}
		r.behave(nil)
		r.took()
		if n, err := r.Replay(r.Context(), operator, e.ID, time.Time{}, time.Time{}, true); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		r.pass(2 * time.Second)
		if got := r.ids("/"); len(got) != 1 || r.health(operator, e.ID).State != StateWorking {
			t.Errorf("%v, %+v", got, r.health(operator, e.ID).Health)
		}
	})
}

// kept is ledger.Deliveries under a name that is none of its methods'.
type kept interface{ ledger.Deliveries }

// away are deliveries in a database that comes later.
type away struct {
	kept
	until time.Time
	clock func() time.Time
}

func (a *away) Courses(ctx context.Context) (map[ledger.EndpointKey]ledger.Course, error) {
	if a.clock().Before(a.until) {
		return nil, context.DeadlineExceeded
	}
	return a.kept.Courses(ctx)
}

// A turn that cannot begin is begun when it can, and told of once; one that is lost before
// is none.
func TestTurnBeginsLate(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		all := r.processes(2)
		all[0].o.Books = &away{r.books, r.clock().Add(time.Minute), r.clock}
		r.as(all[1]).endpoint(operator, "/")
		e := r.happen(operator, 1, 1, "payment.captured")
		all[0].lead()
		r.pass(10 * time.Second)
		all[0].lost()
		all[0].lead()
		r.pass(45 * time.Second)
		if n := len(r.took()); n != 0 || strings.Count(r.logged(), "cannot be begun") != 2 {
			t.Errorf("%d arrived; %s", n, r.logged())
		}
		r.pass(10 * time.Second)
		if got := r.ids("/"); !slices.Equal(got, []string{e.ID()}) {
			t.Errorf("%v", got)
		}
	})
}
