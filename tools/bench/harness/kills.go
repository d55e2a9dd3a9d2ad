package harness

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"
)

// kills is the main run: load, SIGKILL, restart, audit, again and again.
func kills(ctx context.Context, w *world) error {
	load, stop := w.shops(ctx)
	rng := rand.New(rand.NewPCG(w.seed, 0xdead))
	for n := range w.kills {
		if err := w.killOnce(ctx, rng, n); err != nil {
			stop()
			return errors.Join(err, load())
		}
		if (n+1)%20 == 0 || w.verbose {
			fmt.Printf("%d kills, %d answers, %d questions opened, %d still open, %d differences\n",
				n+1, w.count.answers.Load(), w.count.opened.Load(), len(w.stillOpen()), w.book.differences())
		}
	}
	stop()
	if err := load(); err != nil {
		return err
	}
	return w.finalAudit(ctx)
}

// shops opens the storefronts and the watch over open questions. The first
// function waits for them, the second tells them to close.
func (w *world) shops(ctx context.Context) (wait func() error, stop func()) {
	closing := make(chan struct{})
	errs := make([]error, w.concurrency)
	var all, watch sync.WaitGroup
	for i := range w.concurrency {
		all.Go(func() { errs[i] = newShopper(w, i).shop(ctx, closing) })
	}
	watching, end := context.WithCancel(ctx)
	watch.Go(func() { w.watch(watching) })
	wait = func() error {
		all.Wait()
		end()
		watch.Wait()
		return errors.Join(errs...)
	}
	return wait, sync.OnceFunc(func() { close(closing) })
}

// killOnce lets the load run for a moment, kills the server and starts it
// again on the same books. One kill in ten comes while the server starts, one
// in four right after; the others after the audit of the round.
func (w *world) killOnce(ctx context.Context, rng *rand.Rand, n int) error {
	when := rng.IntN(20)
	delay := time.Duration(20+rng.IntN(700)) * time.Millisecond
	if when >= 2 && when < 7 {
		delay = time.Duration(rng.IntN(60)) * time.Millisecond
	}
	if when >= 7 {
		w.audit(ctx)
	}
	if err := sleep(ctx, delay); err != nil {
		return err
	}
	w.server.Kill()
	if w.verbose {
		fmt.Printf("kill %d after %s\n", n+1, delay)
	}
	if n%10 == 9 {
		w.verify()
		if err := w.readLog(ctx); err != nil {
			return err
		}
	}
	if when < 2 { // once more, while it starts
		p, err := w.spawn()
		if err == nil {
			err = sleep(ctx, time.Duration(rng.IntN(60))*time.Millisecond)
			p.Kill()
		}
		if err != nil {
			return err
		}
	}
	if err := w.startServer(); err != nil {
		w.book.differ("the server does not start after kill %d: %v", n+1, err)
		return err
	}
	return nil
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// audit reads the history of every payment that was acknowledged since the
// last audit, and holds it against what was acknowledged.
func (w *world) audit(ctx context.Context) { w.auditOf(ctx, w.book.take(false)) }

func (w *world) auditOf(ctx context.Context, records []record) {
	var all sync.WaitGroup
	room := make(chan struct{}, 16)
	for i := range records {
		room <- struct{}{}
		all.Go(func() {
			defer func() { <-room }()
			r := &records[i]
			events, err := w.events(ctx, r.name)
			if ctx.Err() != nil {
				return
			}
			w.count.audited.Add(1)
			if err != nil {
				w.book.differ("an acknowledged payment cannot be read: %v", err)
			} else if err := checkStory(r, events); err != nil {
				w.book.differ("%v", err)
			} else {
				w.book.keep(r.name, events)
			}
		})
	}
	all.Wait()
}

// finalAudit is everything once more at rest: questions settled, histories,
// both books against each other, and the offline proof.
func (w *world) finalAudit(ctx context.Context) error {
	if err := w.settleAll(ctx, settleWithin); err != nil {
		return err
	}
	all, err := w.list(ctx, "")
	if err != nil {
		return err
	}
	for _, p := range all {
		w.book.acknowledge("ListPayments", "", p)
	}
	w.auditOf(ctx, w.book.take(true))
	if err := w.compare(ctx, all); err != nil {
		return err
	}
	if err := w.server.Stop(patience); err != nil {
		w.book.differ("the server does not stop cleanly: %v\n%s", err, w.server.Tail())
	}
	w.verify()
	return ctx.Err()
}

// settleAll waits until no payment has an open question, for so long as the
// promise gives it.
func (w *world) settleAll(ctx context.Context, within time.Duration) error {
	until := time.Now().Add(within)
	for {
		open, err := w.list(ctx, "pending_operation:*")
		if err != nil {
			return err
		}
		if len(open) == 0 {
			return nil
		}
		if time.Now().After(until) {
			for _, p := range open {
				w.book.differ("%s still has the open question %s after %s (%s, since %s)", p.GetName(), p.GetPendingOperation(), within, p.GetState(), p.GetPendingSinceTime().AsTime())
			}
			return nil
		}
		if err := sleep(ctx, time.Second); err != nil {
			return err
		}
	}
}
