package radar

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// unfolded reads content lines as RFC 5545, 3.1 has them: each ends with CRLF and is
// 75 octets long at most, in whole characters.
func unfolded(t testing.TB, text string) (lines []string) {
	t.Helper()
	for l := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(l) > 75 || !utf8.ValidString(l) || strings.ContainsAny(l, "\r\n") {
			t.Fatalf("%d octets: %q", len(l), l)
		}
		if more, ok := strings.CutPrefix(l, " "); ok && len(lines) > 0 {
			lines[len(lines)-1] += more
			continue
		}
		lines = append(lines, l)
	}
	return lines
}

// unescaped reads a TEXT value (RFC 5545, 3.3.11).
func unescaped(t testing.TB, value string) string {
	t.Helper()
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case c == '\\' && i+1 < len(value) && value[i+1] == 'n':
			b.WriteByte('\n')
			i++
		case c == '\\' && i+1 < len(value) && strings.ContainsRune(`\;,`, rune(value[i+1])):
			i++
			b.WriteByte(value[i])
		case c == '\\' || c == ';' || c == ',' || c < 0x20 || c == 0x7f:
			t.Fatalf("%q has no place at %d of %q", c, i, value)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// events reads a calendar, and gives its events as name to value.
func events(t testing.TB, text string) (all []map[string]string) {
	t.Helper()
	var open []string
	for _, l := range unfolded(t, text) {
		name, value, ok := strings.Cut(l, ":")
		if !ok || name != strings.ToUpper(name) {
			t.Fatalf("no content line: %q", l)
		}
		switch name {
		case "BEGIN":
			if open = append(open, value); value == "VEVENT" {
				all = append(all, map[string]string{})
			}
		case "END":
			if len(open) == 0 || open[len(open)-1] != value {
				t.Fatalf("%q ends in %v", value, open)
			}
			open = open[:len(open)-1]
		default:
			if slices.Contains(open, "VEVENT") {
				all[len(all)-1][name] = value
			}
		}
	}
	if len(open) != 0 || !strings.HasSuffix(text, "END:VCALENDAR\r\n") || !strings.HasPrefix(text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:") {
		t.Fatalf("open at the end: %v", open)
	}
	return all
}

func (r *rig) calendar() string {
	r.t.Helper()
	b, err := r.Calendar(r.t.Context(), asShop)
	if err != nil {
		r.t.Fatal(err)
	}
	return string(b)
}

// The whole file, as a calendar reads it: one all-day event for each day on which
// holds end, with its orders. P84
func TestCalendar(t *testing.T) {
	r := newRig(t)
	r.care().ReauthorizeDays = 2
	r.hold("1396", yamato)
	r.hold("a;b,c\\d", costs(9_999_999))
	r.later(24 * time.Hour)
	r.hold("1398")
	r.holdFor(second, "elsewhere")
	want := strings.Join([]string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//kessai//holds//JA", "CALSCALE:GREGORIAN", "X-WR-CALNAME:与信期限 first TEST",
		"BEGIN:VTIMEZONE", "TZID:Asia/Tokyo", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0900", "TZOFFSETTO:+0900", "TZNAME:JST", "END:STANDARD", "END:VTIMEZONE",
		"BEGIN:VEVENT", "UID:holds-20270123-first-test@kessai", "DTSTAMP:20261125T030000Z", "DTSTART;VALUE=DATE:20270123", "DTEND;VALUE=DATE:20270124",
		"SUMMARY:与信期限 2件 ¥10\\,005\\,079 (2 holds end)",
		"DESCRIPTION:1396 ¥5\\,080 再与信予定 / made anew 2027-01-21\\na\\;b\\,c\\\\\r\n d ¥9\\,999\\,999 再与信予定 / made anew 2027-01-21",
		"TRANSP:TRANSPARENT", "END:VEVENT",
		"BEGIN:VEVENT", "UID:holds-20270124-first-test@kessai", "DTSTAMP:20261125T030000Z", "DTSTART;VALUE=DATE:20270124", "DTEND;VALUE=DATE:20270125",
		"SUMMARY:与信期限 1件 ¥5\\,080 (1 hold ends)", "DESCRIPTION:1398 ¥5\\,080 再与信予定 / made anew 2027-01-22", "TRANSP:TRANSPARENT", "END:VEVENT",
		"END:VCALENDAR", "",
	}, "\r\n")
	if got := r.calendar(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// On the last day it is there, the day after it is not; an empty calendar is one, too.
	for _, c := range []struct {
		at   time.Time
		days int
	}{
		{time.Date(2027, 1, 23, 23, 59, 0, 0, shop.Tokyo), 2},
		{time.Date(2027, 1, 24, 0, 0, 0, 0, shop.Tokyo), 1},
		{time.Date(2027, 1, 25, 0, 0, 0, 0, shop.Tokyo), 0},
	} {
		r.at(c.at)
		if got := len(events(t, r.calendar())); got != c.days {
			t.Errorf("at %v: %d days, want %d", c.at, got, c.days)
		}
	}
}

// A day of many orders names some and counts all; sums go beyond what one payment
// can be.
func TestCalendarOfABusyDay(t *testing.T) {
	r := newRig(t)
	for n := range 3 * namedOrders {
		r.hold(fmt.Sprintf("注文-%03d", n), costs(9_999_999))
	}
	days := events(t, r.calendar())
	if len(days) != 1 {
		t.Fatalf("%d days", len(days))
	}
	lines := strings.Split(unescaped(t, days[0]["DESCRIPTION"]), "\n")
	if len(lines) != namedOrders+1 || lines[0] != "注文-000 ¥9,999,999" || lines[namedOrders] != "ほか40件 / and 40 more" {
		t.Errorf("%d lines: %q", len(lines), lines)
	}
	if got := unescaped(t, days[0]["SUMMARY"]); got != "与信期限 60件 ¥599,999,940 (60 holds end)" {
		t.Error(got)
	}
	for sum, want := range map[int64]string{0: "¥0", 999_999_999: "¥999,999,999", 1_000_000_000: "¥1,000,000,000", 1_234_567_890_123: "¥1,234,567,890,123"} {
		if got := amount(sum); got != want {
			t.Errorf("%d: %s, want %s", sum, got, want)
		}
	}
}

// Whatever an order is called, the lines stay folded, whole and readable, and what
// is read from them is what was written.
func FuzzCalendarLine(f *testing.F) {
	for _, s := range []string{"", "1396", strings.Repeat("あ", 60), strings.Repeat("x", 74) + "é", "a\r\nEND:VCALENDAR\r\n", `\;,\n`, "\x00\x7f\xff\xfe", strings.Repeat("👩‍👧", 40)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w := &calendar{}
		w.line("DESCRIPTION", escaped(s))
		lines := unfolded(t, w.text.String())
		if len(lines) != 1 || !strings.HasSuffix(w.text.String(), "\r\n") {
			t.Fatalf("%d lines: %q", len(lines), lines)
		}
		value, _ := strings.CutPrefix(lines[0], "DESCRIPTION:")
		want := strings.Map(func(r rune) rune {
			if r < 0x20 && r != '\n' || r == 0x7f {
				return -1
			}
			return r
		}, strings.ToValidUTF8(s, "\uFFFD"))
		if got := unescaped(t, value); got != want {
			t.Fatalf("%q became %q", want, got)
		}
	})
}

