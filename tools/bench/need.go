package main

import (
	"math"
	"strconv"
)

// What was measured of the parts that the loads in demands need; docs/performance.md says
// how and where.
const (
	pgBytes     = 2907.0 // of a payment in PostgreSQL: tables and indexes
	logBytes    = 4427.0 // of a payment in PostgreSQL's log
	redisBytes  = 217.0  // of a payment's key in Redis, for a day
	shopBytes   = 4830.0 // of a shop in the memory of each process
	shopChange  = 0.04   // µs for each shop that is there, whenever one is changed: the directory's maps are copied
	shopStart   = 103.0  // µs for each shop at the start of a process
	wireBytes   = 1600.0 // of a payment between caller and server, both ways: estimated
	linkBytes   = 5300.0 // of a payment between server, Redis (298, measured) and PostgreSQL (estimated)
	providerMS  = 1000.0 // of a real provider's answer: calls stay open for so long; assumed
	lockLimit   = 3000.0 // payments a second that the row of books is planned for: 4,159 were measured with all on two cores
	redisLimit  = 25_000 // payments a second of one Redis at half of its one core
	shopsLimit  = 250e3  // shops of one installation: a process starts within half a minute there
	utilization = 0.5    // of the cores, at the peak
	peak        = 10.0   // the busiest minute by the average; assumed
	day         = 86_400.0
)

// demand is a load to reckon with.
type demand struct {
	name  string
	shops float64
	rate  float64 // payments a second at the peak, of all shops together
}

var demands = []demand{
	{"one shop, 1,000/s", 1, 1000},
	{"a million shops, 10 payments a day each", 1e6, 1e6 * 10 / day * peak},
	{"a million shops, 1,000/s each", 1e6, 1e9},
}

// need is what a demand takes.
type need struct {
	installations float64 // each a database with its servers and its Redis
	cores         [3]float64
	group         float64 // entries of a commit, in each installation
	syncs         float64 // a second, of all databases
	memory        float64 // bytes of shops in each process
	change, start float64 // s of work in each process when one shop is changed, and when it starts
	redis         float64 // bytes, of all
	keys          float64
	disk, log     float64 // bytes a day
	network       float64 // bytes a second
	open          float64 // calls at the provider at once
}

// needs reckons: databases by the row's lock, by the shops and by Redis, whichever wants
// most; then each of them as an installation of its own, with the load spread evenly.
func needs(d demand) need {
	n := need{installations: math.Ceil(max(d.rate/lockLimit, d.shops/shopsLimit, d.rate/redisLimit, 1))}
	each := d.rate / n.installations
	c := inDatabase
	c.load, c.cores = 0, 1e3 // machines of their own: what a group costs is its syncs and round trips
	s, _ := c.open(each)
	n.group, n.syncs = s.group, d.rate*entries/s.group
	for i, µs := range []float64{s.server, c.redis, s.database} {
		n.cores[i] = math.Ceil(each*µs/1e6/utilization) * n.installations
	}
	shops := d.shops / n.installations
	n.memory, n.change, n.start = shops*shopBytes, shops*shopChange/1e6, shops*shopStart/1e6
	average := d.rate / peak
	n.keys = average * day
	n.redis, n.disk, n.log = n.keys*redisBytes, average*day*pgBytes, average*day*logBytes
	n.network, n.open = d.rate*(wireBytes+linkBytes), d.rate*providerMS/1000
	return n
}

var needRows = []struct {
	name string
	of   func(*demand, *need) float64
}{
	{"payments/s at the peak", func(d *demand, _ *need) float64 { return d.rate }},
	{"installations (a database each)", func(_ *demand, n *need) float64 { return n.installations }},
	{"cores of servers", func(_ *demand, n *need) float64 { return n.cores[0] }},
	{"cores of Redis", func(_ *demand, n *need) float64 { return n.cores[1] }},
	{"cores of PostgreSQL", func(_ *demand, n *need) float64 { return n.cores[2] }},
	{"entries a commit", func(_ *demand, n *need) float64 { return n.group }},
	{"commits/s", func(_ *demand, n *need) float64 { return n.syncs }},
	{"shops in memory of each process, MB", func(_ *demand, n *need) float64 { return n.memory / 1e6 }},
	{"work of one shop's change, ms", func(_ *demand, n *need) float64 { return n.change * 1000 }},
	{"start of a process, s", func(_ *demand, n *need) float64 { return n.start }},
	{"keys in Redis, millions", func(_ *demand, n *need) float64 { return n.keys / 1e6 }},
	{"memory of Redis, GB", func(_ *demand, n *need) float64 { return n.redis / 1e9 }},
	{"books a day, GB", func(_ *demand, n *need) float64 { return n.disk / 1e9 }},
	{"log a day, GB", func(_ *demand, n *need) float64 { return n.log / 1e9 }},
	{"network, MB/s", func(_ *demand, n *need) float64 { return n.network / 1e6 }},
	{"calls open at the provider", func(_ *demand, n *need) float64 { return n.open }},
}

// rounded shows two figures: more would pretend to be known.
func rounded(v float64) string {
	if v == 0 {
		return "0"
	}
	unit := math.Pow(10, math.Floor(math.Log10(math.Abs(v)))-1)
	return strconv.FormatFloat(math.Round(v/unit)*unit, 'f', max(0, -int(math.Floor(math.Log10(unit)))), 64)
}
