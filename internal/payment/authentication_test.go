package payment

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shop"
)

// browserToken is a token that a browser made, not a story of the simulator.
const browserToken = "a1B2c3D4e5F6g7H8"

// secureShop makes a payment of a shop with that choice of 3-D Secure.
func secureShop(t *testing.T, s shop.ThreeDSecure, c Create) *fixture {
	f := create(t, Create{Amount: c.Amount})
	f.rules.Settings.ThreeDSecure = s
	f.p = nil
	if c.Amount == 0 {
		c.Amount = 5080
	}
	c.OrderNumber = "1396"
	events, err := Begin(NewID(noon, 7), f.shop, shop.Tenant{Shop: "s", Environment: shop.Test}, c, f.rules)
	if err != nil {
		t.Fatal(err)
	}
	return f.write(events)
}

func paidBy(t card.Token) Create { return Create{Means: Means{Token: t}} }

// challenged is a payment whose shopper is at the issuer.
func challenged(t *testing.T, s shop.ThreeDSecure) *fixture {
	f := secureShop(t, s, paidBy(browserToken))
	return f.write(Conclude(f.p, 1, Fact{Outcome: Challenge, ChallengeToken: "x", ChallengeHTML: "y"}, f.rules))
}

func (f *fixture) comeBack(result string) *fixture {
	f.t.Helper()
	events, err := Returned(f.p, len(f.p.Attempts), Return{Result: result, Amount: f.p.Amount, Values: []byte("v")}, f.rules)
	if err != nil {
		f.t.Fatal(err)
	}
	return f.write(events)
}

// P48: every code from 0000 to 9999 has a class, and each shop setting says of
// each class whether the provider is asked. R13
func TestResultClasses(t *testing.T) {
	listed := map[string]Class{
		"0000": ClassAuthenticated, "0001": ClassAuthenticated, "0002": ClassFailed, "0003": ClassAttempted, "0004": ClassAttempted,
		"0005": ClassNotCovered, "0998": ClassNotCovered, "0006": ClassNotEnrolled,
		"0007": ClassNotRun, "0008": ClassNotRun, "0009": ClassNotRun, "0010": ClassNotRun, "0011": ClassBadSignature, "0012": ClassBadSignature,
	}
	asked := map[shop.ThreeDSecure]string{ // in the order of Classes
		"":                      "yes yes yes yes yes yes no yes",
		shop.ThreeDSecureOff:    "yes yes yes yes yes yes no yes",
		shop.ThreeDSecureOn:     "yes yes yes yes yes no no no",
		shop.ThreeDSecureByRisk: "yes yes yes no no no no no",
	}
	for n := range 10_000 {
		code := fmt.Sprintf("%04d", n)
		want, ok := listed[code]
		if !ok {
			want = ClassSystem
		}
		if got := ClassOf(code); got != want {
			t.Fatalf("%s is %s, want %s", code, got, want)
		}
	}
	if ClassOf("") != "" {
		t.Error("no code has a class")
	}
	for setting, want := range asked {
		got := ""
		for _, c := range Classes() {
			got += map[bool]string{true: "yes ", false: "no "}[Accepts(setting, c)]
		}
		if got != want+" " {
			t.Errorf("3-D Secure %q: %s, want %s", setting, got, want)
		}
	}
}

