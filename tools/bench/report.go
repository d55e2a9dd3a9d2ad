package main

import (
	"fmt"
	"strings"
	"time"
)

// verdict is how one goal was met.
type verdict struct{ what, word string }

// judge notes and gives the word for one goal. A goal that is met is met, noise
// or not; one that is missed on a noisy machine says nothing.
func (b *bench) judge(what string, met bool, doubt string) string {
	word := "PASS"
	switch {
	case met && doubt != "":
		word = "PASS (" + doubt + ")"
	case doubt != "":
		word = "NOISY: " + doubt
	case !met:
		word = "FAIL"
	}
	b.verdicts = append(b.verdicts, verdict{what, word})
	return word
}

func printPoints(base, test string, all []comparison) {
	fmt.Printf("| callers | server | requests/s | p50 ms | p99 ms | max ms | server CPU µs/request | Redis | load | other_cores |\n")
	fmt.Printf("|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|\n")
	for i := range all {
		c := &all[i]
		printPoint(c, base, func(p pair) point { return p.base })
		printPoint(c, test, func(p pair) point { return p.test })
	}
}

func printPoint(c *comparison, name string, side func(pair) point) {
	of := func(get func(point) float64) float64 {
		return c.typical(func(p pair) float64 { return get(side(p)) })
	}
	fmt.Printf("| %d | %s | %.0f | %.1f | %.1f | %.1f | %.0f | %.0f | %.0f | %.2f |\n", c.callers, name,
		of(rps), of(func(p point) float64 { return ms(p.p50) }), of(func(p point) float64 { return ms(p.p99) }), of(func(p point) float64 { return ms(p.max) }),
		of(cpu), of(func(p point) float64 { return p.redis }), of(func(p point) float64 { return p.load }), of(func(p point) float64 { return p.others }))
}

// printRatios prints the table of ratios: medians of the pairs that agree.
func (b *bench) printRatios(base string, all []comparison, acquirer time.Duration, judged bool) {
	fmt.Printf("\n| callers | authorizations/s, kessai by %s | goal | verdict | server CPU, kessai by %s | goal | verdict | each pair | each pair's CPU |\n|---:|---:|---:|---|---:|---:|---|---|---|\n", base, base)
	for i := range all {
		c := &all[i]
		speed, work := c.ratio(rps), c.ratio(cpu)
		least, most, first, second := "–", "–", "–", "–"
		if g := goal(acquirer, c.callers); judged && g > 0 {
			least = fmt.Sprintf("≥ %.2f", g)
			first = b.judge(fmt.Sprintf("authorizations/s, acquirer %s, %d callers", acquirer, c.callers), speed >= g, c.doubt())
		}
		if judged && c.callers >= 64 {
			most = fmt.Sprintf("≤ %.1f", cpuGoal)
			second = b.judge(fmt.Sprintf("server CPU, acquirer %s, %d callers", acquirer, c.callers), work <= cpuGoal, c.doubt())
		}
		fmt.Printf("| %d | %.2f | %s | %s | %.2f | %s | %s | %s | %s |\n", c.callers, speed, least, first, work, most, second, eachPair(c, rps), eachPair(c, cpu))
	}
}

// eachPair lists a ratio of every pair, so that the spread can be seen; a star
// marks one that was not used.
func eachPair(c *comparison, of func(point) float64) string {
	out := make([]string, len(c.pairs))
	for i, p := range c.pairs {
		out[i] = fmt.Sprintf("%.2f", of(p.test)/of(p.base))
		if !p.agrees() {
			out[i] += "*"
		}
	}
	return strings.Join(out, " ")
}

func ms(d time.Duration) float64 { return d.Seconds() * 1000 }

// ending lists all verdicts; with check a missed goal is an error.
func (b *bench) ending(check bool) error {
	fmt.Printf("\n## Goals\n\n| goal | verdict |\n|---|---|\n")
	missed := 0
	for _, v := range b.verdicts {
		fmt.Printf("| %s | %s |\n", v.what, v.word)
		if v.word == "FAIL" {
			missed++
		}
	}
	fmt.Printf("\nA star marks a pair whose halves saw different neighbours (other_cores apart by more than %.2f); it is left out of the median.\n", alike)
	if check && missed > 0 {
		return fmt.Errorf("%d goals missed", missed)
	}
	return nil
}
