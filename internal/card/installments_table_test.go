package card

import (
	"slices"
	"testing"
)

// R18 P101: which counts a card may use, judged from the beginning of its
// number, and again from its brand.
func TestCounts(t *testing.T) {
	all := []int{1, 2, 3, 5, 6, 10, 12, 15, 18, 20, 24}
	notTwo := []int{1, 3, 5, 6, 10, 12, 15, 18, 20, 24}
	for _, c := range []struct {
		prefix string
		test   bool
		want   []int
	}{
		{"", true, nil},
		{"4", false, all},
		{"5", false, all},
		{"51234567", false, all},
		{"35", false, all},
		{"3528", false, all},
		{"37", false, notTwo},
		{"34", false, []int{1}},
		{"3", false, []int{1}},
		{"36", false, []int{1}},
		{"2221", false, []int{1}},
		{"9", false, []int{1}},
		{"0000", true, all},
		{"0000", false, []int{1}},
		{"00000000", true, all},
		{"000", true, []int{1}},
	} {
		if got := Counts(c.prefix, c.test); !slices.Equal(got, c.want) {
			t.Errorf("%q, test %v: %v, want %v", c.prefix, c.test, got, c.want)
		}
	}
	for b, counts := range map[Brand][]int{BrandVisa: all, BrandMastercard: all, BrandJCB: all, BrandUnknown: all, BrandAmex: notTwo, BrandDiners: {1}} {
		for _, n := range all {
			if got, want := MayUse(b, n), slices.Contains(counts, n); got != want {
				t.Errorf("%s may use %d: %v, want %v", b, n, got, want)
			}
		}
	}
}

func TestScenarioToken(t *testing.T) {
	for s, want := range map[Token]bool{"SIMAPPROVED00000": true, "SIM": false, "SIMaPPROVED00000": false, "AAMAPPROVED00000": false, "SIMAPPROVED000000": false} {
		if s.Scenario() != want {
			t.Errorf("%s: %v", s.Reveal(), !want)
		}
	}
}
