package webcollect_test

import (
	"fmt"
	"testing"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/acquirer/webcollect"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/payment"
)

// story plays a token to its end: what A08 ended in, what the browser brought
// back and what A09 ended in, if it came to that.
func story(t *testing.T, c *webcollect.Connector, token card.Token, number string) (first, result, last string) {
	t.Helper()
	w := hold(token.Reveal(), number)
	w.Authorization.Secure = true
	fact, err := c.Perform(t.Context(), demo, w)
	if first = ended(fact, err); first != "challenge" {
		return first, "", ""
	}
	ret, err := c.ReadReturn(passes(t, fact, w.Authorization.ReturnURI))
	if err != nil || ret.Amount != price {
		t.Fatalf("%+v, %v", ret, err)
	}
	fact, err = c.Perform(t.Context(), demo, acquirer.Wish{
		Operation: payment.OpAuthenticate, Acceptance: number, Amount: price,
		Authentication: &acquirer.Authentication{Token: fact.ChallengeToken, Values: ret.Values},
	})
	return first, ret.Result, ended(fact, err)
}

// R24, P48: the stories of 3-D Secure, each with the result that the browser
// brings, how the provider then ends it, and what E04 shows.
func TestSecureStories(t *testing.T) {
	c := connect(t, provider(t), webcollect.Options{})
	const none, held = payment.StandingNone, payment.StandingHeld
	tests := []struct {
		token  card.Token
		result string
		ends   string
		shows  payment.Standing
	}{
		{"SIMCHALLENGE0000", "0000", "yes", held},
		{"SIMCHALLENGELOST", "0000", "unknown", held}, // P16
		{"SIMCHALLENGEDROP", "0000", "unknown", none}, // P16
		{"SIMCHALLENGEFAIL", "0002", "no: AUTHENTICATION_FAILED", none},
		{"SIMCHALLENGEREFU", "0000", "no: CARD_DECLINED", none},
		{"SIMFRICTIONLESS0", "0000", "yes", held},
		{"SIMATTEMPTED0000", "0003", "yes", held},
		{"SIMOUTSIDE3DS000", "0005", "yes", held},
		{"SIMNOTENROLLED00", "0006", "yes", held},
		{"SIMNOTRUN3DS0000", "0007", "yes", held},
	}
	for _, tt := range tests {
		t.Run(tt.token.Reveal(), func(t *testing.T) {
			first, result, last := story(t, c, tt.token, tt.token.Reveal())
			if first != "challenge" || result != tt.result || last != tt.ends {
				t.Errorf("%s, %s, %s; want %s, %s", first, result, last, tt.result, tt.ends)
			}
			shows(t, c, tt.token.Reveal(), tt.shows)
		})
	}
}

// shows asks E04; a failed authorization counts as none.
func shows(t *testing.T, c *webcollect.Connector, number string, want payment.Standing) {
	t.Helper()
	trade, err := c.Inquire(t.Context(), demo, number)
	failed := want == payment.StandingNone && trade.Standing == payment.StandingFailed
	if err != nil || trade.Standing != want && !failed || want == payment.StandingHeld && trade.Amount != price {
		t.Errorf("%+v, %v; want standing %d", trade, err, want)
	}
}

