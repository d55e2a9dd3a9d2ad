package main

import (
	"context"
	"fmt"
	"time"

	"kessai.dev/kessai/tools/bench/proc"
)

func (b *bench) flushRedis() error {
	_, err := proc.RedisCommand(b.redisAt, "FLUSHALL")
	return err
}

// goal is the least share of the floor's authorizations a second, or 0 where
// none is set (design: speed as ratios in one run).
func goal(acquirer time.Duration, callers int) float64 {
	switch {
	case acquirer == 0 && callers >= 64:
		return 0.7
	case acquirer > 0 && callers <= 256:
		return 0.9
	}
	return 0
}

// cpuGoal is the most server CPU a request may cost, by the floor's.
const cpuGoal = 1.5

// ratios is the heart: kessai by floor, with an acquirer in the process.
func ratios(ctx context.Context, b *bench) error {
	for _, acquirer := range b.acquirers {
		results, err := b.against(ctx, acquirer, instant(acquirer), b.callers)
		if err != nil {
			return err
		}
		fmt.Printf("\n## kessai by floor, acquirer %s in the process, native gRPC\n\n", acquirer)
		printPoints("floor", "kessai", results)
		b.printRatios("floor", results, acquirer, true)
	}
	return nil
}

// noise measures the floor against itself: how far a ratio of this run is from
// 1 when nothing differs.
func noise(ctx context.Context, b *bench) error {
	out := make([]comparison, len(b.callers))
	for rep := range b.reps {
		if err := b.noiseRound(ctx, rep, out); err != nil {
			return err
		}
	}
	fmt.Printf("\n## Noise: the floor by itself, acquirer 0 ms\n\n")
	printPoints("floor", "floor again", out)
	fmt.Printf("\n| callers | requests/s, by itself | server CPU, by itself | each pair | each pair's CPU |\n|---:|---:|---:|---|---|\n")
	for i := range out {
		c := &out[i]
		fmt.Printf("| %d | %.2f | %.2f | %s | %s |\n", c.callers, c.ratio(rps), c.ratio(cpu), eachPair(c, rps), eachPair(c, cpu))
	}
	return nil
}

func (b *bench) noiseRound(ctx context.Context, rep int, out []comparison) error {
	if err := b.flushRedis(); err != nil {
		return err
	}
	var both [2]*server
	for i := range both {
		s, err := b.startFloor(0)
		if err != nil {
			return err
		}
		defer s.stop()
		both[i] = s
	}
	return b.alternate(ctx, both[0], both[1], b.callers, rep, out)
}

// simulated is the same through the connector and the simulator over loopback
// HTTP. The floor has neither, so this sets no goal.
func simulated(ctx context.Context, b *bench) error {
	dir, err := b.folder("simulator")
	if err != nil {
		return err
	}
	addr, err := proc.Loopback()
	if err != nil {
		return err
	}
	sim, err := proc.Start("simulator", dir, b.server, "simulate", "--simulator-listen", addr, "--data", dir)
	if err != nil {
		return err
	}
	defer sim.Kill()
	b.helper = sim.PID
	defer func() { b.helper = 0 }()
	if _, err := sim.Wait(patience, func() error { return proc.Dial(addr) }); err != nil {
		return err
	}
	callers := []int{64}
	if len(b.callers) > 3 {
		callers = []int{16, 64, 256}
	}
	results, err := b.against(ctx, 0, "http://"+addr+"/test_gateway", callers)
	if err != nil {
		return err
	}
	fmt.Printf("\n## kessai through the connector and the simulator over loopback HTTP, by floor with 0 ms (information only)\n\n")
	printPoints("floor", "kessai", results)
	b.printRatios("floor", results, 0, false)
	return nil
}

// full compares full books with empty ones.
func full(ctx context.Context, b *bench) error {
	if b.preload == 0 {
		fmt.Printf("\n## Full books by empty ones: left out, as -preload is 0\n")
		return nil
	}
	filled, err := b.preloaded(ctx, b.preload)
	if err != nil {
		return err
	}
	callers := []int{64, 256, 1024}
	out := make([]comparison, len(callers))
	for rep := range b.reps {
		if err := b.fullRound(ctx, filled, callers, rep, out); err != nil {
			return err
		}
	}
	fmt.Printf("\n## %d payments in the books, by an empty ledger, acquirer 0 ms\n\n", b.preload)
	printPoints("empty", "full", out)
	fmt.Printf("\n| callers | authorizations/s, full by empty | goal | verdict |\n|---:|---:|---:|---|\n")
	for i := range out {
		c := &out[i]
		r := c.ratio(rps)
		fmt.Printf("| %d | %.2f | ≥ 0.8 | %s |\n", c.callers, r, b.judge(fmt.Sprintf("full books, %d callers", c.callers), r >= 0.8, c.doubt()))
	}
	return nil
}

func (b *bench) fullRound(ctx context.Context, filled string, callers []int, rep int, out []comparison) error {
	if err := b.flushRedis(); err != nil {
		return err
	}
	dir, err := b.folder("data")
	if err != nil {
		return err
	}
	base, err := b.startKessai(dir, instant(0))
	if err != nil {
		return err
	}
	defer base.stop()
	test, err := b.startKessai(filled, instant(0))
	if err != nil {
		return err
	}
	defer test.stop()
	return b.alternate(ctx, base, test, callers, rep, out)
}
