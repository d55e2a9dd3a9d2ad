package simulator

// brandRange is the prefixes of a brand, by their first four digits, and how
// long its numbers are.
type brandRange struct {
	from, to string
	length   int
}

// brandRanges are the five brands that the provider takes.
var brandRanges = []brandRange{
	{"4000", "4999", 16},                       // VISA
	{"5100", "5599", 16}, {"2221", "2720", 16}, // Mastercard
	{"3528", "3589", 16},                       // JCB
	{"3400", "3499", 15}, {"3700", "3799", 15}, // American Express
	{"3000", "3059", 14}, {"3095", "3095", 14}, // Diners
	{"3600", "3699", 14}, {"3800", "3999", 14},
}

// numberError judges a card number as a buyer types it: "" for a test card.
// Every other number is refused in the end, for this is no place for real
// ones; but a mistake is told first, as the real provider would.
func numberError(v string) string {
	if _, test := classOf(v); test {
		return ""
	}
	switch {
	case v == "":
		return "A011011471"
	case !digits(v):
		return "A011011473"
	case len(v) < 14 || len(v) > 16, v[:4] == "0000" && len(v) != 16:
		return "A011011472"
	}
	for _, b := range brandRanges {
		if v[:4] < b.from || v[:4] > b.to {
			continue
		}
		switch {
		case len(v) != b.length:
			return "A011011472"
		case !luhn(v):
			return checkDigitWrong
		}
		return realCard
	}
	return brandUnknown
}

// luhn is the check digit of card numbers. v is digits.
func luhn(v string) bool {
	sum := 0
	for i := range len(v) {
		d := int(v[len(v)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
