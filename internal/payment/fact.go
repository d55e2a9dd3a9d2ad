package payment

import "kessai.dev/kessai/internal/money"

// Outcome is how the provider answered a wish.
type Outcome uint8

// The outcomes. An outcome is certain; what is not certain is an error of the
// acquirer, never an outcome.
const (
	Yes       Outcome = iota + 1 // done
	No                           // not done: declined or refused
	Challenge                    // 3-D Secure asks the shopper first; nothing is held
	Half                         // A077000001: the new hold stands, the old may remain (P22)
)

// Fact is the provider's certain answer to a wish.
type Fact struct {
	Outcome  Outcome
	Approval string // approval number (crdCResCd) of an authorization or re-authorization
	Reason   Reason // of a No
	Code     string // the provider's code of a No
	Hard     bool   // of a No to an authorization: this card will never do
	// ChallengeToken and ChallengeHTML are what a Challenge needs to go on
	// (threeDToken, threeDAuthHtml). Secrets: they go into Private only.
	ChallengeToken string
	ChallengeHTML  string
}

// Standing is what an inquiry (E04) says a trade is in, in our words.
type Standing uint8

// The standings.
const (
	StandingNone      Standing = iota // no such trade (resultCount 0), or 0, 1, 20, 21: no hold yet, perhaps never
	StandingWaiting                   // 22, 23, or a number we do not know: the question stays open
	StandingFailed                    // 11 to 14: not authorized
	StandingHeld                      // 4
	StandingReserved                  // 5
	StandingCaptured                  // 30
	StandingSettled                   // 31
	StandingCanceled                  // 40
	StandingAttention                 // 15, 16, 17: an operator must look
)

// Trade is what the provider knows of an acceptance number (E04).
type Trade struct {
	Standing   Standing
	Amount     money.Yen
	Approval   string
	ApprovedAt string // crdCResDate as written
	Slips      []string
	ShipDate   string // planned, of a reservation: YYYY-MM-DD; empty: none
	Code       string // statusInfo as written, for people
}
