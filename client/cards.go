package client

import (
	"context"

	"google.golang.org/grpc"

	vaultv1 "kessai.dev/kessai/gen/kessai/vault/v1"
)

// CreateCardEntry gives what a page needs so that the provider's script makes a
// card token: for one card that is typed in, or for one stored card. Making
// another one does no harm.
func (c *Client) CreateCardEntry(
	ctx context.Context, req *vaultv1.CreateCardEntryRequest, opts ...grpc.CallOption,
) (*vaultv1.CardEntry, error) {
	res, err := c.vault.CreateCardEntry(ctx, req, opts...)
	return res.GetCardEntry(), err
}

// ListInstallmentOptions gives the payment counts, smallest first, and the brand
// of a card whose number begins so (R18). Eight digits at most: a longer
// beginning is ReasonInvalidRequest.
func (c *Client) ListInstallmentOptions(
	ctx context.Context, req *vaultv1.ListInstallmentOptionsRequest, opts ...grpc.CallOption,
) (counts []int, brand string, err error) {
	res, err := c.vault.ListInstallmentOptions(ctx, req, opts...)
	for _, option := range res.GetInstallmentOptions() {
		counts = append(counts, int(option.GetCount()))
	}
	return counts, res.GetBrand(), err
}

// CreateCard registers a card for a customer ("customers/…"): one yen is held
// and released. A refusal of the card is an answer, STATE_FAILED; STATE_PENDING
// with Authentication.ChallengeUri waits for 3-D Secure.
func (c *Client) CreateCard(
	ctx context.Context, req *vaultv1.CreateCardRequest, opts ...grpc.CallOption,
) (*vaultv1.Card, error) {
	res, err := c.vault.CreateCard(ctx, req, opts...)
	return res.GetCard(), err
}

// GetCard reads the card of that name ("customers/…/cards/…"). Another
// customer's or shop's is ReasonNotFound, like one that never was.
func (c *Client) GetCard(ctx context.Context, name string, opts ...grpc.CallOption) (*vaultv1.Card, error) {
	res, err := c.vault.GetCard(ctx, &vaultv1.GetCardRequest{Name: name}, opts...)
	return res.GetCard(), err
}

// ListCards reads a customer's cards ("customers/…"), oldest first.
func (c *Client) ListCards(ctx context.Context, customer string, opts ...grpc.CallOption) ([]*vaultv1.Card, error) {
	res, err := c.vault.ListCards(ctx, &vaultv1.ListCardsRequest{Parent: customer}, opts...)
	return res.GetCards(), err
}

// UpdateCard changes expiry or holder; what is empty stays. It takes no key and
// is not tried again by itself; the same change twice does no harm.
func (c *Client) UpdateCard(
	ctx context.Context, req *vaultv1.UpdateCardRequest, opts ...grpc.CallOption,
) (*vaultv1.Card, error) {
	res, err := c.vault.UpdateCard(ctx, req, opts...)
	return res.GetCard(), err
}

// DeleteCard removes a card (R38): the key needs the scope operator. While
// payments need it that is ReasonCardInUse, and Metadata["payments"] names them.
// It takes no key and is not tried again by itself; removing twice does no harm.
func (c *Client) DeleteCard(ctx context.Context, name string, opts ...grpc.CallOption) (*vaultv1.Card, error) {
	res, err := c.vault.DeleteCard(ctx, &vaultv1.DeleteCardRequest{Name: name}, opts...)
	return res.GetCard(), err
}
