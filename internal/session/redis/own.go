package redis

import (
	"sync"
	"time"

	"kessai.dev/kessai/internal/session"
)

// own is what this process itself knows of its claims: a value in Redis that
// carries its name but that nobody here works on is a ghost (the answer to the
// claim was lost), and is taken over at once.
type own struct {
	clock func() time.Time

	mu       sync.Mutex
	next     uint64
	asking   map[uint64]struct{} // sent, not answered
	won      map[session.Key]ours
	doubtful []ghost
	sweepAt  int
}

// ours is a claim that this process has.
type ours struct {
	number uint64
	name   string // of the key in Redis
	since  time.Time
}

// ghost is a claim that this process may have, without knowing.
type ghost struct{ name, value string }

const (
	leastSweep  = 4096
	maxDoubtful = 1024 // beyond, they lapse after PendingTTL by themselves
)

func newOwn(clock func() time.Time) *own {
	return &own{clock: clock, asking: map[uint64]struct{}{}, won: map[session.Key]ours{}, sweepAt: leastSweep}
}

// ask gives a number to a claim that is about to be sent.
func (o *own) ask() uint64 {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.next++
	o.asking[o.next] = struct{}{}
	return o.next
}

// settle notes how the claim went.
func (o *own) settle(number uint64, key session.Key, name string, claimed bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.asking, number)
	if claimed {
		o.won[key] = ours{number, name, o.clock()}
		o.sweep()
	}
}

// forget lets go of the claim on a key, and gives what it was.
func (o *own) forget(key session.Key) (ours, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	w, ok := o.won[key]
	delete(o.won, key)
	return w, ok
}

// live reports whether somebody in this process works on the claim.
func (o *own) live(number uint64, key session.Key) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, asking := o.asking[number]; asking {
		return true
	}
	w, ok := o.won[key]
	return ok && w.number == number
}

// doubt notes claims whose answer was lost.
func (o *own) doubt(ghosts ...ghost) {
	o.mu.Lock()
	defer o.mu.Unlock()
	room := maxDoubtful - len(o.doubtful)
	o.doubtful = append(o.doubtful, ghosts[:min(room, len(ghosts))]...)
}

func (o *own) takeDoubtful() []ghost {
	o.mu.Lock()
	defer o.mu.Unlock()
	taken := o.doubtful
	o.doubtful = nil
	return taken
}

// sweep lets go of claims that nobody finished nor released, as after a panic.
// It looks at all of them, so only when they have doubled since.
func (o *own) sweep() {
	if len(o.won) < o.sweepAt {
		return
	}
	for key, w := range o.won {
		if o.clock().Sub(w.since) >= session.PendingTTL {
			delete(o.won, key)
		}
	}
	o.sweepAt = max(leastSweep, 2*len(o.won))
}
