package simulator

// Limits of a holder's name in the provider's newer functions, for the sake of
// EMV 3-D Secure (protocol 2.2 and 5).
const (
	minHolder = 2
	maxHolder = 30
)

func holderGood(v string) bool { return only(v, " -.,", digit, upper, lower) }
