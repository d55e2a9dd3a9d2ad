package bolt

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/session"
)

var (
	challengeBucket = []byte("challenges") // sha256(id) to the challenge as JSON
	expiryBucket    = []byte("expiry")     // 8 bytes of Unix milliseconds, then sha256(id)
)

// digest is what a challenge is filed under. The id opens the challenge, so it
// does not lie in the file, and no look-up's time depends on it (P42).
func digest(id string) []byte {
	sum := sha256.Sum256([]byte(id))
	return sum[:]
}

func expiryKey(t time.Time, sum []byte) []byte {
	return append(binary.BigEndian.AppendUint64(nil, uint64(t.UnixMilli())), sum...)
}

// Open keeps a new challenge on disk.
func (s *Store) Open(ctx context.Context, c session.Challenge) error {
	return s.write(ctx, s.opening(c))
}

func (s *Store) opening(c session.Challenge) change {
	sum, now := digest(c.ID), s.clock()
	if c.Expires.IsZero() {
		c.Expires = now.Add(session.ChallengeTTL)
	}
	return func(challenges, expiry *bbolt.Bucket) (verdict, failure error) {
		old, err := read(challenges, sum)
		switch {
		case err == nil && now.Before(old.Expires):
			return session.ErrExists, nil
		case err == nil:
			// Past its time but not swept yet: its entry in the line goes with it.
			if err := expiry.Delete(expiryKey(old.Expires, sum)); err != nil {
				return nil, err
			}
		}
		if err := put(challenges, sum, c); err != nil {
			return nil, err
		}
		return nil, expiry.Put(expiryKey(c.Expires, sum), nil)
	}
}

// Get reads a challenge.
func (s *Store) Get(ctx context.Context, id string) (session.Challenge, error) {
	if err := s.Health(ctx); err != nil {
		return session.Challenge{}, err
	}
	var c session.Challenge
	err := s.db.View(func(tx *bbolt.Tx) (err error) {
		c, err = read(tx.Bucket(challengeBucket), digest(id))
		return err
	})
	if err == nil && !s.clock().Before(c.Expires) {
		err = session.ErrNotFound
	}
	if err != nil {
		return session.Challenge{}, err
	}
	c.ID = id
	return c, nil
}

// Advance moves a challenge on, on disk before it returns.
func (s *Store) Advance(ctx context.Context, id string, from, to session.Step) error {
	sum, now := digest(id), s.clock()
	return s.write(ctx, func(challenges, _ *bbolt.Bucket) (verdict, failure error) {
		c, err := read(challenges, sum)
		switch {
		case err != nil:
			return err, nil
		case !now.Before(c.Expires):
			return session.ErrNotFound, nil
		case c.Step != from:
			return session.ErrMoved, nil
		}
		c.Step = to
		return nil, put(challenges, sum, c)
	})
}

func read(challenges *bbolt.Bucket, sum []byte) (session.Challenge, error) {
	var c session.Challenge
	data := challenges.Get(sum)
	if data == nil {
		return c, session.ErrNotFound
	}
	if err := json.Unmarshal(data, &c); err != nil {
		return c, fmt.Errorf("session: a challenge cannot be read: %w", err)
	}
	return c, nil
}

func put(challenges *bbolt.Bucket, sum []byte, c session.Challenge) error {
	c.ID = ""
	data, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return challenges.Put(sum, data)
}

// sweep takes out at most limit challenges that are past their time.
func sweep(challenges, expiry *bbolt.Bucket, now time.Time, limit int) error {
	end := uint64(now.UnixMilli())
	cursor := expiry.Cursor()
	for key, _ := cursor.First(); key != nil && limit > 0; key, _ = cursor.First() {
		if binary.BigEndian.Uint64(key) >= end {
			return nil
		}
		if err := challenges.Delete(key[8:]); err != nil {
			return err
		}
		if err := cursor.Delete(); err != nil {
			return err
		}
		limit--
	}
	return nil
}
