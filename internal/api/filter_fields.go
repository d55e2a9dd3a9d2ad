package api

import (
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
)

// The words of fulfillment_state.
var (
	fulfillmentShipped = paymentv1.Payment_FULFILLMENT_STATE_SHIPPED.String()
	fulfillmentNone    = paymentv1.Payment_FULFILLMENT_STATE_UNSPECIFIED.String()
)

// whether sets a field of two words.
func whether(to func(*ledger.Filter) *ledger.Whether, is, isNot string) func(*ledger.Filter, string, string) (place, string) {
	return func(f *ledger.Filter, op, v string) (place, string) {
		switch {
		case op != "=":
			return badOperator, "this field takes = only"
		case v == is:
			*to(f) = ledger.Is
		case v == isNot:
			*to(f) = ledger.IsNot
		default:
			return badValue, "must be " + is + " or " + isNot
		}
		return badValue, ""
	}
}

// setAmount turns a comparison into the ledger's bounds, which are inclusive.
func setAmount(f *ledger.Filter, op, v string) (place, string) {
	y, err := money.Parse(v)
	if err != nil {
		return badValue, amountText
	}
	switch op {
	case "=":
		f.AmountFrom, f.AmountTo = y, y
	case ">=":
		f.AmountFrom = y
	case "<=":
		f.AmountTo = y
	case ">":
		f.AmountFrom = y + 1
	case "<":
		if f.AmountTo = y - 1; f.AmountTo == 0 {
			return badValue, "no amount is less than 1 yen"
		}
	default:
		return badOperator, "this field takes =, <, <=, > and >="
	}
	return badValue, ""
}
