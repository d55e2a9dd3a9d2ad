package registry

import (
	"fmt"
	"strings"

	"kessai.dev/kessai/internal/b2"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Check says what is wrong with a shop's settings under a contract: what
// shop.Settings.Check finds, and what B2 would not print of the sender (R19,
// P94). The error is shop.Faults.
func Check(s *shop.Settings, c *shop.Contract) error {
	faults := shop.FaultsOf(s.Check(c))
	for _, f := range printFaults(s) {
		if !said(faults, f) {
			faults = append(faults, f)
		}
	}
	if len(faults) == 0 {
		return nil
	}
	return faults
}

func said(list shop.Faults, f shop.Fault) bool {
	for _, have := range list {
		if have.In == f.In && have.Field == f.Field {
			return true
		}
	}
	return false
}

// senderFields are B2's columns of the sender (protocol section 11).
var senderFields = map[int]string{
	20: "phone", 22: "postal_code", 23: "address", 24: "building", 25: "name", 26: "name_kana",
	40: "billing_code", 41: "billing_class", 42: "freight_number",
}

const slipTypeColumn = 2

// printFaults has B2's own rules judge the sender and the slip type. What is not
// filled in yet is missed at an export only.
func printFaults(s *shop.Settings) (faults shop.Faults) {
	from := &s.Sender
	slip := s.B2.SlipType
	if slip == "" {
		slip = "0"
	}
	_, findings := b2.Encode(&b2.Shipment{Reference: "x", SlipType: slip, From: b2.Sender{
		Party:       b2.Party{Name: from.Name, Kana: from.NameKana, Phone: from.Phone, PostalCode: from.PostalCode, Line1: from.Address, Line2: from.Building},
		BillingCode: from.BillingCode, BillingClass: from.BillingClass, Freight: from.FreightNumber,
	}}, b2.Options{})
	for _, f := range findings {
		field := senderFields[f.Column]
		switch {
		case !f.Refuses || f.Kind == b2.Missing:
		case f.Column == slipTypeColumn:
			faults = append(faults, shop.Fault{In: "b2", Field: "slip_type", Text: fmt.Sprintf("%q is no 送り状種類 for an order that is paid: 0 is 発払い", slip)})
		case field != "":
			faults = append(faults, shop.Fault{In: "sender", Field: field, Text: f.English()})
		}
	}
	return faults
}

// invalidIf turns the faults whose place wanted names into a
// *payment.InvalidError; the others are another change's.
func invalidIf(err error, wanted func(f shop.Fault) (field string, ok bool)) error {
	var bad []payment.Violation
	for _, f := range shop.FaultsOf(err) {
		if field, ok := wanted(f); ok {
			bad = append(bad, payment.Violation{Field: field, Text: f.Text})
		}
	}
	if len(bad) == 0 {
		return nil
	}
	return &payment.InvalidError{Violations: bad}
}

// ofSettings names the fields of UpdateSettings.
func ofSettings(f shop.Fault) (string, bool) {
	switch f.In {
	case "":
		return "settings." + f.Field, true
	case "sender", "b2", "care", "deposit":
		return "settings." + f.In + "." + f.Field, true
	}
	return "", false
}

// ofList names the fields of one item of a list, which is all that a change
// changes.
func ofList(list, one string) func(shop.Fault) (string, bool) {
	return func(f shop.Fault) (string, bool) {
		if !strings.HasPrefix(f.In, list) {
			return "", false
		}
		if f.Field == "" {
			return one, true
		}
		return one + "." + strings.Replace(f.Field, "id", "name", 1), true
	}
}
