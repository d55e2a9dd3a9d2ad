package webhook

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"slices"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

// sync makes a courier for each endpoint that has none, tells the others what
// changed, and ends those whose endpoint is gone, with all that waits.
func (t *turn) sync(ctx context.Context) error {
	t.syncing.Lock()
	defer t.syncing.Unlock()
	wanted := map[ledger.EndpointKey]*shop.Endpoint{}
	for of, list := range t.h.o.Endpoints.AllEndpoints() {
		for i := range list {
			wanted[ledger.EndpointKey{Tenant: of, ID: list[i].ID}] = &list[i]
		}
	}
	var errs []error
	for key, c := range t.all() {
		if wanted[key] == nil {
			errs = append(errs, t.remove(ctx, c))
		}
	}
	for key, e := range wanted {
		errs = append(errs, t.put(ctx, key, e))
	}
	return errors.Join(errs...)
}

// follow is sync for a change that is written down already: what cannot be done now
// is done later.
func (t *turn) follow(ctx context.Context) { t.trouble(t.sync(ctx)) }

// trouble tells of books that cannot be used, once until they can.
func (t *turn) trouble(err error) {
	if t.life.Err() != nil {
		return
	}
	if before := t.unsynced.Swap(err != nil); err != nil && !before {
		t.h.o.Logger.ErrorContext(t.life, "the books of the webhooks cannot be used: trying again", "error", err)
	}
}

// all is a copy of the couriers.
func (t *turn) all() map[ledger.EndpointKey]*courier {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := make(map[ledger.EndpointKey]*courier, len(t.couriers))
	for key, c := range t.couriers {
		out[key] = c
	}
	return out
}

func (t *turn) courier(key ledger.EndpointKey) *courier {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.couriers[key]
}

// courier is who brings an endpoint its events; nil: this process does not.
func (h *Hooks) courier(key ledger.EndpointKey) *courier {
	if t := h.now(); t != nil {
		return t.courier(key)
	}
	return nil
}

func (t *turn) remove(ctx context.Context, c *courier) error {
	c.end()
	<-c.gone
	t.mu.Lock()
	delete(t.couriers, c.key)
	delete(t.told, c.key)
	t.mu.Unlock()
	return t.h.o.Books.Forget(ctx, c.key)
}

func (t *turn) put(ctx context.Context, key ledger.EndpointKey, e *shop.Endpoint) error {
	if c := t.courier(key); c != nil {
		was := c.endpoint.Swap(e)
		if was.URI != e.URI || was.Stopped != e.Stopped {
			c.hurry.Store(true)
		}
		if !slices.Equal(was.Types, e.Types) {
			c.mark.Store(true)
		}
		c.poke()
		return nil
	}
	course, err := t.h.begin(ctx, key, e)
	if err != nil {
		return err
	}
	c := newCourier(t, key, e, course)
	t.mu.Lock()
	t.couriers[key] = c
	t.mu.Unlock()
	select {
	case t.wanted <- struct{}{}:
	default:
	}
	select {
	case <-t.draining: // too late to begin
		close(c.gone)
	default:
		t.running.Go(c.run)
	}
	return nil
}

// begin is where an endpoint goes on: where it was, or where it began. A place beyond the
// end is of books that were restored from a backup.
func (h *Hooks) begin(ctx context.Context, key ledger.EndpointKey, e *shop.Endpoint) (ledger.Course, error) {
	course, known, err := h.o.Books.Course(ctx, key)
	if err == nil && !known {
		course.Cursor, err = h.first(ctx, e)
	}
	if err != nil {
		return course, err
	}
	last, err := h.o.Feed.Last(ctx)
	if err == nil && course.Cursor > last {
		h.o.Logger.WarnContext(ctx, "a webhook endpoint knows more events than the books, which were restored from a backup: it goes on at their end",
			"shop", string(key.Tenant.Shop), "endpoint", key.ID)
		course.Cursor = last
	}
	return course, err
}

// first is the cursor of an endpoint of which nothing is known. If all that was known of
// it was lost, it gets the last seven days again rather than nothing.
func (h *Hooks) first(ctx context.Context, e *shop.Endpoint) (uint64, error) {
	week, err := h.o.Journal.Before(ctx, h.o.Clock().Add(-giveUp))
	return max(e.From, week), err
}

// forgetDeleted removes what was left of endpoints that were deleted when the
// process died.
func (t *turn) forgetDeleted(ctx context.Context) error {
	kept, err := t.h.o.Books.Courses(ctx)
	if err != nil {
		return err
	}
	wanted := map[ledger.EndpointKey]bool{}
	for _, key := range t.h.keys() {
		wanted[key] = true
	}
	for key := range kept {
		if !wanted[key] {
			if err := t.h.o.Books.Forget(ctx, key); err != nil {
				return err
			}
		}
	}
	return nil
}

// mayLoop reports whether a tenant's endpoints may be on this machine.
func (h *Hooks) mayLoop(t shop.Tenant) bool { return h.o.Loopback && t.Environment == shop.Test }

// chance is a number from 0 to 1.
func (h *Hooks) chance() float64 {
	var b [8]byte
	h.random(b[:])
	return float64(binary.BigEndian.Uint64(b[:])>>11) / (1 << 53)
}

func (h *Hooks) random(b []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, _ = io.ReadFull(h.o.Random, b) // a source of random that fails is no source
}
