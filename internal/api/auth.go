package api

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strings"

	"google.golang.org/grpc/metadata"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// principal is who calls: a shop's key, or the browser that holds a payment's
// client secret.
type principal struct {
	tenant shop.Tenant
	actor  string
	key    *shop.Key  // nil for a client secret
	secret payment.ID // the payment a client secret is for; empty for a key
}

// browser reports whether the caller sees the reduced view only.
func (p principal) browser() bool { return p.secret != "" }

func (p principal) caller() processor.Caller {
	return processor.Caller{Tenant: p.tenant, Actor: p.actor}
}

// authenticate reads the Authorization header. All refusals read alike, so that
// nobody learns which keys exist; the demo key, which everybody knows, says why.
func (a *API) authenticate(ctx context.Context, c *call) (principal, error) {
	token, err := bearer(metadata.ValueFromIncomingContext(ctx, "authorization"))
	if err != nil {
		return principal{}, err
	}
	if strings.HasPrefix(token, secretPrefix) {
		return a.authenticateSecret(token)
	}
	hash := shop.HashKey(token)
	key, ok := a.o.Directory.Now().Keys[hash]
	if !ok || subtle.ConstantTimeCompare(hash[:], key.Hash[:]) != 1 {
		return principal{}, unauthenticated("the key is unknown, expired or revoked")
	}
	if !key.Expires.IsZero() && !a.o.Clock().Before(key.Expires) {
		return principal{}, unauthenticated("the key is unknown, expired or revoked")
	}
	if key.Demo && !(a.demoAllowed() && c.from.loopback()) {
		return principal{}, fenced()
	}
	return principal{tenant: key.Tenant, actor: mark(hash), key: key}, nil
}

// bearer takes the token out of the header's one value.
func bearer(values []string) (string, error) {
	if len(values) == 0 {
		return "", unauthenticated("send the header Authorization: Bearer sk_…")
	}
	scheme, token, ok := strings.Cut(values[0], " ")
	if len(values) > 1 || !ok || !strings.EqualFold(scheme, "Bearer") || !visible(token) || len(token) > 256 {
		return "", unauthenticated("the header must be Authorization: Bearer sk_…, once")
	}
	return token, nil
}

// mark is how the history and the log name a key: the beginning of its hash.
func mark(hash [sha256.Size]byte) string { return "key:" + hex.EncodeToString(hash[:4]) }

// visible reports whether s is visible ASCII, and not empty.
func visible(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return s != ""
}
