package payment

// State is the last certain fact about a payment or an attempt. What is not
// yet known is a Question, never a state.
type State uint8

// The states. Zero is none.
const (
	Pending        State = iota + 1 // nothing was asked of the provider yet, or the first answer is open
	Authenticating                  // 3-D Secure waits for the shopper
	Authorized                      // 与信: the amount is held (provider's 4, or 5 for a reservation)
	Captured                        // 売上確定: the amount is charged (30)
	Settled                         // 精算確定 (31)
	Canceled                        // 取消: released or given back (40), or called off before anything was held
	Declined                        // the provider or the issuer said no
	Expired                         // never held, and now never will
)

// Operation is something asked of the provider.
type Operation uint8

// The operations. Zero is none.
const (
	OpAuthorize    Operation = iota + 1 // A08, or A01 with a stored card
	OpAuthenticate                      // A09
	OpCapture                           // E01 with code 99 and the acceptance number as slip
	OpAdjust                            // A07
	OpCancel                            // A06
	OpReauthorize                       // A11
	OpShip                              // E01 with a Yamato slip; the first one captures (R27)
	OpUnship                            // E02: a slip is taken off (R28)
	OpReschedule                        // E03: a reservation gets another planned ship date
)

// String gives the word used in history, logs and metrics.
func (s State) String() string { return word(stateWords[:], int(s)) }

// String gives the word used in history, logs and metrics.
func (o Operation) String() string { return word(operationWords[:], int(o)) }

var (
	stateWords     = [...]string{"", "pending", "authenticating", "authorized", "captured", "settled", "canceled", "declined", "expired"}
	operationWords = [...]string{"", "authorize", "authenticate", "capture", "adjust", "cancel", "reauthorize", "ship", "unship", "reschedule"}
)

func word(words []string, i int) string {
	if i < len(words) {
		return words[i]
	}
	return "?"
}

// States lists every state, in order.
func States() []State {
	return []State{Pending, Authenticating, Authorized, Captured, Settled, Canceled, Declined, Expired}
}

// Operations lists every operation, in order.
func Operations() []Operation {
	return []Operation{OpAuthorize, OpAuthenticate, OpCapture, OpAdjust, OpCancel, OpReauthorize, OpShip, OpUnship, OpReschedule}
}
