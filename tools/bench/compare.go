package main

import (
	"context"
	"math"
	"slices"
	"time"
)

// pair is the same point measured on both servers, one right after the other.
type pair struct{ base, test point }

// Pairs are compared only when the rest of the machine was busy alike: an
// absolute figure moves with the neighbours, and so does a ratio when they
// change between its two halves.
const (
	alike = 0.20 // other_cores may differ so much inside a pair
	quiet = 0.35 // above it the machine was noisy
)

func (p pair) agrees() bool { return math.Abs(p.base.others-p.test.others) <= alike }
func (p pair) noisy() bool  { return max(p.base.others, p.test.others) > quiet }

// comparison is all repetitions at one number of callers.
type comparison struct {
	callers int
	pairs   []pair
}

// usable are the pairs that agree, or all when none does; then it is false.
func (c *comparison) usable() ([]pair, bool) {
	var good []pair
	for _, p := range c.pairs {
		if p.agrees() {
			good = append(good, p)
		}
	}
	if len(good) == 0 {
		return c.pairs, false
	}
	return good, true
}

// ratio is the median over the usable pairs of what of says of test by base.
func (c *comparison) ratio(of func(point) float64) float64 {
	pairs, _ := c.usable()
	return median(pairs, func(p pair) float64 {
		if of(p.base) == 0 {
			return math.NaN() // shorter than the clock shows
		}
		return of(p.test) / of(p.base)
	})
}

// typical is the median of a figure over the usable pairs.
func (c *comparison) typical(of func(pair) float64) float64 {
	pairs, _ := c.usable()
	return median(pairs, of)
}

// doubt says why a comparison should not be believed; empty: no reason known.
func (c *comparison) doubt() string {
	pairs, agree := c.usable()
	loud := 0
	for _, p := range pairs {
		if p.noisy() {
			loud++
		}
	}
	switch {
	case !agree:
		return "no pair agrees on other_cores"
	case 2*loud > len(pairs):
		return "other_cores above 0.35"
	}
	return ""
}

func rps(p point) float64 { return p.rps }
func cpu(p point) float64 { return p.server }

func median(pairs []pair, of func(pair) float64) float64 {
	values := make([]float64, len(pairs))
	for i, p := range pairs {
		values[i] = of(p)
	}
	slices.Sort(values)
	n := len(values)
	if n == 0 {
		return math.NaN()
	}
	return (values[(n-1)/2] + values[n/2]) / 2
}

// again is how often a pair that neighbours disturbed is measured once more.
const again = 2

// alternate measures both servers in turn at each number of callers; which goes
// first changes with every repetition. A pair whose halves saw different
// neighbours, or too much of them, is measured again: what the two halves showed
// of each other has no say in that.
func (b *bench) alternate(ctx context.Context, base, test *server, callers []int, rep int, into []comparison) error {
	for i, n := range callers {
		into[i].callers = n
		for try := 0; ; try++ {
			p, err := b.pairOf(ctx, base, test, n, (rep+i)%2 == 1)
			if err != nil {
				return err
			}
			if p.agrees() && !p.noisy() || try == again {
				into[i].pairs = append(into[i].pairs, p)
				break
			}
		}
	}
	return nil
}

// pairOf measures each server twice: one, the other, the other, the one. So what
// drifts while they run, as the machine's clock, falls on both; and a garbage
// collection more or less, of which there is about one in two seconds, counts half.
func (b *bench) pairOf(ctx context.Context, base, test *server, callers int, testFirst bool) (pair, error) {
	order := []*server{base, test, test, base}
	if testFirst {
		order = []*server{test, base, base, test}
	}
	spans := map[*server]span{}
	for _, s := range order {
		calm(ctx, base, test)
		measured, err := b.measure(ctx, s, callers, s.conn.Create())
		if err != nil {
			return pair{}, err
		}
		spans[s] = spans[s].and(measured)
	}
	return pair{spans[base].point(), spans[test].point()}, nil
}

// against repeats alternate on fresh floors and fresh kessais.
func (b *bench) against(ctx context.Context, acquirer time.Duration, provider string, callers []int) ([]comparison, error) {
	out := make([]comparison, len(callers))
	for rep := range b.reps {
		if err := b.round(ctx, acquirer, provider, callers, rep, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (b *bench) round(ctx context.Context, acquirer time.Duration, provider string, callers []int, rep int, out []comparison) error {
	if err := b.flushRedis(); err != nil {
		return err
	}
	base, err := b.startFloor(acquirer)
	if err != nil {
		return err
	}
	defer base.stop()
	dir, err := b.folder("data")
	if err != nil {
		return err
	}
	test, err := b.startKessai(dir, provider)
	if err != nil {
		return err
	}
	defer test.stop()
	return b.alternate(ctx, base, test, callers, rep, out)
}
