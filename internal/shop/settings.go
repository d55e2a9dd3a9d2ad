package shop

import (
	"errors"
	"fmt"
)

// Check says what the settings ask for that the contract does not give, or that
// makes no sense: R07, R12–R16, R18, R20. It names the settings as the config
// file does.
func (s *Settings) Check(c *Contract) error {
	var errs []error
	say := func(wrong bool, format string, args ...any) {
		if wrong {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	say(s.Mode != "" && s.Mode != Authorize && s.Mode != AuthorizeAndCapture, "captureMode %q: want AUTHORIZE or AUTHORIZE_AND_CAPTURE", s.Mode)
	switch s.ThreeDSecure {
	case "", ThreeDSecureOff:
	case ThreeDSecureOn, ThreeDSecureByRisk:
		say(!c.Flags.ThreeDSecure, "threeDSecure %s: contract %q has no 3-D Secure (flag threeDSecure)", s.ThreeDSecure, c.ID)
	default:
		say(true, "threeDSecure %q: want OFF, ON or BY_RISK", s.ThreeDSecure)
	}
	switch s.Saving {
	case "", SavingNever:
	case SavingChosen, SavingAlways:
		say(!c.Flags.Vault, "cardOnFile %s: contract %q keeps no cards (flag vault)", s.Saving, c.ID)
	default:
		say(true, "cardOnFile %q: want NEVER, MEMBER_CHOOSES or ALWAYS", s.Saving)
	}
	say(s.NoSecurityCode && !c.Flags.NoSecurityCode, "securityCode false: contract %q wants it (flag noSecurityCode)", c.ID)
	say(s.RiskAmount < 0 || s.InstallmentMinimum < 0, "riskAmount and installmentMinimum are yen, zero or more")
	return errors.Join(append(errs, s.checkMethods())...)
}

// checkMethods: every payment method has an id of its own and a name, and at
// most one settles by card (R07).
func (s *Settings) checkMethods() error {
	seen, cards := map[string]bool{}, 0
	for _, m := range s.Methods {
		switch {
		case m.ID == "" || m.Name == "":
			return errors.New("paymentMethods: each needs an id and a name")
		case seen[m.ID]:
			return fmt.Errorf("paymentMethods: %q is there twice", m.ID)
		case m.Kind != KindCard && m.Kind != KindOther:
			return fmt.Errorf("paymentMethods: %q is of kind %q; want card or other", m.ID, m.Kind)
		}
		seen[m.ID] = true
		if m.Kind == KindCard {
			cards++
		}
	}
	if cards > 1 {
		return errors.New("paymentMethods: at most one is of kind card")
	}
	return nil
}

// Offered gives the payment methods in use, in the operator's order (R20). A
// shop that lists none takes cards.
func (s *Settings) Offered() []PaymentMethod {
	if len(s.Methods) == 0 {
		return []PaymentMethod{{ID: KindCard, Name: "クレジットカード", Kind: KindCard}}
	}
	var out []PaymentMethod
	for _, m := range s.Methods {
		if !m.Stopped {
			out = append(out, m)
		}
	}
	return out
}
