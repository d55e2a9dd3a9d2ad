package client

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"io"
	"time"

	"google.golang.org/grpc"
)

// Option changes how New makes a client.
type Option func(*settings)

// settings is what options set.
type settings struct {
	tls       *tls.Config
	plaintext bool
	dial      []grpc.DialOption

	tries    int           // most tries of one call
	timeout  time.Duration // of one try
	patience time.Duration // the longest wait between two tries
	clock    Clock
	random   io.Reader
}

func defaults() settings {
	return settings{
		tries:    6,
		timeout:  15 * time.Second,
		patience: 20 * time.Second,
		clock:    systemClock{},
		random:   rand.Reader,
	}
}

// WithTLS uses TLS with this configuration, also to the loopback: own roots, a
// client certificate, a server name. Versions before TLS 1.2 stay refused.
func WithTLS(config *tls.Config) Option {
	return func(s *settings) {
		if config == nil {
			config = &tls.Config{}
		}
		s.tls = config
	}
}

// WithPlaintext sends everything unencrypted, the key too. It is for a network
// that encrypts by itself, such as a side-car's.
func WithPlaintext() Option { return func(s *settings) { s.plaintext = true } }

// WithTries sets the most tries of one call, the first included: 6 without
// this option, and with 1 nothing is tried again. Less than 1 is 1. A watch
// counts only failures in a row.
func WithTries(n int) Option { return func(s *settings) { s.tries = max(n, 1) } }

// WithTryTimeout sets how long one try waits for its answer: 15 s without this
// option, since kessai answers within 10 s. The whole call is bounded by its
// context.
func WithTryTimeout(d time.Duration) Option { return func(s *settings) { s.timeout = d } }

// WithPatience sets the longest wait before a further try: 20 s without this
// option. If kessai asks for more (from 23:00 to 01:00 Japan time it may be two
// hours) the call ends at once, with the time in RetryAfter.
func WithPatience(d time.Duration) Option { return func(s *settings) { s.patience = d } }

// WithDialOptions adds options of grpc-go, such as interceptors or statistics.
// They come after this package's own and can replace them.
func WithDialOptions(opts ...grpc.DialOption) Option {
	return func(s *settings) { s.dial = append(s.dial, opts...) }
}

// WithClock replaces the clock that waits are taken from, for tests.
func WithClock(c Clock) Option { return func(s *settings) { s.clock = c } }

// WithRandom replaces the source of idempotency keys and of jitter, for tests.
// Keys must never repeat: outside tests leave it alone.
func WithRandom(r io.Reader) Option { return func(s *settings) { s.random = r } }

// Clock is the time that waits are taken from.
type Clock interface {
	// Now is the time.
	Now() time.Time
	// Sleep waits for d, or until the context ends and then gives its error.
	Sleep(ctx context.Context, d time.Duration) error
}

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

func (systemClock) Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// IdempotencyKey gives one call its key, 1 to 255 characters, such as the id of
// the shop's own checkout. A call with the same key and the same request is the
// same call, after a crash of the caller too. It is the same as the request's
// RequestId; two different ones are refused before anything is sent. An empty
// key is none.
func IdempotencyKey(key string) grpc.CallOption { return keyOption{key: key} }

// Replayed sets *to, once the call has an answer, to whether kessai had seen
// the key before: the answer is then the payment as it stands now. That may be
// an earlier try of this very call whose answer was lost.
func Replayed(to *bool) grpc.CallOption { return replayedOption{to: to} }

type keyOption struct {
	grpc.EmptyCallOption
	key string
}

type replayedOption struct {
	grpc.EmptyCallOption
	to *bool
}
