package shipping

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// near is how far a slip may be from a known one to fit it, in serial numbers:
// about a large day's run of parcels.
const near = 1000

// Hints is what is known of a shop's slips when one of them is mistyped. A nil
// Hints knows nothing. It is safe for use by several goroutines.
type Hints struct {
	issued, taken map[Slip]bool
	serials       []int64 // of all of them, ascending, each once
}

// NewHints takes the slips that the shop is known to have got and not used, as
// far as that is known, and those that other parcels have: the rest of the
// batch, the last days. Build it once for a batch. What is not a slip with a
// right check digit is passed over.
func NewHints(issued, taken []Slip) *Hints {
	h := &Hints{issued: map[Slip]bool{}, taken: map[Slip]bool{}}
	h.learn(h.issued, issued)
	h.learn(h.taken, taken)
	slices.Sort(h.serials)
	h.serials = slices.Compact(h.serials)
	return h
}

func (h *Hints) learn(set map[Slip]bool, slips []Slip) {
	for _, s := range slips {
		if parsed, err := ParseSlip(string(s)); err == nil && parsed == s && !s.Placeholder() {
			set[s] = true
			h.serials = append(h.serials, s.serial())
		}
	}
}

// with gives hints that know further slips as taken. h may be nil.
func (h *Hints) with(taken []Slip) *Hints {
	var issued []Slip
	if h != nil {
		issued = slices.Collect(maps.Keys(h.issued))
		taken = slices.AppendSeq(taken, maps.Keys(h.taken))
	}
	return NewHints(issued, taken)
}

// Near reports whether the slip is one of those known, or within a thousand
// numbers of one: it may well be the same shop's.
func (h *Hints) Near(s Slip) bool {
	_, fits := h.fit(s)
	return fits
}

// fit is how well a slip goes with what is known: the smaller the better, field
// by field.
type fit struct {
	class       int   // 0 issued, 1 free, 2 taken
	close, wide int64 // to the nearest known number, and to the one on its other side
}

func (f fit) compare(g fit) int {
	return cmp.Or(cmp.Compare(f.class, g.class), cmp.Compare(f.close, g.close), cmp.Compare(f.wide, g.wide))
}

// fit reports false for a slip that is nowhere near what is known.
func (h *Hints) fit(s Slip) (fit, bool) {
	if h == nil || len(h.serials) == 0 {
		return fit{}, false
	}
	serial := s.serial()
	i, known := slices.BinarySearch(h.serials, serial)
	below, above := int64(math.MaxInt64), int64(math.MaxInt64)
	if i > 0 {
		below = serial - h.serials[i-1]
	}
	if known {
		i++
	}
	if i < len(h.serials) {
		above = h.serials[i] - serial
	}
	f := fit{class: 1, close: min(below, above), wide: max(below, above)}
	switch {
	case h.taken[s]:
		f.class = 2
	case h.issued[s]:
		f.class = 0
	}
	return f, known || f.close <= near
}

// rank gives the corrections that fit, the best first.
func (h *Hints) rank(all []correction) []Suggestion {
	type ranked struct {
		correction
		fit
	}
	blind := h == nil || len(h.serials) == 0
	var fitting []ranked
	for _, c := range all {
		if f, fits := h.fit(c.Slip); fits || blind {
			fitting = append(fitting, ranked{c, f})
		}
	}
	if blind && len(fitting) > MaxSuggestions {
		return nil
	}
	slices.SortStableFunc(fitting, func(a, b ranked) int {
		return cmp.Or(a.fit.compare(b.fit), cmp.Compare(a.likelihood, b.likelihood), cmp.Compare(a.Slip, b.Slip))
	})
	var best []Suggestion
	for _, r := range fitting[:min(len(fitting), MaxSuggestions)] {
		best = append(best, r.Suggestion)
	}
	return best
}
