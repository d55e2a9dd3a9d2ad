package simulator

import (
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"sync"
)

// Faults make the provider rude by chance, the same chance for the same seed:
// what happens to the n-th call of a function for an order number depends on
// nothing but the seed, so it does not matter what else goes on.
type Faults struct {
	Seed uint64 `json:"seed"`
	// Rates is the share of calls, 0 to 1, that meets each kind of fault. The
	// kinds are those of FaultKinds.
	Rates map[string]float64 `json:"rates"`
}

// fault is a kind of fault; the empty one is none.
type fault string

const (
	faultLost         fault = "lostAnswer"
	faultUnheard      fault = "noAnswer"
	faultRepeated     fault = "repeated"
	faultStall        fault = "stall"
	faultHTML         fault = "html"
	faultBadGateway   fault = "badGateway"
	faultEmpty        fault = "empty"
	faultTruncated    fault = "truncated"
	faultDoubled      fault = "doubled"
	faultMaintenance  fault = "maintenance"
	faultBusy         fault = "busy"
	faultBusyDone     fault = "busyDone"
	faultHalfAdjust   fault = "halfAdjust"
	faultUnknownState fault = "unknownState"
)

// faultMeanings says what each kind is; docs/simulator.md prints it.
var faultMeanings = map[fault]string{
	faultLost:         "done, no answer",
	faultUnheard:      "not done, no answer",
	faultRepeated:     "processed twice, the second answer comes back",
	faultStall:        "done, answered after 31 s",
	faultHTML:         "done, HTML with status 200",
	faultBadGateway:   "not done, HTML with status 502",
	faultEmpty:        "done, an empty body",
	faultTruncated:    "done, half the XML",
	faultDoubled:      "done, the XML twice",
	faultMaintenance:  "not done, Z010000000",
	faultBusy:         "not done, Z012000005",
	faultBusyDone:     "done, Z012000005",
	faultHalfAdjust:   "A07 only: status 17, A077000001",
	faultUnknownState: "E04 only: statusInfo 77",
}

// faultOrder fixes the order in which rates are laid side by side, so that a
// seed means the same for ever.
var faultOrder = []fault{
	faultLost, faultUnheard, faultRepeated, faultStall, faultHTML, faultBadGateway, faultEmpty, faultTruncated,
	faultDoubled, faultMaintenance, faultBusy, faultBusyDone, faultHalfAdjust, faultUnknownState,
}

// FaultKinds lists the names that Rates may use.
func FaultKinds() []string {
	names := make([]string, len(faultOrder))
	for i, f := range faultOrder {
		names[i] = string(f)
	}
	return names
}

// RudeFaults is a provider on a bad day: about one call in five goes wrong, in
// every way but the stall, which would make each test wait for half a minute.
func RudeFaults(seed uint64) Faults {
	return Faults{Seed: seed, Rates: map[string]float64{
		string(faultLost): 0.04, string(faultUnheard): 0.03, string(faultRepeated): 0.02, string(faultHTML): 0.01,
		string(faultBadGateway): 0.01, string(faultEmpty): 0.01, string(faultTruncated): 0.01, string(faultDoubled): 0.01,
		string(faultMaintenance): 0.01, string(faultBusy): 0.02, string(faultBusyDone): 0.02,
		string(faultHalfAdjust): 0.05, string(faultUnknownState): 0.03,
	}}
}

// before is what a fault does instead of the work.
func (f fault) before() (r result, stop bool) {
	switch f {
	case faultUnheard:
		return result{reply: replyLost}, true
	case faultBadGateway:
		return result{reply: replyBadGate}, true
	case faultMaintenance:
		return refuse("Z010000000"), true
	case faultBusy:
		return refuse("Z012000005"), true
	}
	return result{}, false
}

var faultReplies = map[fault]reply{
	faultLost: replyLost, faultStall: replyStalled, faultHTML: replyHTML, faultEmpty: replyEmpty,
	faultTruncated: replyTruncated, faultDoubled: replyDoubled,
}

// after is what a fault does to the answer of work done. A scenario's own
// story goes before.
func (f fault) after(r *result) {
	if r.reply != replySent {
		return
	}
	if reply, ok := faultReplies[f]; ok {
		r.reply = reply
	}
	if f == faultBusyDone {
		r.code, r.credit, r.fields = "Z012000005", "", nil
	}
}

// faultPlan picks faults. It counts calls only while there are any.
type faultPlan struct {
	mu    sync.Mutex
	now   Faults
	count map[string]uint64
}

func newFaultPlan() *faultPlan { return &faultPlan{count: map[string]uint64{}} }

// SetFaults replaces the faults and starts their counts anew. The error names
// a kind that does not exist or a rate out of range.
func (s *Simulator) SetFaults(f Faults) error {
	sum := 0.0
	for _, kind := range slices.Sorted(maps.Keys(f.Rates)) {
		rate := f.Rates[kind]
		if !slices.Contains(faultOrder, fault(kind)) {
			return fmt.Errorf("simulator: no fault is called %q", kind)
		}
		if !(rate >= 0 && rate <= 1) {
			return fmt.Errorf("simulator: rate %v of %s is not from 0 to 1", rate, kind)
		}
		sum += rate
	}
	if sum > 1.000001 {
		return fmt.Errorf("simulator: rates sum to %v, more than 1", sum)
	}
	f.Rates = maps.Clone(f.Rates)
	s.faults.set(f)
	s.logger.Info("simulator: faults", "seed", f.Seed, "rates", f.Rates)
	return nil
}

// Faults is what is in force.
func (s *Simulator) Faults() Faults {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	f := s.faults.now
	f.Rates = maps.Clone(f.Rates)
	return f
}

func (p *faultPlan) set(f Faults) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now, p.count = f, map[string]uint64{}
}

// pick draws for one call.
func (p *faultPlan) pick(function, trader, orderNo string) fault {
	p.mu.Lock()
	if len(p.now.Rates) == 0 || function == "H01" {
		p.mu.Unlock()
		return ""
	}
	key := function + "\x00" + trader + "\x00" + orderNo
	n := p.count[key]
	p.count[key] = n + 1
	faults := p.now
	p.mu.Unlock()

	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%d\x00%s\x00%d", faults.Seed, key, n)
	drawn := float64(mix(h.Sum64())>>11) / (1 << 53)
	for _, f := range faultOrder {
		if drawn < faults.Rates[string(f)] {
			if f == faultHalfAdjust && function != "A07" || f == faultUnknownState && function != "E04" {
				return ""
			}
			return f
		}
		drawn -= faults.Rates[string(f)]
	}
	return ""
}

// mix spreads the bits of a weak hash (the finalizer of splitmix64).
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}
