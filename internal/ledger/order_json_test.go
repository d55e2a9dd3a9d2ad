package ledger

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/payment"
)

// TestOrderJSON holds the encoder written by hand against the decoder: a field
// that is added to the order and forgotten here fails.
func TestOrderJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := rapid.Make[payment.Order]().Draw(t, "order")
		raw, err := json.Marshal(&o)
		if err != nil {
			t.Fatal(err)
		}
		body := EncodeOrder(&o)
		var ours, theirs payment.Order
		if err := json.Unmarshal(body, &ours); err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		if err := json.Unmarshal(raw, &theirs); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(theirs, ours, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%s\n%s\n%s", body, raw, diff)
		}
	})
}
