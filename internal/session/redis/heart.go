package redis

import (
	"context"
	"errors"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// A process is alive while its heartbeat key is there.
const (
	heartEvery = time.Second
	heartTTL   = 3 * time.Second
)

// ownerKey names an owner's sign of life in a home.
func (s *Store) ownerKey(home, owner string) string { return s.prefix + ":owner:" + home + owner }

// signsOf names all signs of life of this process: one, or in a Cluster one in each home.
func (s *Store) signsOf() []string {
	if s.lanes.cluster == nil {
		return []string{s.ownerKey("", s.owner)}
	}
	signs := make([]string, homes)
	for i := range signs {
		signs[i] = s.ownerKey(s.home(byte(i)), s.owner)
	}
	return signs
}

// heart beats until the process dies or closes the store.
func (s *Store) heart(ctx context.Context) {
	defer close(s.stopped)
	tick := time.NewTicker(heartEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_ = s.beat(ctx) // the circuits keep what it found
		}
	}
}

// beat says that this process lives, and gives back what it may hold without
// knowing. It is also the probe that closes the circuits.
func (s *Store) beat(ctx context.Context) error {
	err := s.everywhere(ctx, func(ctx context.Context, to *lane, signs []string) error {
		return s.each(ctx, to, signs, func(sign string) []any {
			return []any{"set", sign, "alive", "px", heartTTL.Milliseconds()}
		})
	})
	if err != nil {
		s.lanes.reload(ctx)
	}
	return errors.Join(err, s.exorcise(ctx))
}

// everywhere calls each server that has a sign of life of ours, all at once, so
// that one that hangs delays nobody, whatever its circuit says.
func (s *Store) everywhere(ctx context.Context, call func(context.Context, *lane, []string) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	groups, err := s.lanes.group(s.limits.context(), s.signs)
	if err != nil {
		return said(err)
	}
	var all sync.WaitGroup
	errs := make(chan error, len(groups))
	for to, signs := range groups {
		all.Go(func() {
			errs <- s.ask(ctx, to, func(ctx context.Context, to *lane) error { return call(ctx, to, signs) })
		})
	}
	all.Wait()
	close(errs)
	var joined error
	for err := range errs {
		joined = errors.Join(joined, err)
	}
	return joined
}

// each sends one server a command for each name, in one go, and those whose
// names a Cluster has moved again by themselves.
func (s *Store) each(ctx context.Context, to *lane, names []string, args func(name string) []any) error {
	pipe := to.client.Pipeline()
	cmds := make([]*goredis.Cmd, len(names))
	for i, name := range names {
		cmds[i] = pipe.Do(ctx, args(name)...)
	}
	_, _ = pipe.Exec(ctx) // each command has its own error
	for i, name := range names {
		err := cmds[i].Err()
		if s.lanes.elsewhere(err) {
			err = s.lanes.cluster.Do(ctx, args(name)...).Err()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// exorcise gives back the claims that this process may have without knowing.
// What cannot be given back now waits for the next beat.
func (s *Store) exorcise(ctx context.Context) error {
	var first error
	for _, g := range s.own.takeDoubtful() {
		err := s.do(ctx, g.name, func(ctx context.Context, to *lane) error { return s.give(ctx, to, g.name, g.value) })
		if err != nil {
			s.own.doubt(g)
			if first == nil {
				first = err
			}
		}
	}
	return first
}

// die stops the heart and leaves all else as a killed process would.
func (s *Store) die() {
	s.stop()
	<-s.stopped
}
