package cases

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"kessai.dev/kessai/client"
)

//go:embed webhooks.json
var webhooksFile []byte

// sentMessage is what came to an endpoint, and what every verifier must make of it.
type sentMessage struct {
	Name    string
	Secrets []string
	Now     int64
	Seen    []string
	Headers map[string]string
	Body    string
	Result  string
}

func messages(t *testing.T) []sentMessage {
	t.Helper()
	var all []sentMessage
	if err := json.Unmarshal(webhooksFile, &all); err != nil || len(all) == 0 {
		t.Fatal(len(all), err)
	}
	return all
}

// P74 P76 P78 P81: the verifier of the Go client believes what is signed, and
// refuses what is forged, old or repeated.
func TestWebhooks(t *testing.T) {
	for _, m := range messages(t) {
		w := client.Webhook{Secrets: m.Secrets, Seen: func(id string) bool { return slices.Contains(m.Seen, id) }, Clock: func() time.Time { return time.Unix(m.Now, 0) }}
		header := http.Header{}
		for k, v := range m.Headers {
			header.Set(k, v)
		}
		event, err := w.Verify(header, []byte(m.Body))
		got := fmt.Sprint(event.GetType(), " ", event.GetSequence())
		var refused client.WebhookError
		if errors.As(err, &refused) {
			got = string(refused)
		}
		if got != m.Result {
			t.Errorf("%s: %s, want %s", m.Name, got, m.Result)
		}
	}
}
