package report

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// calendar is a shelf that closes days, and keeps them.
type calendar struct {
	*shelf
	*Days
	documents map[ledger.DocumentName]ledger.Document
	trail     []ledger.AuditEntry
	stale     int // so many revisions are refused: another process was quicker
}

func newCalendar(tb testing.TB) *calendar {
	tb.Helper()
	c := &calendar{shelf: newShelf(tb), documents: map[ledger.DocumentName]ledger.Document{}}
	c.Days = NewDays(DaysOptions{Books: c, Directory: c.shops, Clock: func() time.Time { return c.now }})
	return c
}

func (c *calendar) EachDocument(_ context.Context, yield func(ledger.Document) bool) error {
	for _, d := range c.documents {
		if !yield(d) {
			return nil
		}
	}
	return nil
}

func (c *calendar) Revise(_ context.Context, r ledger.Revision) error {
	if c.stale > 0 {
		c.stale--
		return ledger.ErrStale
	}
	for _, d := range r.Documents {
		if c.documents[d.DocumentName].Version != d.Version {
			c.tb.Fatalf("%v is written over version %d", d.DocumentName, d.Version)
		}
	}
	for _, d := range r.Documents {
		d.Version++
		c.documents[d.DocumentName] = d
	}
	c.trail = append(c.trail, r.Trail...)
	return nil
}

func (c *calendar) SealAfter(_ context.Context, number uint64) ([]byte, error) {
	if number > uint64(len(c.journal)) {
		return nil, nil
	}
	return []byte{byte(number)}, nil
}

// hold is a payment of the first shop whose hold lasts some days.
func (c *calendar) hold(order string, y int32, days int) payment.ID {
	until := dayOf(c.now).AddDate(0, 0, days+1).Add(-time.Second)
	return c.add(mainShop, "", payment.Event{Kind: payment.KindCreated, Opening: &payment.Opening{Tenant: mainShop, OrderNumber: order, Requested: money.Yen(y)}},
		payment.Event{Kind: payment.KindAsked, Operation: payment.OpAuthorize, Attempt: 1, Amount: money.Yen(y)},
		payment.Event{Kind: payment.KindAuthorized, Attempt: 1, Amount: money.Yen(y), Until: until})
}

func (c *calendar) fact(id payment.ID, k payment.Kind) {
	c.add(mainShop, id, payment.Event{Kind: k, Attempt: c.payments[id].Winner, Amount: c.payments[id].Amount})
}

func (c *calendar) all() []Day {
	c.tb.Helper()
	page, err := c.Days.Days(context.Background(), mainShop, "", 10_000)
	if err != nil || page.More {
		c.tb.Fatal(err)
	}
	return page.Days
}

// say is a day in a line.
func say(d *Day) string {
	s := fmt.Sprintf("%s %d/%d", d.Date[5:], d.Opening.Held, d.Opening.Charged)
	for _, m := range d.Movements {
		s += fmt.Sprintf(" %s×%d %+d/%+d", m.Kind, m.Count, m.By.Held, m.By.Charged)
	}
	return s + fmt.Sprintf(" =%d/%d", d.Closing.Held, d.Closing.Charged)
}

