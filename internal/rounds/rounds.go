// Package rounds does what the house does by itself at its times: every so often,
// or once a day at an hour in Japan. When each was last done is kept on disk, so
// that a start neither forgets a night nor repeats one.
package rounds

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"kessai.dev/kessai/internal/shop"
)

// Round is one thing that is done again and again. What it does must be safe to
// repeat: after a crash in the middle it is done once more.
type Round struct {
	Name  string        // in logs and metrics
	Every time.Duration // so often; zero: daily
	At    time.Duration // of a daily one: after midnight in Japan
	Run   func(ctx context.Context) error
}

// Options are what rounds are done with. Clock and Logger are needed.
type Options struct {
	Clock  func() time.Time
	Logger *slog.Logger
	// Path is the file that remembers when each round was done; empty: only memory.
	Path string
	// Observe, if set, is told of each round that was done.
	Observe func(name string, took time.Duration, err error)
}

// Times of the rounds themselves.
const (
	tickEvery = time.Second
	// againAfter is how long a round that failed waits before it is tried again.
	againAfter = 10 * time.Minute
)

// Rounds are all of them. Tick and Run are safe for concurrent use; rounds are done
// one after the other.
type Rounds struct {
	o      Options
	rounds []Round
	mu     sync.Mutex // held while rounds are done
	next   map[string]time.Time
	memory memory
}

// New makes rounds. A round that was never done before is done first when its time
// comes, not at once: a new installation has nothing to catch up on. It returns an
// error when the file cannot be read.
func New(o Options, rounds ...Round) (*Rounds, error) {
	r := &Rounds{o: o, rounds: rounds, next: map[string]time.Time{}}
	if err := r.memory.open(o.Path); err != nil {
		return nil, err
	}
	now := o.Clock()
	for i := range rounds {
		last, known := r.memory.last[rounds[i].Name]
		if !known || last.After(now) { // a clock that was set back must not put off for long
			last = now
			r.memory.last[rounds[i].Name] = now
		}
		r.next[rounds[i].Name] = rounds[i].after(last)
	}
	return r, r.memory.write()
}

// after is when the round is due that was done at last.
func (r *Round) after(last time.Time) time.Time {
	if r.Every > 0 {
		return last.Add(r.Every)
	}
	j := last.In(shop.Tokyo)
	due := time.Date(j.Year(), j.Month(), j.Day(), 0, 0, 0, 0, shop.Tokyo).Add(r.At)
	if !due.After(last) {
		due = due.AddDate(0, 0, 1)
	}
	return due
}

// Run does what is due, again and again, until ctx ends.
func (r *Rounds) Run(ctx context.Context) {
	tick := time.NewTicker(tickEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			r.Tick(ctx)
		}
	}
}

// Tick does what is due now, and returns when it is done.
func (r *Rounds) Tick(ctx context.Context) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range r.rounds {
		if round := &r.rounds[i]; ctx.Err() == nil && !r.o.Clock().Before(r.next[round.Name]) {
			r.do(ctx, round)
		}
	}
}

func (r *Rounds) do(ctx context.Context, round *Round) {
	began := r.o.Clock()
	err := round.Run(ctx)
	took := r.o.Clock().Sub(began)
	if r.o.Observe != nil {
		r.o.Observe(round.Name, took, err)
	}
	if err != nil {
		if ctx.Err() == nil {
			r.o.Logger.LogAttrs(ctx, slog.LevelError, "a round failed and is tried again", slog.String("round", round.Name), slog.Any("error", err))
		}
		r.next[round.Name] = r.o.Clock().Add(min(againAfter, max(round.Every, tickEvery)))
		if round.Every == 0 {
			r.next[round.Name] = r.o.Clock().Add(againAfter)
		}
		return
	}
	r.next[round.Name] = round.after(began)
	r.memory.last[round.Name] = began
	if err := r.memory.write(); err != nil { // it is done again after a restart, which is safe
		r.o.Logger.LogAttrs(ctx, slog.LevelWarn, "when a round was done could not be written down", slog.String("round", round.Name), slog.Any("error", err))
	}
}

// Next is when a round is done next; zero: there is no such round.
func (r *Rounds) Next(name string) time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.next[name]
}
