package processor

import (
	"sync"
	"testing"
	"time"

	"kessai.dev/kessai/internal/payment"
)

// gauge is an Observer that keeps what it is told.
type gauge struct {
	mu      sync.Mutex
	asked   map[string]int
	settled []time.Duration
	waiting int
	written int
}

func (g *gauge) Asked(op payment.Operation, outcome string, _ time.Duration) {
	g.mu.Lock()
	g.asked[op.String()+" "+outcome]++
	g.mu.Unlock()
}

func (g *gauge) Settled(_ payment.Operation, open time.Duration) {
	g.mu.Lock()
	g.settled = append(g.settled, open)
	g.mu.Unlock()
}

func (g *gauge) Waiting(n int)         { g.mu.Lock(); g.waiting = n; g.mu.Unlock() }
func (g *gauge) Written(time.Duration) { g.mu.Lock(); g.written++; g.mu.Unlock() }

// P28: how many payments wait for an answer, and how long they waited, is told
// to whoever watches: a quick "accepted" hides no backlog.
func TestBacklogIsMeasured(t *testing.T) {
	r := newRig(t)
	g := &gauge{asked: map[string]int{}}
	r.o.Observer = g
	r.bank.deaf = true
	for i, number := range []string{"1", "2", "3"} {
		r.bank.will(losesAnswer)
		r.create(string(rune('a'+i)), order(number))
	}
	r.later(10*time.Second, time.Second)
	if g.waiting != 3 || len(g.settled) != 0 {
		t.Fatalf("%d waiting, settled %v", g.waiting, g.settled)
	}
	if open := r.OldestQuestion(); open < 10*time.Second || open > 12*time.Second {
		t.Errorf("the oldest question has been open for %v", open)
	}
	r.bank.deaf = false
	r.later(30*time.Second, time.Second)
	if open := r.OldestQuestion(); open != 0 {
		t.Errorf("a question has been open for %v, and all are answered", open)
	}
	if g.waiting != 0 || len(g.settled) != 3 {
		t.Fatalf("%d waiting, settled %v", g.waiting, g.settled)
	}
	for _, open := range g.settled {
		if open < 10*time.Second || open > 40*time.Second {
			t.Errorf("a question was open for %v, says the gauge", open)
		}
	}
	if g.asked["authorize unknown"] != 3 || g.asked[" yes"] < 3 {
		t.Errorf("%v", g.asked)
	}
	if g.written < 9 { // created and asked, no answer, settled
		t.Errorf("%d appends to the books", g.written)
	}
}
