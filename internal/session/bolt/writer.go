package bolt

import (
	"context"

	"go.etcd.io/bbolt"
)

// maxGroup is the most writes that share one commit: one disk flush then
// serves all who wait.
const maxGroup = 1024

// sweepSpare is how many expired challenges a commit takes out beyond twice
// what it writes, so that the file never holds much more than half an hour.
const sweepSpare = 64

// change is what a caller wants done. The verdict is its own answer and leaves
// nothing changed; a failure is the file's and ends the whole group.
type change func(challenges, expiry *bbolt.Bucket) (verdict, failure error)

type write struct {
	change change
	done   chan error // buffered: the writer never waits for a caller
}

// write has the writer carry out the change and returns once it is on disk. If
// ctx ends first nobody knows whether it was done.
func (s *Store) write(ctx context.Context, change change) error {
	if err := s.Health(ctx); err != nil {
		return err
	}
	w := write{change, make(chan error, 1)}
	select {
	case s.writes <- w:
	case <-s.closing:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-w.done:
		return err
	case <-s.stopped:
		// The writer may have served it as its last act.
		select {
		case err := <-w.done:
			return err
		default:
			return errClosed
		}
	case <-ctx.Done():
		return ctx.Err()
	}
}

// writer is the one goroutine that changes the file: it takes what waits, at
// most maxGroup, commits it at once, and tells all. No timer: under load groups
// grow by themselves.
func (s *Store) writer() {
	defer close(s.stopped)
	group := make([]write, 0, maxGroup)
	for {
		group = group[:0]
		select {
		case w := <-s.writes:
			group = append(group, w)
		case <-s.closing:
			return
		}
		for more := true; more && len(group) < maxGroup; {
			select {
			case w := <-s.writes:
				group = append(group, w)
			default:
				more = false
			}
		}
		s.commit(group)
	}
}

func (s *Store) commit(group []write) {
	verdicts := make([]error, len(group))
	err := s.db.Update(func(tx *bbolt.Tx) error {
		challenges, expiry := tx.Bucket(challengeBucket), tx.Bucket(expiryBucket)
		if err := sweep(challenges, expiry, s.clock(), 2*len(group)+sweepSpare); err != nil {
			return err
		}
		for i, w := range group {
			verdict, failure := w.change(challenges, expiry)
			if failure != nil {
				return failure
			}
			verdicts[i] = verdict
		}
		return nil
	})
	for i, w := range group {
		if err != nil {
			w.done <- err
			continue
		}
		w.done <- verdicts[i]
	}
}
