package b2

import (
	"strings"
	"unicode"
)

// The parts of an address as B2 counts them, in half-width characters (protocol
// section 11, column 12).
const (
	addressUnits  = 64
	buildingUnits = 32
	cityUnits     = 24
	townUnits     = 32
)

// splitAddress lays an address over the columns address and building. If the
// lines fit as they are they stay; else a part of the first goes to the second,
// or back, at the best place: a blank, else behind a house number, else
// anywhere but inside a number. No character is lost. Where no split fits, the
// address comes back unsplit, and its columns are too long.
func splitAddress(place, line1, line2 string) (address, building string, moved bool) {
	if units(place)+units(line1) <= addressUnits && units(line1) <= townUnits && units(line2) <= buildingUnits {
		return place + line1, line2, false
	}
	rest := []rune(line1)
	if line2 != "" {
		rest = append(append(rest, '　'), []rune(line2)...)
	}
	// B2's own limit of a town is tried first, then the column's.
	for _, most := range []int{min(addressUnits-units(place), townUnits), addressUnits - units(place)} {
		if at := bestSplit(rest, most); at >= 0 {
			head, tail := trim(rest[:at]), trim(rest[at:])
			return place + head, tail, tail != line2
		}
	}
	return place + line1, line2, false
}

// bestSplit is the index where rest is best cut, so that its head has at most
// the given units and its tail fits the building column; -1 is nowhere.
func bestSplit(rest []rune, most int) int {
	best, rank := -1, -1
	for at := 1; at <= len(rest); at++ {
		if units(trim(rest[:at])) > most {
			break
		}
		if units(trim(rest[at:])) > buildingUnits {
			continue
		}
		if r := splitRank(rest, at); r >= rank {
			best, rank = at, r
		}
	}
	return best
}

// splitRank: how good it is to split before rest[at].
func splitRank(rest []rune, at int) int {
	if at == len(rest) {
		return 3
	}
	before, after := rest[at-1], rest[at]
	switch {
	case unicode.IsSpace(before) || unicode.IsSpace(after):
		return 3
	case numeral(before) && numeral(after):
		return 0
	case numeral(before) || strings.ContainsRune("番号地", before):
		return 2
	}
	return 1
}

// numeral: part of a house number such as 1-2-3 or １－２.
func numeral(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune("-－‐―", r) }

func trim(r []rune) string { return strings.TrimSpace(string(r)) }