// R13: off never, on always, by risk from an amount up, after a declined card
// and to register one. The simulator's stories are exempt, in TEST only.
func TestDemands(t *testing.T) {
	for _, c := range []struct {
		setting shop.ThreeDSecure
		amount  money.Yen
		token   card.Token
		want    bool
	}{
		{"", 999_999, browserToken, false},
		{shop.ThreeDSecureOff, 999_999, browserToken, false},
		{shop.ThreeDSecureOn, 1, browserToken, true},
		{shop.ThreeDSecureOn, 1, token, false},
		{shop.ThreeDSecureByRisk, 9_999, browserToken, false},
		{shop.ThreeDSecureByRisk, 10_000, browserToken, true},
	} {
		f := secureShop(t, c.setting, Create{Amount: c.amount, Means: Means{Token: c.token}})
		if got := f.p.Latest().Secure; got != c.want {
			t.Errorf("%q, %d yen, %s: demanded is %v, want %v", c.setting, c.amount, c.token.Reveal(), got, c.want)
		}
	}
	f := secureShop(t, shop.ThreeDSecureByRisk, paidBy(browserToken))
	f.write(Conclude(f.p, 1, Fact{Outcome: No, Reason: CardDeclined}, f.rules))
	if !Demands(f.p, f.rules) {
		t.Error("by risk, a second card is not asked to authenticate")
	}
	live := &Payment{Opening: Opening{Tenant: shop.Tenant{Environment: shop.Production}}, Amount: 1}
	if !secured(live, token, Rules{Settings: shop.Settings{ThreeDSecure: shop.ThreeDSecureOn}}) {
		t.Error("a story's token is exempt in PRODUCTION")
	}
}

// The browser made a token without the 3-D Secure that the shop demands: the
// hold is released, in the commit that learns of it, by whichever way we learn.
func TestAuthenticationSkipped(t *testing.T) {
	byAnswer := secureShop(t, shop.ThreeDSecureOn, paidBy(browserToken))
	byInquiry := secureShop(t, shop.ThreeDSecureOn, paidBy(browserToken))
	held := Trade{Standing: StandingHeld, Amount: 5080, Approval: "1"}
	for name, f := range map[string]*fixture{
		"by the answer": byAnswer.write(Conclude(byAnswer.p, 1, Fact{Outcome: Yes, Approval: "1"}, byAnswer.rules)),
		"by an inquiry": byInquiry.write(Judge(byInquiry.p, 1, held, byInquiry.rules)),
	} {
		a := f.p.Latest()
		if f.p.State != Declined || f.p.Decline.Reason != AuthenticationSkipped || !a.Unwanted || a.Open == nil || a.Open.Operation != OpCancel {
			t.Errorf("%s: %s, %+v", name, f.p.State, a)
		}
		f.write(Conclude(f.p, 1, Fact{Outcome: Yes}, f.rules))
		if f.p.State != Declined || f.p.Latest().State != Canceled || f.p.Engaged() {
			t.Errorf("%s: after the release %s, %+v", name, f.p.State, f.p.Latest())
		}
		f.do(Confirm{Means: Means{Token: token}}) // another card may be tried
	}
	if free := secureShop(t, shop.ThreeDSecureOn, paidBy(token)).yes(); free.p.State != Authorized {
		t.Errorf("a story's token is %s", free.p.State)
	}
}

