package main

import (
	"context"
	"fmt"
	"math"
)

// The model says from costs, part by part, how fast kessai is and what it uses, so that a
// load nobody has machines for here can be reckoned. model_test.go holds it against what was
// measured. All of it is of one kind of machine: two shared cores, a disk that syncs in a
// millisecond, and server, Redis, load generator and database all on it.

// costs are the parts of one payment.
type costs struct {
	gather  float64 // so many callers inside fill a commit with that many entries, to this power: fitted, not derived
	sync    float64 // ms that a commit of the books takes besides processor time: the disk, and round trips
	commit  float64 // µs of the server's processor time for each commit, of however many entries
	payment float64 // µs of it for each payment
	redis   float64 // µs of Redis' for each payment
	group   float64 // µs of the database's for each commit; 0: the books are in a file
	load    float64 // µs of the load generator's, which is on the same cores; 0: it is elsewhere
	cores   float64
}

// entries is how many entries a payment has, each of which waits for a commit: the wish and
// the fact.
const entries = 2

// The costs that were measured.
var (
	inFile     = costs{gather: 0.65, sync: 0.93, commit: 1148, payment: 165, redis: 20, load: 70, cores: 2}
	inDatabase = costs{gather: 0.55, sync: 1.15, commit: 1125, payment: 120, redis: 18, group: 2900, load: 90, cores: 2}
)

// state is a server at work.
type state struct {
	rate   float64 // payments a second
	inside float64 // callers that wait for the server, not for the provider
	group  float64 // entries of a commit
	commit float64 // ms from one commit to the next
	server float64 // µs of the server's processor time for each payment

	database float64 // µs of the database's
}

// at is the state with so many callers inside.
func (c *costs) at(inside float64) state {
	s := state{inside: inside, group: math.Max(1, math.Pow(inside, c.gather))}
	s.server = c.payment + entries*c.commit/s.group
	s.database = entries * c.group / s.group
	work := (s.server + c.redis + s.database + c.load) * s.group / entries / c.cores // µs, of all that a group's payments cost
	s.commit = c.sync + work/1000
	s.rate = 1000 * s.group / entries / s.commit * math.Min(1, inside) // less than one inside: it is idle at times
	return s
}

// closed is the state with so many callers, each of which comes back at once, and a provider
// that takes so many ms.
func (c *costs) closed(callers, provider float64) state {
	return c.find(callers, func(s *state) bool { return s.inside+s.rate*provider/1000 < callers })
}

// open is the state at a steady rate; false: it is too much for these cores.
func (c *costs) open(rate float64) (state, bool) {
	const most = 1 << 20
	s := c.find(most, func(s *state) bool { return s.rate < rate })
	return s, s.rate >= rate*0.999
}

// find halves its way to where more callers inside are not less any more.
func (c *costs) find(most float64, less func(*state) bool) state {
	low, high := 0.0, most
	for range 60 {
		middle := (low + high) / 2
		if s := c.at(middle); less(&s) {
			low = middle
		} else {
			high = middle
		}
	}
	return c.at(high)
}

// model prints what the measured points should have been, and what larger loads need.
func model(context.Context, *bench) error {
	fmt.Printf("\n## Model: nothing here is measured; model_test.go holds it against what was\n\n")
	fmt.Printf("| books | acquirer ms | callers | payments/s | entries a commit | ms a commit | server CPU µs/payment | database |\n|---|---:|---:|---:|---:|---:|---:|---:|\n")
	for _, books := range []struct {
		name  string
		costs costs
	}{{"file", inFile}, {"PostgreSQL", inDatabase}} {
		for _, provider := range []float64{0, 50} {
			for _, callers := range []float64{1, 16, 64, 256, 1024} {
				s := books.costs.closed(callers, provider)
				fmt.Printf("| %s | %.0f | %.0f | %.0f | %.0f | %.1f | %.0f | %.0f |\n", books.name, provider, callers, s.rate, s.group, s.commit, s.server, s.database)
			}
		}
	}
	fmt.Printf("\n| demand | ")
	for _, d := range demands {
		fmt.Printf("%s | ", d.name)
	}
	fmt.Printf("\n|---|")
	for range demands {
		fmt.Printf("---:|")
	}
	fmt.Println()
	for _, row := range needRows {
		fmt.Printf("| %s | ", row.name)
		for _, d := range demands {
			n := needs(d)
			fmt.Printf("%s | ", rounded(row.of(&d, &n)))
		}
		fmt.Println()
	}
	return nil
}
