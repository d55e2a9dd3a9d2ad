package harness

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// noticed is how long it takes, in this run, until somebody finds that the primary is
// gone and promotes its standby.
const noticed = time.Second

// fault is something that is done to the fleet while it sells.
type fault struct {
	what     string
	due      time.Duration // from when the load began
	strike   func() error
	mend     func() error // a while after; nil: it stays as it is
	at, back time.Time    // when it struck, and when everything there was told to go on
}

// plan puts the three faults into an order of the seed's, one in each quarter but the
// first, with victims of the seed's.
func (f *fleet) plan() {
	rng := rand.New(rand.NewPCG(f.seed, 0xfa11))
	node, server := rng.IntN(replicas), rng.IntN(replicas)
	all := []*fault{
		{what: fmt.Sprintf("primary killed, standby promoted %s later", noticed), strike: f.failOver},
		{
			what:   fmt.Sprintf("Redis node %d of %d killed", node+1, replicas),
			strike: func() error { f.cluster.Kill(node); return nil },
			mend:   func() error { return f.cluster.Start(node) },
		},
		{
			what:   f.servers[server].name + " killed",
			strike: func() error { f.kill(server); return nil },
			mend:   func() error { return f.again(server) },
		},
	}
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for i, one := range all {
		one.due = f.length*time.Duration(i+1)/4 + time.Duration(rng.Int64N(int64(f.length/16)))
	}
	f.faults = all
}

// failOver is what an operator does, or a program for it: the primary is gone for certain
// (here it is killed; elsewhere it is fenced first), so the standby waits for no other
// standby from now on, and takes writes.
func (f *fleet) failOver() error {
	if f.unsafe {
		if err := f.sql(1, "ALTER SYSTEM SET primary_conninfo = ''", reload); err != nil {
			return err
		}
		time.Sleep(time.Second)
	}
	f.database[0].KillAll()
	time.Sleep(noticed)
	return f.sql(1, "ALTER SYSTEM SET synchronous_standby_names = ''", reload, "SELECT pg_promote()")
}

func (f *fleet) kill(server int) {
	s := f.servers[server]
	s.killed = time.Now()
	s.process.Kill()
}

// again starts a killed server, on the same addresses and folder.
func (f *fleet) again(server int) error {
	if err := f.launch(server); err != nil {
		return err
	}
	took, err := f.await(server)
	f.starts = append(f.starts, took)
	now := time.Now()
	f.servers[server].back.Store(&now)
	return err
}

// recover waits for a sale of every server that is there, each after the fault.
func (f *fleet) recover(ctx context.Context, one *fault) {
	struck := time.Now()
	for time.Since(struck) < 2*backWithin && ctx.Err() == nil {
		waiting := 0
		for i, s := range f.servers {
			if _, silent := f.sold.gap(i, struck, time.Now()); silent && s.stayed(one.at, time.Now()) {
				waiting++
			}
		}
		if waiting == 0 {
			return
		}
		_ = sleep(ctx, 100*time.Millisecond) // ctx is asked above
	}
}

// harm does to the fleet what was planned.
// No fault strikes before all servers that are there have sold something after the one
// before it, or had twice the time for it. After the last one it says when that was.
func (f *fleet) harm(ctx context.Context, struck *atomic.Int64) error {
	errs := make([]error, len(f.faults))
	var all sync.WaitGroup
	for i, one := range f.faults {
		if err := sleep(ctx, time.Until(f.began.Add(one.due))); err != nil {
			return err
		}
		one.at = time.Now()
		fmt.Printf("%5.1f s: %s\n", one.at.Sub(f.began).Seconds(), one.what)
		if err := one.strike(); err != nil {
			return fmt.Errorf("%s: %w", one.what, err)
		}
		f.recover(ctx, one)
		if one.mend != nil {
			all.Go(func() {
				if err := errors.Join(sleep(ctx, time.Until(one.at.Add(f.length/8))), one.mend()); err != nil {
					errs[i] = fmt.Errorf("%s: %w", one.what, err)
				}
			})
		}
	}
	struck.Store(time.Now().UnixNano())
	all.Wait()
	return errors.Join(errs...)
}
