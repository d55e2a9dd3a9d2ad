package main

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/tools/bench/load"
)

func madePair(base, test, baseOthers, testOthers float64) pair {
	return pair{point{rps: base, server: 100, others: baseOthers}, point{rps: test, server: 120, others: testOthers}}
}

func TestRatioIsTheMedianOfPairsThatAgree(t *testing.T) {
	c := comparison{callers: 64, pairs: []pair{
		madePair(1000, 900, 0.1, 0.1),
		madePair(1000, 100, 0.1, 0.9), // a neighbour came in between: says nothing
		madePair(1000, 800, 0.0, 0.1),
		madePair(1000, 700, 0.1, 0.0),
	}}
	if got := c.ratio(rps); got != 0.8 {
		t.Errorf("ratio %v, want 0.8", got)
	}
	if got := c.ratio(cpu); got != 1.2 {
		t.Errorf("CPU ratio %v, want 1.2", got)
	}
	if d := c.doubt(); d != "" {
		t.Errorf("doubt %q, want none", d)
	}
	if s := eachPair(&c, rps); s != "0.90 0.10* 0.80 0.70" {
		t.Errorf("pairs %q", s)
	}
}

// Two spans are one: what both answered, by what both used, in both times.
func TestSpansAddUp(t *testing.T) {
	spanOf := func(elapsed time.Duration, busy float64, latencies ...time.Duration) span {
		return span{load.Result{Elapsed: elapsed, Latencies: latencies}, [6]float64{0.3, 0.1, 0.2, 0, 0.05, busy + 0.05}}
	}
	p := span{}.and(spanOf(time.Second, 0.7, 3*time.Millisecond)).and(spanOf(3*time.Second, 0.9, 1*time.Millisecond, 2*time.Millisecond)).point()
	got := []float64{p.rps, p.server, p.redis, p.load, p.others, p.max.Seconds()}
	for i, want := range []float64{3.0 / 4, 200_000, 0.2e6 / 3, 0.4e6 / 3, 0.1, 0.003} {
		if math.Abs(got[i]-want) > 1e-9*want {
			t.Errorf("figure %d is %v, want %v", i, got[i], want)
		}
	}
	if p.p50 != 2*time.Millisecond {
		t.Errorf("p50 %v", p.p50)
	}
}

func TestDoubt(t *testing.T) {
	for _, c := range []struct {
		name  string
		pairs []pair
		want  string
	}{
		{"no pair agrees", []pair{madePair(1, 1, 0, 1), madePair(1, 1, 1, 0)}, "no pair agrees on other_cores"},
		{"agree, but loud", []pair{madePair(1, 1, 0.5, 0.5), madePair(1, 1, 0.6, 0.6), madePair(1, 1, 0, 0)}, "other_cores above 0.35"},
		{"one loud of three", []pair{madePair(1, 1, 0.5, 0.5), madePair(1, 1, 0, 0), madePair(1, 1, 0, 0)}, ""},
	} {
		if got := (&comparison{pairs: c.pairs}).doubt(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestVerdicts(t *testing.T) {
	b := &bench{}
	for _, c := range []struct {
		met   bool
		doubt string
		want  string
	}{{true, "", "PASS"}, {true, "x", "PASS (x)"}, {false, "", "FAIL"}, {false, "x", "NOISY: x"}} {
		if got := b.judge("w", c.met, c.doubt); got != c.want {
			t.Errorf("judge(%v, %q) = %q, want %q", c.met, c.doubt, got, c.want)
		}
	}
	if err := b.ending(true); err == nil || !strings.Contains(err.Error(), "1 goals") {
		t.Errorf("ending with one FAIL: %v", err)
	}
	if err := b.ending(false); err != nil {
		t.Errorf("ending without -check: %v", err)
	}
}

func TestMedianOfNothingIsNaN(t *testing.T) {
	if v := median(nil, func(pair) float64 { return 1 }); !math.IsNaN(v) {
		t.Errorf("got %v", v)
	}
}

// The goals are those of the design, and no point without a goal has one.
func TestGoals(t *testing.T) {
	for _, c := range []struct {
		acquirer time.Duration
		callers  int
		want     float64
	}{{0, 1, 0}, {0, 16, 0}, {0, 64, 0.7}, {0, 1024, 0.7}, {50 * time.Millisecond, 1, 0.9}, {50 * time.Millisecond, 256, 0.9}, {50 * time.Millisecond, 1024, 0}} {
		if got := goal(c.acquirer, c.callers); got != c.want {
			t.Errorf("goal(%s, %d) = %v, want %v", c.acquirer, c.callers, got, c.want)
		}
	}
}

func TestOptions(t *testing.T) {
	o, err := options([]string{"-long", "-reps", "2"})
	if err != nil || o.reps != 2 || o.length != 5*time.Second || o.preload != 5_000_000 || !o.cold || !slices.Contains(o.sections, "full") || !slices.Contains(o.sections, "noise") || !slices.Contains(o.sections, "postgres-full") {
		t.Errorf("-long -reps 2: %+v, %v", o, err)
	}
	if o, err := options(nil); err != nil || o.preload != 5_000_000 || !slices.Contains(o.sections, "full") || !slices.Contains(o.sections, "postgres") || len(o.callers) != 5 || len(o.acquirers) != 2 {
		t.Errorf("one run has them all, with five million payments: %+v, %v", o, err)
	}
	for _, bad := range [][]string{{"-sections", "nothing"}, {"-conc", "0"}, {"-acquirers", "soon"}, {"-reps", "0"}, {"stray"}} {
		if _, err := options(bad); err == nil {
			t.Errorf("%v was accepted", bad)
		}
	}
}
