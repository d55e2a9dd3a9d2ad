package shop

import (
	"strings"
	"testing"
)

// R07 R13 R14 R15 R20: what a shop sets must be in its contract, and make sense.
func TestSettings(t *testing.T) {
	all := Flags{ThreeDSecure: true, Vault: true, NoSecurityCode: true}
	card := func(id string) PaymentMethod { return PaymentMethod{ID: id, Name: id, Kind: KindCard} }
	for name, c := range map[string]struct {
		s     Settings
		flags Flags
		want  string // part of the error; empty: none
	}{
		"defaults":           {Settings{}, Flags{}, ""},
		"everything":         {Settings{ThreeDSecure: ThreeDSecureOn, Saving: SavingAlways, NoSecurityCode: true, Mode: AuthorizeAndCapture}, all, ""},
		"no 3-D Secure":      {Settings{ThreeDSecure: ThreeDSecureByRisk}, Flags{}, "has no 3-D Secure"},
		"what 3-D Secure":    {Settings{ThreeDSecure: "SOMETIMES"}, all, "want OFF, ON or BY_RISK"},
		"no vault":           {Settings{Saving: SavingChosen}, Flags{}, "keeps no cards"},
		"what saving":        {Settings{Saving: "MAYBE"}, all, "want NEVER"},
		"security code":      {Settings{NoSecurityCode: true}, Flags{}, "securityCode: false"},
		"mode":               {Settings{Mode: "LATER"}, all, "captureMode"},
		"negative":           {Settings{RiskAmount: -1}, all, "zero or more"},
		"two for cards":      {Settings{Methods: []PaymentMethod{card("a"), card("b")}}, all, "at most one"},
		"twice":              {Settings{Methods: []PaymentMethod{card("a"), card("a")}}, all, "there twice"},
		"of no kind":         {Settings{Methods: []PaymentMethod{{ID: "a", Name: "a", Kind: "cash"}}}, all, "want card or other"},
		"without a name":     {Settings{Methods: []PaymentMethod{{ID: "a", Kind: KindOther}}}, all, "paymentMethods[0].name: is needed"},
		"one for cards, two": {Settings{Methods: []PaymentMethod{{ID: "b", Name: "b", Kind: KindOther}, card("a")}}, all, ""},
	} {
		err := c.s.Check(&Contract{ID: "main", TraderCode: "888889999", AccessKey: "1111111", HoldDays: 60, Flags: c.flags})
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// R20: the checkout shows what is in use, in the operator's order.
func TestOffered(t *testing.T) {
	s := Settings{Methods: []PaymentMethod{{ID: "b"}, {ID: "c", Stopped: true}, {ID: "a"}}}
	if got := s.Offered(); len(got) != 2 || got[0].ID != "b" || got[1].ID != "a" {
		t.Errorf("%v", got)
	}
	if got := new(Settings).Offered(); len(got) != 1 || got[0].Kind != KindCard {
		t.Errorf("%v", got)
	}
}
