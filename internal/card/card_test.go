package card

import (
	"fmt"
	"strings"
	"testing"
)

// full completes a prefix to n digits with a right check digit.
func full(prefix string, n int) string {
	s := prefix + strings.Repeat("0", n-1-len(prefix))
	for d := range 10 {
		if c := fmt.Sprint(s, d); checkDigit([]byte(c)) {
			return c
		}
	}
	panic("unreachable")
}

// R01: five brands, judged from the number: prefix, length and check digit.
func TestBrandOf(t *testing.T) {
	for _, c := range []struct {
		number string
		want   Brand
	}{
		{full("4", 16), BrandVisa},
		{full("4", 13), BrandVisa},
		{full("4", 15), BrandUnknown},
		{full("51", 16), BrandMastercard},
		{full("2221", 16), BrandMastercard},
		{full("2720", 16), BrandMastercard},
		{full("2721", 16), BrandUnknown},
		{full("3528", 16), BrandJCB},
		{full("3589", 16), BrandJCB},
		{full("3590", 16), BrandUnknown},
		{full("36", 14), BrandDiners},
		{full("300", 14), BrandDiners},
		{full("36", 15), BrandUnknown},
		{full("34", 15), BrandAmex},
		{full("37", 15), BrandAmex},
		{full("37", 16), BrandUnknown},
		{"4", BrandUnknown},
		{"411", BrandUnknown},
		{"4111", BrandVisa},
		{"35", BrandUnknown},
		{"3530", BrandJCB},
	} {
		if got := BrandOf(c.number); got != c.want {
			t.Errorf("BrandOf(%d digits from %.4s) = %q; want %q", len(c.number), c.number, got, c.want)
		}
	}
}

// P59: a card number is known in any dress; other numbers are not.
func TestLooksLikeNumber(t *testing.T) {
	visa := full("4", 16)
	dressed := []string{visa, visa[:4] + " " + visa[4:8] + " " + visa[8:12] + " " + visa[12:], visa[:4] + "-" + visa[4:], wide(visa), full("37", 15)}
	for _, s := range dressed {
		if !LooksLikeNumber(s) {
			t.Errorf("a dressed card number of %d characters passes", len(s))
		}
	}
	broken := visa[:15] + string('0'+(visa[15]-'0'+1)%10)
	for _, s := range []string{"", "5080", "1396", broken, "123456789013", "03-1234-5678", "SIMAPPROVED00000", visa + "0000", "4242", "40002", "35280000"} {
		if LooksLikeNumber(s) {
			t.Errorf("%q is taken for a card number", s)
		}
	}
}

// P59: a number made by a program is not taken for a card's because its digits
// happen to add up; a card number alone is, in any dress.
func TestIsNumber(t *testing.T) {
	visa, amex := full("4", 16), full("37", 15)
	for _, s := range []string{visa, amex, wide(visa), visa[:4] + "-" + visa[4:8] + "-" + visa[8:12] + "-" + visa[12:], amex[:4] + " " + amex[4:10] + " " + amex[10:]} {
		if !IsNumber(s) {
			t.Errorf("a card number of %d characters passes", len(s))
		}
	}
	for _, s := range []string{visa[:5] + "-" + visa[5:], visa[:8] + "-" + visa[8:], "order-" + visa, visa[:1] + "-" + visa[1:3] + "-" + visa[3:], "1396", "", "-", visa + "-"} {
		if IsNumber(s) {
			t.Errorf("%q is taken for a card number", s)
		}
	}
}

func wide(s string) string {
	return strings.Map(func(r rune) rune { return r - '0' + '０' }, s)
}

// R02 P98: a token never prints itself.
func TestTokenIsSecret(t *testing.T) {
	token := Token("SIMAPPROVED00000")
	for _, s := range []string{fmt.Sprint(token), fmt.Sprintf("%v %s %q %#v", token, token, token, token), token.LogValue().String(), fmt.Sprintf("%+v", struct{ T Token }{token})} {
		if strings.Contains(s, "SIMAPP") {
			t.Errorf("the token shows in %q", s)
		}
	}
	for s, want := range map[string]bool{"SIMAPPROVED00000": true, "abcDEF0123456789": true, "short": false, "SIMAPPROVED0000!": false, "SIMAPPROVED000000": false, "": false} {
		if Token(s).Valid() != want {
			t.Errorf("Token(%q).Valid() = %v", s, !want)
		}
	}
}

// R18: the counts of the trade.
func TestValidCount(t *testing.T) {
	for n, want := range map[int]bool{0: false, 1: true, 2: true, 3: true, 4: false, 24: true, 25: false, -1: false} {
		if ValidCount(n) != want {
			t.Errorf("ValidCount(%d) = %v", n, !want)
		}
	}
}

func FuzzLooksLikeNumber(f *testing.F) {
	f.Add("4111 1111")
	f.Add("４１１１")
	f.Fuzz(func(_ *testing.T, s string) { LooksLikeNumber(s) })
}
