package bulk_test

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

var (
	first = processor.Caller{Tenant: shop.Tenant{Shop: "first", Environment: shop.Test}, Actor: "key:1"}
	noon  = time.Date(2026, 11, 23, 12, 0, 0, 0, shop.Tokyo)
)

// id gives the n-th payment of a test.
func id(n int) payment.ID { return payment.NewID(noon, uint64(n+1)) }

func ids(n int) []payment.ID {
	var out []payment.ID
	for i := range n {
		out = append(out, id(i))
	}
	return out
}

// provider stands for processor and provider: it does a command once under its
// key, and whatever a test wants meanwhile.
type provider struct {
	meanwhile func(ctx context.Context, id payment.ID) error // nil: nothing

	mu       sync.Mutex
	keys     map[string][]byte
	done     map[payment.ID]int
	now, top int // how many are at the provider, and the most that were
	payments map[payment.ID]*payment.Payment
	orders   map[payment.ID]*payment.Order
}

func newProvider() *provider {
	return &provider{keys: map[string][]byte{}, done: map[payment.ID]int{}, payments: map[payment.ID]*payment.Payment{}, orders: map[payment.ID]*payment.Order{}}
}

func (p *provider) Command(ctx context.Context, c processor.Caller, r payment.Request, id payment.ID, _ payment.Command) (processor.Result, error) {
	if c != first {
		return processor.Result{}, ledger.ErrNotFound
	}
	p.mu.Lock()
	if digest, ok := p.keys[r.Method+" "+r.Key]; ok {
		p.mu.Unlock()
		if !bytes.Equal(digest, r.Digest) {
			return processor.Result{}, &processor.KeyReusedError{Before: digest, Now: r.Digest}
		}
		return processor.Result{Payment: &payment.Payment{ID: id}, Replayed: true}, nil
	}
	p.now++
	p.top = max(p.top, p.now)
	p.mu.Unlock()
	var err error
	if p.meanwhile != nil {
		err = p.meanwhile(ctx, id)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now--
	if err != nil {
		return processor.Result{}, err
	}
	p.keys[r.Method+" "+r.Key] = r.Digest
	p.done[id]++
	return processor.Result{Payment: &payment.Payment{ID: id}}, nil
}

func (p *provider) Begun(_ context.Context, _ processor.Caller, r payment.Request) (bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	digest, ok := p.keys[r.Method+" "+r.Key]
	if ok && !bytes.Equal(digest, r.Digest) {
		return false, &processor.KeyReusedError{Before: digest, Now: r.Digest}
	}
	return ok, nil
}

func (p *provider) Preview(_ context.Context, c processor.Caller, id payment.ID, _ payment.Command) (*payment.Payment, []payment.Event, error) {
	pay, ok := p.payments[id]
	if !ok || pay.Tenant != c.Tenant {
		return nil, nil, ledger.ErrNotFound
	}
	return pay, nil, nil
}

func (p *provider) Order(_ context.Context, _ processor.Caller, id payment.ID) (*payment.Order, error) {
	return p.orders[id], nil
}

func (p *provider) List(_ context.Context, c processor.Caller, q ledger.Query) (page ledger.Page, err error) {
	if q.Limit < 1 || q.Limit > 1000 {
		return page, fmt.Errorf("limit %d", q.Limit)
	}
	for _, pay := range p.payments {
		if pay.Tenant == c.Tenant {
			page.Payments = append(page.Payments, pay)
		}
	}
	return page, nil
}

// takes is a call that takes some of the test's own time.
func takes(d time.Duration) func(context.Context, payment.ID) error {
	return func(context.Context, payment.ID) error {
		<-time.After(d) // in a bubble: the clock is the test's
		return nil
	}
}
