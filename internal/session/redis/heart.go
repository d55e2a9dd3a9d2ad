package redis

import (
	"context"
	"time"
)

// A process is alive while its heartbeat key is there.
const (
	heartEvery = time.Second
	heartTTL   = 3 * time.Second
)

func (s *Store) ownerKey(owner string) string { return s.prefix + ":owner:" + owner }

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
			_ = s.beat(ctx) // the circuit keeps what it found
		}
	}
}

// beat says that this process lives, and gives back what it may hold without
// knowing. It is also the probe that closes the circuit.
func (s *Store) beat(ctx context.Context) error {
	err := s.ask(ctx, func(ctx context.Context) error {
		return s.client.Set(ctx, s.ownerKey(s.owner), "alive", heartTTL).Err()
	})
	if err != nil {
		return err
	}
	ghosts := s.own.takeDoubtful()
	for i, g := range ghosts {
		err := s.ask(ctx, func(ctx context.Context) error { return s.give(ctx, g.name, g.value) })
		if err != nil {
			s.own.doubt(ghosts[i:]...)
			return err
		}
	}
	return nil
}

// die stops the heart and leaves all else as a killed process would.
func (s *Store) die() {
	s.stop()
	<-s.stopped
}
