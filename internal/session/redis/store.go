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
	// URL is redis://user:password@host:6379/0, rediss:// for TLS 1.2 or newer,
	// or unix:///path. More hosts follow as ?addr=host:port, and mean a Cluster
	// (as does ?cluster=true); ?master_name=… means that the hosts are Sentinels,
	// with ?sentinel_username=… and ?sentinel_password=…; ?pool_size=… bounds the connections.
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
	client  goredis.UniversalClient // for the heartbeat, which must not stand in line
	pipe    *goredis.AutoPipeliner  // for all else
	prefix  string
	owner   string // this process, among all that share the Redis
	clock   func() time.Time
	limits  limits
	circuit circuit
	own     *own

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
	client := goredis.NewUniversalClient(bounded(u, o.Timeout))
	batches := goredis.DefaultAutoPipelineOptions()
	batches.MaxQueuedCommands = maxQueued
	pipe, err := client.AsyncAutoPipelineWithOptions(batches)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("session: redis: %w", err), client.Close())
	}
	s := &Store{
		client: client, pipe: pipe,
		prefix:  o.Prefix,
		owner:   hex.EncodeToString(name[:]),
		clock:   o.Clock,
		limits:  limits{timeout: o.Timeout},
		own:     newOwn(o.Clock),
		stopped: make(chan struct{}),
	}
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

// do runs one call of the port: bounded in time, and not at all while Redis is down.
func (s *Store) do(ctx context.Context, call func(context.Context) error) error {
	if s.circuit.open() {
		return ErrDown
	}
	return s.ask(ctx, call)
}

// ask runs a call whatever the circuit says, and tells it how that went.
func (s *Store) ask(ctx context.Context, call func(context.Context) error) error {
	err := ctx.Err()
	if err == nil {
		err = call(s.limits.context())
	}
	switch {
	case err == nil, errors.Is(err, errForeign):
		s.circuit.answered()
	case ctx.Err() == nil: // else the caller left, which says nothing about Redis
		s.circuit.failed()
	}
	if err != nil {
		return fmt.Errorf("session: redis: %w", err)
	}
	return nil
}

// Health asks Redis, whatever the last call found, and for what claims rest on.
func (s *Store) Health(ctx context.Context) error {
	if err := s.beat(ctx); err != nil {
		return err
	}
	return s.ask(ctx, func(ctx context.Context) error {
		_, err := s.setIfAbsent(ctx, s.prefix+":health:"+s.owner, "x", heartTTL)
		return err
	})
}

// Close ends the heartbeat, so that other processes take over what this one
// still has, and closes the connections.
func (s *Store) Close() error {
	var err error
	s.once.Do(func() {
		s.die()
		_ = s.do(context.Background(), func(ctx context.Context) error {
			return s.client.Del(ctx, s.ownerKey(s.owner)).Err()
		})
		err = s.client.Close()
	})
	return err
}
