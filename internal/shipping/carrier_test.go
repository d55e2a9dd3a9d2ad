package shipping

import (
	"errors"
	"strings"
	"testing"
)

// R27 P70: the set of carriers is open, their form is not; "Yamato" is no other
// carrier.
func TestParseCarrier(t *testing.T) {
	for _, in := range []string{"yamato", "other", "sagawa", "japan-post", "7", strings.Repeat("a", 32)} {
		if got, err := ParseCarrier(in); err != nil || got != Carrier(in) {
			t.Errorf("ParseCarrier(%q) = %q, %v", in, got, err)
		}
	}
	for in, want := range map[string]CarrierError{
		"":                      {Fault: CarrierEmpty},
		"Yamato":                {Fault: CarrierCharacter, Position: 1, Character: 'Y'},
		"yamato ":               {Fault: CarrierCharacter, Position: 7, Character: ' '},
		"ヤマト":                   {Fault: CarrierCharacter, Position: 1, Character: 'ヤ'},
		"-yamato":               {Fault: CarrierCharacter, Position: 1, Character: '-'},
		"japan_post":            {Fault: CarrierCharacter, Position: 6, Character: '_'},
		strings.Repeat("a", 33): {Fault: CarrierLength, Position: 33},
	} {
		got, err := ParseCarrier(in)
		var fault *CarrierError
		if got != "" || !errors.As(err, &fault) || *fault != want || fault.Error() == "" {
			t.Errorf("ParseCarrier(%q) = %q, %v; want %+v", in, got, err, want)
		}
	}
}
