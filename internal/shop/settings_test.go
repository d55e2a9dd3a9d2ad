package shop

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/shipping"
)

// R07 R13 R14 R15 R19 R20 R22 R39 R42 P103: what a shop sets must be in its contract, and make sense.
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
		"fee rate":           {Settings{FeeRate: MaxFeeRate + 1}, all, "feeRate"},
		"carrier":            {Settings{Deliveries: []shipping.Method{{ID: "a", Name: "a", Carrier: "Yamato"}}}, all, "deliveryMethods[0].carrier"},
		"sender":             {Settings{Sender: Sender{PostalCode: "1234"}}, all, "sender.postalCode"},
		"columns":            {Settings{B2: B2{Columns: 96}}, all, "b2.columns"},
		"confirm minutes":    {Settings{Care: Care{ConfirmMinutes: 4}}, all, "care.confirmMinutes"},
		"what orphans":       {Settings{Care: Care{Orphans: "SELL"}}, all, "want WAIT, REGISTER or CANCEL"},
		"orphans registered": {Settings{NoRegistration: true, Care: Care{Orphans: OrphansRegister}}, all, "order_registration"},
		"orphans too soon":   {Settings{Care: Care{ConfirmMinutes: 90, OrphanHours: 1}}, all, "care.orphanHours"},
		"reauthorize days":   {Settings{Care: Care{ReauthorizeDays: 31}}, all, "care.reauthorizeDays"},
		"slip days":          {Settings{Care: Care{SlipDays: -1}}, all, "care.slipDays"},
		"correction limit":   {Settings{Care: Care{CorrectionLimit: -1}}, all, "care.correctionLimit"},
		"retention days":     {Settings{Care: Care{RetentionDays: 29}}, all, "care.retentionDays"},
		"closing days":       {Settings{Deposit: Deposit{ClosingDays: []int{15, 15}}}, all, "deposit.closingDays"},
		"pay days":           {Settings{Deposit: Deposit{PayDays: 91}}, all, "deposit.payDays"},
		"care and deposit": {Settings{
			Care:    Care{ConfirmMinutes: 5, Orphans: OrphansCancel, OrphanHours: 720, ReauthorizeDays: 30, SlipDays: 1, CorrectionLimit: 1, RetentionDays: 30},
			Deposit: Deposit{ClosingDays: []int{15, 31}, PayDays: 90},
		}, Flags{}, ""},
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

// R12 R20: cards are offered only under a contract that is complete for the
// environment.
func TestOfferedUnder(t *testing.T) {
	whole := Contract{ID: "c", TraderCode: "888889999", AccessKey: "1111111", HoldDays: 60, Flags: Flags{TestAllowed: true}}
	s := Settings{Methods: []PaymentMethod{{ID: "a", Name: "a", Kind: KindCard}, {ID: "b", Name: "b", Kind: KindOther}}}
	for name, c := range map[string]struct {
		spoil func(*Contract)
		env   Environment
		want  int
	}{
		"complete":            {func(*Contract) {}, Test, 2},
		"no access key":       {func(c *Contract) { c.AccessKey = "" }, Test, 1},
		"a short trader code": {func(c *Contract) { c.TraderCode = "88888999" }, Test, 1},
		"no digits":           {func(c *Contract) { c.TraderCode = "88888999x" }, Production, 1},
		"TEST not given":      {func(c *Contract) { c.Flags.TestAllowed = false }, Test, 1},
		"nor needed":          {func(c *Contract) { c.Flags.TestAllowed = false }, Production, 2},
	} {
		contract := whole
		c.spoil(&contract)
		if got := s.OfferedUnder(&contract, c.env); len(got) != c.want || contract.Complete(c.env) != (c.want == 2) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// Promise 7: every flag of a contract has a name.
func TestFlagNames(t *testing.T) {
	var all, none Flags
	v := reflect.ValueOf(&all).Elem()
	for i := range v.NumField() {
		v.Field(i).SetBool(true)
	}
	if names := all.Names(); len(names) != v.NumField() {
		t.Errorf("%v", names)
	}
	for _, n := range all.Names() {
		*none.Flag(n) = true
	}
	if none != all || none.Flag("nothing") != nil {
		t.Errorf("%+v", none)
	}
}

// P89: a shop is what it is in its environment.
func TestDirectoryOwn(t *testing.T) {
	whole := &Shop{ID: "s", Name: "both", Contracts: map[Environment]Contract{Test: {ID: "t"}, Production: {ID: "p"}}}
	own := *whole
	own.Name = "test"
	d := Directory{Shops: map[ID]*Shop{"s": whole}, Own: map[Tenant]*Shop{{"s", Test}: &own}}
	for env, want := range map[Environment]string{Test: "test t", Production: "both p"} {
		if s, c, ok := d.Contract(Tenant{"s", env}); !ok || s.Name+" "+c.ID != want {
			t.Errorf("%s: %s %s", env, s.Name, c.ID)
		}
	}
	if _, _, ok := d.Contract(Tenant{"t", Test}); ok {
		t.Error("a shop that is not there")
	}
}

// Every shop is served in the environments that it has a contract for, and listed by
// name.
func TestDirectoryTenants(t *testing.T) {
	both, test := map[Environment]Contract{Test: {}, Production: {}}, map[Environment]Contract{Test: {}}
	d := Directory{
		Shops: map[ID]*Shop{"b": {Contracts: both}, "a": {Contracts: test}, "c": {}},
		Own:   map[Tenant]*Shop{{"c", Production}: {Contracts: both}},
	}
	for range 5 { // maps have no order
		if got := d.Tenants(); !slices.Equal(got, []Tenant{{"a", Test}, {"b", Test}, {"b", Production}, {"c", Production}}) {
			t.Fatalf("%v", got)
		}
	}
}
