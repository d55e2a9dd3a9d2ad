package api

import (
	"context"
	"crypto/hmac"
	"encoding/base64"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Sizes of a page.
const (
	defaultPage = 50
	maxPage     = 1000
)

// ListPayments lists without orders: a page of names is no place for addresses.
func (s *paymentService) ListPayments(ctx context.Context, r *paymentv1.ListPaymentsRequest) (*paymentv1.ListPaymentsResponse, error) {
	c := callFrom(ctx)
	q := ledger.Query{Tenant: c.who.tenant, Limit: pageSize(r.GetPageSize())}
	var err error
	if q.Filter, err = parseFilter(r.GetFilter()); err != nil {
		return nil, err
	}
	if q.Before, err = s.a.keys.openPageToken(c.who.tenant, r.GetFilter(), r.GetPageToken()); err != nil {
		return nil, err
	}
	page, err := s.a.o.Payments.List(ctx, c.who.caller(), q)
	if err != nil {
		return nil, fromPayments(err)
	}
	out := &paymentv1.ListPaymentsResponse{}
	for _, p := range page.Payments {
		out.Payments = append(out.Payments, s.a.view(c, p))
	}
	if page.More {
		out.NextPageToken = s.a.keys.pageToken(c.who.tenant, r.GetFilter(), page.Next)
	}
	return out, nil
}

// pageSize is 50 unless asked for, and never more than 1,000.
func pageSize(asked int32) int {
	if asked == 0 {
		return defaultPage
	}
	return min(int(asked), maxPage)
}

// pageToken names the payment behind which the next page begins.
func (k keyring) pageToken(t shop.Tenant, filter string, next payment.ID) string {
	return k.placeToken(t, filter, []byte(next))
}

// openPageToken reads a token; an empty one is the first page.
func (k keyring) openPageToken(t shop.Tenant, filter, token string) (payment.ID, error) {
	place, err := k.openPlaceToken(t, filter, token)
	if next := payment.ID(place); err != nil || token == "" || next.Valid() {
		return next, err
	}
	return "", noSuchPage()
}

// placeToken names the place where the next page of a list begins. It is bound to
// the tenant and to the list, and nobody else can make one.
func (k keyring) placeToken(t shop.Tenant, list string, place []byte) string {
	return base64.RawURLEncoding.EncodeToString(append(place[:len(place):len(place)], k.placeMAC(t, list, place)...))
}

const placeMACSize = 16

func (k keyring) placeMAC(t shop.Tenant, list string, place []byte) []byte {
	return seal(k.page, string(t.Shop), string(t.Environment), string(place), list)[:placeMACSize]
}

// openPlaceToken reads a token; an empty one is the first page.
func (k keyring) openPlaceToken(t shop.Tenant, list, token string) ([]byte, error) {
	if token == "" {
		return nil, nil
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err == nil && len(b) > placeMACSize {
		place := b[:len(b)-placeMACSize]
		if hmac.Equal(b[len(place):], k.placeMAC(t, list, place)) {
			return place, nil
		}
	}
	return nil, noSuchPage()
}

func noSuchPage() error {
	return invalidField("page_token", "is not the next_page_token of a page with this filter")
}
