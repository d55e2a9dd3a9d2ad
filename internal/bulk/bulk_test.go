package bulk_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/bulk"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

func batch(key string) bulk.Batch {
	return bulk.Batch{Method: "BatchCancelPayments", Key: key, Digest: []byte("digest")}
}

func items(list []payment.ID) []bulk.Item {
	var out []bulk.Item
	for _, id := range list {
		out = append(out, bulk.Item{Payment: id, Command: payment.Cancel{}})
	}
	return out
}

// R34 P64 P65: whichever items fail whenever, and however often the batch is
// sent: every item has its own result at its own place, what was done is not done
// again, and what was not is done by the first batch that can.
func TestAnySubsetMayFail(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := ids(rapid.IntRange(1, 40).Draw(t, "items"))
		p := newProvider()
		b := bulk.New(bulk.Options{Payments: p, Parallel: rapid.IntRange(1, 9).Draw(t, "parallel")})
		finished := map[payment.ID]bool{}
		for range rapid.IntRange(1, 4).Draw(t, "times") {
			fails := map[payment.ID]bool{}
			for _, id := range list {
				fails[id] = rapid.Bool().Draw(t, "fails")
			}
			p.meanwhile = func(_ context.Context, id payment.ID) error {
				if fails[id] {
					return &acquirer.NotSentError{Reason: payment.ProviderBusy}
				}
				return nil
			}
			told, done := map[int]bool{}, 0
			results, err := b.Run(t.Context(), first, batch("k"), items(list), nil, func(d, index int, r bulk.Result) {
				if done++; d != done || told[index] || (r.Err == nil) != (r.Payment != nil) {
					t.Fatalf("told %d, item %d %+v", d, index, r)
				}
				told[index] = true
			})
			if err != nil || len(results) != len(list) || done != len(list) {
				t.Fatalf("%d results, %d told, %v", len(results), done, err)
			}
			for i, id := range list {
				var unsent *acquirer.NotSentError
				switch r := results[i]; {
				case finished[id] && (r.Err != nil || !r.Replayed):
					t.Fatalf("item %d was done and is %+v", i, r)
				case !finished[id] && fails[id] && !errors.As(r.Err, &unsent):
					t.Fatalf("item %d failed and is %+v", i, r)
				case r.Err == nil && r.Payment.ID != id:
					t.Fatalf("item %d has the result of %s", i, r.Payment.ID)
				}
				finished[id] = finished[id] || !fails[id]
				if want := map[bool]int{true: 1}[finished[id]]; p.done[id] != want {
					t.Fatalf("item %d was done %d times, not %d", i, p.done[id], want)
				}
			}
		}
	})
}

// P65: one provider call that hangs keeps back no other item.
func TestOneHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, list, answer := newProvider(), ids(100), make(chan struct{})
		p.meanwhile = func(_ context.Context, id payment.ID) error {
			if id == list[3] {
				<-answer
			}
			return nil
		}
		results, err := bulk.New(bulk.Options{Payments: p}).Run(t.Context(), first, batch("k"), items(list), nil, func(done, index int, _ bulk.Result) {
			if index == 3 && done != 100 {
				t.Errorf("the item that hangs came as number %d", done)
			}
			if done == 99 { // the test would stop here for good if another waited for it
				close(answer)
			}
		})
		if err != nil || slices.ContainsFunc(results, func(r bulk.Result) bool { return r.Err != nil }) {
			t.Error(results, err)
		}
	})
}

// P65: all batches of a process have eight places at the provider, and a small
// batch does not wait for a large one to end.
func TestPlacesAreShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newProvider()
		p.meanwhile = takes(time.Second)
		b, list := bulk.New(bulk.Options{Payments: p}), ids(402)
		var took [3]time.Duration
		var all sync.WaitGroup
		began := time.Now()
		for i, part := range [][]payment.ID{list[:200], list[200:400], list[400:]} {
			all.Go(func() {
				if _, err := b.Run(t.Context(), first, batch("k"), items(part), nil, nil); err != nil {
					t.Error(err)
				}
				took[i] = time.Since(began)
			})
		}
		all.Wait()
		if p.top != bulk.DefaultParallel || len(p.done) != 402 {
			t.Errorf("%d at once, %d done", p.top, len(p.done))
		}
		if took[2] > 4*time.Second || took[0] < 50*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