// R24, P90: every test card, by a token of the provider's script, without 3-D
// Secure and with it.
func TestCards(t *testing.T) {
	c := connect(t, provider(t), webcollect.Options{})
	for class, want := range []struct{ without, result, with string }{
		{"yes", "0000", "yes"},
		{"yes", "0000", "yes"},
		{"yes", "0000", "yes"},
		{"yes", "0000", "yes"},
		{"yes", "0000", "yes"},
		{"yes", "0000", "yes"},
		{"yes", "0003", "yes"},
		{"yes", "0006", "yes"},
		{"yes", "0005", "yes"},
		{"yes", "0007", "yes"},
		{"no: CARD_DECLINED", "0000", "no: CARD_DECLINED"},
		{"no, hard: CARD_INVALID", "0000", "no, hard: CARD_INVALID"},
		{"no, hard: CARD_INVALID", "0000", "no, hard: CARD_INVALID"},
		{"no: CARD_LIMIT_EXCEEDED", "0000", "no: CARD_LIMIT_EXCEEDED"},
		{"no: SECURITY_CODE_WRONG", "0000", "no: SECURITY_CODE_WRONG"},
		{"no: CARD_EXPIRED", "0000", "no: CARD_EXPIRED"},
		{"no: INSTALLMENTS_NOT_ALLOWED", "0000", "no: INSTALLMENTS_NOT_ALLOWED"},
		{"no: PROVIDER_BUSY", "0000", "no: PROVIDER_BUSY"},
		{"no: CARD_DECLINED", "0000", "no: CARD_DECLINED"},
		{"no, hard: CARD_INVALID", "0000", "no, hard: CARD_INVALID"},
		{"no: CARD_DECLINED", "0000", "no: CARD_DECLINED"},
	} {
		for _, secure := range []bool{false, true} {
			entry, err := c.Entry(demo, acquirer.Checks{Authentication: secure, SecurityCode: true})
			if err != nil {
				t.Fatal(err)
			}
			token, err := tokenFor(t, entry, fmt.Sprintf("%012d0001", class))
			if err != nil {
				t.Fatal(err)
			}
			number := fmt.Sprintf("CARD-%d-%s", class, map[bool]string{true: "3D", false: "0"}[secure])
			first, result, last := story(t, c, token, number)
			switch {
			case !secure && first != want.without:
				t.Errorf("class %d: %s, want %s", class, first, want.without)
			case secure && (first != "challenge" || result != want.result || last != want.with):
				t.Errorf("class %d: %s, %s, %s; want %s, %s", class, first, result, last, want.result, want.with)
			}
			standing := payment.StandingNone
			if want.with == "yes" {
				standing = payment.StandingHeld
			}
			shows(t, c, number, standing)
		}
	}
	entry, err := c.Entry(demo, acquirer.Checks{})
	if err != nil {
		t.Fatal(err)
	}
	if token, err := tokenFor(t, entry, "000000000021"+"0001"); err == nil {
		t.Errorf("a token of %d characters for what is no test card", len(token))
	}
}

// P55, P58: a card that was removed is gone: the list says so, and a charge by
// what was read before is a no that says why.
func TestCardGone(t *testing.T) {
	c := connect(t, provider(t), webcollect.Options{})
	who := acquirer.Member{ID: "gone1", Key: "abcd1234"}
	entry, err := c.Entry(demo, acquirer.Checks{Member: &who})
	if err != nil {
		t.Fatal(err)
	}
	token, err := script(t, entry, 0)
	if err != nil {
		t.Fatal(err)
	}
	if first, _, _ := story(t, c, token, "GONE-1"); first != "yes" {
		t.Fatal(first)
	}
	list, err := c.Cards(t.Context(), demo, who)
	if err != nil || len(list) != 1 || list[0].Hint != (card.Hint{Brand: card.BrandVisa, LastFour: "0001", Expiry: "12/30"}) {
		t.Fatalf("%+v, %v", list, err)
	}
	stored := acquirer.StoredCard{Member: who, Key: list[0].Key, LastCredit: list[0].LastCredit}
	if fact, err := c.RemoveCard(t.Context(), demo, stored); err != nil || fact.Outcome != payment.Yes {
		t.Fatalf("%+v, %v", fact, err)
	}
	w := hold("", "GONE-2")
	w.Authorization.Stored = &stored
	fact, err := c.Perform(t.Context(), demo, w)
	if word := ended(fact, err); word != "no: CARD_INVALID" {
		t.Errorf("%s: %+v, %v", word, fact, err)
	}
	shows(t, c, "GONE-2", payment.StandingNone)
	if list, err := c.Cards(t.Context(), demo, who); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}
