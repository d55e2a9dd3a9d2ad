package report

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

func (s *shelf) settlement(span Span) Settlement {
	s.tb.Helper()
	out, err := s.Settlement(s.tb.Context(), mainShop, span)
	if err != nil {
		s.tb.Fatal(err)
	}
	return out
}

func (s *shelf) export(span Span) string {
	s.tb.Helper()
	var file bytes.Buffer
	if err := s.Export(s.tb.Context(), mainShop, span, func(b []byte) error { file.Write(b); return nil }); err != nil {
		s.tb.Fatal(err)
	}
	return file.String()
}

// R22: what is settled counts on the day on which the books learn of it, with the
// shop's fee, each payment's rounded down; charged is not settled (P23), and what is
// given back of it reduces it, and its fee.
func TestSettlement(t *testing.T) {
	s := newShelf(t)
	s.to(2, 10)
	a, b := s.charge("A", 5085), s.charge("B", 999)
	gone := s.charge("gone", 7000)
	s.charge("waits", 1234)
	s.settle(s.chargeFor(otherShop, "theirs", 88))
	s.to(3, 23)
	s.settle(a)
	s.cancel(gone) // before it was settled: never in a settlement
	s.to(4, 0)
	s.settle(b)
	s.settled("C", 19)
	s.to(6, 9)
	s.adjust(a, 4000)
	s.adjust(b, 1100)
	s.to(7, 9)
	s.cancel(a)
	s.to(8, 9)

	got := s.settlement(november(1, 30))
	want := []SettledDay{
		{Day: november(3, 3).From, Count: 1, Amount: 5085, Fee: 254},
		{Day: november(4, 4).From, Count: 2, Amount: 1018, Fee: 49},          // 49.95 and 0.95, each rounded down
		{Day: november(6, 6).From, Amount: 101, Refunded: 1085, Fee: 6 - 54}, // B: 55 for 49; A: 200 for 254
		{Day: november(7, 7).From, Refunded: 4000, Fee: -200},
	}
	if fmt.Sprint(got.Days) != fmt.Sprint(want) || got.FeeRate != 500 {
		t.Errorf("%+v\nwant %+v", got, want)
	}
	total := SettledDay{Count: 3, Amount: 6204, Refunded: 5085, Fee: 55}
	if got.Total != total || got.Total.Net() != 6204-5085-55 {
		t.Errorf("%+v", got.Total)
	}
	if one := s.settlement(november(4, 4)); len(one.Days) != 1 || one.Total.Fee != 49 {
		t.Errorf("%+v", one)
	}
	if none := s.settlement(november(5, 5)); len(none.Days) != 0 || none.Total != (SettledDay{}) {
		t.Errorf("%+v", none)
	}
}

// R22: a new fee rate changes nothing of what was settled before, nor of what is
// given back of it: the audit trail knows every rate.
func TestFeeRateOfThen(t *testing.T) {
	s := newShelf(t)
	s.to(1, 1)
	s.rate("", "500", 500) // the shop is made
	s.to(2, 9)
	a := s.settled("A", 10000)
	before := s.settlement(november(1, 30))
	s.to(3, 9)
	s.rate("500", "325", 325)
	b := s.settled("B", 10000)
	for range 2500 { // more than a page of other things
		s.trail = append(s.trail, s.trail[0])
		last := &s.trail[len(s.trail)-1]
		last.Sequence, last.Time, last.Resource = len(s.trail), s.now, "reconciliations"
	}
	s.to(4, 9)
	s.rate("325", "0", 0)
	s.settled("C", 10000)
	s.to(5, 9)
	s.adjust(a, 5000)
	s.cancel(b)
	got := s.settlement(november(1, 30))
	var fees []int64
	for _, d := range got.Days {
		fees = append(fees, d.Fee)
	}
	if fmt.Sprint(fees) != "[500 325 0 -575]" || got.FeeRate != 0 {
		t.Errorf("%v, rate %d", fees, got.FeeRate)
	}
	if fmt.Sprint(got.Days[0]) != fmt.Sprint(before.Days[0]) || s.settlement(november(3, 3)).FeeRate != 325 {
		t.Errorf("%+v is now %+v", before, got)
	}
	rows := 0
	for _, row := range strings.Split(s.export(november(1, 30)), "\r\n")[1:] {
		if strings.Contains(row, ",A,") && strings.Contains(row, ",5.00,") || strings.Contains(row, ",B,") && strings.Contains(row, ",3.25,") {
			rows++
		}
	}
	if rows != 4 {
		t.Errorf("%d rows with the rate of then: %s", rows, s.export(november(1, 30)))
	}

	s = newShelf(t) // no trail: the rate of the settings
	s.shops.Shops["first"].Settings.FeeRate = 480
	s.to(2, 9)
	s.settled("A", 10000)
	if got := s.settlement(november(1, 30)); got.Total.Fee != 480 || got.FeeRate != 480 {
		t.Errorf("%+v", got)
	}
	s.to(3, 9)
	s.rate("480", "500", 500) // a trail that does not tell of the beginning
	if got := s.settlement(november(1, 30)); got.Total.Fee != 480 || got.FeeRate != 500 {
		t.Errorf("%+v", got)
	}
}

