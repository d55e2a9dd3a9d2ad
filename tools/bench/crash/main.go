// Command crash proves that no acknowledged payment is ever lost, doubled or
// changed, whatever happens to the process. It starts the simulator as a
// process of its own, which is never harmed, and the server, which is; drives
// a mixed load over gRPC; keeps every acknowledged answer in memory; and holds
// them, kessai's books and the simulator's books against each other.
//
//	go run ./crash                       200 times SIGKILL at random moments (P06, P18, P19)
//	go run ./crash -flush                Redis wiped, killed and started again under 1,000 payments (P07, P08)
//	go run ./crash -linear               64 verbs at once on one payment, again and again (P01, P02)
//
// It exits with status 1 on any difference. The seed fixes what is asked for
// and when the server is killed; how the processes interleave it cannot fix.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "crash:", err)
		os.Exit(1)
	}
}

// settings is what the command line asks for.
type settings struct {
	kills       int
	seed        uint64
	concurrency int
	redis       bool
	flush       bool
	linear      bool
	rounds      int
	payments    int
	server      string
	keep        bool
	verbose     bool
}

func options(args []string) (settings, error) {
	var o settings
	flags := flag.NewFlagSet("crash", flag.ContinueOnError)
	flags.IntVar(&o.kills, "kills", 200, "how often the server is killed")
	flags.Uint64Var(&o.seed, "seed", 0, "seed of what is asked and when the server is killed; 0: a new one")
	flags.IntVar(&o.concurrency, "concurrency", 32, "storefronts at once; with -linear verbs at once, with -flush payments at once")
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
	case o.kills < 1 || o.concurrency < 1 || o.rounds < 1 || o.payments < 1:
		return o, errors.New("numbers must be above zero")
	}
	o.redis = *redis == "on"
	if o.seed == 0 {
		o.seed = rand.Uint64()>>1 | 1
	}
	if !given["concurrency"] {
		switch {
		case o.flush:
			o.concurrency = 1000
		case o.linear:
			o.concurrency = 64
		}
	}
	return o, nil
}

func run(ctx context.Context, args []string) error {
	o, err := options(args)
	if err != nil {
		return err
	}
	w, err := setUp(o)
	if err != nil {
		return err
	}
	defer w.close()
	began := time.Now()
	mode := map[bool]func(context.Context, *world) error{o.flush: flush, o.linear: linear}[true]
	if mode == nil {
		mode = kills
	}
	fmt.Printf("seed %d\n", o.seed)
	if err := mode(ctx, w); err != nil {
		return fmt.Errorf("%w\nseed %d", err, o.seed)
	}
	return w.summary(time.Since(began))
}
