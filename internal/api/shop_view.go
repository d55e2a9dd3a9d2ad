package api

import (
	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
	"kessai.dev/kessai/internal/registry"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// settingsMessage shows settings whole: what was never chosen reads as what
// counts.
func settingsMessage(v *registry.Settings) *shopv1.Settings {
	columns := v.B2.Columns
	if columns == 0 {
		columns = defaultColumns
	}
	return &shopv1.Settings{
		ShopName: &v.Name, CaptureMode: text(or(v.Mode, shop.Authorize)), ThreeDSecure: text(or(v.ThreeDSecure, shop.ThreeDSecureOff)),
		RiskAmount: number(v.RiskAmount), SecurityCode: opposite(v.NoSecurityCode), CardOnFile: text(or(v.Saving, shop.SavingNever)),
		Installments: &v.Installments, InstallmentMinimum: number(v.InstallmentMinimum), FeeRate: number(v.FeeRate), OrderRegistration: opposite(v.NoRegistration),
		Sender: &shopv1.Sender{
			Name: v.Sender.Name, NameKana: v.Sender.NameKana, PostalCode: v.Sender.PostalCode, Address: v.Sender.Address, Building: v.Sender.Building,
			Phone: v.Sender.Phone, BillingCode: v.Sender.BillingCode, BillingClass: v.Sender.BillingClass, FreightNumber: v.Sender.FreightNumber,
		},
		B2: &shopv1.B2{
			Columns: int32(columns), Header: v.B2.Header, QuoteAll: v.B2.QuoteAll, SlipType: v.B2.SlipType, Registers: v.B2.Registers, //nolint:gosec // 95 or 97
		},
		Care: careMessage(&v.Care), Deposit: depositMessage(&v.Deposit),
		Etag: v.Etag, UpdateTime: timestamp(v.Updated),
	}
}

// contractMessage shows a contract without its access key (R12, P98).
func contractMessage(v *registry.Contract) *shopv1.Contract {
	return &shopv1.Contract{
		Name: contracts + v.ID, TraderCode: v.TraderCode, Environment: string(v.Environment), Flags: v.Flags.Names(),
		AmountLimit: number(v.AmountLimit), HoldDays: number(v.HoldDays), Shared: v.Shared,
	}
}

func methodMessages(list []shop.PaymentMethod) []*shopv1.PaymentMethod {
	var out []*shopv1.PaymentMethod
	for i := range list {
		out = append(out, methodMessage(&list[i]))
	}
	return out
}

func methodMessage(m *shop.PaymentMethod) *shopv1.PaymentMethod {
	return &shopv1.PaymentMethod{Name: paymentMethods + m.ID, Title: &m.Name, Description: &m.Description, Kind: m.Kind, Stopped: &m.Stopped}
}

func deliveryMessage(m *shipping.Method) *shopv1.DeliveryMethod {
	return &shopv1.DeliveryMethod{Name: deliveryMethods + m.ID, Title: &m.Name, Carrier: text(m.Carrier)}
}

// keyMessage shows a key without its secret, which nobody has but its holder.
func keyMessage(k *registry.Key) *shopv1.AccessKey {
	out := &shopv1.AccessKey{
		Name: accessKeys + k.Mark(), Title: k.Title, ExpireTime: timestamp(k.Expires), CreateTime: timestamp(k.Created), Configured: k.Configured,
	}
	for _, s := range k.Scopes {
		out.Scopes = append(out.Scopes, string(s))
	}
	return out
}

func changeMessage(c *registry.Change) *shopv1.Change {
	out := &shopv1.Change{Sequence: int32(c.Sequence), CreateTime: timestamp(c.Time), Actor: c.Actor, Resource: c.Resource, Action: c.Action} //nolint:gosec // counts by hand
	for _, f := range c.Fields {
		out.Fields = append(out.Fields, &shopv1.FieldChange{Field: f.Field, Before: f.Before, After: f.After})
	}
	return out
}

func text[T ~string](v T) *string {
	s := string(v)
	return &s
}

func number[T ~int | ~int32 | ~int64](v T) *int32 {
	n := int32(v) //nolint:gosec // yen, days and rates are all below ten million
	return &n
}

func opposite(v bool) *bool {
	v = !v
	return &v
}

// or gives v, or what counts without it.
func or[T ~string](v, absent T) T {
	if v == "" {
		return absent
	}
	return v
}
