// Package redis keeps sessions in Redis 7 or newer, so that several kessai
// processes share them: single, Sentinel or Cluster. Redis makes things fast and
// is never the truth: dead, slow, wiped or behind, it costs little time and no
// money (P07, P08).
package redis

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"kessai.dev/kessai/internal/session"
)

// Options say where Redis is.
type Options struct {
	// URL is one of
	//   redis://user:password@host:6379/0, or unix:///path: one server;
	//   redis+sentinel://user:password@host1,host2,host3/0?master=name: Sentinels,
	//   and the servers that they watch (?sentinel_username=… and
	//   ?sentinel_password=… are for the Sentinels themselves);
	//   redis+cluster://user:password@host1,host2,host3: a Cluster.
	// rediss:// is TLS 1.2 or newer with all three; ?pool_size=… bounds the
	// connections to each server. Hosts may also follow as ?addr=host:port, where
	// ?master_name=… means Sentinels, and else a Cluster, as does ?cluster=true.
	URL string
	// Prefix begins every key, for several houses in one Redis. Empty: "kessai".
	Prefix string
	Clock  func() time.Time // nil: the machine's clock
	Random io.Reader        // names this process among others; nil: the machine's
	// Timeout bounds every call of the port, however many commands it takes.
	// Zero: 250 ms.
	Timeout time.Duration
}

// defaultTimeout is far above a healthy answer (well under a millisecond) and
// far below what a shopper notices.
const defaultTimeout = 250 * time.Millisecond

// ErrDown says that Redis failed just now and was not asked again.
var ErrDown = errors.New("session: redis is down")

// errForeign says that a key of ours holds a value that no kessai wrote.
var errForeign = errors.New("a claim holds what no kessai wrote")

// quiet keeps the driver from writing to standard error, unasked and in a form
// of its own: what failed is in the errors and in Health.
type quiet struct{}

func (quiet) Printf(context.Context, string, ...any) {}

func init() { goredis.SetLogger(quiet{}) }

// Store is a session.Store in Redis.
type Store struct {
	lanes  *lanes
	prefix string
	owner  string   // this process, among all that share the Redis
	signs  []string // the keys that say that it lives
	clock  func() time.Time
	limits limits
	own    *own

	stop    context.CancelFunc
	stopped chan struct{}
	once    sync.Once
}

var _ session.Store = (*Store)(nil)

// Open connects. A URL that cannot be right is an error; a Redis that does not
// answer is not, since the shop opens without it: Health tells (P08).
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	if o.Prefix == "" {
		o.Prefix = "kessai"
	}
	u, err := parse(o.URL)
	if err != nil {
		return nil, err
	}
	var name [16]byte
	if _, err := io.ReadFull(o.Random, name[:]); err != nil {
		return nil, fmt.Errorf("session: no random bytes to name this process: %w", err)
	}
	ways, err := newLanes(bounded(u, o.Timeout))
	if err != nil {
		return nil, err
	}
	s := &Store{
		lanes:   ways,
		prefix:  o.Prefix,
		owner:   hex.EncodeToString(name[:]),
		clock:   o.Clock,
		limits:  limits{timeout: o.Timeout},
		own:     newOwn(o.Clock),
		stopped: make(chan struct{}),
	}
	s.signs = s.signsOf()
	_ = s.beat(ctx) // before the first claim; a failure shows in Health
	var alive context.Context
	alive, s.stop = context.WithCancel(context.WithoutCancel(ctx))
	go s.heart(alive)
	return s, nil
}

// bounded sets every wait of the client to the store's own, and its own
// retries off: a repeated claim is another claim.
func bounded(u *goredis.UniversalOptions, timeout time.Duration) *goredis.UniversalOptions {
	u.DialTimeout, u.ReadTimeout, u.WriteTimeout, u.PoolTimeout = timeout, timeout, timeout, timeout
	u.ContextTimeoutEnabled = true
	u.MaxRetries = -1
	u.DialerRetries = 1
	u.DisableIdentity = true
	return u
}

// do runs one call of the port on the server that has the key: bounded in time,
// and not at all while that one is down.
func (s *Store) do(ctx context.Context, name string, call func(context.Context, *lane) error) error {
	to := s.lanes.only
	if to == nil {
		var err error
		if to, err = s.laneOf(ctx, name); err != nil {
			return err
		}
	}
	if to.circuit.open() {
		return ErrDown
	}
	return s.ask(ctx, to, call)
}

// laneOf finds the node of a Cluster that has the key, unless none of them told
// lately who has which.
func (s *Store) laneOf(ctx context.Context, name string) (*lane, error) {
	if err := ctx.Err(); err != nil {
		return nil, said(err)
	}
	if s.lanes.slots.open() {
		return nil, ErrDown
	}
	to, err := s.lanes.of(s.limits.context(), name)
	if err != nil {
		return nil, said(err)
	}
	return to, nil
}

// ask runs a call whatever the circuit says, and tells it how that went.
func (s *Store) ask(ctx context.Context, to *lane, call func(context.Context, *lane) error) error {
	err := ctx.Err()
	if err == nil {
		err = call(s.limits.context(), to)
	}
	switch {
	case err == nil, errors.Is(err, errForeign), homeless(err):
		to.circuit.answered()
	case ctx.Err() == nil: // else the caller left, which says nothing about Redis
		to.circuit.failed()
	}
	if err != nil {
		return said(err)
	}
	return nil
}

// said tells where an error came from.
func said(err error) error { return fmt.Errorf("session: redis: %w", err) }

// Health asks Redis, whatever the last call found, and for what claims rest on.
// In a Cluster every server with keys of ours has to answer: while one does not,
// the others go on, and Health tells.
func (s *Store) Health(ctx context.Context) error {
	if err := s.beat(ctx); err != nil {
		return err
	}
	return s.everywhere(ctx, func(ctx context.Context, to *lane, signs []string) error {
		name := s.prefix + ":health:" + homeOf(signs[0]) + s.owner
		_, err := s.setIfAbsent(ctx, to, name, "x", heartTTL)
		return err
	})
}

// Close ends the heartbeat, so that other processes take over what this one
// still has, and closes the connections.
func (s *Store) Close() error {
	var err error
	s.once.Do(func() {
		s.die()
		s.leave(context.Background())
		err = s.lanes.close()
	})
	return err
}

// leave takes the signs of life away, of which none outlives heartTTL anyway.
func (s *Store) leave(ctx context.Context) {
	_ = s.everywhere(ctx, func(ctx context.Context, to *lane, signs []string) error {
		if to.circuit.open() {
			return ErrDown
		}
		return s.each(ctx, to, signs, func(sign string) []any { return []any{"del", sign} })
	})
}
