package shop

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"sync/atomic"
)

// Directory is the shops and keys that a process serves, at one moment. It does
// not change while it is used.
type Directory struct {
	Shops map[ID]*Shop
	Keys  map[[sha256.Size]byte]*Key
	// Own is a shop as one of its environments sets it up for itself, so that
	// what is tried in TEST changes nothing in PRODUCTION (P89). A tenant that is
	// not in it is as Shops says.
	Own map[Tenant]*Shop
}

// Contract finds the shop and contract of a tenant.
func (d *Directory) Contract(t Tenant) (*Shop, Contract, bool) {
	s, ok := d.Own[t]
	if !ok {
		s, ok = d.Shops[t.Shop]
	}
	if !ok {
		return nil, Contract{}, false
	}
	c, ok := s.Contracts[t.Environment]
	return s, c, ok
}

// Tenants lists those that are served now: each shop in each environment that it has
// a contract for, by name.
func (d *Directory) Tenants() []Tenant {
	var list []Tenant
	for id := range d.Shops {
		for _, env := range []Environment{Test, Production} {
			t := Tenant{Shop: id, Environment: env}
			if _, _, ok := d.Contract(t); ok {
				list = append(list, t)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Tenant) int { return cmp.Compare(a.Shop, b.Shop) })
	return list
}

// Now makes a directory a Source that never changes.
func (d *Directory) Now() *Directory { return d }

// Source gives the directory as it is now. Whoever needs two things of it asks
// once.
type Source interface{ Now() *Directory }

// Live is a Source whose directory is replaced as a whole when an operator
// changes something.
type Live struct{ now atomic.Pointer[Directory] }

// NewLive begins with d.
func NewLive(d *Directory) *Live {
	l := &Live{}
	l.now.Store(d)
	return l
}

// Now gives the directory.
func (l *Live) Now() *Directory { return l.now.Load() }

// Replace puts another directory in its place. What is under way ends with the
// one that it began with.
func (l *Live) Replace(d *Directory) { l.now.Store(d) }
