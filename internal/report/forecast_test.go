package report

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/shop"
)

// R22, pitfall feature 17: what was settled is to come on the deposit day of its
// closing day; what is charged and not settled yet is told apart, as a guess.
func TestForecast(t *testing.T) {
	s := newShelf(t)
	s.to(1, 9)
	old := s.settled("old", 9000) // closed on the 15th, paid on the 30th
	s.to(15, 23)
	s.settled("A", 5085)
	s.to(16, 0)
	b := s.settled("B", 999) // closed on the 30th, paid on 15 December
	s.to(17, 9)
	s.cancel(b)
	s.settled("C", 10000)
	s.charge("waits", 1234)
	s.charge("waits, too", 111)
	s.chargeFor(otherShop, "theirs", 88)
	got := s.forecast()
	want := "2026-11-30 of 2026-11-15: 2 payments, 14085 - 0 - 704 = 13381, 0 expected; " +
		"2026-12-15 of 2026-11-30: 4 payments, 12344 - 999 - 566 = 10779, 1345 expected"
	if got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	s.to(30, 23)
	s.cancel(old) // on the closing day of December's first deposit
	if got := s.forecast(); !strings.HasPrefix(got, "2026-11-30 of 2026-11-15: 2 payments, 14085") || !strings.Contains(got, "12344 - 9999 - 116") {
		t.Error(got)
	}
	s.now = time.Date(2026, 12, 1, 0, 0, 0, 0, shop.Tokyo) // the deposit of yesterday is past
	if got := s.forecast(); !strings.HasPrefix(got, "2026-12-15 of 2026-11-30: 2 payments, 10999") || !strings.Contains(got, "2026-12-30 of 2026-12-15: 2 payments, 1345 - 0 - 66 = 1279, 1345 expected") {
		t.Error(got)
	}
	s.shops.Shops["first"].Settings.Deposit = shop.Deposit{ClosingDays: []int{10}, PayDays: 90}
	if got := s.forecast(); !strings.HasPrefix(got, "2027-02-08 of 2026-11-10: 1 payments, 9000 - 0") || !strings.Contains(got, "2027-03-10 of 2026-12-10: 5 payments") {
		t.Error(got)
	}
	if _, err := s.Forecast(t.Context(), shop.Tenant{Shop: "gone", Environment: shop.Test}); err == nil {
		t.Error("a shop that is not there has deposits")
	}
}

func (s *shelf) forecast() string {
	s.tb.Helper()
	list, err := s.Forecast(s.tb.Context(), mainShop)
	if err != nil {
		s.tb.Fatal(err)
	}
	out := make([]string, len(list))
	for i := range list {
		d := &list[i]
		out[i] = fmt.Sprintf("%s of %s: %d payments, %d - %d - %d = %d, %d expected", d.Date.Format(dayForm), d.Closing.Format(dayForm), d.Count, d.Amount, d.Refunded, d.Fee, d.Net(), d.Expected)
	}
	return strings.Join(out, "; ")
}

// R22: the closing day of each day of the year, also in months that are shorter.
func TestClosingDay(t *testing.T) {
	for _, c := range []struct {
		days      []int
		day, want string
	}{
		{[]int{15, 31}, "2026-11-15", "2026-11-15"},
		{[]int{15, 31}, "2026-11-16", "2026-11-30"},
		{[]int{15, 31}, "2026-12-31", "2026-12-31"},
		{[]int{15, 31}, "2026-02-16", "2026-02-28"},
		{[]int{15, 31}, "2028-02-29", "2028-02-29"},
		{[]int{30}, "2026-02-28", "2026-02-28"},
		{[]int{10}, "2026-12-11", "2027-01-10"},
		{[]int{1}, "2026-12-31", "2027-01-01"},
		{[]int{31}, "2026-01-31", "2026-01-31"},
		{[]int{5, 30}, "2026-01-31", "2026-02-05"},
	} {
		day, err := time.ParseInLocation(dayForm, c.day, shop.Tokyo)
		if got := closingOf(c.days, day).Format(dayForm); err != nil || got != c.want {
			t.Errorf("%v, %s: %s, want %s", c.days, c.day, got, c.want)
		}
	}
}
