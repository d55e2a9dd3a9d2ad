package webcollect_test

import (
	"errors"
	"testing"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/acquirer/simulator"
	"kessai.dev/kessai/internal/acquirer/webcollect"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
)

const price money.Yen = 5080

func hold(token, number string) acquirer.Wish {
	return acquirer.Wish{
		Operation: payment.OpAuthorize, Acceptance: number, Amount: price,
		Authorization: &acquirer.Authorization{
			Token: card.Token(token), Installments: 1, Device: "smartphone", Goods: "ﾘﾝｺﾞ 6ケ",
			Buyer:     payment.Buyer{Name: "ｸﾛﾈｺ 髙子", Phone: "090-1234-5678", Email: "taro@example.test"},
			ReturnURI: "https://shop.example.test/return",
		},
	}
}

// what a call ended in, in one word.
func ended(fact payment.Fact, err error) string {
	var unsent *acquirer.NotSentError
	switch {
	case errors.As(err, &unsent):
		return "not sent: " + string(unsent.Reason)
	case err != nil:
		return "unknown"
	case fact.Outcome == payment.No && fact.Hard:
		return "no, hard: " + string(fact.Reason)
	case fact.Outcome == payment.No:
		return "no: " + string(fact.Reason)
	case fact.Outcome == payment.Yes:
		return "yes"
	case fact.Outcome == payment.Challenge:
		return "challenge"
	case fact.Outcome == payment.Half:
		return "half"
	}
	return "?"
}

// Whatever story the provider plays, a yes is never without its trade, a no or
// not-sent never with a hold (P16, P18, P19, P20, P21, P27).
func TestEveryScenarioIsTrue(t *testing.T) {
	c := connect(t, provider(t), webcollect.Options{})
	for i, s := range simulator.Scenarios() {
		number := "STORY-" + string(rune('A'+i/26)) + string(rune('A'+i%26))
		fact, err := c.Perform(t.Context(), demo, hold(s.Token, number))
		trade, askErr := c.Inquire(t.Context(), demo, number)
		if askErr != nil {
			trade, askErr = c.Inquire(t.Context(), demo, number) // one story loses the first inquiry
		}
		if askErr != nil {
			t.Errorf("%s: %v", s.Token, askErr)
			continue
		}
		none := trade.Standing == payment.StandingNone || trade.Standing == payment.StandingFailed
		word := ended(fact, err)
		if word == "yes" && none || word != "yes" && word != "unknown" && !none || word == "?" {
			t.Errorf("%s (%s) ended in %q, but the provider has %+v", s.Token, s.Meaning, word, trade)
		}
	}
}

// The stories of an authorization, each with its ending and what E04 shows.
func TestAuthorizationStories(t *testing.T) {
	c := connect(t, provider(t), webcollect.Options{})
	const none, held, waiting = payment.StandingNone, payment.StandingHeld, payment.StandingWaiting
	tests := []struct {
		token, ends string
		shows       payment.Standing
	}{
		{"SIMAPPROVED00000", "yes", held},
		{"SIMDECLINED00000", "no: CARD_DECLINED", none},
		{"SIMDECLINEDLIMIT", "no: CARD_LIMIT_EXCEEDED", none},
		{"SIMDECLINEDCVV00", "no: SECURITY_CODE_WRONG", none},
		{"SIMDECLINEDINST0", "no: INSTALLMENTS_NOT_ALLOWED", none},
		{"SIMHARDDECLINE00", "no, hard: CARD_INVALID", none}, // P90
		{"SIMLOSTCARD00000", "no, hard: CARD_INVALID", none}, // P90
		{"SIMISSUERBUSY000", "no: PROVIDER_BUSY", none},
		{"SIMCHALLENGE0000", "challenge", none},
		{"SIMLOSTANSWER000", "unknown", held},                 // P16, P18
		{"SIMNOANSWER00000", "unknown", none},                 // P19
		{"SIMHTMLANSWER000", "unknown", held},                 // P20
		{"SIMHTML502000000", "unknown", none},                 // P20
		{"SIMHTML502HELD00", "unknown", held},                 // P20
		{"SIMEMPTYANSWER00", "unknown", held},                 // P21
		{"SIMBADXML0000000", "unknown", held},                 // P21
		{"SIMDOUBLEANSWER0", "unknown", held},                 // P21
		{"SIMDUPLICATE0000", "unknown", held},                 // P14
		{"SIMMAINTENANCE00", "not sent: PROVIDER_BUSY", none}, // P93
		{"SIMBUSY000000000", "unknown", none},
		{"SIMBUSYHELD00000", "unknown", held},
		{"SIMSYSTEMERROR00", "unknown", held},
		{"SIMTIMEOUT999000", "unknown", none}, // P27
		{"SIMTIMEOUT999HLD", "unknown", held}, // P27
		{"SIMINPROGRESS000", "unknown", none}, // 21
		{"SIMREQUESTED0000", "unknown", none}, // 0
		{"SIMABORTED000000", "unknown", none}, // 20
		{"SIMUNKNOWNSTATE0", "yes", waiting},  // 77
	}
	for _, tt := range tests {
		t.Run(tt.token, func(t *testing.T) {
			fact, err := c.Perform(t.Context(), demo, hold(tt.token, tt.token))
			if word := ended(fact, err); word != tt.ends {
				t.Errorf("%s: %+v, %v; want %s", word, fact, err, tt.ends)
			}
			trade, err := c.Inquire(t.Context(), demo, tt.token)
			failed := tt.shows == none && trade.Standing == payment.StandingFailed
			if err != nil || trade.Standing != tt.shows && !failed {
				t.Errorf("%+v, %v; want standing %d", trade, err, tt.shows)
			}
		})
	}
}

