package card

import "slices"

// Revolving is the payment count of a revolving payment (protocol 2.1 #9).
const Revolving = 0

// counts are the payment counts of the trade; 1 is the lump sum.
var counts = []int{1, 2, 3, 5, 6, 10, 12, 15, 18, 20, 24}

// ValidCount reports whether n is a payment count the trade knows: a lump sum
// or one of the installment counts. Revolving is not among them: no storefront
// of the manual offers it.
func ValidCount(n int) bool { return slices.Contains(counts, n) }

// MaxPrefix is how many digits of a card number may be told to judge what the
// card may do: no more than name its issuer.
const MaxPrefix = 8

// TestPrefix begins every test card's number (protocol 8). Brands do not know
// it: Web Collect's storefronts take such cards for VISA.
const TestPrefix = "0000"

// Counts gives the payment counts of a card whose number begins with prefix,
// judged as Web Collect's storefronts do (R18, protocol 9): cards beginning with
// 4, 5 and 35 all, 37 all but two parts, every other the lump sum only. Without
// a prefix there are none. Test cards are judged as VISA where test is set.
func Counts(prefix string, test bool) []int {
	begins := func(s string) bool { return len(prefix) >= len(s) && prefix[:len(s)] == s }
	switch {
	case prefix == "":
		return nil
	case begins("4"), begins("5"), begins("35"), test && begins(TestPrefix):
		return slices.Clone(counts)
	case begins("37"):
		return slices.DeleteFunc(slices.Clone(counts), func(n int) bool { return n == 2 })
	}
	return []int{1}
}

// MayUse reports whether a card of the brand may use the payment count n; of a
// card whose brand is not known nobody can say, and it may (P101).
func MayUse(b Brand, n int) bool {
	switch b {
	case BrandUnknown, BrandVisa, BrandMastercard, BrandJCB:
		return true
	case BrandAmex:
		return n != 2
	}
	return n == 1
}
