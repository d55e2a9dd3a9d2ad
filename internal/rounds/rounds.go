// Package rounds does what the house does by itself at its times: every so often,
// or once a day at an hour in Japan. When each was last done is kept on disk, so
// that neither a start nor another process that takes over forgets a night or repeats
// one.
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
	// Memory is when each round was done; nil: File("").
	Memory Memory
	// Observe, if set, is told of each round that was done.
	Observe func(name string, took time.Duration, err error)
}

// Times of the rounds themselves.
const (
	tickEvery = time.Second
	// againAfter is how long a round that failed waits before it is tried again.
	againAfter = 10 * time.Minute
)

// Rounds are all of them. Of several processes one does them at a time: who begins to do
// them, with Begin or Run, goes on where the one before stopped. Safe for concurrent use;
// rounds are done one after the other.
type Rounds struct {
	o       Options
	rounds  []Round
	mu      sync.Mutex // held while rounds are done
	next    map[string]time.Time
	unsaved map[string]time.Time // done, and not written down
}

// New makes rounds, which do nothing yet.
func New(o Options, rounds ...Round) *Rounds {
	if o.Memory == nil {
		o.Memory = File("")
	}
	return &Rounds{o: o, rounds: rounds, next: map[string]time.Time{}, unsaved: map[string]time.Time{}}
}

// Begin reads when each round was last done, by whomever. A round that was never done
// before is done first when its time comes, not at once: a new installation has nothing to
// catch up on.
func (r *Rounds) Begin(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	known, err := r.o.Memory.Load(ctx)
	if err != nil {
		return err
	}
	now := r.o.Clock()
	for i := range r.rounds {
		name := r.rounds[i].Name
		last, done := known[name]
		if at := r.unsaved[name]; at.After(last) {
			last, done = at, true
		}
		if !done || last.After(now) { // a clock that was set back must not put off for long
			last = now
		}
		if !last.Equal(known[name]) {
			if err := r.o.Memory.Save(ctx, name, last); err != nil {
				return err
			}
		}
		delete(r.unsaved, name)
		r.next[name] = r.rounds[i].after(last)
	}
	return nil
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

// Run begins, and does what is due, again and again, until ctx ends.
func (r *Rounds) Run(ctx context.Context) {
	tick := time.NewTicker(tickEvery)
	defer tick.Stop()
	for begun, told := false, false; ; {
		if !begun {
			err := r.Begin(ctx)
			if begun = err == nil; !begun && !told && ctx.Err() == nil {
				told = true
				r.o.Logger.LogAttrs(ctx, slog.LevelError, "when rounds were done cannot be read: none is done until it can", slog.Any("error", err))
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if begun {
				r.Tick(ctx)
			}
		}
	}
}

// Tick does what is due now, and returns when it is done.
func (r *Rounds) Tick(ctx context.Context) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for name, at := range r.unsaved {
		r.save(ctx, name, at)
	}
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
	r.save(ctx, round.Name, began)
}

// saveTime is how long one that is done may take to be written down, also when its process
// is to stop.
const saveTime = 5 * time.Second

// save writes down that a round was done, or has it written down later: until then another
// process would do it once more, which is safe.
func (r *Rounds) save(ctx context.Context, name string, at time.Time) {
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), saveTime)
	defer cancel()
	err := r.o.Memory.Save(within, name, at)
	if err == nil {
		delete(r.unsaved, name)
		return
	}
	if _, told := r.unsaved[name]; !told {
		r.o.Logger.LogAttrs(ctx, slog.LevelWarn, "when a round was done could not be written down: it is tried again", slog.String("round", name), slog.Any("error", err))
	}
	r.unsaved[name] = at
}
