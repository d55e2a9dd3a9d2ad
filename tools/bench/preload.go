package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
	"kessai.dev/kessai/tools/bench/load"
)

// preloaded gives a data folder whose books hold so many authorized payments.
// It is made once a run, or found in -preload-dir.
func (b *bench) preloaded(ctx context.Context, payments int) (string, error) {
	parent := b.keep
	if parent == "" {
		parent = b.dir
	}
	dir := filepath.Join(parent, "preloaded-"+strconv.Itoa(payments))
	whole := filepath.Join(dir, "whole") // written last
	if _, err := os.Stat(whole); err == nil {
		return dir, nil
	}
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	began := time.Now()
	fmt.Fprintf(os.Stderr, "bench: writing %d payments into %s\n", payments, dir)
	if err := fill(ctx, filepath.Join(dir, "ledger"), payments); err != nil {
		return "", fmt.Errorf("preload: %w", err)
	}
	fmt.Fprintf(os.Stderr, "bench: done in %s\n", time.Since(began).Round(time.Second))
	return dir, os.WriteFile(whole, nil, 0o600)
}

// fill writes payments through the product's own ledger, as the processor
// would have: each with its order under its own key, a wish and a fact in two
// entries, an idempotency key and an order number. Only the syncs are left out.
func fill(ctx context.Context, dir string, payments int) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	books, err := bolt.Open(bolt.Options{Dir: dir, NoSync: true})
	if err != nil {
		return err
	}
	return errors.Join(enterAll(ctx, books, payments), books.Close())
}

// enterAll writes payments from many callers at once, in groups as long as books can have.
func enterAll(ctx context.Context, books ledger.Ledger, payments int) error {
	var next atomic.Int64
	first := make(chan error, 1)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var all sync.WaitGroup
	for range 512 {
		all.Go(func() {
			for {
				n := int(next.Add(1))
				if n > payments || ctx.Err() != nil {
					return
				}
				if err := enter(ctx, books, n, payments); err != nil {
					select {
					case first <- err:
					default:
					}
					cancel()
					return
				}
			}
		})
	}
	all.Wait()
	select {
	case err := <-first:
		return err
	default:
		return ctx.Err()
	}
}

// The demo shop, as far as its books need it.
var (
	demo     = shop.Tenant{Shop: "demo", Environment: shop.Test}
	contract = shop.Contract{ID: "demo", TraderCode: "888889999", HoldDays: 60}
	seller   = shop.Shop{ID: "demo", Contracts: map[shop.Environment]shop.Contract{shop.Test: contract}}
)

// enter writes the n-th payment of so many, spread over the last thirty days.
func enter(ctx context.Context, books ledger.Ledger, n, of int) error {
	const span = 30 * 24 * time.Hour
	now := time.Now().Add(-span + time.Duration(float64(span)*float64(n)/float64(of+1)))
	id := payment.NewID(now, rand.Uint64())
	number := "preload-" + strconv.Itoa(n) + "-" + strconv.FormatUint(rand.Uint64(), 36)
	rules := payment.Rules{
		Now: now, Contract: contract, Settings: seller.Settings, Actor: "preload",
		Request: &payment.Request{Method: "CreatePayment", Key: number, Digest: make([]byte, 32)},
	}
	events, err := payment.Begin(id, &seller, demo, payment.Create{Amount: 5080, OrderNumber: number, Means: payment.Means{Token: "SIMAPPROVED00000"}, Customer: "member-" + strconv.Itoa(n%100_000)}, rules)
	if err != nil {
		return err
	}
	if events[0].Private, err = json.Marshal(load.Sample().GetOrder()); err != nil {
		return err
	}
	claims := []ledger.Claim{
		{Key: ledger.Key{Kind: ledger.KeyRequest, Tenant: demo, Value: "CreatePayment\x00" + number}},
		{Key: ledger.Key{Kind: ledger.KeyOrder, Tenant: demo, Value: number}},
	}
	p, err := write(ctx, books, nil, events, claims)
	if err != nil {
		return err
	}
	rules.Request = nil
	fact := payment.Conclude(p, 1, payment.Fact{Outcome: payment.Yes, Approval: strconv.Itoa(100000 + n%900000)}, rules)
	_, err = write(ctx, books, p, fact, nil)
	return err
}

func write(ctx context.Context, books ledger.Ledger, p *payment.Payment, events []payment.Event, claims []ledger.Claim) (*payment.Payment, error) {
	after, err := payment.Replay(p, events)
	if err != nil {
		return nil, err
	}
	return after, books.Append(ctx, ledger.Entry{
		Payment: after.ID, Version: after.Version - len(events), Events: events, After: after, Claims: claims,
	})
}
