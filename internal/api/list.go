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

// pageToken names the place where the next page begins. It is bound to the
// tenant and to the filter, and nobody else can make one.
func (k keyring) pageToken(t shop.Tenant, filter string, next payment.ID) string {
	return base64.RawURLEncoding.EncodeToString(append([]byte(next), k.pageMAC(t, filter, next)...))
}

func (k keyring) pageMAC(t shop.Tenant, filter string, next payment.ID) []byte {
	return seal(k.page, string(t.Shop), string(t.Environment), string(next), filter)[:16]
}

// openPageToken reads a token; an empty one is the first page.
func (k keyring) openPageToken(t shop.Tenant, filter, token string) (payment.ID, error) {
	if token == "" {
		return "", nil
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err == nil && len(b) == payment.IDLength+16 {
		next := payment.ID(b[:payment.IDLength])
		if next.Valid() && hmac.Equal(b[payment.IDLength:], k.pageMAC(t, filter, next)) {
			return next, nil
		}
	}
	return "", invalidField("page_token", "is not the next_page_token of a page with this filter")
}
