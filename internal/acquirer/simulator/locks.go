package simulator

import "sync"

// locks serialises by name: an order, a token, a member, a slip. A call takes
// them in that order of kinds, and slips sorted, so that no two calls wait for
// each other.
type locks struct {
	mu    sync.Mutex
	names map[string]*lock
}

type lock struct {
	sync.Mutex
	users int
}

func newLocks() *locks { return &locks{names: map[string]*lock{}} }

// acquire waits for the name.
func (l *locks) acquire(name string) (release func()) {
	l.mu.Lock()
	one := l.names[name]
	if one == nil {
		one = &lock{}
		l.names[name] = one
	}
	one.users++
	l.mu.Unlock()
	one.Lock()
	return func() {
		one.Unlock()
		l.mu.Lock()
		defer l.mu.Unlock()
		if one.users--; one.users == 0 {
			delete(l.names, name)
		}
	}
}

// try takes the name only if nobody has it or waits for it.
func (l *locks) try(name string) (release func(), ok bool) {
	l.mu.Lock()
	_, taken := l.names[name]
	if taken {
		l.mu.Unlock()
		return nil, false
	}
	one := &lock{users: 1}
	one.Lock()
	l.names[name] = one
	l.mu.Unlock()
	return func() {
		one.Unlock()
		l.mu.Lock()
		defer l.mu.Unlock()
		if one.users--; one.users == 0 {
			delete(l.names, name)
		}
	}, true
}