// P43 P45 P46 P47 P74 P75: a return is taken once, by the attempt that waits for it, for
// its amount, in its time; what it claims only leads to asking the provider.
func TestReturned(t *testing.T) {
	f := challenged(t, shop.ThreeDSecureOn)
	take := func(attempt int, ret Return) error {
		_, err := Returned(f.p, attempt, ret, f.rules)
		return err
	}
	good := Return{Result: "0000", Amount: 5080, Values: []byte("v")}
	var bad *InvalidError
	var no *Refusal
	for name, ret := range map[string]Return{
		"another amount": {Result: "0000", Amount: 1}, "no amount": {Result: "0000"}, "no result": {Amount: 5080},
	} {
		if err := take(1, ret); !errors.As(err, &bad) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := take(2, good); !errors.As(err, &no) || no.Reason != WrongState {
		t.Errorf("of another attempt: %v", err)
	}
	f.comeBack("0000")
	if q := f.p.Question(); f.p.State != Authenticating || q == nil || q.Operation != OpAuthenticate || f.p.Latest().Returned == 0 {
		t.Fatalf("%s, %+v", f.p.State, f.p.Latest())
	}
	if err := take(1, good); !errors.As(err, &no) || no.Reason != OperationPending {
		t.Errorf("a second time: %v", err)
	}
	if f.yes(); f.p.State != Authorized {
		t.Fatalf("%s", f.p.State)
	}
	if err := take(1, good); !errors.As(err, &no) || no.Reason != WrongState {
		t.Errorf("after the answer: %v", err)
	}
	late := challenged(t, shop.ThreeDSecureOn)
	late.rules.Now = noon.Add(ChallengeTTL)
	if late.comeBack("0000"); late.p.State != Expired {
		t.Errorf("too late: %s", late.p.State)
	}
	if refused := challenged(t, shop.ThreeDSecureOn).comeBack("0011"); refused.p.State != Declined || refused.p.Decline.Reason != AuthenticationFailed || len(refused.p.Inquiries(noon)) > 0 {
		t.Errorf("a bad signature: %s, %+v", refused.p.State, refused.p.Decline)
	}
}

// P10 P35: the shopper takes another card instead of the open challenge. The old
// one is called off, and its return is of no use any more.
func TestAnotherCardInsteadOfChallenge(t *testing.T) {
	f := challenged(t, shop.ThreeDSecureOn).do(Confirm{Means: Means{Token: token}})
	if f.p.State != Authorized || f.p.Winner != 2 || f.p.Attempts[0].State != Declined {
		t.Fatalf("%s, winner %d, %+v", f.p.State, f.p.Winner, f.p.Attempts[0])
	}
	if _, err := Returned(f.p, 1, Return{Result: "0000", Amount: 5080}, f.rules); err == nil {
		t.Error("the challenge that was called off is completed")
	}
}

// P41: nobody knows what became of the completing call. A hold proves it; else
// it is asked again with the same values, while the challenge lasts, and never
// taken for a no. Then somebody must look.
func TestAuthenticateAgain(t *testing.T) {
	f := challenged(t, shop.ThreeDSecureOn).comeBack("0000")
	none := Trade{Standing: StandingNone}
	f.write(Lose(f.p, 1, "", f.rules))
	if e := Judge(f.p, 1, none, f.rules); len(e) > 0 {
		t.Fatalf("before the connection has been closed for long: %+v", e)
	}
	f.rules.Now = noon.Add(SettleDelay)
	f.write(Judge(f.p, 1, none, f.rules))
	if q := f.p.Question(); q == nil || !q.Again || !q.Asked.Equal(noon) || !q.Lost.IsZero() || f.p.Latest().Result != "0000" {
		t.Fatalf("%+v, %+v", q, f.p.Latest())
	}
	// Not sent this time says nothing about the time before.
	f.write(Release(f.p, 1, ProviderUnreachable, "", f.rules))
	if q := f.p.Question(); q == nil || q.Lost.IsZero() {
		t.Fatalf("%+v", q)
	}
	held := *f
	held.write(Judge(f.p, 1, Trade{Standing: StandingHeld, Amount: 5080, Approval: "1"}, f.rules))
	if held.p.State != Authorized || held.p.Latest().Class() != ClassAuthenticated {
		t.Errorf("%s, %s", held.p.State, held.p.Latest().Class())
	}
	f.rules.Now = noon.Add(ChallengeTTL + time.Second)
	for range 3 {
		f.write(Judge(f.p, 1, Trade{Standing: StandingFailed}, f.rules))
	}
	if f.p.State != Authenticating || f.p.Question() == nil || f.p.Attention != ResultLost || f.p.NextCare().IsZero() {
		t.Errorf("%s, %+v, attention %q", f.p.State, f.p.Question(), f.p.Attention)
	}
}

// What came back could not be sent: it is sent by the sweep, as long as the
// challenge lasts (P41); then nothing was ever held.
func TestReturnNotSent(t *testing.T) {
	f := challenged(t, shop.ThreeDSecureOn).comeBack("0000")
	f.write(Release(f.p, 1, ProviderUnreachable, "", f.rules))
	if _, waits := f.p.Challenge(); waits || f.p.State != Authenticating || f.p.NextCare().After(noon) {
		t.Fatalf("%s, next care %s", f.p.State, f.p.NextCare())
	}
	again := *f
	again.write(Tend(f.p, f.rules))
	if again.yes(); again.p.State != Authorized {
		t.Errorf("%s", again.p.State)
	}
	f.rules.Now = noon.Add(ChallengeTTL)
	if f.write(Tend(f.p, f.rules)); f.p.State != Expired {
		t.Errorf("%s", f.p.State)
	}
}

// P50: who bears a chargeback, and what takes the protection away.
func TestLiability(t *testing.T) {
	passed := func(result string) *fixture { return challenged(t, shop.ThreeDSecureOff).comeBack(result).yes() }
	alone := create(t, Create{Customer: "c"})
	alone.rules.Contract.Flags.StoredCardAlone = true
	for name, c := range map[string]struct {
		f     *fixture
		at    time.Time
		who   Liability
		cause Cause
	}{
		"pending":            {create(t, Create{}), noon, "", ""},
		"no 3-D Secure":      {authorizedPayment(t), noon, NotProtected, CauseNotAuthenticated},
		"authenticated":      {passed("0000"), noon, Protected, Cause(ClassAuthenticated)},
		"attempted":          {passed("0003"), noon, Attempted, Cause(ClassAttempted)},
		"not enrolled":       {passed("0006"), noon, NotProtected, Cause(ClassNotEnrolled)},
		"captured":           {passed("0000").do(Capture{}), noon, Protected, Cause(ClassAuthenticated)},
		"lowered":            {passed("0000").do(Adjust{Amount: 1}), noon, Protected, Cause(ClassAuthenticated)},
		"raised":             {passed("0000").do(Adjust{Amount: 9999}), noon, ProtectionLost, CauseAmountRaised},
		"attempted, raised":  {passed("0003").do(Adjust{Amount: 9999}), noon, ProtectionLost, CauseAmountRaised},
		"reauthorized":       {passed("0000").do(Reauthorize{}), noon, ProtectionLost, CauseReauthorized},
		"never had, raised":  {authorizedPayment(t).do(Adjust{Amount: 9999}), noon, NotProtected, CauseNotAuthenticated},
		"the hold lapsed":    {passed("0000"), noon.AddDate(0, 3, 0), ProtectionLost, CauseHoldLapsed},
		"canceled":           {passed("0000").do(Cancel{}), noon, "", ""},
		"stored card, alone": {alone.do(Confirm{Means: Means{Stored: "card1"}}), noon, NotProtected, CauseStoredCard},
	} {
		if who, cause := c.f.p.Liability(c.at); who != c.who || cause != c.cause {
			t.Errorf("%s: %s because of %s, want %s because of %s", name, who, cause, c.who, c.cause)
		}
	}
}

// P26: the yen that registers a card is released in the commit that learns of
// the hold, again and again until the provider says 40.
func TestRegistration(t *testing.T) {
	f := secureShop(t, shop.ThreeDSecureOff, Create{Amount: 1, Means: Means{Token: browserToken}, Registration: true})
	f.write(Conclude(f.p, 1, Fact{Outcome: Yes, Approval: "1"}, f.rules))
	if q := f.p.Question(); f.p.State != Authorized || q == nil || q.Operation != OpCancel {
		t.Fatalf("%s, %+v", f.p.State, q)
	}
	for _, fail := range []func() []Event{
		func() []Event { return Release(f.p, 1, ProviderBusy, "", f.rules) },
		func() []Event { return Conclude(f.p, 1, Fact{Outcome: No, Reason: ProviderRefused}, f.rules) },
	} {
		f.write(fail())
		if f.p.NextCare().IsZero() {
			t.Fatal("nobody looks after the yen")
		}
		f.write(Tend(f.p, f.rules))
	}
	f.write(Conclude(f.p, 1, Fact{Outcome: Yes}, f.rules))
	if f.p.State != Canceled || !f.p.NextCare().IsZero() {
		t.Errorf("%s, next care %s", f.p.State, f.p.NextCare())
	}
	for _, c := range []Command{Capture{}, Adjust{Amount: 2}, Reauthorize{}} {
		if f.refusal(c).Reason == "" {
			t.Errorf("%T is allowed", c)
		}
	}
	if _, err := Convert(f.p, f.rules); err == nil {
		t.Error("a registration has a conversion")
	}
}

// R08 P102: one conversion for a purchase, none before it.
func TestConvert(t *testing.T) {
	for _, s := range []State{Pending, Authenticating, Canceled, Declined, Expired} {
		if _, err := Convert(inState(t, s).p, Rules{Now: noon}); err == nil {
			t.Errorf("%s has a conversion", s)
		}
	}
	for _, s := range []State{Authorized, Captured, Settled} {
		f := inState(t, s)
		events, err := Convert(f.p, f.rules)
		if err != nil || len(events) != 1 {
			t.Fatalf("%s: %v, %v", s, events, err)
		}
		f.write(events)
		if again, err := Convert(f.p, f.rules); err != nil || len(again) > 0 {
			t.Errorf("%s, claimed again: %v, %v", s, again, err)
		}
	}
}

// R15 R18 P100 P101: what may pay is checked on the server, whatever the page
// offered.
func TestMeans(t *testing.T) {
	keeping := func(r *Rules) {
		r.Contract.Flags.Vault, r.Settings.Saving = true, shop.SavingChosen
	}
	for name, c := range map[string]struct {
		customer string
		means    Means
		rules    func(*Rules)
		field    string // at fault; empty: none
	}{
		"token":                      {"", Means{Token: browserToken}, nil, ""},
		"nothing":                    {"", Means{}, nil, "card_token"},
		"no token's form":            {"", Means{Token: "x"}, nil, "card_token"},
		"a guest keeps":              {"", Means{Token: browserToken, Save: true}, keeping, "save_card"},
		"a member keeps":             {"m", Means{Token: browserToken, Save: true}, keeping, ""},
		"the shop does not keep":     {"m", Means{Token: browserToken, Save: true}, nil, "save_card"},
		"the contract does not keep": {"m", Means{Token: browserToken, Save: true}, func(r *Rules) { r.Settings.Saving = shop.SavingAlways }, "save_card"},
		"kept already":               {"m", Means{Token: browserToken, Save: true, Stored: "c"}, keeping, "save_card"},
		"a guest's stored card":      {"", Means{Token: browserToken, Stored: "c"}, keeping, "card"},
		"three parts":                {"", Means{Token: browserToken, Installments: 3}, nil, ""},
		"four parts":                 {"", Means{Token: browserToken, Installments: 4}, nil, "installment_count"},
		"lump sum only":              {"", Means{Token: browserToken, Installments: 3}, func(r *Rules) { r.Settings.Installments = false }, "installment_count"},
		"too small":                  {"", Means{Token: browserToken, Installments: 3}, func(r *Rules) { r.Settings.InstallmentMinimum = 5081 }, "installment_count"},
		"Amex in two":                {"", Means{Token: browserToken, Installments: 2, Card: card.Hint{Brand: card.BrandAmex}}, nil, "installment_count"},
		"Amex in three":              {"", Means{Token: browserToken, Installments: 3, Card: card.Hint{Brand: card.BrandAmex}}, nil, ""},
		"Diners in three":            {"", Means{Token: browserToken, Installments: 3, Card: card.Hint{Brand: card.BrandDiners}}, nil, "installment_count"},
	} {
		f := create(t, Create{Customer: c.customer})
		if c.rules != nil {
			c.rules(&f.rules)
		}
		events, err := Decide(f.p, Confirm{Means: c.means}, f.rules)
		var bad *InvalidError
		switch {
		case c.field == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.field != "" && (!errors.As(err, &bad) || bad.Violations[0].Field != c.field):
			t.Errorf("%s: %v, want a violation of %s", name, err, c.field)
		case c.field == "" && c.means.Installments > 1 && events[0].Count != c.means.Installments:
			t.Errorf("%s: asked for %d parts", name, events[0].Count)
		}
	}
	f := create(t, Create{Customer: "m"})
	if r := f.refusal(Confirm{Means: Means{Stored: "c"}}); r.Reason != NotAllowedByContract {
		t.Errorf("a stored card alone, without the flag: %v", r)
	}
}
