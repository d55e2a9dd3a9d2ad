package instant

import (
	"context"
	"errors"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
)

var (
	_ acquirer.Wallet  = (*Acquirer)(nil)
	_ acquirer.Browser = (*Acquirer)(nil)
)

// errNotOffered says that there is nobody who keeps cards or serves browsers.
var errNotOffered = &acquirer.NotSentError{
	Reason: payment.NotAllowedByContract, Err: errors.New("the provider in this process keeps no cards and serves no browsers"),
}

// Cards is not offered.
func (*Acquirer) Cards(context.Context, acquirer.Merchant, acquirer.Member) ([]acquirer.Card, error) {
	return nil, errNotOffered
}

// UpdateCard is not offered.
func (*Acquirer) UpdateCard(context.Context, acquirer.Merchant, acquirer.StoredCard, acquirer.CardChange) (payment.Fact, error) {
	return payment.Fact{}, errNotOffered
}

// RemoveCard is not offered.
func (*Acquirer) RemoveCard(context.Context, acquirer.Merchant, acquirer.StoredCard) (payment.Fact, error) {
	return payment.Fact{}, errNotOffered
}

// Entry is not offered.
func (*Acquirer) Entry(acquirer.Merchant, acquirer.Checks) (acquirer.Entry, error) {
	return acquirer.Entry{}, errNotOffered
}

// ReadReturn is not offered.
func (*Acquirer) ReadReturn(map[string][]string) (payment.Return, error) {
	return payment.Return{}, errNotOffered
}
