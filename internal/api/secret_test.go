package api

import (
	"testing"
	"time"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// P88: a client secret opens its own shop's payment for as long as the shop is there, also
// when shops come and go; who has gone is nobody.
func TestSecretFollowsShops(t *testing.T) {
	with := func(ids ...shop.ID) *shop.Directory {
		d := &shop.Directory{Shops: map[shop.ID]*shop.Shop{}}
		for _, id := range ids {
			d.Shops[id] = &shop.Shop{ID: id, Contracts: map[shop.Environment]shop.Contract{shop.Test: {ID: "c"}}}
		}
		return d
	}
	live := shop.NewLive(with("one"))
	a := &API{o: Options{Directory: live}, keys: newKeyring(make([]byte, 32))}
	id := payment.NewID(time.Date(2026, 11, 24, 9, 0, 0, 0, shop.Tokyo), 1)
	secrets := map[shop.ID]string{}
	opens := func(when string, ids ...shop.ID) {
		t.Helper()
		for of, secret := range secrets {
			who, err := a.openSecret(secret)
			there := live.Now().Shops[of] != nil
			if (err == nil) != there || there && (who.tenant != shop.Tenant{Shop: of, Environment: shop.Test} || who.secret != id) {
				t.Errorf("%s: the secret of %s: %+v %v", when, of, who, err)
			}
		}
		for _, s := range ids {
			secrets[s] = a.ClientSecret(shop.Tenant{Shop: s, Environment: shop.Test}, id)
		}
	}
	opens("at first", "one")
	opens("made", "one")
	live.Replace(with("two"))
	opens("one has gone", "two")
	opens("two is there")
	live.Replace(with("one", "two", "three"))
	opens("both are there, and a third", "three")
	opens("all three")
	if secrets["one"] == secrets["two"] {
		t.Error("two shops have one secret")
	}
}
