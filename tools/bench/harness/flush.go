package harness

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"kessai.dev/kessai/tools/bench/proc"
)

// flush takes Redis away under load: FLUSHALL after a quarter of the payments,
// SIGKILL after a half, a restart a moment later, FLUSHALL once more at three
// quarters. Every shopper keeps sending; afterwards every key is sent again.
func flush(ctx context.Context, w *world) error {
	shoppers := make([]*shopper, w.concurrency)
	for i := range shoppers {
		shoppers[i] = newShopper(w, i)
	}
	errs := make([]error, len(shoppers))
	var next atomic.Int64
	var all sync.WaitGroup
	for i, s := range shoppers {
		all.Go(func() {
			for errs[i] == nil && next.Add(1) <= int64(w.payments) {
				errs[i] = s.buy(ctx, tokenApproved)
			}
		})
	}
	disturbed := make(chan error, 1)
	go func() { disturbed <- w.disturb(ctx, &next) }()
	watching, end := context.WithCancel(ctx)
	var watch sync.WaitGroup
	watch.Go(func() { w.watch(watching) })
	all.Wait()
	end()
	watch.Wait()
	if err := errors.Join(append(errs, <-disturbed)...); err != nil {
		return err
	}
	fmt.Printf("%d payments, now every key once more\n", w.payments)
	for i, s := range shoppers {
		all.Go(func() {
			for _, q := range s.past {
				if errs[i] == nil {
					errs[i] = s.repeat(ctx, q)
				}
			}
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return w.finalAudit(ctx)
}

// disturb waits for each moment and does what is to be done to Redis.
func (w *world) disturb(ctx context.Context, begun *atomic.Int64) error {
	steps := []struct {
		at   int
		what string
		do   func() error
	}{
		{w.payments / 4, "FLUSHALL", w.flushRedis},
		{w.payments / 2, "SIGKILL of Redis, half a second without it", w.bounceRedis},
		{3 * w.payments / 4, "FLUSHALL", w.flushRedis},
	}
	for _, s := range steps {
		for begun.Load() < int64(s.at) {
			if err := sleep(ctx, time.Millisecond); err != nil {
				return err
			}
		}
		fmt.Printf("at %d payments: %s\n", begun.Load(), s.what)
		if err := s.do(); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) flushRedis() error {
	answer, err := proc.RedisCommand(w.redisAt, "FLUSHALL")
	if err == nil && answer != "+OK" {
		err = fmt.Errorf("FLUSHALL: %s", answer)
	}
	return err
}

func (w *world) bounceRedis() error {
	w.redisNow.Kill()
	time.Sleep(500 * time.Millisecond)
	return w.startRedis()
}
