package webhook

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"kessai.dev/kessai/internal/event"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/registry"
	"kessai.dev/kessai/internal/shop"
)

// Limits of endpoints.
const (
	MaxEndpoints = 20  // of a shop in one environment
	MaxTitle     = 100 // characters
	MaxOverlap   = 168 // hours
	overlapHours = 24  // if none are given
	maxSecrets   = 4   // that sign at once
	maxTypes     = 100
)

// Given is what is given of an endpoint; nil: it stays as it is.
type Given struct {
	URI, Title *string
	Types      []string
	SetTypes   bool // Types are meant, even if there are none
	Stopped    *bool
}

// View is an endpoint with how it does.
type View struct {
	shop.Endpoint
	Health
}

// List gives the tenant's endpoints, oldest first, or ledger.ErrNotFound.
func (h *Hooks) List(ctx context.Context, w registry.Who) ([]View, error) {
	list, err := h.o.Endpoints.Endpoints(w.Tenant)
	if err != nil {
		return nil, err
	}
	out := make([]View, len(list))
	for i := range list {
		if out[i], err = h.view(ctx, w, &list[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (h *Hooks) view(ctx context.Context, w registry.Who, e *shop.Endpoint) (View, error) {
	health, err := h.health(ctx, ledger.EndpointKey{Tenant: w.Tenant, ID: e.ID}, e)
	return View{Endpoint: *e, Health: health}, err
}

// Create makes an endpoint, which gets the events from now on. It returns
// ledger.ErrNotFound, or a *payment.InvalidError with fields of "webhook_endpoint".
func (h *Hooks) Create(ctx context.Context, w registry.Who, g Given) (View, error) {
	from, err := h.o.Feed.Last(ctx)
	if err != nil {
		return View{}, err
	}
	made := shop.Endpoint{From: from, Created: h.o.Clock()}
	h.locked(func() { made.Secret = newSecret(h.o.Random) })
	list, err := h.change(ctx, w, func(list []shop.Endpoint) ([]shop.Endpoint, error) {
		if len(list) >= MaxEndpoints {
			return nil, invalid("webhook_endpoint", fmt.Sprintf("a shop has at most %d endpoints: delete one that nobody uses", MaxEndpoints))
		}
		g.SetTypes = true
		if err := h.apply(w, &made, &g); err != nil {
			return nil, err
		}
		return append(list, made), nil
	})
	if err != nil {
		return View{}, err
	}
	return h.view(ctx, w, &list[len(list)-1])
}

// Update changes what is given. It returns ledger.ErrNotFound, or a
// *payment.InvalidError with fields of "webhook_endpoint".
func (h *Hooks) Update(ctx context.Context, w registry.Who, id string, g Given) (View, error) {
	return h.changeOne(ctx, w, id, func(e *shop.Endpoint) error { return h.apply(w, e, &g) })
}

// Rotate gives an endpoint a new secret. The earlier ones sign, too, until their
// time ends; the latest of them for so many hours, 24 if it is 0 (P81). It returns
// ledger.ErrNotFound, or a *payment.Refusal while four secrets sign.
func (h *Hooks) Rotate(ctx context.Context, w registry.Who, id string, hours int) (View, error) {
	if hours == 0 {
		hours = overlapHours
	}
	return h.changeOne(ctx, w, id, func(e *shop.Endpoint) error {
		now := h.o.Clock()
		e.Former = slices.DeleteFunc(e.Former, func(f shop.FormerSecret) bool { return !now.Before(f.Until) })
		if len(e.Former) >= maxSecrets-1 {
			first := slices.MinFunc(e.Former, func(a, b shop.FormerSecret) int { return a.Until.Compare(b.Until) })
			return &payment.Refusal{Reason: payment.WrongState, RetryAt: first.Until, Text: fmt.Sprintf(
				"%d secrets of this endpoint sign already: change the receiver to the latest, and rotate again after %s", maxSecrets, first.Until.UTC().Format(time.RFC3339),
			)}
		}
		e.Former = append([]shop.FormerSecret{{Secret: e.Secret, Until: now.Add(time.Duration(hours) * time.Hour)}}, e.Former...)
		h.locked(func() { e.Secret = newSecret(h.o.Random) })
		return nil
	})
}

// Delete ends an endpoint, with what waits for it. It returns ledger.ErrNotFound.
func (h *Hooks) Delete(ctx context.Context, w registry.Who, id string) error {
	_, err := h.change(ctx, w, func(list []shop.Endpoint) ([]shop.Endpoint, error) {
		i := slices.IndexFunc(list, func(e shop.Endpoint) bool { return e.ID == id })
		if i < 0 {
			return nil, ledger.ErrNotFound
		}
		return slices.Delete(list, i, i+1), nil
	})
	return err
}

// find gives one of the tenant's endpoints, or ledger.ErrNotFound. Another process may have
// made it just now.
func (h *Hooks) find(ctx context.Context, t shop.Tenant, id string) (*shop.Endpoint, error) {
	if e, err := h.known(t, id); err == nil {
		return e, nil
	}
	if err := h.o.Endpoints.Refresh(ctx); err != nil {
		return nil, err
	}
	return h.known(t, id)
}

func (h *Hooks) known(t shop.Tenant, id string) (*shop.Endpoint, error) {
	list, err := h.o.Endpoints.Endpoints(t)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].ID == id {
			return &list[i], nil
		}
	}
	return nil, ledger.ErrNotFound
}

func (h *Hooks) changeOne(ctx context.Context, w registry.Who, id string, change func(*shop.Endpoint) error) (View, error) {
	at := -1
	list, err := h.change(ctx, w, func(list []shop.Endpoint) ([]shop.Endpoint, error) {
		if at = slices.IndexFunc(list, func(e shop.Endpoint) bool { return e.ID == id }); at < 0 {
			return nil, ledger.ErrNotFound
		}
		return list, change(&list[at])
	})
	if err != nil {
		return View{}, err
	}
	return h.view(ctx, w, &list[at])
}

// change writes it down, and has it done: if another process sends, within some seconds.
func (h *Hooks) change(ctx context.Context, w registry.Who, change func([]shop.Endpoint) ([]shop.Endpoint, error)) ([]shop.Endpoint, error) {
	list, err := h.o.Endpoints.ChangeEndpoints(ctx, w, change)
	if err != nil {
		return nil, err
	}
	if t := h.now(); t != nil {
		t.follow(context.WithoutCancel(ctx))
	}
	return list, nil
}

// apply writes what is given over what is there.
func (h *Hooks) apply(w registry.Who, e *shop.Endpoint, g *Given) error {
	var bad []payment.Violation
	say := func(field, text string) {
		bad = append(bad, payment.Violation{Field: "webhook_endpoint." + field, Text: text})
	}
	if g.URI != nil {
		e.URI = *g.URI
	}
	if g.URI != nil || e.URI == "" {
		if text := uriFault(e.URI, h.mayLoop(w.Tenant)); text != "" {
			say("uri", text)
		}
	}
	if g.Title != nil {
		if e.Title = *g.Title; utf8.RuneCountInString(e.Title) > MaxTitle || strings.ContainsFunc(e.Title, unicode.IsControl) {
			say("title", fmt.Sprintf("is up to %d characters in one line", MaxTitle))
		}
	}
	if g.Stopped != nil {
		e.Stopped = *g.Stopped
	}
	switch {
	case g.SetTypes:
		e.Types = slices.Clone(g.Types)
		checkTypes(e.Types, say)
	case len(g.Types) > 0 && !slices.Equal(g.Types, e.Types):
		say("set_types", "must be true for types to be changed; they are the whole list then")
	}
	if bad != nil {
		return &payment.InvalidError{Violations: bad}
	}
	return nil
}

// checkTypes wants types that are told, or families of them: a word that is none
// would never come.
func checkTypes(types []string, say func(field, text string)) {
	if len(types) > maxTypes {
		say("types", fmt.Sprintf("at most %d", maxTypes))
		return
	}
	known := event.Types()
	for i, t := range types {
		at := fmt.Sprintf("types[%d]", i)
		switch {
		case !slices.ContainsFunc(known, func(k string) bool { return means(t, k) }):
			say(at, "must be types of docs/events.md, such as payment.captured, or a family such as payment.*")
		case slices.Contains(types[:i], t):
			say(at, "is there twice")
		}
	}
}

func (h *Hooks) locked(do func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	do()
}

func invalid(field, text string) error {
	return &payment.InvalidError{Violations: []payment.Violation{{Field: field, Text: text}}}
}
