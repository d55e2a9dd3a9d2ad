package card

// Revolving is the payment count of a revolving payment (protocol 2.1 #9).
const Revolving = 0

// counts are the payment counts of the trade; 1 is the lump sum.
var counts = [...]int{1, 2, 3, 5, 6, 10, 12, 15, 18, 20, 24}

// ValidCount reports whether n is a payment count the trade knows: a lump sum
// or one of the installment counts. Revolving is not among them: no storefront
// of the manual offers it.
func ValidCount(n int) bool {
	for _, c := range counts {
		if c == n {
			return true
		}
	}
	return false
}
