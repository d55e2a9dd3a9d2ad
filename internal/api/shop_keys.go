package api

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
	"kessai.dev/kessai/internal/registry"
	"kessai.dev/kessai/internal/shop"
)

// ListAccessKeys reads the keys, without their secrets.
func (s *shopService) ListAccessKeys(ctx context.Context, _ *shopv1.ListAccessKeysRequest) (*shopv1.ListAccessKeysResponse, error) {
	list, err := s.a.o.Shops.Keys(callFrom(ctx).who.shop())
	if err != nil {
		return nil, fromShops(err, "")
	}
	out := &shopv1.ListAccessKeysResponse{}
	for i := range list {
		out.AccessKeys = append(out.AccessKeys, keyMessage(&list[i]))
	}
	return out, nil
}

// CreateAccessKey makes a key; its secret is in this answer alone.
func (s *shopService) CreateAccessKey(ctx context.Context, r *shopv1.CreateAccessKeyRequest) (*shopv1.CreateAccessKeyResponse, error) {
	given := r.GetAccessKey()
	k := registry.Key{Title: given.GetTitle(), Expires: timeOf(given.GetExpireTime())}
	for _, scope := range given.GetScopes() {
		k.Scopes = append(k.Scopes, shop.Scope(scope))
	}
	made, secret, err := s.a.o.Shops.CreateKey(ctx, callFrom(ctx).who.shop(), k)
	if err != nil {
		return nil, fromShops(err, "")
	}
	out := keyMessage(&made)
	out.Secret = secret
	return &shopv1.CreateAccessKeyResponse{AccessKey: out}, nil
}

// ExpireAccessKey ends a key.
func (s *shopService) ExpireAccessKey(ctx context.Context, r *shopv1.ExpireAccessKeyRequest) (*shopv1.ExpireAccessKeyResponse, error) {
	mark, err := resource(r.GetName(), accessKeys)
	if err != nil {
		return nil, err
	}
	k, err := s.a.o.Shops.ExpireKey(ctx, callFrom(ctx).who.shop(), mark, timeOf(r.GetExpireTime()))
	if err != nil {
		return nil, fromShops(err, "このキーの期限は変更できません。いま使っているキーは、別のキーで終了させてください。設定ファイルのキーは、設定ファイルから削除してください。終了したキーは元に戻せません。")
	}
	return &shopv1.ExpireAccessKeyResponse{AccessKey: keyMessage(&k)}, nil
}

// ListChanges reads the audit trail (P87).
func (s *shopService) ListChanges(ctx context.Context, r *shopv1.ListChangesRequest) (*shopv1.ListChangesResponse, error) {
	c := callFrom(ctx)
	before, err := s.a.keys.openChangeToken(c.who.tenant, r.GetPageToken())
	if err != nil {
		return nil, err
	}
	list, err := s.a.o.Shops.Changes(ctx, c.who.shop(), before, pageSize(r.GetPageSize()))
	if err != nil {
		return nil, fromShops(err, "")
	}
	out := &shopv1.ListChangesResponse{}
	for i := range list {
		out.Changes = append(out.Changes, changeMessage(&list[i]))
	}
	if n := len(list); n > 0 && list[n-1].Sequence > 1 { // numbers have no gaps
		out.NextPageToken = s.a.keys.changeToken(c.who.tenant, list[n-1].Sequence)
	}
	return out, nil
}

// timeOf is when; none: the zero time.
func timeOf(t *timestamppb.Timestamp) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.AsTime()
}

// changeToken names the entry before which the next page begins. It is bound to
// the tenant, and nobody else can make one.
func (k keyring) changeToken(t shop.Tenant, before int) string {
	b := binary.BigEndian.AppendUint64(nil, uint64(before)) //nolint:gosec // counts from 1
	return base64.RawURLEncoding.EncodeToString(append(b, k.changeMAC(t, before)...))
}

func (k keyring) changeMAC(t shop.Tenant, before int) []byte {
	return seal(k.page, string(t.Shop), string(t.Environment), "changes/"+strconv.Itoa(before))[:16]
}

// openChangeToken reads a token; an empty one is the first page.
func (k keyring) openChangeToken(t shop.Tenant, token string) (int, error) {
	if token == "" {
		return 0, nil
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err == nil && len(b) == 8+16 {
		before := int(binary.BigEndian.Uint64(b)) //nolint:gosec // the MAC is of the number as read
		if hmac.Equal(b[8:], k.changeMAC(t, before)) {
			return before, nil
		}
	}
	return 0, invalidField("page_token", "is not the next_page_token of a page of this shop's changes")
}
