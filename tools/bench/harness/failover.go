package harness

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// backWithin is how long a surviving server may sell nothing after a fault, the second
// included that passes until the standby is promoted.
const backWithin = 10 * time.Second

// takenOver is how much later than by its own process a question may be settled whose
// process died: another one gets its lease, and must be sure that the call is over.
const takenOver = 90 * time.Second

func failoverOptions(args []string) (settings, error) {
	o := settings{mode: "failover", redis: true}
	flags := flag.NewFlagSet("failover", flag.ContinueOnError)
	flags.IntVar(&o.seconds, "seconds", 60, "how long there are visitors")
	flags.IntVar(&o.rate, "rate", 200, "how many come a second")
	flags.Uint64Var(&o.seed, "seed", 0, "seed of what is asked and of the faults; 0: a new one")
	flags.StringVar(&o.server, "server", "", "a built kessai server; empty: build it from this tree")
	flags.BoolVar(&o.unsafe, "unsafe", false, "set up what a shop must not: nobody waits for the standby, and it lies a second behind; this run must find what is lost")
	flags.BoolVar(&o.keep, "keep", false, "keep the data and logs, and say where")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	switch {
	case flags.NArg() > 0:
		return o, fmt.Errorf("what is %q?", flags.Arg(0))
	case o.seconds < 8 || o.rate < 1:
		return o, errors.New("at least 8 seconds, and one visitor a second")
	}
	if o.seed == 0 {
		o.seed = rand.Uint64()>>1 | 1
	}
	return o, nil
}

// Failover has three servers sell on one database, while its primary, a node of Redis
// and one of the servers are killed; an error tells of any difference.
func Failover(ctx context.Context, args []string) error {
	o, err := failoverOptions(args)
	if err != nil {
		return err
	}
	fmt.Printf("failover: seed %d, %d payments/s for %d s\n", o.seed, o.rate, o.seconds)
	f, err := newFleet(o)
	if err != nil {
		return err
	}
	defer f.close()
	end, err := f.trade(ctx)
	if err != nil {
		for _, s := range f.servers {
			fmt.Printf("the last words of %s:\n%s\n", s.name, s.process.Tail())
		}
		return fmt.Errorf("failover, seed %d: %w", o.seed, err)
	}
	verdicts, err := f.verdicts(ctx, end)
	if err != nil {
		return fmt.Errorf("failover, seed %d: %w", o.seed, err)
	}
	return f.report(verdicts, end)
}

// trade sells and harms at once, and looks after open questions meanwhile. It gives when
// the last visitor came.
func (f *fleet) trade(ctx context.Context) (end time.Time, err error) {
	f.plan()
	watching, enough := context.WithCancel(ctx)
	var watch sync.WaitGroup
	watch.Go(func() { f.watch(watching) })
	f.began = time.Now()
	var struck atomic.Int64
	harmed := make(chan error, 1)
	go func() {
		err := f.harm(ctx, &struck)
		struck.CompareAndSwap(0, time.Now().UnixNano()) // it has failed: nobody need wait for it
		harmed <- err
	}()
	end, err = f.sell(ctx, f.began, &struck)
	err = errors.Join(err, <-harmed)
	enough()
	watch.Wait()
	return end, err
}

// verdict is one of the things that are to be shown.
type verdict struct {
	what  string
	shown string
	wrong int
}

