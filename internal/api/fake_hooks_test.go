package api_test

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"testing"
	"time"

	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/event"
	"kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/registry"
	"kessai.dev/kessai/internal/webhook"
)

// quiet is a journal in which nothing has happened.
type quiet struct{}

func (quiet) List(context.Context, event.Query) (event.Page, error) { return event.Page{}, nil }
func (quiet) Last(context.Context) (uint64, error)                  { return 0, nil }
func (quiet) Before(context.Context, time.Time) (uint64, error)     { return 0, nil }
func (quiet) Wait(ctx context.Context, _ uint64) error              { <-ctx.Done(); return ctx.Err() }

// newHooks are real webhooks over the registry's endpoints.
func newHooks(t testing.TB, o *api.Options, shops *registry.Registry) *webhook.Hooks {
	t.Helper()
	books, err := bolt.OpenDeliveries(filepath.Join(t.TempDir(), "ledger"))
	if err != nil {
		t.Fatal(err)
	}
	h := webhook.New(webhook.Options{
		Endpoints: shops, Feed: quiet{}, Journal: quiet{}, Books: books, Clock: o.Clock, Random: rand.Reader, Logger: o.Logger, Loopback: o.SimulatorOnLoopback,
	})
	go h.Run(context.Background())
	t.Cleanup(func() {
		h.Stop(context.Background())
		_ = books.Close()
	})
	return h
}