// P65: when the caller leaves, nothing further begins and every item says so; the
// same batch again does the rest.
func TestCallerLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, list := newProvider(), ids(60)
		p.meanwhile = takes(time.Second)
		b := bulk.New(bulk.Options{Payments: p})
		ctx, leave := context.WithCancel(t.Context())
		results, err := b.Run(ctx, first, batch("k"), items(list), nil, func(done, _ int, _ bulk.Result) {
			if done == 10 {
				leave()
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		begun := map[int]bool{}
		for i, r := range results {
			switch {
			case r.Err == nil && p.done[list[i]] == 1:
				begun[i] = true
			case !errors.Is(r.Err, bulk.ErrNotBegun) || p.done[list[i]] != 0:
				t.Errorf("item %d: %+v, done %d times", i, r, p.done[list[i]])
			}
		}
		if len(begun) < 10 || len(begun) > 10+2*bulk.DefaultParallel {
			t.Errorf("%d had begun", len(begun))
		}
		results, err = b.Run(t.Context(), first, batch("k"), items(list), nil, nil)
		for i, r := range results {
			if err != nil || r.Err != nil || p.done[list[i]] != 1 || r.Replayed != begun[i] {
				t.Errorf("item %d: %+v, done %d times, %v", i, r, p.done[list[i]], err)
			}
		}
	})
}

// A call whose own caller has left fails before it writes: it says not begun too.
func TestLeftWhileReading(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	p := newProvider()
	p.meanwhile = func(ctx context.Context, _ payment.ID) error {
		leave()
		return ctx.Err()
	}
	results, err := bulk.New(bulk.Options{Payments: p, Parallel: 1}).Run(ctx, first, batch("k"), items(ids(2)), nil, nil)
	for i, r := range results {
		if err != nil || !errors.Is(r.Err, bulk.ErrNotBegun) {
			t.Errorf("item %d: %+v %v", i, r, err)
		}
	}
}

// R34, promise 4: what must not begin is refused whole: a payment twice, another
// request under the key, no item, too many.
func TestRefusedWhole(t *testing.T) {
	p := newProvider()
	b := bulk.New(bulk.Options{Payments: p})
	run := func(key string, digest string, list []payment.ID) error {
		request := batch(key)
		request.Digest = []byte(digest)
		_, err := b.Run(t.Context(), first, request, items(list), func() { t.Error("the batch began") }, nil)
		return err
	}
	twice, size, reused := &bulk.TwiceError{}, &bulk.SizeError{}, &processor.KeyReusedError{}
	if err := run("k", "d", []payment.ID{id(1), id(2), id(3), id(2)}); !errors.As(err, &twice) || *twice != (bulk.TwiceError{First: 1, Again: 3}) {
		t.Error(err)
	}
	if err := run("k", "d", nil); !errors.As(err, &size) || size.Items != 0 {
		t.Error(err)
	}
	if err := run("k", "d", ids(bulk.MaxItems+1)); !errors.As(err, &size) || size.Items != bulk.MaxItems+1 {
		t.Error(err)
	}
	if _, err := b.Run(t.Context(), first, batch("k"), items(ids(3)), nil, nil); err != nil {
		t.Fatal(err)
	}
	if err := run("k", "another", []payment.ID{id(7), id(2)}); !errors.As(err, &reused) {
		t.Error(err)
	}
	if len(p.done) != 3 {
		t.Errorf("%d were done", len(p.done))
	}
	other := first
	other.Tenant.Shop = "second"
	results, err := b.Run(t.Context(), other, batch("l"), items(ids(2)), nil, nil)
	if err != nil || !errors.Is(results[0].Err, ledger.ErrNotFound) || !errors.Is(results[1].Err, ledger.ErrNotFound) {
		t.Error(results, err)
	}
}
