package payment

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shop"
)

// foresee tells of an adjustment at a moment; its history is what was written at
// noon.
func (f *fixture) foresee(amount money.Yen, now time.Time) *Statement {
	f.t.Helper()
	f.rules.Now = now
	events, err := Decide(f.p, Adjust{Amount: amount, AllowDeferral: true}, f.rules)
	if err != nil {
		f.t.Fatal(err)
	}
	return Foresee(f.p, []Event{{Kind: KindAuthorized, Time: noon}, {Kind: KindCaptured, Time: noon.AddDate(0, 0, 5)}}, events, now)
}

func (s *Statement) reasons() (list []string) {
	for _, n := range s.Notes {
		list = append(list, n.Reason)
	}
	return list
}

// The shopper sees three lines: the old amount, the same given back, and the new
// one; the message names all three and the order, and nobody's name.
func TestForesee(t *testing.T) {
	s := authorizedPayment(t).do(Capture{}).foresee(4000, tokyo(t, "2026-11-24 12:00"))
	want := []StatementLine{{LineOriginal, 5080, "2026-11-22"}, {LineReversal, -5080, "2026-11-24"}, {LineNew, 4000, "2026-11-24"}}
	if !slices.Equal(s.Lines, want) || !slices.Equal(s.reasons(), []string{NoteDoubleDraw}) {
		t.Errorf("%+v %v", s.Lines, s.reasons())
	}
	for _, text := range []string{"注文番号 1396", "5,080円から4,000円", "・5,080円(変更前の金額)", "・-5,080円(変更前の金額の取消)", "・4,000円(変更後の金額)", "差し引きのお支払いは4,000円", "デビットカード"} {
		if !strings.Contains(s.Japanese, text) {
			t.Errorf("%q is not in %s", text, s.Japanese)
		}
	}
	for _, text := range []string{"order 1396", "from ¥5,080 to ¥4,000", "- ¥5,080 (the amount before)", "- -¥5,080 (the same, given back)", "- ¥4,000 (the new amount)", "In all you pay ¥4,000."} {
		if !strings.Contains(s.English, text) {
			t.Errorf("%q is not in %s", text, s.English)
		}
	}
	if strings.Contains(s.Japanese, "締め日") || strings.Contains(s.English, "closing day") {
		t.Errorf("no closing day lies between: %s", s.Japanese)
	}
}

// A closing day, the 15th or the last of the month, that lies between the original
// and the change is told of: both amounts may be drawn before the reversal. P84
func TestForeseeClosingDays(t *testing.T) {
	for _, c := range []struct {
		from, to, closing string // empty: none lies between
	}{
		{"2026-11-15 23:59", "2026-11-16 00:00", "2026-11-15"},
		{"2026-11-15 00:00", "2026-11-15 23:59", ""},
		{"2026-11-16 00:00", "2026-11-30 23:59", ""},
		{"2026-11-16 00:00", "2026-12-01 00:00", "2026-11-30"},
		{"2026-11-01 00:00", "2027-03-01 00:00", "2026-11-15"},
		{"2027-02-16 12:00", "2027-02-28 12:00", ""},
		{"2027-02-16 12:00", "2027-03-01 00:00", "2027-02-28"},
		{"2028-02-28 12:00", "2028-02-29 12:00", ""},
		{"2028-02-28 12:00", "2028-03-01 12:00", "2028-02-29"},
		{"2026-12-31 12:00", "2027-01-01 12:00", "2026-12-31"},
		{"2027-01-31 12:00", "2027-02-01 12:00", "2027-01-31"},
	} {
		closing, crosses := closingBetween(tokyo(t, c.from), tokyo(t, c.to).UTC())
		if crosses != (c.closing != "") || crosses && sayDay(closing) != c.closing {
			t.Errorf("from %s to %s: %s %v, want %q", c.from, c.to, sayDay(closing), crosses, c.closing)
		}
	}
	s := authorizedPayment(t).do(Capture{}).foresee(4000, tokyo(t, "2026-12-01 12:00"))
	if !slices.Contains(s.reasons(), NoteCrossesClosing) || !strings.Contains(s.Notes[0].Japanese, "2026-11-30") || !strings.Contains(s.Notes[0].English, "2026-11-30") ||
		!strings.Contains(s.Japanese, "締め日") || !strings.Contains(s.English, "closing day") {
		t.Errorf("%+v\n%s", s.Notes, s.Japanese)
	}
}

