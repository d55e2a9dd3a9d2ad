package webhook

import (
	"context"
	"encoding/binary"
	"errors"
	"io"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

// sync makes a courier for each endpoint that has none, tells the others what
// changed, and ends those whose endpoint is gone, with all that waits.
func (h *Hooks) sync(ctx context.Context) error {
	h.syncing.Lock()
	defer h.syncing.Unlock()
	wanted := map[ledger.EndpointKey]*shop.Endpoint{}
	for t, list := range h.o.Endpoints.AllEndpoints() {
		for i := range list {
			wanted[ledger.EndpointKey{Tenant: t, ID: list[i].ID}] = &list[i]
		}
	}
	var errs []error
	for key, c := range h.all() {
		if wanted[key] == nil {
			errs = append(errs, h.remove(ctx, c))
		}
	}
	for key, e := range wanted {
		errs = append(errs, h.put(ctx, key, e))
	}
	return errors.Join(errs...)
}

// follow is sync for a change that is written down already: what cannot be done now
// is done later.
func (h *Hooks) follow(ctx context.Context) {
	if err := h.sync(ctx); err != nil {
		h.unsynced.Store(true)
		h.o.Logger.ErrorContext(ctx, "the books of the webhooks cannot be used: trying again", "error", err)
	}
}

// all is a copy of the couriers.
func (h *Hooks) all() map[ledger.EndpointKey]*courier {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := make(map[ledger.EndpointKey]*courier, len(h.couriers))
	for key, c := range h.couriers {
		out[key] = c
	}
	return out
}

func (h *Hooks) courier(key ledger.EndpointKey) *courier {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.couriers[key]
}

func (h *Hooks) remove(ctx context.Context, c *courier) error {
	c.end()
	<-c.gone
	h.mu.Lock()
	delete(h.couriers, c.key)
	delete(h.told, c.key)
	h.mu.Unlock()
	return h.o.Books.Forget(ctx, c.key)
}

func (h *Hooks) put(ctx context.Context, key ledger.EndpointKey, e *shop.Endpoint) error {
	if c := h.courier(key); c != nil {
		was := c.endpoint.Swap(e)
		if was.URI != e.URI || was.Stopped != e.Stopped {
			c.hurry.Store(true)
		}
		c.poke()
		return nil
	}
	course, err := h.begin(ctx, key, e)
	if err != nil {
		return err
	}
	c := newCourier(h, key, e, course)
	h.mu.Lock()
	h.couriers[key] = c
	h.mu.Unlock()
	select {
	case h.wanted <- struct{}{}:
	default:
	}
	select {
	case <-h.draining: // too late to begin
		close(c.gone)
	default:
		h.running.Go(c.run)
	}
	return nil
}

// begin is where an endpoint goes on: where it was, or where it began. If all that
// is known of it was lost, it gets the last seven days again rather than nothing. A
// place beyond the end is of books that were restored from a backup.
func (h *Hooks) begin(ctx context.Context, key ledger.EndpointKey, e *shop.Endpoint) (ledger.Course, error) {
	course, known, err := h.o.Books.Course(ctx, key)
	if err != nil {
		return course, err
	}
	if !known {
		week, err := h.o.Journal.Before(ctx, h.o.Clock().Add(-giveUp))
		if err != nil {
			return course, err
		}
		course.Cursor = max(e.From, week)
	}
	last, err := h.o.Feed.Last(ctx)
	if err == nil && course.Cursor > last {
		h.o.Logger.WarnContext(ctx, "a webhook endpoint knows more events than the books, which were restored from a backup: it goes on at their end",
			"shop", string(key.Tenant.Shop), "endpoint", key.ID)
		course.Cursor = last
	}
	return course, err
}

// forgetDeleted removes what was left of endpoints that were deleted when the
// process died.
func (h *Hooks) forgetDeleted(ctx context.Context) error {
	kept, err := h.o.Books.Endpoints(ctx)
	if err != nil {
		return err
	}
	wanted := map[ledger.EndpointKey]bool{}
	for t, list := range h.o.Endpoints.AllEndpoints() {
		for i := range list {
			wanted[ledger.EndpointKey{Tenant: t, ID: list[i].ID}] = true
		}
	}
	for _, key := range kept {
		if !wanted[key] {
			if err := h.o.Books.Forget(ctx, key); err != nil {
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
