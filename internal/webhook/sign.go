package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"strconv"
	"strings"
	"time"

	"kessai.dev/kessai/internal/shop"
)

// secretBytes is how many random bytes a secret has.
const secretBytes = 32

// newSecret draws an endpoint's secret.
func newSecret(random io.Reader) shop.EndpointSecret {
	var b [secretBytes]byte
	_, _ = io.ReadFull(random, b[:]) // a source of random that fails is no source
	return shop.EndpointSecret(shop.SecretPrefix + base64.StdEncoding.EncodeToString(b[:]))
}

// signatures is the header webhook-signature of the Standard Webhooks scheme: for
// each secret the MAC over id, time and body, so that none of the three can be
// another (P76).
func signatures(id string, at time.Time, body []byte, secrets []shop.EndpointSecret) string {
	var list []string
	for _, s := range secrets {
		key, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(s.Reveal(), shop.SecretPrefix)) // made above
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(id + "." + seconds(at) + "."))
		mac.Write(body)
		list = append(list, "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	}
	return strings.Join(list, " ")
}

func seconds(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }
