// Package harness holds the processes of kessai against what they acknowledged, and
// against the books of the provider, which it reads itself. It starts the simulator as
// a process of its own, which is never harmed, and servers, which are; drives a load
// over gRPC; keeps every acknowledged answer in memory; and judges by rules of its own,
// written from the API's documentation.
package harness

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"time"
)

// settings is what the command line asks for.
type settings struct {
	kills       int
	seed        uint64
	concurrency int
	redis       bool
	flush       bool
	linear      bool
	all         bool   // no run was named
	mode        string // the run that goes on
	rounds      int
	payments    int
	seconds     int
	rate        int
	unsafe      bool
	server      string
	keep        bool
	verbose     bool
}

func options(args []string) (settings, error) {
	var o settings
	flags := flag.NewFlagSet("crash", flag.ContinueOnError)
	flags.IntVar(&o.kills, "kills", 200, "how often the server is killed")
	flags.Uint64Var(&o.seed, "seed", 0, "seed of what is asked and when the server is killed; 0: a new one")
	flags.IntVar(&o.concurrency, "concurrency", 0, "storefronts at once (32); with -linear callers of one payment (64), with -flush payments at once (1000)")
	redis := flags.String("redis", "on", "on: sessions in Redis; off: embedded")
	flags.BoolVar(&o.flush, "flush", false, "no kills: wipe Redis, kill it and start it again under load")
	flags.BoolVar(&o.linear, "linear", false, "no kills: verbs at once on one payment, checked for linearisability")
	flags.IntVar(&o.rounds, "rounds", 200, "with -linear: how many payments")
	flags.IntVar(&o.payments, "payments", 4000, "with -flush: how many payments")
	flags.StringVar(&o.server, "server", "", "a built kessai server; empty: build it from this tree")
	flags.BoolVar(&o.keep, "keep", false, "keep the data and logs, and say where")
	flags.BoolVar(&o.verbose, "v", false, "a line for every kill")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	switch {
	case flags.NArg() > 0:
		return o, fmt.Errorf("what is %q?", flags.Arg(0))
	case *redis != "on" && *redis != "off":
		return o, fmt.Errorf("-redis %s: want on or off", *redis)
	case o.flush && o.linear:
		return o, errors.New("-flush and -linear are two runs")
	case o.flush && *redis == "off":
		return o, errors.New("-flush needs Redis")
	case o.kills < 1 || given["concurrency"] && o.concurrency < 1 || o.rounds < 1 || o.payments < 1:
		return o, errors.New("numbers must be above zero")
	}
	o.redis = *redis == "on"
	o.all = !given["kills"] && !o.flush && !o.linear
	if o.seed == 0 {
		o.seed = rand.Uint64()>>1 | 1
	}
	if !given["concurrency"] {
		o.concurrency = 0 // each run has its own
	}
	return o, nil
}

// Crash does the runs that args ask for; an error tells of any difference.
func Crash(ctx context.Context, args []string) error {
	o, err := options(args)
	if err != nil {
		return err
	}
	var errs []error
	for _, m := range modes {
		if ctx.Err() == nil && (o.all && (o.redis || m.name != "flush") || m.named(&o)) {
			errs = append(errs, m.play(ctx, o))
		}
	}
	return errors.Join(append(errs, ctx.Err())...)
}

// mode is one of the three runs.
type mode struct {
	name  string
	least int // callers at once, when nothing else was asked for
	named func(*settings) bool
	drive func(context.Context, *world) error
}

var modes = []mode{
	{"kills", 32, func(o *settings) bool { return !o.all && !o.flush && !o.linear }, kills},
	{"flush", 1000, func(o *settings) bool { return o.flush }, flush},
	{"linear", 64, func(o *settings) bool { return o.linear }, linear},
}

// play does the run in a world of its own.
func (m *mode) play(ctx context.Context, o settings) error {
	o.mode = m.name
	if o.concurrency == 0 {
		o.concurrency = m.least
	}
	w, err := setUp(o)
	if err != nil {
		return err
	}
	defer w.close()
	began := time.Now()
	fmt.Printf("\n%s: seed %d\n", m.name, o.seed)
	if err := m.drive(ctx, w); err != nil {
		return fmt.Errorf("%s, seed %d: %w", m.name, o.seed, err)
	}
	return w.summary(time.Since(began))
}
