package tripwire

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Public test numbers of the brands; none belongs to anybody.
const (
	visa  = "4111111111111111"
	amex  = "378282246310005"
	jcb   = "3530111333300000"
	diner = "36227206271667"
)

// P59: a number is found however people write it, and taken out whole.
func TestRedact(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"bare", visa, Mark},
		{"in text", "card " + visa + " declined", "card " + Mark + " declined"},
		{"grouped", "no 4111 1111 1111 1111.", "no " + Mark + "."},
		{"hyphens", "4111-1111-1111-1111", Mark},
		{"full-width", "番号４１１１１１１１１１１１１１１１です", "番号" + Mark + "です"},
		{"query", "number=4111+1111+1111+1111&x=1", "number=" + Mark + "&x=1"},
		{"behind a quantity", "1 4111 1111 1111 1111", "1 " + Mark},
		{"json", `{"number":"` + amex + `"}`, `{"number":"` + Mark + `"}`},
		{"two", visa + "," + jcb, Mark + "," + Mark},
		{"quoted go", `"` + diner + `"`, `"` + Mark + `"`},
		{"check digit wrong", "4111111111111112", "4111111111111112"},
		{"acceptance number", "0F7K3J2M9Q4R5S6T7U8V-2", "0F7K3J2M9Q4R5S6T7U8V-2"},
		{"slip", "1234-5678-9013", "1234-5678-9013"},
		{"nothing", "paid ¥5,080 for 1396", "paid ¥5,080 for 1396"},
		{"broken bytes", "\xff" + visa + "\xfe", "\xff" + Mark + "\xfe"},
	} {
		if got := Redact(tc.in); got != tc.want {
			t.Errorf("%s: Redact(%q) = %q, want %q", tc.name, tc.in, got, tc.want)
		}
	}
}

// A 13-digit article number is no card in text that people write.
func TestLeast(t *testing.T) {
	const jan = "4222222222222" // 13 digits with a card's check digit
	if Has("商品 "+jan, 14) || !Has("商品 "+jan, 13) {
		t.Error("the least number of digits is not kept to")
	}
}

// P59: whatever surrounds it, no number survives, and the rest does.
func TestRedactProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.StringMatching(`[^0-9０-９]*`).Draw(t, "before")
		after := rapid.StringMatching(`[^0-9０-９]*`).Draw(t, "after")
		if got := Redact(before + visa + after); got != before+Mark+after {
			t.Fatalf("got %q", got)
		}
	})
}

type secretive struct{ Number string }

// P59: the canary never gets through the log handler, whatever carries it.
func TestHandler(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(NewHandler(slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug})))
	log.With("with", visa).WithGroup("g"+visa).Error("message "+visa,
		"text", "a "+visa+" b", "err", errors.New("failed for "+visa), "group", slog.GroupValue(slog.String("in", visa)),
		"any", secretive{visa}, "ptr", &secretive{visa}, "bytes", []byte("x"), "number", int64(4111111111111111), visa, 1,
		"list", []string{visa}, "map", map[string]string{"k": visa})
	if strings.Contains(out.String(), visa) {
		t.Fatalf("the number got through: %s", out.String())
	}
	if !strings.Contains(out.String(), "message "+Mark) {
		t.Fatalf("the rest of the line is lost: %s", out.String())
	}
	out.Reset()
	log.Info("plain", "err", errors.New("disk full"), "n", 5080, "ok", true)
	if !strings.Contains(out.String(), `"err":"disk full","n":5080,"ok":true`) {
		t.Fatalf("harmless values changed: %s", out.String())
	}
}

// FuzzRedact: no panic, and what is redacted once is clean.
func FuzzRedact(f *testing.F) {
	f.Add("1 4111 1111 1111 1111")
	f.Add("４１１１\xff")
	f.Fuzz(func(t *testing.T, s string) {
		if got := Redact(s); Has(got, 13) {
			t.Errorf("Redact(%q) = %q still has a number", s, got)
		}
	})
}