// R42: what was settled before a payment moved here was settled for another system;
// what operators take over from the provider counts when they do, whichever way.
func TestSettledElsewhere(t *testing.T) {
	s := newShelf(t)
	s.to(2, 9)
	moved := s.move("0012345678", payment.StandingSettled, 6000)
	lost := s.charge("lost", 5000)
	s.to(3, 9)
	s.adjust(moved, 4000)
	s.add(mainShop, lost, payment.Event{Kind: payment.KindCorrected, Attempt: 1, Amount: 4500, Found: &payment.Found{Standing: payment.StandingSettled, Amount: 4500}})
	got := s.settlement(november(1, 30))
	if len(got.Days) != 1 || got.Total.Count != 1 || got.Total.Amount != 4500 || got.Total.Refunded != 2000 || got.Total.Fee != 225-100 {
		t.Errorf("%+v", got)
	}
}

// R22: the file's sums are the settlement's, its first line stands, spreadsheets
// read it and compute nothing of it (P72).
func TestExport(t *testing.T) {
	s := newShelf(t)
	s.to(2, 9)
	a := s.settled("=1+1", 5085)
	s.to(3, 9)
	s.adjust(a, 4000)
	s.adjust(a, 4100)
	s.to(4, 9)
	want := "\uFEFF精算日,日時,決済,注文番号,受付番号,種別,金額,手数料率(%),手数料,差引額\r\n" +
		"2026/11/02,2026/11/02 09:00:00," + a.Name() + ",'=1+1," + s.number(a) + ",精算,5085,5.00,254,4831\r\n" +
		"2026/11/03,2026/11/03 09:00:00," + a.Name() + ",'=1+1," + s.number(a) + ",返金,-1085,5.00,-54,-1031\r\n" +
		"2026/11/03,2026/11/03 09:00:00," + a.Name() + ",'=1+1," + s.number(a) + ",増額,100,5.00,5,95\r\n"
	if got := s.export(november(1, 30)); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if name := november(1, 30).FileName(); name != "settlement-20261101-20261130.csv" {
		t.Error(name)
	}
	for i := range 700 {
		s.settled(strconv.Itoa(i), 100)
	}
	pieces := 0
	stop := errors.New("the caller left")
	err := s.Export(t.Context(), mainShop, november(1, 30), func(b []byte) error {
		if pieces++; len(b) > exportPiece+1000 {
			t.Errorf("a piece of %d bytes", len(b))
		}
		return nil
	})
	if err != nil || pieces < 3 {
		t.Errorf("%d pieces, %v", pieces, err)
	}
	if err := s.Export(t.Context(), mainShop, november(1, 30), func([]byte) error { return stop }); !errors.Is(err, stop) {
		t.Error(err)
	}
}

