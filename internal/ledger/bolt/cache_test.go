package bolt

import (
	"testing"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// Appends and loads that begin and end in any order: once a version is durable and
// settled, the cache has it, a later one, or nothing (P30, P36).
//
// Scars: an append whose ticket had run out was turned away although the version
// before it was still here, and from then on every command was stale. And the caller
// who appended settled it himself, so that others found his claim and loaded the
// payment as it was before, again and again, until he had his turn.
func TestCacheIsNeverBehind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := newCache(rapid.IntRange(1, 6).Draw(t, "size"))
		books := map[payment.ID]int{} // what is durable
		type flight struct {
			id      payment.ID
			version int
			drawn   ticket
		}
		var flights []flight
		id := func(t *rapid.T) payment.ID {
			return rapid.SampledFrom([]payment.ID{"a", "b", "c", "d", "e", "f"}).Draw(t, "payment")
		}
		at := func(n int) cached { return cached{head: ledger.Head{Version: n}} }
		t.Repeat(map[string]func(*rapid.T){
			"append": func(t *rapid.T) {
				var group []*request
				for range rapid.IntRange(1, 3).Draw(t, "group") {
					i := id(t)
					c.get(i)
					books[i]++
					group = append(group, &request{id: i, after: at(books[i])})
				}
				c.settle(group)
			},
			"load": func(t *rapid.T) {
				f := flight{id: id(t), drawn: c.ticket()}
				if _, ok := c.get(f.id); ok || books[f.id] == 0 {
					return
				}
				f.version = books[f.id]
				flights = append(flights, f)
			},
			"land": func(t *rapid.T) {
				if len(flights) == 0 {
					t.Skip("nothing is under way")
				}
				i := rapid.IntRange(0, len(flights)-1).Draw(t, "flight")
				f := flights[i]
				flights = append(flights[:i], flights[i+1:]...)
				c.put(f.id, at(f.version), f.drawn)
			},
			"": func(t *rapid.T) {
				for id, least := range books {
					for _, half := range []map[payment.ID]cached{c.young, c.old} { // as get sees it, without its effect
						if v, ok := half[id]; ok {
							if v.head.Version < least {
								t.Fatalf("%s is cached at version %d, %d is durable", id, v.head.Version, least)
							}
							break
						}
					}
				}
				if len(c.young) > c.half || len(c.old) > c.half {
					t.Fatalf("%d and %d of %d kept", len(c.young), len(c.old), 2*c.half)
				}
			},
		})
	})
}