// The stories of what follows, each with its ending and what E04 shows.
func TestLaterStories(t *testing.T) {
	c := connect(t, provider(t), webcollect.Options{})
	const capture, change, cancel, renew = payment.OpCapture, payment.OpAdjust, payment.OpCancel, payment.OpReauthorize
	const held, captured, canceled = payment.StandingHeld, payment.StandingCaptured, payment.StandingCanceled
	tests := []struct {
		token  string
		op     payment.Operation
		ends   string
		shows  payment.Standing
		amount money.Yen
	}{
		{"SIMHALFADJUST000", change, "half", payment.StandingAttention, 0}, // P22
		{"SIMLOSTADJUST000", change, "unknown", held, 4000},
		{"SIMDROPADJUST000", change, "unknown", held, price},
		{"SIMREFUSEADJUST0", change, "no: CARD_LIMIT_EXCEEDED", held, price},
		{"SIMLOSTCAPTURE00", capture, "unknown", captured, price},
		{"SIMDROPCAPTURE00", capture, "unknown", held, price},
		{"SIMREFUSECAPTURE", capture, "unknown", held, price}, // E011010351: E04 decides
		{"SIMLOCKCAPTURE00", capture, "unknown", held, price}, // E013000001
		{"SIMLOSTCANCEL000", cancel, "unknown", canceled, 0},
		{"SIMDROPCANCEL000", cancel, "unknown", held, price},
		{"SIMCANCELERROR00", cancel, "unknown", held, price},
		{"SIMREFUSECANCEL0", cancel, "unknown", held, price}, // A062010003: E04 decides
		{"SIMLOSTREAUTH000", renew, "unknown", held, price},
		{"SIMDROPREAUTH000", renew, "unknown", held, price},
		{"SIMREFUSEREAUTH0", renew, "no: CARD_LIMIT_EXCEEDED", held, price},
	}
	for _, tt := range tests {
		t.Run(tt.token, func(t *testing.T) {
			before, err := c.Perform(t.Context(), demo, hold(tt.token, tt.token))
			if err != nil || before.Outcome != payment.Yes {
				t.Fatalf("%+v, %v", before, err)
			}
			fact, err := c.Perform(t.Context(), demo, acquirer.Wish{Operation: tt.op, Acceptance: tt.token, Amount: 4000})
			if word := ended(fact, err); word != tt.ends {
				t.Errorf("%s: %+v, %v; want %s", word, fact, err, tt.ends)
			}
			trade, err := c.Inquire(t.Context(), demo, tt.token)
			if err != nil || trade.Standing != tt.shows || tt.amount != 0 && trade.Amount != tt.amount {
				t.Errorf("%+v, %v; want standing %d, %s", trade, err, tt.shows, tt.amount.Format())
			}
			if anew := trade.Approval != before.Approval; tt.op == renew && anew != (tt.token == "SIMLOSTREAUTH000") {
				t.Errorf("approval %s became %s", before.Approval, trade.Approval)
			}
		})
	}
}

