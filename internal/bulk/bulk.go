// Package bulk does one thing to many payments: a batch of commands under one
// idempotency key, a few of them at the provider at once, each with its own
// result. A batch that is sent again does nothing twice and goes on where it
// ended.
package bulk

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// Payments is what a Bulk needs of the processor.
type Payments interface {
	Command(ctx context.Context, c processor.Caller, r payment.Request, id payment.ID, cmd payment.Command) (processor.Result, error)
	// Begun reports whether a command left its mark under its key before.
	Begun(ctx context.Context, c processor.Caller, r payment.Request) (bool, error)
	// Preview gives a payment as it stands; nothing is asked or written.
	Preview(ctx context.Context, c processor.Caller, id payment.ID, cmd payment.Command) (*payment.Payment, []payment.Event, error)
	Order(ctx context.Context, c processor.Caller, id payment.ID) (*payment.Order, error)
	List(ctx context.Context, c processor.Caller, q ledger.Query) (ledger.Page, error)
}

// DefaultParallel is how many payments of all batches together are at the
// provider at once. A shopper's call takes no place here and waits for none, so
// that checkouts keep all other places of the connector (256 by default) whatever
// the batches do.
const DefaultParallel = 8

// MaxItems is how many payments one batch may have.
const MaxItems = 1000

// Options is what a Bulk is made of. Payments is needed.
type Options struct {
	Payments Payments
	// Parallel is how many payments of all batches of this process may be at the
	// provider at once; zero: DefaultParallel. A call without an answer gives its
	// place back when its caller would be answered (9 s) and goes on behind (to
	// 30 s), so that providers that hang are called four times as often at most.
	Parallel int
}

// Bulk runs batches. It is safe for concurrent use.
type Bulk struct {
	o      Options
	places chan struct{} // one for each payment that is at the provider
}

// New makes a Bulk.
func New(o Options) *Bulk {
	if o.Parallel <= 0 {
		o.Parallel = DefaultParallel
	}
	return &Bulk{o: o, places: make(chan struct{}, o.Parallel)}
}

// Batch is what the items of a batch have in common: the call that asks, its
// idempotency key, and the digest of the whole request. Two calls are one batch
// when all three are the same.
type Batch = payment.Request

// Item is one payment of a batch, and what is wanted of it.
type Item struct {
	Payment payment.ID
	Command payment.Command
}

// Result is what became of one item: the payment as it stands now, or the error
// that the single command gives, or ErrNotBegun.
type Result struct {
	Payment  *payment.Payment
	Replayed bool // an earlier call with the batch's key had begun it
	Err      error
}

// ErrNotBegun says that the caller left, or his time was up, before the item's
// turn: this call did nothing for it. The same batch again with the same key
// goes on here.
var ErrNotBegun = errors.New("bulk: not begun")

// TwiceError refuses a batch that has a payment twice: which of the two is meant
// only the caller knows. Places count from 0.
type TwiceError struct{ First, Again int }

// Error says which items.
func (e *TwiceError) Error() string {
	return fmt.Sprintf("bulk: items %d and %d are the same payment", e.First, e.Again)
}

// SizeError refuses a batch that is empty or too large.
type SizeError struct{ Items int }

// Error says how many.
func (e *SizeError) Error() string {
	return fmt.Sprintf("bulk: %d items: a batch has 1 to %d", e.Items, MaxItems)
}

// Run carries out a batch (R34) and gives a result for every item, in their order.
//
// Before anything begins a batch is refused whole: *TwiceError, *SizeError, or
// *processor.KeyReusedError when its key has begun one of these payments for
// another request (promise 4). Any other error is the books'.
//
// Every item is one command under a key of its own, made of the batch's key and
// the payment: the same batch again replays what is done, drives on what is
// unfinished, and begins what was not begun (P64). An item that fails holds up
// no other, nor does one whose answer does not come (P65). When ctx ends no
// further item begins; those that had begun are given as they stand, and go on
// behind.
//
// Begins, if not nil, is called once the batch is not refused any more, before its
// first item begins. Ended, if not nil, is told of each item as it ends, one call
// at a time, with its place; done counts up to len(items).
func (b *Bulk) Run(ctx context.Context, c processor.Caller, batch Batch, items []Item, begins func(), ended func(done, index int, r Result)) ([]Result, error) {
	if err := b.admit(ctx, c, batch, items); err != nil {
		return nil, err
	}
	if begins != nil {
		begins()
	}
	results := make([]Result, len(items))
	turns, over := make(chan int), make(chan int)
	var hands sync.WaitGroup
	for range min(cap(b.places), len(items)) {
		hands.Go(func() {
			for i := range turns {
				results[i] = b.one(ctx, c, batch, items[i])
				over <- i
			}
		})
	}
	go func() {
		for i := range items {
			turns <- i
		}
		close(turns)
		hands.Wait()
		close(over)
	}()
	done := 0
	for i := range over {
		done++
		if ended != nil {
			ended(done, i, results[i])
		}
	}
	return results, nil
}

// admit refuses what must not begin at all.
func (b *Bulk) admit(ctx context.Context, c processor.Caller, batch Batch, items []Item) error {
	if n := len(items); n == 0 || n > MaxItems {
		return &SizeError{n}
	}
	at := make(map[payment.ID]int, len(items))
	for i := range items {
		if first, twice := at[items[i].Payment]; twice {
			return &TwiceError{first, i}
		}
		at[items[i].Payment] = i
	}
	for i := range items {
		if _, err := b.o.Payments.Begun(ctx, c, itemRequest(batch, items[i].Payment)); err != nil {
			return err
		}
	}
	return nil
}

// itemRequest is the mark of one item in the books: its key is the batch's with
// the payment's id behind it, which has a fixed length, so that no two keys meet.
func itemRequest(batch Batch, id payment.ID) payment.Request {
	batch.Key += "/" + string(id)
	return batch
}

// one carries out an item when it has a place. Places are given in the order in
// which they are asked for, so that a large batch does not keep a small one
// waiting behind all of it.
func (b *Bulk) one(ctx context.Context, c processor.Caller, batch Batch, item Item) Result {
	select {
	case b.places <- struct{}{}:
		defer func() { <-b.places }()
	case <-ctx.Done():
		return Result{Err: ErrNotBegun}
	}
	if ctx.Err() != nil { // both were ready
		return Result{Err: ErrNotBegun}
	}
	r, err := b.o.Payments.Command(ctx, c, itemRequest(batch, item.Payment), item.Payment, item.Command)
	switch {
	case err == nil:
		return Result{Payment: r.Payment, Replayed: r.Replayed}
	case ctx.Err() != nil && (errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)):
		return Result{Err: ErrNotBegun} // it ends with its caller only before it writes
	}
	return Result{Replayed: r.Replayed, Err: err}
}
