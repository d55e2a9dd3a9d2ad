package radar

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// CalendarFile is what the calendar is called.
const CalendarFile = "holds.ics"

// namedOrders is how many orders of a day the calendar names.
const namedOrders = 20

// Calendar gives the days on which holds of the caller's tenant end, from today on,
// as an iCalendar file (RFC 5545): UTF-8 with CRLF, one event a day. It names order
// numbers and amounts, and no person. ledger.ErrNotFound: the tenant is not served.
func (r *Radar) Calendar(ctx context.Context, c processor.Caller) ([]byte, error) {
	s, contract, ok := r.o.Directory.Now().Contract(c.Tenant)
	if !ok {
		return nil, ledger.ErrNotFound
	}
	list, err := r.index.of(ctx, c.Tenant)
	if err != nil {
		return nil, err
	}
	now, w := r.o.Clock(), &calendar{}
	w.begin(c.Tenant)
	for len(list) > 0 {
		n := 1
		for n < len(list) && payment.DaysBetween(list[0].end(), list[n].end()) == 0 {
			n++
		}
		day := list[:n]
		if list = list[n:]; day[0].end().Before(now) {
			continue
		}
		lines, err := r.orders(ctx, day, func(p *payment.Payment) time.Time { return p.RenewTime(&s.Settings.Care, &contract, now) })
		if err != nil {
			return nil, err
		}
		w.day(c.Tenant, day, now, lines)
	}
	w.line("END", "VCALENDAR")
	return []byte(w.text.String()), nil
}

// orders names those whose holds end on one day.
func (r *Radar) orders(ctx context.Context, day []hold, renewed func(*payment.Payment) time.Time) ([]string, error) {
	var lines []string
	for i := range day[:min(len(day), namedOrders)] {
		p, err := r.load(ctx, &day[i])
		if err != nil {
			return nil, err
		}
		if p == nil {
			continue
		}
		line := p.OrderNumber + " " + p.Amount.Format()
		if at := renewed(p); !at.IsZero() {
			line += " 再与信予定 / made anew " + at.In(shop.Tokyo).Format(time.DateOnly)
		}
		lines = append(lines, line)
	}
	if rest := len(day) - namedOrders; rest > 0 {
		lines = append(lines, fmt.Sprintf("ほか%d件 / and %d more", rest, rest))
	}
	return lines, nil
}

// calendar writes an iCalendar file.
type calendar struct{ text strings.Builder }

// begin says what it is. The zone stands in it although no event has an hour: a
// calendar must have at least one component, and there may be no holds.
func (w *calendar) begin(t shop.Tenant) {
	name := "与信期限 " + string(t.Shop)
	if t.Environment == shop.Test {
		name += " TEST"
	}
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.line("PRODID", "-//kessai//holds//JA")
	w.line("CALSCALE", "GREGORIAN")
	w.line("X-WR-CALNAME", escaped(name))
	for _, l := range [][2]string{
		{"BEGIN", "VTIMEZONE"},
		{"TZID", "Asia/Tokyo"},
		{"BEGIN", "STANDARD"},
		{"DTSTART", "19700101T000000"},
		{"TZOFFSETFROM", "+0900"},
		{"TZOFFSETTO", "+0900"},
		{"TZNAME", "JST"},
		{"END", "STANDARD"},
		{"END", "VTIMEZONE"},
	} {
		w.line(l[0], l[1])
	}
}

// day writes the event of one day. Its id stays the same, so that a calendar which
// is read again every day shows one.
func (w *calendar) day(t shop.Tenant, holds []hold, now time.Time, lines []string) {
	const date = "20060102"
	end, sum, ends := holds[0].end(), int64(0), "holds end"
	for i := range holds {
		sum += int64(holds[i].amount)
	}
	if len(holds) == 1 {
		ends = "hold ends"
	}
	w.line("BEGIN", "VEVENT")
	w.line("UID", escaped(fmt.Sprintf("holds-%s-%s-%s@kessai", end.Format(date), t.Shop, strings.ToLower(string(t.Environment)))))
	w.line("DTSTAMP", now.UTC().Format("20060102T150405Z"))
	w.line("DTSTART;VALUE=DATE", end.Format(date))
	w.line("DTEND;VALUE=DATE", end.AddDate(0, 0, 1).Format(date))
	w.line("SUMMARY", escaped(fmt.Sprintf("与信期限 %d件 %s (%d %s)", len(holds), amount(sum), len(holds), ends)))
	w.line("DESCRIPTION", escaped(strings.Join(lines, "\n")))
	w.line("TRANSP", "TRANSPARENT")
	w.line("END", "VEVENT")
}

// amount is a sum for people, which may be more than one payment can be.
func amount(sum int64) string {
	const most = 1_000_000_000
	if sum < most {
		return money.Yen(sum).Format()
	}
	return fmt.Sprintf("%s,%03d,%03d,%03d", money.Yen(sum/most).Format(), sum/1_000_000%1000, sum/1000%1000, sum%1000)
}

// maxOctets is how long a line may be, without its end (RFC 5545, 3.1).
const maxOctets = 75

// line writes a content line, folded: no piece is longer than 75 octets, and none
// ends within a character.
func (w *calendar) line(name, value string) {
	rest, room := name+":"+value, maxOctets
	for len(rest) > room {
		cut := room
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		w.text.WriteString(rest[:cut] + "\r\n ")
		rest, room = rest[cut:], maxOctets-1
	}
	w.text.WriteString(rest + "\r\n")
}

// escaped makes any text a TEXT value (RFC 5545, 3.3.11). Control characters have no
// place in one, and what is no UTF-8 neither.
func escaped(s string) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\\', r == ';', r == ',':
			b.WriteRune('\\')
			b.WriteRune(r)
		case r < 0x20 || r == 0x7f:
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
