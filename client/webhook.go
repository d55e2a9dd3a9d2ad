package client

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"

	"google.golang.org/protobuf/encoding/protojson"

	eventv1 "kessai.dev/kessai/gen/kessai/event/v1"
)

// WebhookTolerance is how old, or how far ahead, a message may be unless
// Webhook.Tolerance says otherwise.
const WebhookTolerance = 5 * time.Minute

// Webhook verifies the messages that kessai sends to an endpoint of the shop, by
// the Standard Webhooks scheme. A message that is repeated has the same id; so
// has one that is sent again later.
type Webhook struct {
	// Secrets are those of the endpoint, "whsec_…": during a rotation the old and
	// the new one.
	Secrets []string
	// Tolerance is how old, or how far ahead, a message may be; zero:
	// WebhookTolerance.
	Tolerance time.Duration
	// Seen reports whether a message with this id was dealt with before. Nil:
	// repeated messages are not told apart.
	Seen func(id string) bool
	// Clock is the time; nil: time.Now.
	Clock func() time.Time
}

// WebhookError says why a message was refused: nothing in it may be believed. A
// message that is only WebhookRepeated is answered with 200 all the same, so that
// it is not sent again.
type WebhookError string

// Why a message is refused.
const (
	WebhookIncomplete WebhookError = "INCOMPLETE" // a header is missing, or the body is no event
	WebhookForged     WebhookError = "FORGED"     // no signature of it is of a secret of ours
	WebhookStale      WebhookError = "STALE"      // it is too old, or of the future
	WebhookRepeated   WebhookError = "REPEATED"   // it was dealt with before
)

// Error says why.
func (e WebhookError) Error() string { return "kessai: webhook refused: " + string(e) }

// Verify gives the event of a message, or a WebhookError. Body is the body as it
// came, byte for byte.
func (w *Webhook) Verify(header http.Header, body []byte) (*eventv1.Event, error) {
	id, sent := header.Get("Webhook-Id"), header.Get("Webhook-Timestamp")
	seconds, err := strconv.ParseInt(sent, 10, 64)
	if id == "" || err != nil {
		return nil, WebhookIncomplete
	}
	if !w.signed(id+"."+sent+".", body, header.Get("Webhook-Signature")) {
		return nil, WebhookForged
	}
	if !w.timely(time.Unix(seconds, 0)) {
		return nil, WebhookStale
	}
	event := &eventv1.Event{}
	if err := (protojson.UnmarshalOptions{DiscardUnknown: true}).Unmarshal(body, event); err != nil {
		return nil, WebhookIncomplete
	}
	if w.Seen != nil && w.Seen(id) {
		return nil, WebhookRepeated
	}
	return event, nil
}

// signed compares every signature with every secret, in a time that tells
// nothing of either.
func (w *Webhook) signed(head string, body []byte, signatures string) bool {
	ok := false
	for _, secret := range w.Secrets {
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
		if err != nil || len(key) == 0 {
			continue
		}
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(head))
		mac.Write(body)
		want := []byte("v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)))
		for _, got := range strings.Fields(signatures) {
			ok = hmac.Equal([]byte(got), want) || ok
		}
	}
	return ok
}

func (w *Webhook) timely(sent time.Time) bool {
	now, tolerance := time.Now(), w.Tolerance
	if w.Clock != nil {
		now = w.Clock()
	}
	if tolerance == 0 {
		tolerance = WebhookTolerance
	}
	return now.Sub(sent).Abs() <= tolerance
}
