package api

import (
	"fmt"

	"google.golang.org/protobuf/types/known/timestamppb"

	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shop"
)

// Names of what a shop is made of, as they are asked for.
const (
	contractName       = `"contracts/…"`
	paymentMethodName  = `"paymentMethods/…"`
	deliveryMethodName = `"deliveryMethods/…"`
	accessKeyName      = `"accessKeys/…"`

	idText = "with letters, digits, _ and -, at most 64; or leave it out, and one is made"
)

// settings are checked for what a field can be at all; what the contract gives,
// and what B2 prints of a sender, is judged behind the door.
func (k *checker) settings(s *shopv1.Settings) {
	k.when(s == nil, "settings", "are needed: the fields that are to change")
	k.oneOf("settings.capture_mode", s.GetCaptureMode(), string(shop.Authorize), string(shop.AuthorizeAndCapture))
	k.oneOf("settings.three_d_secure", s.GetThreeDSecure(), string(shop.ThreeDSecureOff), string(shop.ThreeDSecureOn), string(shop.ThreeDSecureByRisk))
	k.oneOf("settings.card_on_file", s.GetCardOnFile(), string(shop.SavingNever), string(shop.SavingChosen), string(shop.SavingAlways))
	k.within("settings.risk_amount", s.GetRiskAmount(), 0, int32(money.Max))
	k.within("settings.installment_minimum", s.GetInstallmentMinimum(), 0, int32(money.Max))
	k.within("settings.fee_rate", s.GetFeeRate(), 0, shop.MaxFeeRate)
	k.care(s.GetCare(), s.GetDeposit())
}

// contractGiven leaves trader code and access key to the one rule of every
// contract.
func (k *checker) contractGiven(c *shopv1.Contract) {
	k.named("contract.name", c.GetName(), contractName)
	k.within("contract.amount_limit", c.GetAmountLimit(), 0, int32(money.Max))
	if c.HoldDays != nil {
		k.within("contract.hold_days", c.GetHoldDays(), 1, shop.MaxHoldDays)
	}
	seen := map[string]bool{}
	for i, name := range c.GetFlags() {
		at := fmt.Sprintf("contract.flags[%d]", i)
		k.when(new(shop.Flags).Flag(name) == nil, at, "is no flag of a contract")
		k.when(seen[name], at, "is there twice")
		seen[name] = true
	}
}

func (k *checker) createPaymentMethod(m *shopv1.PaymentMethod) {
	k.when(m == nil, "payment_method", "is needed")
	k.idIfAny("payment_method.name", m.GetName(), paymentMethods, paymentMethodName)
	k.when(!shop.IsName(m.GetTitle()), "payment_method.title", titleText)
	k.when(m.GetKind() == "", "payment_method.kind", "must be card or other")
	k.oneOf("payment_method.kind", m.GetKind(), shop.KindCard, shop.KindOther)
}

func (k *checker) updatePaymentMethod(m *shopv1.PaymentMethod) {
	k.named("payment_method.name", m.GetName(), paymentMethodName)
	k.when(m != nil && m.Title != nil && !shop.IsName(m.GetTitle()), "payment_method.title", titleText)
}

func (k *checker) createDeliveryMethod(m *shopv1.DeliveryMethod) {
	k.when(m == nil, "delivery_method", "is needed")
	k.idIfAny("delivery_method.name", m.GetName(), deliveryMethods, deliveryMethodName)
	k.when(!shop.IsName(m.GetTitle()), "delivery_method.title", titleText)
	k.when(m.GetCarrier() == "", "delivery_method.carrier", "is needed: yamato, other, or a name of your own in lower-case letters, digits and -")
}

func (k *checker) updateDeliveryMethod(m *shopv1.DeliveryMethod) {
	k.named("delivery_method.name", m.GetName(), deliveryMethodName)
	k.when(m != nil && m.Title != nil && !shop.IsName(m.GetTitle()), "delivery_method.title", titleText)
}

var titleText = fmt.Sprintf("is needed: 1 to %d characters in one line", shop.MaxName)

func (k *checker) createAccessKey(a *shopv1.AccessKey) {
	k.when(a == nil, "access_key", "is needed: its title and scopes")
	k.when(a.GetName() != "", "access_key.name", "is made of the key: leave it out")
	k.when(a.GetSecret() != "", "access_key.secret", "is made here: leave it out; one that you sent is no secret any more")
	k.when(a.GetConfigured(), "access_key.configured", "is said of keys in the config file: leave it out")
	k.moment("access_key.expire_time", a.GetExpireTime())
}

// idIfAny takes a name for something new, or none.
func (k *checker) idIfAny(field, v, kind, form string) {
	if _, err := resource(v, kind); v != "" && err != nil {
		k.fail(field, "must be "+form+" "+idText)
	}
}

// within takes whole numbers from least to most.
func (k *checker) within(field string, v, least, most int32) {
	k.when(v < least || v > most, field, fmt.Sprintf("must be %d to %d", least, most))
}

// moment takes a time of the calendar, or none.
func (k *checker) moment(field string, t *timestamppb.Timestamp) {
	k.when(t != nil && !t.IsValid(), field, "must be a time from the year 1 to 9999")
}