// A slip captures, joins, comes off, and the last one takes the charge with it
// (protocol 6, P61); the provider tells us our address (P92).
func TestShipments(t *testing.T) {
	c := connect(t, provider(t), webcollect.Options{})
	const number, first, second = "SHIP-1", "123456789013", "123456789024"
	if fact, err := c.Perform(t.Context(), demo, hold("SIMAPPROVED00000", number)); err != nil || fact.Outcome != payment.Yes {
		t.Fatalf("%+v, %v", fact, err)
	}
	shows := func(standing payment.Standing, slips ...string) {
		t.Helper()
		trade, err := c.Inquire(t.Context(), demo, number)
		if err != nil || trade.Standing != standing || len(trade.Slips) != len(slips) {
			t.Fatalf("%+v, %v; want standing %d with %v", trade, err, standing, slips)
		}
		for i, s := range slips {
			if trade.Slips[i] != s {
				t.Errorf("slips %v, want %v", trade.Slips, slips)
			}
		}
	}
	if s, err := c.EnterShipment(t.Context(), demo, number, first); err != nil || s.Outcome != payment.Yes {
		t.Fatalf("%+v, %v", s, err)
	}
	shows(payment.StandingCaptured, first)
	s, err := c.EnterShipment(t.Context(), demo, number, first)
	if word := ended(s.Fact, err); word != "yes" { // E012000001: ours from before, says the inquiry (P69)
		t.Errorf("the same slip again: %s", word)
	}
	if s, err := c.EnterShipment(t.Context(), demo, number, second); err != nil || s.Outcome != payment.Yes {
		t.Fatalf("%+v, %v", s, err)
	}
	shows(payment.StandingCaptured, first, second)
	for _, slip := range []string{first, second} {
		if fact, err := c.CancelShipment(t.Context(), demo, number, slip); err != nil || fact.Outcome != payment.Yes {
			t.Fatalf("%s: %+v, %v", slip, fact, err)
		}
	}
	shows(payment.StandingHeld)
	if addr, err := c.CallerAddress(t.Context(), demo); err != nil || !addr.IsLoopback() {
		t.Errorf("%v, %v", addr, err)
	}
	fact, err := c.Reschedule(t.Context(), demo, number, noon().AddDate(0, 0, 20))
	if word := ended(fact, err); word != "no: WRONG_STATE" && word != "no: NOT_ALLOWED_BY_CONTRACT" {
		t.Errorf("a date for what is no reservation: %s, %v", word, err)
	}
}

// Protocol 6: an authorization with a planned ship date is a reservation (5),
// which E03 gives another date; E04 shows both. What is no day is never sent.
func TestReservation(t *testing.T) {
	c := connect(t, provider(t), webcollect.Options{})
	const number = "RESERVED-1"
	w := hold("SIMAPPROVED00000", number)
	w.Authorization.ShipDate = noon().AddDate(0, 0, 30).Format("2006-01-02")
	shows := func(date string) {
		t.Helper()
		trade, err := c.Inquire(t.Context(), demo, number)
		if err != nil || trade.Standing != payment.StandingReserved || trade.ShipDate != date {
			t.Errorf("%+v, %v; want %s", trade, err, date)
		}
	}
	if fact, err := c.Perform(t.Context(), demo, w); err != nil || fact.Outcome != payment.Yes || fact.Approval == "" {
		t.Fatalf("%+v, %v", fact, err)
	}
	shows(w.Authorization.ShipDate)
	later := acquirer.Wish{Operation: payment.OpReschedule, Acceptance: number, ShipDate: noon().AddDate(0, 0, 60).Format("2006-01-02")}
	if fact, err := c.Perform(t.Context(), demo, later); err != nil || fact.Outcome != payment.Yes {
		t.Fatalf("%+v, %v", fact, err)
	}
	shows(later.ShipDate)
	for _, bad := range []string{"", "20261224", "2026-02-30"} {
		later.ShipDate = bad
		var unsent *acquirer.NotSentError
		if _, err := c.Perform(t.Context(), demo, later); !errors.As(err, &unsent) || unsent.Field != "scheduled_shipping_date" {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// P62: a slip of another order is a certain no, and stays where it is: nothing
// is half applied.
func TestSlipOfAnotherOrder(t *testing.T) {
	c := connect(t, provider(t), webcollect.Options{})
	const slip = "123456789013"
	for _, number := range []string{"MINE-1", "OTHER-1"} {
		w := hold("SIMAPPROVED00000", number)
		w.Authorization.Buyer.Name = "客 " + number // for the provider, the consignee
		if fact, err := c.Perform(t.Context(), demo, w); err != nil || fact.Outcome != payment.Yes {
			t.Fatalf("%+v, %v", fact, err)
		}
	}
	if s, err := c.EnterShipment(t.Context(), demo, "OTHER-1", slip); err != nil || s.Outcome != payment.Yes {
		t.Fatalf("%+v, %v", s, err)
	}
	s, err := c.EnterShipment(t.Context(), demo, "MINE-1", slip)
	if word := ended(s.Fact, err); word != "no: BUNDLED" {
		t.Errorf("%s: %+v, %v", word, s, err)
	}
	if trade, err := c.Inquire(t.Context(), demo, "MINE-1"); err != nil || trade.Standing != payment.StandingHeld || len(trade.Slips) != 0 {
		t.Errorf("%+v, %v", trade, err)
	}
}