// R22: whatever happens to the payments, the total is the sum of the rows, of the
// days, and of any cut of the time; the file adds up to it; each payment's fee is
// that of what is left of it, rounded down; and the file is matched by itself to
// the last yen (pitfall feature 17).
func TestTotalIsSumOfRows(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := newShelf(t)
		s.rate("", "500", 500)
		s.live(rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 0)), rapid.IntRange(1, 60).Draw(rt, "steps"))
		cut := rapid.IntRange(1, 29).Draw(rt, "cut")
		whole, left, right := s.settlement(november(1, 30)), s.settlement(november(1, cut)), s.settlement(november(cut+1, 30))
		var rows, days SettledDay
		err := s.Rows(t.Context(), mainShop, november(1, 30), func(r *SettledRow) error { rows.add(r); return nil })
		for i := range whole.Days {
			sumUp(&days, &whole.Days[i])
		}
		cuts := left.Total
		sumUp(&cuts, &right.Total)
		if err != nil || rows != whole.Total || days != whole.Total || cuts != whole.Total {
			rt.Fatalf("%v: total %+v, rows %+v, days %+v, cuts %+v", err, whole.Total, rows, days, cuts)
		}
		var settled, fee int64
		for id := range s.payments {
			if p := s.payments[id]; p.Tenant == mainShop {
				settled += int64(settledYen(p))
				fee += int64(feeOf(settledYen(p), 500))
			}
		}
		if whole.Total.Amount-whole.Total.Refunded != settled || whole.Total.Fee != fee {
			rt.Fatalf("%+v, and %d yen are settled with a fee of %d", whole.Total, settled, fee)
		}
		file := s.export(november(1, 30))
		if amount, fees, net := columns(rt, file); amount != settled || fees != fee || net != whole.Total.Net() {
			rt.Fatalf("the file comes to %d, %d, %d", amount, fees, net)
		}
		m, err := s.MatchStatement(t.Context(), mainShop, []byte(file), "2026-11-01", "2026-11-30")
		if err != nil || len(m.Rows) > 0 || m.MatchedAmount != settled || m.UnmatchedAmount != 0 || m.MissingAmount != 0 {
			rt.Fatalf("%v: %+v", err, m)
		}
	})
}

func sumUp(d, other *SettledDay) {
	d.Count += other.Count
	d.Amount += other.Amount
	d.Refunded += other.Refunded
	d.Fee += other.Fee
}

// live lets things happen to payments of two shops in November.
func (s *shelf) live(r *rand.Rand, steps int) {
	var ids []payment.ID
	day := 1
	for range steps {
		if r.IntN(3) == 0 && day < 29 {
			day++
			s.to(day, 1)
		}
		if len(ids) == 0 || r.IntN(3) == 0 {
			t := mainShop
			if r.IntN(5) == 0 {
				t = otherShop
			}
			ids = append(ids, s.chargeFor(t, strconv.Itoa(len(ids)), money.Yen(1+r.IntN(9000))))
		}
		id := ids[r.IntN(len(ids))]
		switch p := s.payments[id]; {
		case p.State == payment.Captured && r.IntN(3) > 0:
			s.settle(id)
		case p.State == payment.Canceled:
		case r.IntN(4) == 0:
			s.cancel(id)
		default:
			s.adjust(id, money.Yen(1+r.IntN(9000)))
		}
	}
}

// columns adds a file's columns of yen up.
func columns(t interface{ Fatal(...any) }, file string) (amount, fee, net int64) {
	rows, err := csv.NewReader(strings.NewReader(file)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		for column, sum := range map[int]*int64{6: &amount, 8: &fee, 9: &net} {
			n, err := strconv.ParseInt(r[column], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			*sum += n
		}
	}
	return amount, fee, net
}

// R22: which days may be asked for.
func TestParseSpan(t *testing.T) {
	now := time.Date(2026, 11, 24, 0, 30, 0, 0, shop.Tokyo)
	for _, c := range []struct{ from, to, field string }{
		{"2026-11-01", "2026-11-30", ""},
		{"2026-11-24", "2026-11-24", ""},
		{"2025-11-24", "2026-11-24", ""},
		{"2024-02-29", "2025-02-28", ""},
		{"2025-11-23", "2026-11-24", "end_date"},
		{"2026-11-25", "2026-11-25", "start_date"},
		{"2026-11-02", "2026-11-01", "end_date"},
		{"", "2026-11-01", "start_date"},
		{"2026-11-01", "", "end_date"},
		{"2026-11-31", "2026-12-01", "start_date"},
		{"26-11-01", "2026-12-01", "start_date"},
		{"2026/11/01", "２０２６-12-01", "start_date end_date"},
		{"0001-11-01", "2026-12-01", "start_date"},
	} {
		span, err := ParseSpan(c.from, c.to, now)
		var fields []string
		if invalid, ok := errors.AsType[*payment.InvalidError](err); ok {
			for _, v := range invalid.Violations {
				fields = append(fields, v.Field)
			}
		}
		if strings.Join(fields, " ") != c.field || err == nil && (span.From.Format(dayForm) != c.from || span.To.Format(dayForm) != c.to) {
			t.Errorf("%s to %s: %v %v", c.from, c.to, span, err)
		}
	}
}