// What is charged, given back or another amount by now counts as it is now.
func TestCalendarFollows(t *testing.T) {
	r := newRig(t)
	charged, canceled, changed := r.hold("1"), r.hold("2"), r.hold("3")
	for _, step := range []struct {
		do   func()
		want string
	}{
		{func() {}, "与信期限 3件 ¥15,240 (3 holds end)"},
		{func() { r.command(charged.ID, payment.Capture{}) }, "与信期限 2件 ¥10,160 (2 holds end)"},
		{func() { r.command(canceled.ID, payment.Cancel{}) }, "与信期限 1件 ¥5,080 (1 hold ends)"},
		{func() { r.command(changed.ID, payment.Adjust{Amount: 4000}) }, "与信期限 1件 ¥4,000 (1 hold ends)"},
	} {
		step.do()
		if days := events(t, r.calendar()); len(days) != 1 || unescaped(t, days[0]["SUMMARY"]) != step.want {
			t.Errorf("%v, want %s", days, step.want)
		}
	}
}

// P103: the calendar is a file that leaves the house: it names no person.
func TestCalendarIsNobodys(t *testing.T) {
	r := newRig(t)
	r.hold("1", func(c *payment.Create) {
		c.Order = &payment.Order{Total: 5080, Buyer: &payment.Buyer{Name: "山田花子", Phone: "03-1234-5678", Email: "h@example.com"}}
	})
	for _, secret := range []string{"山田", "03-1234", "example.com", "1111"} {
		if strings.Contains(r.calendar(), secret) {
			t.Errorf("%q is in the calendar", secret)
		}
	}
}
