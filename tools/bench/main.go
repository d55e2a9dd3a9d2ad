// Command bench measures kessai against a floor: the smallest server that
// still does all the durable work. Absolute figures move by two times and more
// with the machine and its neighbours; the ratios inside one run are what
// counts. It prints Markdown.
//
//	go run .                     twenty minutes, more while neighbours are busy; 11 GB of disk for full books
//	go run . -long               two hours: longer points, more of them, and a first start with nothing built
//	go run . -sections model     what more would need, by arithmetic: nothing is run
//	go run . -sections ratio -conc 64,256 -seconds 5 -reps 3
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"kessai.dev/kessai/tools/bench/floor"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) > 0 && args[0] == "floor" { // we start ourselves as the other server
		return floor.Main(args[1:])
	}
	o, err := options(args)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	b, err := setUp(o)
	if err != nil {
		return err
	}
	defer b.close()
	b.heading()
	for _, s := range sections {
		if !slices.Contains(o.sections, s.name) {
			continue
		}
		if err := s.run(ctx, b); err != nil {
			return fmt.Errorf("section %s: %w", s.name, err)
		}
		if ctx.Err() != nil {
			return errors.New("interrupted")
		}
	}
	return b.ending(o.check)
}

// sections in the order in which they run.
var sections = []struct {
	name string
	run  func(context.Context, *bench) error
}{
	{"noise", noise},
	{"ratio", ratios},
	{"postgres", postgres},
	{"doors", doors},
	{"own", ownTime},
	{"webhooks", webhooks},
	{"simulator", simulated},
	{"memory", memory},
	{"start", start},
	{"first", first},
	{"full", full},
	{"postgres-full", fullPostgres},
	{"model", model},
}

// settings is what the command line asks for.
type settings struct {
	length    time.Duration // of one point
	reps      int
	callers   []int
	acquirers []time.Duration
	sections  []string
	preload   int
	keep      string // folder of preloaded books, kept for the next run
	server    string // a built server; empty: build it
	cold      bool
	check     bool
}

func options(args []string) (settings, error) {
	var o settings
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	seconds := flags.Float64("seconds", 1.5, "length of one measured point")
	flags.IntVar(&o.reps, "reps", 2, "alternating repetitions of each point")
	conc := flags.String("conc", "1,16,64,256,1024", "callers at once, for the ratios")
	acquirers := flags.String("acquirers", "0s,50ms", "how long the acquirer in the process takes, for the ratios")
	some := flags.String("sections", "ratio,postgres,doors,own,webhooks,simulator,memory,start,first,full,model", "what to measure: these, and noise")
	flags.IntVar(&o.preload, "preload", 5_000_000, "payments in the books for the sections full and, up to a million, start; 0: start with an empty ledger only")
	flags.StringVar(&o.keep, "preload-dir", "", "folder to keep preloaded books in, and to find them again")
	flags.StringVar(&o.server, "server", "", "a built kessai server; empty: build it from this tree")
	flags.BoolVar(&o.cold, "cold", false, "section first: also with an empty build cache, which takes minutes")
	flags.BoolVar(&o.check, "check", false, "exit with status 1 if a goal is missed")
	long := flags.Bool("long", false, "the long run: -seconds 5 -reps 5 -cold, and the sections noise and postgres-full")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("what is %q?", flags.Arg(0))
	}
	if *long {
		given := map[string]bool{}
		flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
		lengthen(&o, given, seconds, some)
	}
	o.length = time.Duration(*seconds * float64(time.Second))
	o.sections = strings.Split(*some, ",")
	for _, s := range o.sections {
		if !slices.ContainsFunc(sections, func(k struct {
			name string
			run  func(context.Context, *bench) error
		},
		) bool {
			return k.name == s
		}) {
			return o, fmt.Errorf("there is no section %q", s)
		}
	}
	for s := range strings.SplitSeq(*conc, ",") {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return o, fmt.Errorf("-conc: %q is no number of callers", s)
		}
		o.callers = append(o.callers, n)
	}
	for s := range strings.SplitSeq(*acquirers, ",") {
		d, err := time.ParseDuration(s)
		if err != nil || d < 0 {
			return o, fmt.Errorf("-acquirers: %q is no duration", s)
		}
		o.acquirers = append(o.acquirers, d)
	}
	if o.reps < 1 || o.length <= 0 {
		return o, errors.New("-reps and -seconds must be above zero")
	}
	return o, nil
}

// lengthen fills in the long run where nothing else was asked for.
func lengthen(o *settings, given map[string]bool, seconds *float64, some *string) {
	if !given["seconds"] {
		*seconds = 5
	}
	if !given["reps"] {
		o.reps = 5
	}
	if !given["sections"] {
		*some += ",noise,postgres-full"
	}
	o.cold = true
}
