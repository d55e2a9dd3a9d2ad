package bolt

import (
	"context"
	"hash/maphash"
	"sync"
	"time"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/session"
)

// shards is how many locks the claims are spread over: with 1,024 callers at
// once two rarely meet, and a lock is held for the time of a map access.
const shards = 256

const (
	defaultMaxClaims = 100_000
	leastSweep       = 64 // running claims in one shard
)

// claims is who works on which key.
type claims struct {
	clock  func() time.Time
	seed   maphash.Seed
	shards [shards]shard
}

// shard is the claims of some of the keys.
type shard struct {
	mu      sync.Mutex
	held    map[session.Key]claim
	running int           // how many of held have no payment yet
	sweepAt int           // running claims at which those left behind are looked for
	aging   []session.Key // finished keys, oldest first, from head on
	head    int
	maximum int
	_       [64]byte // neighbours' locks on cache lines of their own
}

// claim is running while it has no payment.
type claim struct {
	payment payment.ID
	expires time.Time
}

func newClaims(clock func() time.Time, maximum int) *claims {
	if maximum <= 0 {
		maximum = defaultMaxClaims
	}
	c := &claims{clock: clock, seed: maphash.MakeSeed()}
	for i := range c.shards {
		c.shards[i].held = make(map[session.Key]claim)
		c.shards[i].maximum = max(1, maximum/shards)
		c.shards[i].sweepAt = leastSweep
	}
	return c
}

func (c *claims) shard(key session.Key) *shard {
	return &c.shards[maphash.Comparable(c.seed, key)%shards]
}

// Claim takes the key if nobody has it. It never waits for a disk or a network.
func (s *Store) Claim(ctx context.Context, key session.Key) (session.Status, error) {
	if err := s.Health(ctx); err != nil {
		return session.Status{}, err
	}
	now := s.claims.clock()
	sh := s.claims.shard(key)
	sh.mu.Lock()
	defer sh.mu.Unlock()
	if have, ok := sh.held[key]; ok && now.Before(have.expires) {
		return session.Status{Running: have.payment == "", Payment: have.payment}, nil
	}
	sh.put(key, claim{expires: now.Add(session.PendingTTL)})
	sh.sweep(now)
	return session.Status{Claimed: true}, nil
}

// Finish notes the payment that the key led to.
func (s *Store) Finish(ctx context.Context, key session.Key, id payment.ID) error {
	if err := s.Health(ctx); err != nil {
		return err
	}
	now := s.claims.clock()
	sh := s.claims.shard(key)
	sh.mu.Lock()
	defer sh.mu.Unlock()
	if sh.held[key].payment == "" {
		sh.aging = append(sh.aging, key)
	}
	sh.put(key, claim{payment: id, expires: now.Add(session.ClaimTTL)})
	sh.evict(now)
	return nil
}

// Release gives a running key back.
func (s *Store) Release(ctx context.Context, key session.Key) error {
	if err := s.Health(ctx); err != nil {
		return err
	}
	sh := s.claims.shard(key)
	sh.mu.Lock()
	defer sh.mu.Unlock()
	if sh.held[key].payment == "" {
		sh.drop(key)
	}
	return nil
}

func (sh *shard) put(key session.Key, c claim) {
	sh.drop(key)
	sh.held[key] = c
	if c.payment == "" {
		sh.running++
	}
}

func (sh *shard) drop(key session.Key) {
	if have, ok := sh.held[key]; ok && have.payment == "" {
		sh.running--
	}
	delete(sh.held, key)
}

// sweep lets go of running claims that nobody finished nor released, as after a
// panic. It looks at all of them, so only when they have doubled since.
func (sh *shard) sweep(now time.Time) {
	if sh.running < sh.sweepAt {
		return
	}
	for key, have := range sh.held {
		if have.payment == "" && !now.Before(have.expires) {
			sh.drop(key)
		}
	}
	sh.sweepAt = max(leastSweep, 2*sh.running)
}

// evict lets go of finished claims that are past their time or too many. A key
// may stand in line twice, when it expired and was claimed anew: what is
// running is never evicted.
func (sh *shard) evict(now time.Time) {
	for sh.head < len(sh.aging) {
		key := sh.aging[sh.head]
		have := sh.held[key]
		if have.payment != "" && now.Before(have.expires) && len(sh.aging)-sh.head <= sh.maximum {
			break
		}
		if have.payment != "" {
			sh.drop(key)
		}
		sh.aging[sh.head] = session.Key{}
		sh.head++
	}
	if sh.head > len(sh.aging)/2 {
		sh.aging = append(sh.aging[:0], sh.aging[sh.head:]...)
		sh.head = 0
	}
}
