package registry

import (
	"context"
	"crypto/sha256"
	"log/slog"
	"time"

	"kessai.dev/kessai/internal/shop"
)

// pollEvery is how soon a process serves by what another one changed: a key that was ended
// works there for so long.
const pollEvery = time.Second

// Run follows the books, which other processes change, too, until ctx ends (P07).
func (r *Registry) Run(ctx context.Context) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			r.Poll(ctx)
		case <-ctx.Done():
			return
		}
	}
}

// Poll takes in what other processes changed since the last time. Books that cannot be
// read are told of once, until they can; meanwhile it is served by what is known.
func (r *Registry) Poll(ctx context.Context) {
	err := r.Refresh(ctx)
	if ctx.Err() != nil {
		return
	}
	switch away := r.away.Swap(err != nil); {
	case err != nil && !away:
		r.o.Logger.LogAttrs(ctx, slog.LevelError, "the shops cannot be read: what other processes change is not followed", slog.Any("error", err))
	case err == nil && away:
		r.o.Logger.LogAttrs(ctx, slog.LevelInfo, "the shops can be read again")
	}
}

// Refresh takes in what the books have now. After an error everything is as it was.
func (r *Registry) Refresh(ctx context.Context) error {
	r.change.Lock()
	defer r.change.Unlock()
	return r.refresh(ctx)
}

// refresh takes in what the books have that memory has not: another process' revision, or
// one of which nobody knew whether it was written. Documents are never removed: what is
// read takes the place of what is known, all of it or nothing. The caller holds change.
func (r *Registry) refresh(ctx context.Context) error {
	list, now, err := r.o.Books.Revised(ctx, r.seen)
	if err != nil {
		return err
	}
	news := r.empty()
	for i := range list {
		if err := news.take(&list[i]); err != nil {
			return err
		}
	}
	r.takeIn(news)
	r.seen = now
	return nil
}

// empty knows no shop.
func (r *Registry) empty() *Registry {
	return &Registry{
		o: r.o, file: r.file, points: r.points, begins: r.begins,
		tenants: map[shop.Tenant]*tenant{}, contracts: map[string]*contract{}, keys: map[[sha256.Size]byte]*key{}, endpoints: map[shop.Tenant]*endpoints{},
	}
}

// merge takes in what is another version than is known, and reports whether anything is. Nobody
// writes the books while they are read, so what is read is newer, or from a backup. The caller
// holds change.
func (r *Registry) merge(of *Registry) (newer bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for t, made := range of.tenants {
		if have := r.tenants[t]; have == nil || have.version != made.version {
			r.tenants[t], newer = made, true
		}
	}
	for id, made := range of.contracts {
		if have := r.contracts[id]; have == nil || have.version != made.version {
			r.contracts[id], newer = made, true
		}
	}
	for hash, made := range of.keys {
		if have := r.keys[hash]; have == nil || have.version != made.version {
			r.keys[hash], newer = made, true
		}
	}
	for t, made := range of.endpoints {
		if have := r.endpoints[t]; have == nil || have.version != made.version {
			r.endpoints[t], newer = made, true
		}
	}
	return newer
}

// toChange begins a change: one at a time, of what the books have now, so that nobody is
// told that a shop has changed meanwhile only because this process had not heard of it. The
// caller calls done, whatever the error is.
func (r *Registry) toChange(ctx context.Context) (done func(), err error) {
	r.change.Lock()
	return r.change.Unlock, r.refresh(ctx)
}