// R22 P29 P84: days as they were: what is held, charged, changed, given back and
// lapsed; what a hold's end and a later fact come to; another shop's money is its own.
func TestDays(t *testing.T) {
	c := newCalendar(t)
	a, b := c.hold("1", 5000, 58), c.hold("2", 300, 2)
	c.charge("3", 700)
	c.chargeFor(otherShop, "3", 99_999)
	c.to(2, 10)
	c.fact(a, payment.KindCaptured)
	c.adjust(a, 4000)
	c.to(3, 10)
	c.cancel(a)
	lost := c.hold("4", 50, 0)
	c.to(5, 10) // the 4th has nothing; b's hold ended with the 3rd, lost's too
	c.fact(lost, payment.KindReauthorized)
	c.fact(b, payment.KindCaptured)
	c.to(6, 9)
	want := []string{
		"11-06 0/1000 =0/1000",
		"11-05 0/700 CAPTURED×1 +0/+300 =0/1000",
		"11-04 0/700 =0/700",
		"11-03 300/4700 AUTHORIZED×1 +50/+0 REFUNDED×1 +0/-4000 LAPSED×2 -350/+0 =0/700",
		"11-02 5300/700 CAPTURED×1 -5000/+5000 ADJUSTED×1 +0/-1000 =300/4700",
		"11-01 0/0 AUTHORIZED×3 +6000/+0 CAPTURED×1 -700/+700 =5300/700",
	}
	var have []string
	for i, d := range c.all() {
		have = append(have, say(&d))
		if d.Closed != (i > 0) || d.Number == 0 || d.Seal == "" {
			t.Errorf("%+v", d)
		}
	}
	if !slices.Equal(have, want) {
		t.Errorf("have\n%q\nwant\n%q", have, want)
	}
	if len(c.trail) != 5 || c.trail[0].Resource != "dayCloses/2026-11-01" || c.trail[0].Actor != "kessai" {
		t.Errorf("%+v", c.trail)
	}
	for date, wrong := range map[string]bool{"2026-11-07": true, "2026-10-31": false, "yesterday": true, "2026-11-00": true} {
		_, err := c.Day(t.Context(), mainShop, date)
		if _, invalid := errors.AsType[*payment.InvalidError](err); invalid != wrong || !wrong && !errors.Is(err, ledger.ErrNotFound) {
			t.Errorf("%s: %v", date, err)
		}
	}
	if d, err := c.Day(t.Context(), mainShop, "2026-11-03"); err != nil || say(&d) != want[3] {
		t.Errorf("%+v, %v", d, err)
	}
	if page, err := c.Days.Days(t.Context(), shop.Tenant{Shop: "first", Environment: shop.Production}, "", 10); err != nil || len(page.Days) != 0 {
		t.Errorf("nothing happened, and it has %d days: %v", len(page.Days), err)
	}
}

// R22: a closed day never changes, though the journal gets an event of its time
// afterwards, as after a clock was set back: that counts for the day on which it was
// written. Another process may close the same days.
func TestClosedDaysStay(t *testing.T) {
	c := newCalendar(t)
	c.charge("1", 100)
	c.to(2, 1)
	c.stale = 1
	if err := c.CloseAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	closed := c.all()[1]
	c.to(1, 23)
	c.charge("2", 7)
	c.to(3, 1)
	again := NewDays(DaysOptions{Books: c, Directory: c.shops, Clock: func() time.Time { return c.now }}) // a restart
	page, err := again.Days(t.Context(), mainShop, "", 10)
	if err != nil || len(page.Days) != 3 || say(&page.Days[2]) != say(&closed) || page.Days[2].Number != closed.Number {
		t.Fatalf("%+v, %v", page, err)
	}
	if say(&page.Days[1]) != "11-02 0/100 AUTHORIZED×1 +7/+0 CAPTURED×1 -7/+7 =0/107" {
		t.Error(say(&page.Days[1]))
	}
}

// R22: over any history days chain, their movements add up, what they come to is what
// the payments come to, and it does not matter when they were closed.
func TestDaysAddUp(outer *testing.T) {
	rapid.Check(outer, func(t *rapid.T) {
		c := newCalendar(outer)
		late := NewDays(DaysOptions{Books: newCalendarOver(c), Directory: c.shops, Clock: func() time.Time { return c.now }})
		dice := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		var ids []payment.ID
		for i := range rapid.IntRange(1, 60).Draw(t, "steps") {
			c.now = c.now.Add(time.Duration(rapid.IntRange(0, 60).Draw(t, "hours")) * time.Hour)
			c.step(dice, i, &ids)
			if rapid.IntRange(0, 3).Draw(t, "close now") == 0 {
				if err := c.CloseAll(context.Background()); err != nil {
					t.Fatal(err)
				}
			}
		}
		c.now = c.now.AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, "days later"))
		days := c.all()
		slices.Reverse(days)
		for i, d := range days {
			sum := d.Opening
			for _, m := range d.Movements {
				sum = sum.Add(m.By)
			}
			if sum != d.Closing || i > 0 && d.Opening != days[i-1].Closing {
				t.Fatalf("day %d: %s", i, say(&d))
			}
		}
		var stands payment.Balance
		for _, id := range ids {
			stands = stands.Add(c.payments[id].Balance(c.now))
		}
		if n := len(days); stands != days[n-1].Closing {
			t.Fatalf("payments come to %+v, days to %s", stands, say(&days[n-1]))
		}
		page, err := late.Days(context.Background(), mainShop, "", 10_000)
		if err != nil || len(page.Days) != len(days) {
			t.Fatal(err)
		}
		slices.Reverse(page.Days)
		for i := range days {
			if say(&page.Days[i]) != say(&days[i]) {
				t.Fatalf("closed at once %s, closed late %s", say(&days[i]), say(&page.Days[i]))
			}
		}
	})
}