// verdicts settles what is open and holds everything against everything.
func (f *fleet) verdicts(ctx context.Context, end time.Time) ([]verdict, error) {
	all := []verdict{{what: "every answer fits those before it, and none is an error that must not be", shown: fmt.Sprint(f.count.answers.Load(), " answers"), wrong: f.book.differences()}}
	check := func(what string, work func() (string, error)) error {
		before := f.book.differences()
		shown, err := work()
		all = append(all, verdict{what, shown, f.book.differences() - before})
		return err
	}
	var listed []*paymentv1.Payment
	err := errors.Join(
		check("every open question is settled", func() (string, error) {
			began := time.Now()
			err := f.settleAll(ctx, settleWithin+takenOver)
			return fmt.Sprintf("the last one %s after the last visitor", time.Since(began).Round(time.Second)), err
		}),
		check("nothing acknowledged is lost", func() (_ string, err error) {
			if listed, err = f.listAll(ctx); err != nil {
				return "", err
			}
			records := f.book.take(true)
			for _, fault := range missing(records, listed) {
				f.book.differ("%s", fault)
			}
			f.auditOf(ctx, records)
			return fmt.Sprint(len(records), " payments, each with its history"), ctx.Err()
		}),
		check("the provider's books are kessai's to the yen, nothing is charged twice", func() (string, error) {
			err := f.compare(ctx, listed)
			return fmt.Sprintf("held ¥%d, charged ¥%d", f.theirs.held, f.theirs.charged), err
		}),
		check("linearisable per payment", func() (string, error) {
			payments, calls := f.judgeAll()
			return fmt.Sprintf("%d payments, %d calls, %d undecided", payments, calls, f.undecided), nil
		}),
		check("service is back within "+backWithin.String(), func() (string, error) { return f.judgeGaps(end), nil }),
		check("the servers stop in order, and the books are proved", func() (string, error) {
			err := f.stop(ctx)
			f.verifyWith("--ledger", f.dsn(), "--key-dir", f.keys)
			return "kessai verify", err
		}),
	)
	return all, err
}

// listAll lists all payments, which is the last look at each.
func (f *fleet) listAll(ctx context.Context) ([]*paymentv1.Payment, error) {
	called := time.Now()
	all, err := f.list(ctx, "")
	for _, p := range all {
		f.book.acknowledge("ListPayments", "", p)
		f.seen.read(p, called, time.Now())
	}
	return all, err
}

func (f *fleet) judgeGaps(end time.Time) string {
	longest := time.Duration(0)
	for i, one := range f.faults {
		_, worst, silent := f.gaps(i, end)
		if silent {
			f.book.differ("%s: a surviving server sold nothing after it", one.what)
		}
		if longest = max(longest, worst); worst > backWithin {
			f.book.differ("%s: a surviving server sold nothing for %s", one.what, worst)
		}
	}
	return fmt.Sprint("at most ", longest.Round(time.Millisecond))
}

// report prints what was done and found. Any difference is an error.
func (f *fleet) report(verdicts []verdict, end time.Time) error {
	fmt.Printf("\n| fault | at | nobody sold for | the worst surviving server sold nothing for |\n|---|---:|---:|---:|\n")
	for i, one := range f.faults {
		anybody, worst, _ := f.gaps(i, end)
		fmt.Printf("| %s | %.1f s | %s | %s |\n", one.what, one.at.Sub(f.began).Seconds(), anybody.Round(time.Millisecond), worst.Round(time.Millisecond))
	}
	times := f.sold.latencies()
	fmt.Printf("\nauthorized at once: %d; from the visitor's coming, p50 %s, p99 %s, longest %s; visitors at once at most %d\n",
		len(times), quantile(times, 0.5), quantile(times, 0.99), quantile(times, 1), f.most)
	fmt.Printf("sent again with the same key: %v; repeated answers: %d; start of a killed server: %v\n", f.book.again, f.count.replays.Load(), f.starts)
	fmt.Printf("\n| what | | verdict |\n|---|---|---|\n")
	for _, v := range verdicts {
		word := "right"
		if v.wrong > 0 {
			word = fmt.Sprintf("**WRONG, %d times**", v.wrong)
		}
		fmt.Printf("| %s | %s | %s |\n", v.what, v.shown, word)
	}
	if n := f.book.differences(); n > 0 {
		return fmt.Errorf("%d differences, seed %d", n, f.seed)
	}
	return nil
}
