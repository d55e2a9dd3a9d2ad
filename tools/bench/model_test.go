package main

import (
	"math"
	"testing"
)

// measured is one point that was measured, on two cores with everything on them:
// docs/performance.md has the tables.
type measured struct {
	books             string
	costs             *costs
	provider, callers float64
	rate              float64 // payments/s
	server, database  float64 // µs of their processor time a payment; 0: not asked
}

var recorded = []measured{
	// The costs were fitted to the points of 0 ms; those of 50 ms are what they foretell.
	{"file", &inFile, 0, 1, 319, 2461, 0},
	{"file", &inFile, 0, 16, 1852, 524, 0},
	{"file", &inFile, 0, 64, 3458, 307, 0},
	{"file", &inFile, 0, 256, 5042, 225, 0},
	{"file", &inFile, 0, 1024, 6498, 198, 0},
	{"file", &inFile, 50, 16, 274, 0, 0}, // an idle process spins: its processor time is not the payments'
	{"file", &inFile, 50, 64, 1048, 642, 0},
	{"file", &inFile, 50, 256, 2910, 299, 0},
	// Points that neighbours disturbed (more than 0.35 of a core) are left out.
	{"PostgreSQL", &inDatabase, 0, 64, 1171, 344, 632},
	{"PostgreSQL", &inDatabase, 0, 256, 2469, 227, 273},
	{"PostgreSQL", &inDatabase, 0, 1024, 4159, 166, 122},
	{"PostgreSQL", &inDatabase, 50, 1, 17, 0, 0},
	{"PostgreSQL", &inDatabase, 50, 64, 747, 458, 925},
	{"PostgreSQL", &inDatabase, 50, 256, 1821, 262, 360},
}

// How far the model may be from what was measured. Repeated measurements are apart by a tenth.
const (
	rateError = 0.20
	workError = 0.25
)

// TestModelFits holds the model against what was measured.
func TestModelFits(t *testing.T) {
	for _, m := range recorded {
		s := m.costs.closed(m.callers, m.provider)
		if off := s.rate/m.rate - 1; math.Abs(off) > rateError {
			t.Errorf("%s, %.0f ms, %.0f callers: %.0f payments/s, measured %.0f: %+.0f %%", m.books, m.provider, m.callers, s.rate, m.rate, 100*off)
		}
		for name, pair := range map[string][2]float64{"server": {s.server, m.server}, "database": {s.database, m.database}} {
			if off := pair[0]/pair[1] - 1; pair[1] > 0 && math.Abs(off) > workError {
				t.Errorf("%s, %.0f ms, %.0f callers: %s %.0f µs, measured %.0f: %+.0f %%", m.books, m.provider, m.callers, name, pair[0], pair[1], 100*off)
			}
		}
	}
}

// TestModelBehaves: what must hold whatever the costs are.
func TestModelBehaves(t *testing.T) {
	for _, c := range []costs{inFile, inDatabase} {
		before := state{}
		for callers := 1.0; callers <= 4096; callers *= 2 {
			s := c.closed(callers, 0)
			if s.rate <= before.rate || s.group < before.group || s.server > before.server && before.server > 0 {
				t.Errorf("%.0f callers: %+v after %+v", callers, s, before)
			}
			if used := s.rate * (s.server + c.redis + s.database + c.load) / 1e6; used > c.cores {
				t.Errorf("%.0f callers use %.2f cores of %.0f", callers, used, c.cores)
			}
			slow := c.closed(callers, 50)
			if slow.rate > s.rate || math.Abs(slow.inside+slow.rate*0.05-callers) > 0.01*callers {
				t.Errorf("%.0f callers and 50 ms: %+v", callers, slow)
			}
			before = s
		}
		if s, ok := c.open(500); !ok || math.Abs(s.rate-500) > 1 {
			t.Errorf("500 a second: %+v %v", s, ok)
		}
		if s, ok := c.open(1e6); ok {
			t.Errorf("a million a second on two cores: %+v", s)
		}
	}
}

// TestNeeds: a load that is twice as large needs twice as much of what grows with it.
func TestNeeds(t *testing.T) {
	small, large := needs(demand{rate: 3e6, shops: 3e6}), needs(demand{rate: 6e6, shops: 6e6})
	for _, pair := range [][2]float64{
		{small.installations, large.installations},
		{small.cores[0], large.cores[0]},
		{small.syncs, large.syncs},
		{small.keys, large.keys},
		{small.disk, large.disk},
		{small.network, large.network},
	} {
		if math.Abs(pair[1]/pair[0]-2) > 0.01 {
			t.Errorf("%v", pair)
		}
	}
	if small.change != large.change || small.memory != large.memory {
		t.Errorf("what an installation has changes with the load: %+v, %+v", small, large)
	}
	one := needs(demand{rate: 1, shops: 1})
	if one.installations != 1 || one.cores[0] != 1 {
		t.Errorf("%+v", one)
	}
	for v, want := range map[float64]string{0: "0", 1234: "1200", 0.01234: "0.012", 8_640_000: "8600000", 3: "3.0"} {
		if got := rounded(v); got != want {
			t.Errorf("%v is %s, want %s", v, got, want)
		}
	}
}
