package redis

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/session"
)

// A claim's value is "r:<owner>:<number>" while it runs and "p:<payment>" after.
const (
	runningMark = "r:"
	paymentMark = "p:"
)

// claimKey names a claim. What a shop sends as a key may be anything, so Redis,
// its logs and its copies see a digest only.
func (s *Store) claimKey(k session.Key) string {
	return s.nameOf("claim", string(k.Tenant.Shop), string(k.Tenant.Environment), k.Method, k.Value)
}

// nameOf names a key by its home and the digest of what it is for.
func (s *Store) nameOf(kind string, parts ...string) string {
	sum := digest(parts...)
	return s.prefix + ":" + kind + ":" + s.home(sum[0]) + base64.RawURLEncoding.EncodeToString(sum[:])
}

// digest hashes parts so that no two lists of parts run into each other.
func digest(parts ...string) [sha256.Size]byte {
	text := make([]byte, 0, 256)
	for _, p := range parts {
		text = append(strconv.AppendInt(text, int64(len(p)), 10), ':')
		text = append(append(text, p...), ',')
	}
	return sha256.Sum256(text)
}

// Claim takes the key by one command; only a running claim of another process,
// or a lost answer, costs more.
func (s *Store) Claim(ctx context.Context, key session.Key) (session.Status, error) {
	name, number := s.claimKey(key), s.own.ask()
	value := runningMark + s.owner + ":" + strconv.FormatUint(number, 10)
	sent := false
	var status session.Status
	err := s.do(ctx, name, func(ctx context.Context, to *lane) (err error) {
		sent = true
		have, err := s.setIfAbsent(ctx, to, name, value, session.PendingTTL)
		if err == nil {
			status, err = s.judge(ctx, to, key, name, value, have)
		}
		return err
	})
	s.own.settle(number, key, name, err == nil && status.Claimed)
	if err != nil && sent {
		s.own.doubt(ghost{name, value})
	}
	return status, err
}

// judge says what a stored value means for the caller who offered value.
func (s *Store) judge(ctx context.Context, to *lane, key session.Key, name, value, have string) (session.Status, error) {
	if have == "" {
		return session.Status{Claimed: true}, nil
	}
	if id, ok := strings.CutPrefix(have, paymentMark); ok {
		return session.Status{Payment: payment.ID(id)}, nil
	}
	owner, number, ok := parseRunning(have)
	if !ok {
		return session.Status{}, errForeign
	}
	void, age, err := s.void(ctx, to, key, homeOf(name), owner, number)
	if err != nil || !void {
		return session.Status{Running: !void && err == nil}, err
	}
	return s.takeOver(ctx, to, name, value, have, age)
}

func parseRunning(value string) (owner string, number uint64, ok bool) {
	rest, ok := strings.CutPrefix(value, runningMark)
	if !ok {
		return "", 0, false
	}
	owner, digits, ok := strings.Cut(rest, ":")
	if !ok {
		return "", 0, false
	}
	number, err := strconv.ParseUint(digits, 10, 64)
	return owner, number, err == nil
}

// void reports whether nobody works on a claim any more, and how old it must be
// to be sure: a claim of a silent owner counts only once it has outlived a
// heartbeat, since right after a wipe the owner's sign of life is missing, too.
func (s *Store) void(ctx context.Context, to *lane, key session.Key, home, owner string, number uint64) (bool, time.Duration, error) {
	if owner == s.owner {
		return !s.own.live(number, key), 0, nil
	}
	alive, err := s.text(ctx, to, "get", s.ownerKey(home, owner))
	return alive == "", heartTTL, err
}

// takeOver replaces a void claim by ours, unless somebody was faster (P06).
func (s *Store) takeOver(ctx context.Context, to *lane, name, value, have string, age time.Duration) (session.Status, error) {
	now, err := s.run(ctx, to, takeOverScript, name,
		have, value, session.PendingTTL.Milliseconds(), (session.PendingTTL - age).Milliseconds())
	switch {
	case err != nil:
		return session.Status{}, err
	case now == value:
		return session.Status{Claimed: true}, nil
	}
	if id, ok := strings.CutPrefix(now, paymentMark); ok {
		return session.Status{Payment: payment.ID(id)}, nil
	}
	return session.Status{Running: true}, nil
}

// Finish notes the payment, whatever stands there: it is a fact.
func (s *Store) Finish(ctx context.Context, key session.Key, id payment.ID) error {
	w, ok := s.own.forget(key) // first: if the note fails, the claim is a ghost
	if !ok {
		w.name = s.claimKey(key)
	}
	return s.do(ctx, w.name, func(ctx context.Context, to *lane) error {
		return s.set(ctx, to, w.name, paymentMark+string(id), session.ClaimTTL)
	})
}

// Release gives the key back if this process has it.
func (s *Store) Release(ctx context.Context, key session.Key) error {
	w, ok := s.own.forget(key)
	if !ok {
		return nil
	}
	value := runningMark + s.owner + ":" + strconv.FormatUint(w.number, 10)
	err := s.do(ctx, w.name, func(ctx context.Context, to *lane) error { return s.give(ctx, to, w.name, value) })
	if err != nil {
		s.own.doubt(ghost{w.name, value})
	}
	return err
}

// give deletes a claim if it is still the one meant.
func (s *Store) give(ctx context.Context, to *lane, name, value string) error {
	_, err := s.run(ctx, to, giveScript, name, value)
	return err
}
