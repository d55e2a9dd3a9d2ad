package payment

import (
	"errors"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/shipping"
)

// P70: what people type to get a field filled is no slip number: one digit twelve
// times, and digits in a row.
func TestDummySlips(t *testing.T) {
	dummies := []string{"123456789012", "012345678901", "987654321098"}
	for _, d := range "0123456789" {
		dummies = append(dummies, strings.Repeat(string(d), 12))
	}
	yamato := &Payment{State: Authorized}
	yamato.Yamato = true
	for _, dummy := range dummies {
		var invalid *InvalidError
		if slip, err := shipSlip(yamato, shipping.CarrierYamato, dummy); !errors.As(err, &invalid) {
			t.Errorf("%s is taken as %q", dummy, slip)
		}
	}
}