// What else there is to know: the night (P37), a raise that loses the protection
// (P50), a hold that is not charged, a charge that is settled (P31), and an amount
// that is the same (P40).
func TestForeseeNotes(t *testing.T) {
	protected := func() *fixture {
		f := authorizedPayment(t).do(Capture{})
		p := *f.p
		p.Attempts = slices.Clone(p.Attempts)
		p.Attempts[0].Result = "0000"
		f.p, f.rules.Contract.Flags.AmountIncrease = &p, true
		return f
	}
	day, night := tokyo(t, "2026-11-23 12:00"), tokyo(t, "2026-11-23 23:30")
	for name, c := range map[string]struct {
		f      *fixture
		amount money.Yen
		now    time.Time
		want   []string
	}{
		"lower":             {protected(), 4000, day, []string{NoteDoubleDraw}},
		"raised":            {protected(), 6000, day, []string{NoteDoubleDraw, NoteProtectionLost}},
		"held only":         {authorizedPayment(t), 4000, day, []string{NoteDoubleDraw, NoteNotCharged}},
		"settled":           {inState(t, Settled), 4000, day, []string{NoteDoubleDraw, NoteMayBeTooLate}},
		"the same":          {protected(), 5080, day, []string{NoteUnchanged}},
		"the same at night": {protected(), 5080, night, []string{NoteUnchanged}},
		"at night":          {protected(), 4000, night, []string{NoteNotNow, NoteDoubleDraw}},
	} {
		s := c.f.foresee(c.amount, c.now)
		if !slices.Equal(s.reasons(), c.want) {
			t.Errorf("%s: %v, want %v", name, s.reasons(), c.want)
		}
		for _, n := range s.Notes {
			if !strings.HasSuffix(n.Japanese, "。") || !strings.HasSuffix(n.English, ".") {
				t.Errorf("%s: %+v", name, n)
			}
		}
		if same := c.amount == 5080; same != (s.Japanese == "") || same != (s.English == "") || same != (len(s.Lines) == 1) {
			t.Errorf("%s: %+v", name, s)
		}
	}
	if s := protected().foresee(4000, night); s.Lines[2].Date != "2026-11-24" || !strings.Contains(s.Notes[0].Japanese, "2026-11-24 01:00") { // done after midnight
		t.Errorf("%+v", s)
	}
}

// P01 P82: whatever the amounts, the lines add up to the new one.
func TestForeseeAddsUp(t *testing.T) {
	f := authorizedPayment(t).do(Capture{})
	f.rules.Contract.Flags.AmountIncrease = true
	rapid.Check(t, func(r *rapid.T) {
		amount := money.Yen(rapid.IntRange(1, int(f.rules.Contract.Limit())).Draw(r, "amount"))
		at := noon.Add(time.Duration(rapid.IntRange(0, 200*24*60).Draw(r, "minutes")) * time.Minute)
		sum := money.Yen(0)
		s := f.foresee(amount, at)
		for _, l := range s.Lines {
			sum += l.Amount
			if day, err := time.ParseInLocation(dayForm, l.Date, shop.Tokyo); err != nil || day.Before(dayOf(noon)) {
				r.Fatalf("%+v %v", l, err)
			}
		}
		if sum != amount {
			r.Fatalf("%+v add up to %d, not to %d", s.Lines, sum, amount)
		}
	})
}
