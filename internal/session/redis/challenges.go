package redis

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"kessai.dev/kessai/internal/session"
)

// A challenge is a hash of three fields. The step stands apart, so that a
// script can compare it.
const (
	stepField    = "step"
	expiresField = "expires" // Unix milliseconds
	bodyField    = "body"    // the rest as JSON
)

// challengeKey files a challenge under a digest: its id opens it, so Redis, its
// logs and its copies do not see the id, and no look-up's time depends on it (P42).
func (s *Store) challengeKey(id string) string { return s.nameOf("challenge", id) }

// Open keeps a new challenge.
func (s *Store) Open(ctx context.Context, c session.Challenge) error {
	now := s.clock()
	if c.Expires.IsZero() {
		c.Expires = now.Add(session.ChallengeTTL)
	}
	name := s.challengeKey(c.ID)
	c.ID = ""
	body, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return s.step(ctx, openScript, name,
		string(c.Step), c.Expires.UnixMilli(), body, max(1, c.Expires.Sub(now).Milliseconds()), now.UnixMilli())
}

// Get reads a challenge.
func (s *Store) Get(ctx context.Context, id string) (session.Challenge, error) {
	name := s.challengeKey(id)
	var fields []any
	err := s.do(ctx, name, func(ctx context.Context, to *lane) (err error) {
		fields, err = s.list(ctx, to, "hmget", name, stepField, expiresField, bodyField)
		return err
	})
	if err != nil {
		return session.Challenge{}, err
	}
	c, err := decode(fields)
	if err == nil && !s.clock().Before(c.Expires) {
		err = session.ErrNotFound
	}
	if err != nil {
		return session.Challenge{}, err
	}
	c.ID = id
	return c, nil
}

func decode(fields []any) (session.Challenge, error) {
	if len(fields) != 3 || fields[0] == nil {
		return session.Challenge{}, session.ErrNotFound
	}
	step, _ := fields[0].(string)
	expires, _ := fields[1].(string)
	body, _ := fields[2].(string)
	var c session.Challenge
	if err := json.Unmarshal([]byte(body), &c); err != nil {
		return session.Challenge{}, fmt.Errorf("session: a challenge cannot be read: %w", err)
	}
	ms, err := strconv.ParseInt(expires, 10, 64)
	if err != nil {
		return session.Challenge{}, fmt.Errorf("session: a challenge cannot be read: %w", err)
	}
	c.Step, c.Expires = session.Step(step), time.UnixMilli(ms)
	return c, nil
}

// Advance moves a challenge on, if it is still where the caller thinks.
func (s *Store) Advance(ctx context.Context, id string, from, to session.Step) error {
	return s.step(ctx, advanceScript, s.challengeKey(id), string(from), string(to), s.clock().UnixMilli())
}

// step runs one of the challenge scripts and turns its answer into an error.
func (s *Store) step(ctx context.Context, sc script, name string, args ...any) error {
	var answer string
	err := s.do(ctx, name, func(ctx context.Context, to *lane) (err error) {
		answer, err = s.run(ctx, to, sc, name, args...)
		return err
	})
	if err != nil {
		return err
	}
	switch answer {
	case "done":
		return nil
	case "exists":
		return session.ErrExists
	case "moved":
		return session.ErrMoved
	case "gone":
		return session.ErrNotFound
	}
	return fmt.Errorf("session: redis: a script answered %q", answer)
}
