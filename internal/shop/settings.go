package shop

import (
	"fmt"

	"kessai.dev/kessai/internal/money"
)

// MaxFeeRate is 100 %, in hundredths of a percent (R22).
const MaxFeeRate = 10_000

// Check says what the settings ask for that the contract does not give, or that
// makes no sense: R07, R13–R16, R18–R20, R22. The error is Faults.
func (s *Settings) Check(c *Contract) error {
	k := &checking{}
	s.checkChoices(k, c)
	s.checkNumbers(k)
	k.methods(s.Methods, c)
	k.deliveries(s.Deliveries)
	k.sender(&s.Sender)
	k.b2(&s.B2)
	k.care(s)
	k.deposit(&s.Deposit)
	return k.err()
}

// checkChoices: each is one of its list, and in the contract (R13–R16).
func (s *Settings) checkChoices(k *checking, c *Contract) {
	if s.Mode != "" && s.Mode != Authorize && s.Mode != AuthorizeAndCapture {
		k.say(true, "", "capture_mode", fmt.Sprintf("%q is not AUTHORIZE or AUTHORIZE_AND_CAPTURE", s.Mode))
	}
	switch s.ThreeDSecure {
	case "", ThreeDSecureOff:
	case ThreeDSecureOn, ThreeDSecureByRisk:
		k.say(!c.Flags.ThreeDSecure, "", "three_d_secure", fmt.Sprintf("contract %q has no 3-D Secure (flag threeDSecure): choose OFF, or have the provider add it", c.ID))
	default:
		k.say(true, "", "three_d_secure", fmt.Sprintf("%q: want OFF, ON or BY_RISK", s.ThreeDSecure))
	}
	switch s.Saving {
	case "", SavingNever:
	case SavingChosen, SavingAlways:
		k.say(!c.Flags.Vault, "", "card_on_file", fmt.Sprintf("contract %q keeps no cards (flag vault): choose NEVER, or have the provider add the option", c.ID))
	default:
		k.say(true, "", "card_on_file", fmt.Sprintf("%q: want NEVER, MEMBER_CHOOSES or ALWAYS", s.Saving))
	}
	k.say(s.NoSecurityCode && !c.Flags.NoSecurityCode, "", "security_code",
		fmt.Sprintf("false: contract %q wants it (flag noSecurityCode): ask for it, or have the provider register the exception", c.ID))
}

// checkNumbers: yen and rates are within their limits (R13, R18, R22).
func (s *Settings) checkNumbers(k *checking) {
	for field, yen := range map[string]money.Yen{"risk_amount": s.RiskAmount, "installment_minimum": s.InstallmentMinimum} {
		k.say(yen < 0 || yen > money.Max, "", field, fmt.Sprintf("is yen, zero or more, up to %s", money.Max))
	}
	k.say(s.FeeRate < 0 || s.FeeRate > MaxFeeRate, "", "fee_rate", fmt.Sprintf("is in hundredths of a percent, 0 to %d; 500 is 5 %%", MaxFeeRate))
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

// OfferedUnder gives what is Offered and can be settled: cards only under a
// contract that is complete for the environment (R20).
func (s *Settings) OfferedUnder(c *Contract, env Environment) []PaymentMethod {
	var out []PaymentMethod
	for _, m := range s.Offered() {
		if m.Kind != KindCard || c.Complete(env) {
			out = append(out, m)
		}
	}
	return out
}
