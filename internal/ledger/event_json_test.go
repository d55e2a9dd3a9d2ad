package ledger

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/payment"
)

// TestEventJSON holds the encoder written by hand against encoding/json over
// events with any value in any field: a field that is added to the event and
// forgotten here fails.
func TestEventJSON(t *testing.T) {
	instant := rapid.Custom(func(t *rapid.T) time.Time {
		return time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "s"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).UTC()
	})
	events := rapid.MakeCustom[payment.Event](rapid.MakeConfig{Types: map[reflect.Type]*rapid.Generator[any]{
		reflect.TypeFor[time.Time](): instant.AsAny(),
	}})
	rapid.Check(t, func(t *rapid.T) {
		e := events.Draw(t, "event")
		e.Private = nil
		body, err := encodeEvent(nil, &e)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(&e)
		if err != nil {
			t.Fatal(err)
		}
		var ours, theirs payment.Event
		if err := json.Unmarshal(body, &ours); err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		if err := json.Unmarshal(raw, &theirs); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(theirs, ours); diff != "" {
			t.Fatalf("%s\n%s\n%s", body, raw, diff)
		}
	})
}
