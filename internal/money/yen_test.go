package money

import "testing"

// P82 P83: whole yen in plain digits, one rule for everything else.
func TestParse(t *testing.T) {
	for in, want := range map[string]Yen{"1": 1, "5080": 5080, "9999999": Max} {
		if got, err := Parse(in); err != nil || got != want {
			t.Errorf("Parse(%q) = %d, %v; want %d", in, got, err, want)
		}
	}
	for _, in := range []string{"", "0", "-1", "+1", "01", "1000.00", "1,000", "1e3", "１０００", " 1", "1 ", "10000000", "99999999999999999999", "1000円", "¥1", "0x10", "1_0"} {
		if got, err := Parse(in); err == nil {
			t.Errorf("Parse(%q) = %d; want an error", in, got)
		}
	}
}

// P03: zero, negative and huge amounts are no amounts.
func TestValid(t *testing.T) {
	for y, want := range map[Yen]bool{-1: false, 0: false, 1: true, Max: true, Max + 1: false, -1 << 31: false, 1<<31 - 1: false} {
		if y.Valid() != want {
			t.Errorf("%d valid: %v", y, !want)
		}
	}
}

func TestFormat(t *testing.T) {
	for y, want := range map[Yen]string{0: "¥0", 999: "¥999", 5080: "¥5,080", 1234567: "¥1,234,567", -5080: "-¥5,080"} {
		if got := y.Format(); got != want {
			t.Errorf("Format(%d) = %s; want %s", int(y), got, want)
		}
	}
}

// P83: whatever is read is written back the same.
func FuzzParse(f *testing.F) {
	f.Add("5080")
	f.Add("1e3")
	f.Fuzz(func(t *testing.T, s string) {
		if y, err := Parse(s); err == nil && (y.String() != s || !y.Valid()) {
			t.Fatalf("%q reads as %d", s, y)
		}
	})
}