// newCalendarOver is another place for the same journal's days.
func newCalendarOver(c *calendar) *calendar {
	return &calendar{shelf: c.shelf, documents: map[ledger.DocumentName]ledger.Document{}}
}

// lasts is how many days a hold lasts: what the contract says may change.
func lasts(dice *rand.Rand) int { return dice.IntN([]int{3, 60, 365}[dice.IntN(3)]) }

// step lets something happen that can.
func (c *calendar) step(dice *rand.Rand, i int, ids *[]payment.ID) {
	if len(*ids) == 0 || dice.IntN(2) == 0 {
		*ids = append(*ids, c.hold(fmt.Sprint("o", i), int32(dice.IntN(9000)+1), lasts(dice)))
		return
	}
	id := (*ids)[dice.IntN(len(*ids))]
	switch p := c.payments[id]; p.State {
	case payment.Authorized:
		c.fact(id, []payment.Kind{payment.KindCaptured, payment.KindCaptured, payment.KindCanceled}[dice.IntN(3)])
	case payment.Captured:
		switch dice.IntN(3) {
		case 0:
			c.fact(id, payment.KindSettled)
		case 1:
			c.adjust(id, p.Amount/2+1)
		default:
			c.cancel(id)
		}
	case payment.Canceled:
		c.add(mainShop, id, payment.Event{Kind: payment.KindReauthorized, Attempt: p.Winner, Amount: p.Amount, Until: dayOf(c.now).AddDate(0, 0, lasts(dice)+1).Add(-time.Second)})
	}
}

// R22: a closed day is read as it was kept, without today's payments; a shop in which
// nothing was ever paid is known without the journal.
func TestDaysReadLittle(t *testing.T) {
	c := newCalendar(t)
	c.charge("1", 100)
	c.to(2, 1)
	c.charge("2", 100)
	if err := c.CloseAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	for date, histories := range map[string]int{"2026-11-01": 0, "2026-11-02": 1} {
		c.asked = 0
		if _, err := c.Day(t.Context(), mainShop, date); err != nil || c.asked != histories {
			t.Errorf("%s: %d histories, %v", date, c.asked, err)
		}
	}
	c.journal = nil
	if page, err := c.Days.Days(t.Context(), otherShop, "", 10); err != nil || len(page.Days) > 0 {
		t.Errorf("%+v, %v", page, err)
	}
}

// keptApart are books whose days are kept in a calendar of their own.
type keptApart struct {
	*bolt.Ledger
	kept *calendar
}

func (k keptApart) EachDocument(ctx context.Context, yield func(ledger.Document) bool) error {
	return k.kept.EachDocument(ctx, yield)
}

func (k keptApart) Revise(ctx context.Context, r ledger.Revision) error { return k.kept.Revise(ctx, r) }

// BenchmarkDays measures day closes over books of a million events: all days at once,
// as after an upgrade; one of them, which is the work of a night; today, near
// midnight; and a month of closed ones.
func BenchmarkDays(b *testing.B) {
	l, now := filledBooks(b)
	closeAll := func(b *testing.B) *Days {
		c := newCalendar(b)
		d := NewDays(DaysOptions{Books: keptApart{l, c}, Directory: c.shops, Clock: now})
		if err := d.CloseAll(b.Context()); err != nil {
			b.Fatal(err)
		}
		return d
	}
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			closeAll(b)
		}
	})
	d := closeAll(b)
	kept, err := d.load(b.Context(), mainShop)
	if err != nil || len(kept.days) < benchDays {
		b.Fatal(len(kept.days), err)
	}
	last := benchDays - 1
	start := dayOf(begins()).AddDate(0, 0, last)
	c := cut{start: start, end: nextDay(start), upto: kept.days[last].Number}
	b.Run("night", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			list, err := d.count(b.Context(), mainShop, kept.days[:last], []cut{c})
			if err != nil || say(&list[0]) != say(&kept.days[last]) {
				b.Fatal(err)
			}
		}
	})
	b.Run("today", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := d.countDay(b.Context(), mainShop, &kept.days[last-1], &c, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("month", func(b *testing.B) {
		for b.Loop() {
			if page, err := d.Days(b.Context(), mainShop, kept.days[last].Date, 31); err != nil || len(page.Days) != 31 {
				b.Fatal(err)
			}
		}
	})
}
