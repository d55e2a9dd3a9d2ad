package radar

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
)

// Whatever comes, changes and goes, in whatever order it is asked for: the index has
// what it was told last, in order, and never changes what it gave out.
func TestIndexOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := &holds{by: map[payment.ID]hold{}, changed: map[payment.ID]bool{}}
		model := map[payment.ID]hold{}
		var given, copied []hold
		for range rapid.IntRange(0, 60).Draw(t, "steps") {
			id := payment.NewID(noon, uint64(rapid.IntRange(0, 12).Draw(t, "payment")))
			switch rapid.IntRange(0, 3).Draw(t, "step") {
			case 0, 1:
				p := &payment.Payment{
					ID: id, State: payment.Authorized, Winner: 1, Attempts: []payment.Attempt{{Number: 1, Created: noon}},
					HoldExpires: noon.Add(time.Duration(rapid.IntRange(0, 5).Draw(t, "days")) * 24 * time.Hour), Amount: money.Yen(rapid.IntRange(1, 3).Draw(t, "amount")),
				}
				h.put(p)
				model[id] = holdOf(p)
			case 2:
				h.put(&payment.Payment{ID: id, State: payment.Captured})
				delete(model, id)
			case 3:
				h.sort()
				if !slices.Equal(given, copied) {
					t.Fatal("what was given out has changed")
				}
				given, copied = h.sorted, slices.Clone(h.sorted)
				want := make([]hold, 0, len(model))
				for _, one := range model {
					want = append(want, one)
				}
				slices.SortFunc(want, order)
				if !slices.Equal(given, want) {
					t.Fatalf("%+v, want %+v", given, want)
				}
			}
		}
	})
}
