package harness

import (
	"slices"
	"sync"
	"time"
)

// sales are the payments that succeeded: when, and at which server.
type sales struct {
	mu  sync.Mutex
	all []sale
}

type sale struct {
	server    int
	at        time.Time
	afterward time.Duration // from when the visitor came
}

func (s *sales) add(server int, due, at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = append(s.all, sale{server, at, at.Sub(due)})
}

func (s *sales) latencies() (all []time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range s.all {
		all = append(all, one.afterward)
	}
	return all
}

// gap is the longest time between two moments in which a server sold nothing, and whether
// that was all of it; server -1: in which nobody did.
func (s *sales) gap(server int, from, to time.Time) (longest time.Duration, silent bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	times := []time.Time{from, to}
	for _, one := range s.all {
		if (server < 0 || one.server == server) && one.at.After(from) && one.at.Before(to) {
			times = append(times, one.at)
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	for i := range times[1:] {
		longest = max(longest, times[i+1].Sub(times[i]))
	}
	return longest, len(times) == 2
}

// stayed reports that the server was there all the time.
func (s *site) stayed(from, to time.Time) bool {
	back := s.back.Load()
	return s.killed.IsZero() || !s.killed.Before(to) || back != nil && back.Before(from)
}

// gaps are the longest times without a sale after a fault and before the next one: of
// everybody, and of the surviving server that was worst off; and whether one of these sold
// nothing at all.
func (f *fleet) gaps(n int, end time.Time) (anybody, worst time.Duration, silent bool) {
	one := f.faults[n]
	if n+1 < len(f.faults) {
		end = f.faults[n+1].at
	}
	for i := range f.servers {
		if f.servers[i].stayed(one.at, end) {
			longest, never := f.sold.gap(i, one.at, end)
			worst, silent = max(worst, longest), silent || never
		}
	}
	anybody, _ = f.sold.gap(-1, one.at, end)
	return anybody, worst, silent
}
