package shop_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/shop"
)

// P81: while secrets overlap all of them sign, the newest first; after its time an
// earlier one does not.
func TestSigning(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, shop.Tokyo)
	e := shop.Endpoint{Secret: "new", Former: []shop.FormerSecret{{Secret: "late", Until: now.Add(time.Hour)}, {Secret: "early", Until: now.Add(time.Minute)}}}
	for _, c := range []struct {
		at    time.Duration
		sign  string
		until time.Time
	}{
		{0, "new late early", now.Add(time.Hour)},
		{time.Minute, "new late", now.Add(time.Hour)},
		{time.Hour, "new", time.Time{}},
	} {
		var got []string
		for _, s := range e.Signing(now.Add(c.at)) {
			got = append(got, s.Reveal())
		}
		if strings.Join(got, " ") != c.sign || !e.OverlapUntil(now.Add(c.at)).Equal(c.until) {
			t.Errorf("after %s: %v until %s", c.at, got, e.OverlapUntil(now.Add(c.at)))
		}
	}
}

// P98: an endpoint's secret shows in nothing that is printed or encoded.
func TestEndpointSecretHides(t *testing.T) {
	e := shop.Endpoint{Secret: "whsec_c2VjcmV0", Former: []shop.FormerSecret{{Secret: "whsec_c2VjcmV0"}}}
	j, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{fmt.Sprint(e), fmt.Sprintf("%+v", e), fmt.Sprintf("%#v", e), e.Secret.String(), string(j)} {
		if strings.Contains(text, "c2VjcmV0") {
			t.Error(text)
		}
	}
}
