package simulator

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"
)

// Options says how a simulator is opened. Only Path must be set.
type Options struct {
	// Path is the bbolt file of the provider's own books. One process may have
	// it open at a time.
	Path string
	// Clock is the time, default time.Now; an operator's offset comes on top.
	Clock func() time.Time
	// Random gives approval numbers and tokens, default crypto/rand. It need
	// not be safe for concurrent use.
	Random io.Reader
	// Logger takes one line per call at debug level, default none.
	Logger *slog.Logger
	// Faults make the simulator rude from the start; nil: polite.
	Faults *Faults
	// Merchants are added to the first shop, or replace those of the same code.
	Merchants []Merchant
	// NoSync leaves commits to the operating system: for benchmarks only, a
	// power cut may lose or break the books.
	NoSync bool
	// CallLimit is how many calls the log keeps, about; default 200,000.
	CallLimit int
	// Sleep waits, or until the context is done; default a timer.
	Sleep func(context.Context, time.Duration)
}

// Simulator is the provider. It is safe for concurrent use.
type Simulator struct {
	clock  func() time.Time
	logger *slog.Logger
	sleep  func(context.Context, time.Duration)

	books    *books
	locks    *locks
	faults   *faultPlan
	offset   atomic.Int64
	sequence atomic.Uint64
	callSeq  atomic.Uint64
	callKeep uint64
	secret   []byte

	randomMu sync.Mutex
	random   io.Reader

	merchantsMu sync.RWMutex
	merchants   map[string]Merchant
	inFlightMu  sync.Mutex
	inFlight    map[string]int

	// gate is held for reading by each call at work, for writing by Reset.
	gate sync.RWMutex
	// life ends with Close, and every wait with it.
	life context.Context
	end  context.CancelFunc
}

// Open opens the provider's books, or begins them with the first shop. The
// error says when another process has them open.
func Open(o Options) (*Simulator, error) {
	if o.Path == "" {
		return nil, errors.New("simulator: no path for its books")
	}
	s := &Simulator{
		clock: o.Clock, logger: o.Logger, sleep: o.Sleep, random: o.Random,
		locks: newLocks(), faults: newFaultPlan(), merchants: map[string]Merchant{}, inFlight: map[string]int{},
		callKeep: 200_000,
	}
	if s.clock == nil {
		s.clock = time.Now
	}
	if s.logger == nil {
		s.logger = slog.New(slog.DiscardHandler)
	}
	if s.sleep == nil {
		s.sleep = sleep
	}
	if s.random == nil {
		s.random = rand.Reader
	}
	if o.CallLimit > 0 {
		s.callKeep = uint64(o.CallLimit)
	}
	var err error
	if s.books, err = openBooks(o.Path, o.NoSync); err != nil {
		return nil, err
	}
	s.life, s.end = context.WithCancel(context.Background())
	if err := s.load(o); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// load takes up what the last run left.
func (s *Simulator) load(o Options) (err error) {
	var offset int64
	if _, err = s.books.read(bucketMeta, metaOffset, &offset); err != nil {
		return fmt.Errorf("simulator: clock offset: %w", err)
	}
	s.offset.Store(offset)
	if err = s.loadSecret(); err != nil {
		return fmt.Errorf("simulator: secret: %w", err)
	}
	last, err := s.books.lastKey(bucketTimeline)
	if err != nil {
		return fmt.Errorf("simulator: timeline: %w", err)
	}
	s.sequence.Store(last)
	if last, err = s.books.lastKey(bucketCalls); err != nil {
		return fmt.Errorf("simulator: calls: %w", err)
	}
	s.callSeq.Store(last)
	if err = s.loadMerchants(); err != nil {
		return fmt.Errorf("simulator: merchants: %w", err)
	}
	if _, known := s.merchant(FirstTraderCode); !known {
		first := FullMerchant(FirstTraderCode, FirstAccessKey)
		first.Name = "テストショップ"
		if err = s.AddMerchant(first); err != nil {
			return err
		}
	}
	for _, m := range o.Merchants {
		if err = s.AddMerchant(m); err != nil {
			return err
		}
	}
	if o.Faults != nil {
		return s.SetFaults(*o.Faults)
	}
	return nil
}

func (s *Simulator) loadSecret() error {
	var text string
	found, err := s.books.read(bucketMeta, metaSecret, &text)
	if err != nil {
		return err
	}
	if found {
		s.secret, err = hex.DecodeString(text)
		return err
	}
	s.secret = s.randomBytes(32)
	return s.books.commit([]put{{bucket: bucketMeta, key: metaSecret, value: encode(hex.EncodeToString(s.secret))}})
}

func (s *Simulator) loadMerchants() error {
	return s.books.db.View(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte(bucketMerchants)).ForEach(func(k, v []byte) error {
			var m Merchant
			if err := decode(v, &m); err != nil {
				return err
			}
			s.merchants[string(k)] = m
			return nil
		})
	})
}

// Close ends all waits, writes what was accepted, and closes the books. Calls
// that come later are answered with a system error.
func (s *Simulator) Close() error {
	s.end()
	return s.books.close()
}

// Reset forgets orders, tokens, challenges, stored cards, slips and calls, turns faults
// off and sets the clock right. Merchants stay.
func (s *Simulator) Reset() error {
	s.gate.Lock()
	defer s.gate.Unlock()
	s.faults.set(Faults{})
	if _, err := s.SetOffset(0); err != nil {
		return err
	}
	return s.books.do(func(tx *bbolt.Tx) error {
		for _, name := range []string{bucketOrders, bucketTimeline, bucketTokens, bucketChallenges, bucketVault, bucketSlips, bucketCalls} {
			if err := tx.DeleteBucket([]byte(name)); err != nil {
				return err
			}
			if _, err := tx.CreateBucket([]byte(name)); err != nil {
				return err
			}
		}
		return nil
	})
}

func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
