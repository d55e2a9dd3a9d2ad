package registry

import (
	"context"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// maxKeys is how many keys that work a tenant may have of its own.
const maxKeys = 100

// Mark is how history, log and API name a key: the first 8 hex digits of its
// hash.
func (k *Key) Mark() string { return hex.EncodeToString(k.Hash[:4]) }

// Keys gives the tenant's keys, ended ones too, newest first and those of the
// config file last, or ledger.ErrNotFound.
func (r *Registry) Keys(w Who) ([]Key, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if _, err := r.served(w.Tenant); err != nil {
		return nil, err
	}
	return r.keysOf(w.Tenant), nil
}

func (r *Registry) keysOf(t shop.Tenant) []Key {
	var list []Key
	for _, k := range r.keys {
		if k.tenant == t && r.file.Keys[k.Hash] == nil {
			list = append(list, k.view())
		}
	}
	for hash, k := range r.file.Keys {
		if k.Tenant == t {
			list = append(list, Key{Hash: hash, Scopes: slices.Clone(k.Scopes), Expires: k.Expires, Configured: true})
		}
	}
	sort.Slice(list, func(i, j int) bool {
		a, b := &list[i], &list[j]
		if !a.Created.Equal(b.Created) {
			return a.Created.After(b.Created)
		}
		return a.Mark() < b.Mark()
	})
	return list
}

// CreateKey makes an access key with Title, Scopes and Expires of k, for the
// tenant itself. Only this answer has its secret: sk_test_… or sk_live_… with
// 256 random bits; the books have its hash (promise 6). Whoever may call this
// may give any scope. It returns ledger.ErrNotFound or a *payment.InvalidError
// with fields of "access_key".
func (r *Registry) CreateKey(ctx context.Context, w Who, k Key) (Key, string, error) {
	done, err := r.toChange(ctx)
	defer done()
	if err != nil {
		return Key{}, "", err
	}
	if _, err := r.served(w.Tenant); err != nil {
		return Key{}, "", err
	}
	now := r.o.Clock()
	if err := checkKey(&k, now); err != nil {
		return Key{}, "", err
	}
	have, working := r.keysOf(w.Tenant), 0
	for i := range have {
		if !have[i].ended(now) {
			working++
		}
	}
	if working >= maxKeys {
		return Key{}, "", invalid("access_key", fmt.Sprintf("%d keys work already: expire some that nobody uses", working))
	}
	made := &key{tenant: w.Tenant, Key: Key{Title: k.Title, Scopes: slices.Clone(k.Scopes), Created: now, Expires: k.Expires}}
	secret := r.secretFor(made, have)
	d, err := made.document(now)
	if err != nil {
		return Key{}, "", err
	}
	entries := []entry{{"accessKeys/" + made.Mark(), created, differ(nil, keyFields(&made.Key))}}
	if err := r.revise(ctx, w.Actor, d, []shop.Tenant{w.Tenant}, entries); err != nil {
		return Key{}, "", err
	}
	return r.keys[made.Hash].view(), secret, nil
}

// secretFor draws a secret whose mark no other key of the tenant has.
func (r *Registry) secretFor(made *key, have []Key) string {
	prefix := "sk_test_"
	if made.tenant.Environment == shop.Production {
		prefix = "sk_live_"
	}
	for {
		var b [32]byte
		_, _ = io.ReadFull(r.o.Random, b[:]) // a source of random that fails is no source
		secret := prefix + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:])
		made.Hash = shop.HashKey(secret)
		if !slices.ContainsFunc(have, func(k Key) bool { return k.Mark() == made.Mark() }) {
			return secret
		}
	}
}

func checkKey(k *Key, now time.Time) error {
	var bad []payment.Violation
	say := func(field, text string) {
		bad = append(bad, payment.Violation{Field: "access_key." + field, Text: text})
	}
	if k.Title != "" && !shop.IsName(k.Title) {
		say("title", fmt.Sprintf("is up to %d characters in one line", shop.MaxName))
	}
	if len(k.Scopes) == 0 {
		say("scopes", "at least one of storefront, shipping and operator")
	}
	for i, s := range k.Scopes {
		if s != shop.Storefront && s != shop.Shipping && s != shop.Operator {
			say(fmt.Sprintf("scopes[%d]", i), "is storefront, shipping or operator")
		} else if slices.Contains(k.Scopes[:i], s) {
			say(fmt.Sprintf("scopes[%d]", i), "is there twice")
		}
	}
	if !k.Expires.IsZero() && !k.Expires.After(now) {
		say("expire_time", "must lie ahead; leave it out for a key that does not end by itself")
	}
	if bad == nil {
		return nil
	}
	return &payment.InvalidError{Violations: bad}
}

func (k *Key) ended(now time.Time) bool { return !k.Expires.IsZero() && !now.Before(k.Expires) }

// ExpireKey ends the key with a mark, at a time or, if that is zero, at once.
// Until then its successor can take over. A key that has ended stays so. It
// returns ledger.ErrNotFound; a *payment.Refusal for the caller's own key, one
// of the config file and one that has ended; a *payment.InvalidError for a time
// that is past.
func (r *Registry) ExpireKey(ctx context.Context, w Who, mark string, at time.Time) (Key, error) {
	done, err := r.toChange(ctx)
	defer done()
	if err != nil {
		return Key{}, err
	}
	if _, err := r.served(w.Tenant); err != nil {
		return Key{}, err
	}
	found := slices.DeleteFunc(r.keysOf(w.Tenant), func(k Key) bool { return k.Mark() != mark })
	if len(found) == 0 || !utf8.ValidString(mark) {
		return Key{}, ledger.ErrNotFound
	}
	now := r.o.Clock()
	for i := range found {
		if err := mayEnd(w, &found[i], at, now); err != nil || found[i].ended(now) {
			return found[i].view(), err
		}
	}
	before := r.keys[found[0].Hash]
	after := *before
	if after.Expires = at; at.IsZero() {
		after.Expires = now
	}
	entries := compared("accessKeys/"+mark, keyFields(&before.Key), keyFields(&after.Key))
	if len(entries) == 0 {
		return before.view(), nil
	}
	d, err := after.document(now)
	if err != nil {
		return Key{}, err
	}
	if err := r.revise(ctx, w.Actor, d, []shop.Tenant{w.Tenant}, entries); err != nil {
		return Key{}, err
	}
	return r.keys[after.Hash].view(), nil
}

// view shares no list with k.
func (k *Key) view() Key {
	out := *k
	out.Scopes = slices.Clone(k.Scopes)
	return out
}

// mayEnd says why a key cannot be given another end.
func mayEnd(w Who, k *Key, at, now time.Time) error {
	refuse := func(text string) error { return &payment.Refusal{Reason: payment.WrongState, Text: text} }
	switch {
	case strings.TrimPrefix(w.Actor, "key:") == k.Mark():
		return refuse("a key cannot end itself: call with its successor")
	case k.Configured:
		return refuse("this key is from the config file: take it out there and start the server anew")
	case !at.IsZero() && at.Before(now):
		return invalid("expire_time", "is past: leave it out to end the key at once")
	case k.ended(now) && !at.IsZero():
		return refuse("the key has ended, and stays so: make another")
	}
	return nil
}
