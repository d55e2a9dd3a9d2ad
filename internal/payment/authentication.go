package payment

import (
	"time"

	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shop"
)

// Demands reports whether the shop demands 3-D Secure of the payment's next
// attempt (R13). By risk it is demanded from the shop's amount up, after a
// declined card, and to register a card. The same question is asked when the
// browser is told how to make its token and when the token comes: the browser,
// not the shop, makes it.
func Demands(p *Payment, r Rules) bool {
	switch r.Settings.ThreeDSecure {
	case shop.ThreeDSecureOn:
		return true
	case shop.ThreeDSecureByRisk:
		return p.Registration || p.Amount >= riskAmount(r.Settings) || len(p.Attempts) > 0
	}
	return false
}

func riskAmount(s shop.Settings) money.Yen {
	if s.RiskAmount > 0 {
		return s.RiskAmount
	}
	return shop.DefaultRiskAmount
}

// secured reports whether an attempt with this token must pass 3-D Secure. The
// simulator's stories are no browser's tokens and play whatever the shop's
// settings are; in PRODUCTION nothing is exempt.
func secured(p *Payment, t card.Token, r Rules) bool {
	if t == "" || p.Tenant.Environment == shop.Test && t.Scenario() {
		return false
	}
	return Demands(p, r)
}

// Class is what a RES_CODE of 3-D Secure means (P48).
type Class string

// The classes; empty: 3-D Secure was not done.
const (
	ClassAuthenticated Class = "AUTHENTICATED" // 0000, 0001
	ClassFailed        Class = "FAILED"        // 0002: failed, or called off by the shopper
	ClassAttempted     Class = "ATTEMPTED"     // 0003, 0004: the issuer takes part, and could not
	ClassNotCovered    Class = "NOT_COVERED"   // 0005, 0998: a brand outside 3-D Secure
	ClassNotEnrolled   Class = "NOT_ENROLLED"  // 0006
	ClassNotRun        Class = "NOT_RUN"       // 0007 to 0010: could not be carried out
	ClassBadSignature  Class = "BAD_SIGNATURE" // 0011, 0012
	ClassSystem        Class = "SYSTEM_ERROR"  // every other code
)

// ClassOf judges a RES_CODE (protocol 5).
func ClassOf(code string) Class {
	switch code {
	case "":
		return ""
	case "0000", "0001":
		return ClassAuthenticated
	case "0002":
		return ClassFailed
	case "0003", "0004":
		return ClassAttempted
	case "0005", "0998":
		return ClassNotCovered
	case "0006":
		return ClassNotEnrolled
	case "0007", "0008", "0009", "0010":
		return ClassNotRun
	case "0011", "0012":
		return ClassBadSignature
	}
	return ClassSystem
}

// Classes lists every class, in the order of the documentation.
func Classes() []Class {
	return []Class{ClassAuthenticated, ClassFailed, ClassAttempted, ClassNotCovered, ClassNotEnrolled, ClassNotRun, ClassBadSignature, ClassSystem}
}

// turnsAway says which results end the attempt without asking the provider, by
// the shop's choice (P48). With all others the provider is asked, and only its
// answer counts: what the browser brings is a claim (P47). Demanding 3-D Secure
// of everybody a shop still sells to cards that cannot have it; demanding it by
// risk it does not, because then it was demanded of a risk.
var turnsAway = map[shop.ThreeDSecure]map[Class]bool{
	shop.ThreeDSecureOff:    {ClassBadSignature: true},
	shop.ThreeDSecureOn:     {ClassBadSignature: true, ClassNotRun: true, ClassSystem: true},
	shop.ThreeDSecureByRisk: {ClassBadSignature: true, ClassNotRun: true, ClassSystem: true, ClassNotCovered: true, ClassNotEnrolled: true},
}

// Accepts reports whether the provider is asked to go on with a result.
func Accepts(setting shop.ThreeDSecure, c Class) bool {
	if setting == "" {
		setting = shop.ThreeDSecureOff
	}
	return !turnsAway[setting][c]
}

// Liability says who bears a chargeback for fraud.
type Liability string

// The liabilities; empty: nothing is held or charged.
const (
	Protected      Liability = "PROTECTED"     // the issuer
	Attempted      Liability = "ATTEMPTED"     // the issuer, by the rules of most schemes
	NotProtected   Liability = "NOT_PROTECTED" // the shop
	ProtectionLost Liability = "LOST"          // the shop, since something took the protection away
)

// Cause says why a liability is what it is. An open set.
type Cause string

// The causes beside the classes themselves.
const (
	CauseNotAuthenticated Cause = "NOT_AUTHENTICATED" // 3-D Secure was not done
	CauseStoredCard       Cause = "STORED_CARD"       // the server charged a stored card: its registration protects nothing (P50)
	CauseReauthorized     Cause = "REAUTHORIZED"      // the new hold was not authenticated
	CauseAmountRaised     Cause = "AMOUNT_RAISED"     // more is charged than was authenticated
	CauseHoldLapsed       Cause = "HOLD_LAPSED"       // the authenticated hold is past its time
)

// Liability says who bears a chargeback now, and why.
func (p *Payment) Liability(now time.Time) (Liability, Cause) {
	if !p.Held() || p.Winner == 0 {
		return "", ""
	}
	a := &p.Attempts[p.Winner-1]
	won, cause := NotProtected, Cause(a.Class())
	switch a.Class() {
	case ClassAuthenticated:
		won = Protected
	case ClassAttempted:
		won = Attempted
	case "":
		if cause = CauseNotAuthenticated; a.Alone {
			cause = CauseStoredCard
		}
	}
	switch {
	case won == NotProtected:
		return won, cause
	case p.Lost != "":
		return ProtectionLost, p.Lost
	case p.HoldLapsed(now):
		return ProtectionLost, CauseHoldLapsed
	}
	return won, cause
}

// Class is what came of the attempt's 3-D Secure; empty: it was not done, or
// not yet.
func (a *Attempt) Class() Class { return ClassOf(a.Result) }

// Challenge reports whether the attempt waits for the shopper, at the issuer.
func (p *Payment) Challenge() (*Attempt, bool) {
	a := p.Latest()
	if a == nil || p.State != Authenticating || a.Open != nil || a.Returned > 0 {
		return nil, false
	}
	return a, true
}
