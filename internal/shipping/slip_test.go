package shipping

import (
	"strings"
	"testing"
)

// P60: folded or refused, with what would be right.
func TestParseSlip(t *testing.T) {
	for _, in := range []string{"123456789013", "1234-5678-9013", "1234 5678 9013", "１２３４５６７８９０１３", "1234－5678－9013"} {
		if got, err := ParseSlip(in); err != nil || got != "123456789013" {
			t.Errorf("ParseSlip(%q) = %q, %v", in, got, err)
		}
	}
	for in, says := range map[string]string{
		"12345678901":   "11 digits",
		"":              "0 digits",
		"123456789012":  "would be 3",
		"12345678901A":  "'A'",
		"4.71E+11":      "'.'",
		"1234567890130": "13 digits",
	} {
		if _, err := ParseSlip(in); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("ParseSlip(%q): %v; want it to say %q", in, err, says)
		}
	}
}

// R17: what is assigned to Yamato is Yamato's, and nothing else.
func TestMethodYamato(t *testing.T) {
	if !(Method{Carrier: CarrierYamato}).Yamato() || (Method{Carrier: "other"}).Yamato() || (Method{}).Yamato() {
		t.Error("a method is Yamato's exactly when its carrier is")
	}
}

func FuzzParseSlip(f *testing.F) {
	f.Add("123456789013")
	f.Fuzz(func(t *testing.T, s string) {
		if slip, err := ParseSlip(s); err == nil {
			if again, err := ParseSlip(string(slip)); err != nil || again != slip {
				t.Fatalf("%q folds to %q, which does not read", s, slip)
			}
		}
	})
}
