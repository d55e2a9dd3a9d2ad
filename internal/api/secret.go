package api

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"strings"
	"sync"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// secretPrefix begins every client secret.
const secretPrefix = "cs_"

// keyring is what is derived from the installation's key: one key per purpose.
type keyring struct {
	page             []byte
	secrets, digests *sync.Pool // of hash.Hash: HMACs that are ready to use
}

func newKeyring(key []byte) keyring {
	derive := func(purpose string) []byte { return seal(key, "kessai 1 "+purpose) }
	return keyring{page: derive("page token"), secrets: macs(derive("client secret")), digests: macs(derive("request digest"))}
}

// macs are HMACs with SHA-256 under one key.
func macs(key []byte) *sync.Pool {
	return &sync.Pool{New: func() any { return hmac.New(sha256.New, key) }}
}

// seal is HMAC-SHA256 over the parts, which hold no zero byte between them.
func seal(key []byte, parts ...string) []byte {
	return sealWith(hmac.New(sha256.New, key), parts)
}

func sealWith(h hash.Hash, parts []string) []byte {
	h.Reset()
	h.Write([]byte(strings.Join(parts, "\x00")))
	return h.Sum(nil)
}

// secret is seal under the key of client secrets.
func (k keyring) secret(parts ...string) []byte {
	h, _ := k.secrets.Get().(hash.Hash)
	defer k.secrets.Put(h)
	return sealWith(h, parts)
}

// tag stands for a tenant inside a secret, so that the secret finds its shop
// without naming it.
func (k keyring) tag(t shop.Tenant) string {
	return base64.RawURLEncoding.EncodeToString(k.secret("tenant", string(t.Shop), string(t.Environment))[:6])
}

// tags are the tags of every tenant of a directory, and back.
type tags struct {
	from   *shop.Directory
	of     map[shop.Tenant]string
	tenant map[string]shop.Tenant
}

func (k keyring) tags(d *shop.Directory) *tags {
	out := &tags{from: d, of: map[shop.Tenant]string{}, tenant: map[string]shop.Tenant{}}
	for id, s := range d.Shops {
		for env := range s.Contracts {
			t := shop.Tenant{Shop: id, Environment: env}
			tag := k.tag(t)
			out.of[t], out.tenant[tag] = tag, t
		}
	}
	return out
}

// tagged gives the tags for a directory in which something was changed, too, which adds no
// tenant most times: of a million the tags take a second.
func (a *API) tagged(has func(*tags) bool) *tags {
	known, now := a.tags.Load(), a.o.Directory.Now()
	if known == nil || !has(known) && known.from != now {
		known = a.keys.tags(now)
		a.tags.Store(known)
	}
	return known
}

// ClientSecret gives the payment's client secret: "cs_", the payment's id, "_"
// and 51 characters that only we can compute. It is derived, not kept, so that
// a replay of Create gives it again.
func (a *API) ClientSecret(t shop.Tenant, id payment.ID) string {
	tag := a.tagged(func(k *tags) bool { return k.of[t] != "" }).of[t]
	return secretPrefix + string(id) + "_" + tag + a.keys.mac(tag, id)
}

func (k keyring) mac(tag string, id payment.ID) string {
	return base64.RawURLEncoding.EncodeToString(k.secret("payment", tag, string(id)))
}

// Lengths of a client secret's parts.
const (
	tagLength    = 8
	macLength    = 43
	secretLength = len(secretPrefix) + payment.IDLength + 1 + tagLength + macLength
)

// authenticateSecret takes a client secret. It dies 24 hours after its payment
// was created, which the payment's id tells.
func (a *API) authenticateSecret(s string) (principal, error) {
	who, err := a.openSecret(s)
	if err == nil && !a.o.Clock().Before(who.secret.Time().Add(payment.CheckoutTTL)) {
		return principal{}, secretExpired()
	}
	return who, err
}

// openSecret checks in constant time that a client secret is one of ours.
func (a *API) openSecret(s string) (principal, error) {
	unknown := unauthenticated("the client secret is unknown")
	if len(s) != secretLength || s[len(secretPrefix)+payment.IDLength] != '_' {
		return principal{}, unknown
	}
	id := payment.ID(s[len(secretPrefix):][:payment.IDLength])
	tag, mac := s[secretLength-tagLength-macLength:][:tagLength], s[secretLength-macLength:]
	if !hmac.Equal([]byte(mac), []byte(a.keys.mac(tag, id))) || !id.Valid() {
		return principal{}, unknown
	}
	tenant := a.tagged(func(k *tags) bool { _, ok := k.tenant[tag]; return ok }).tenant[tag]
	if _, _, ok := a.o.Directory.Now().Contract(tenant); !ok {
		return principal{}, unknown
	}
	return principal{tenant: tenant, actor: "browser", secret: id}, nil
}
