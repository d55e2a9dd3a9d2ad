// Package b2 reads and writes the CSV of 送り状発行システム B2: what B2 takes in
// to print slips (R29), and what it gives back with the slip numbers (R30). It
// knows the format and judges cells; it knows no orders and moves no money.
//
// The format is protocol section 11: CP932, CRLF, comma, 95 columns or 97. All
// limits are counted as B2 counts them, in half-width characters, which is the
// same as bytes in CP932.
//
// Two promises hold everywhere. Nothing is changed in silence: what was cut,
// replaced, moved or refused is a Finding, with the texts to show in English
// and Japanese; only blanks at the ends of a text go without one, and kana take
// their half-width form. And nothing is guessed: a number that a spreadsheet has damaged
// is named and refused, never repaired.
//
// Findings hold cells of the file, which is personal data: they are for the
// operator's answer, not for logs.
package b2

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Date is a day of the calendar in Japan. The zero Date is no day.
type Date struct {
	Year  int        `json:"year"`
	Month time.Month `json:"month"`
	Day   int        `json:"day"`
}

// IsZero reports whether there is no day.
func (d Date) IsZero() bool { return d == Date{} }

// String is the day as B2 writes it, YYYY/MM/DD, or "".
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d/%02d/%02d", d.Year, int(d.Month), d.Day)
}

// Add is the day n days later.
func (d Date) Add(n int) Date { return DateOf(d.at().AddDate(0, 0, n)) }

// Before reports whether d is an earlier day than o.
func (d Date) Before(o Date) bool { return d.at().Before(o.at()) }

func (d Date) at() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// valid: a day that exists, in the years that B2 can print.
func (d Date) valid() bool {
	return d.Year >= 2000 && d.Year <= 2099 && DateOf(d.at()) == d
}

// DateOf is the day of a time in that time's own zone; give it Japan time.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

var (
	exactDate = regexp.MustCompile(`^(\d{4})/(\d{2})/(\d{2})$`)
	looseDate = regexp.MustCompile(`^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?: 0?0:00(?::00)?)?$`)
)

// ParseDate reads a day as B2 writes it, YYYY/MM/DD, and no other way.
func ParseDate(s string) (Date, error) {
	d, ok := matchDate(exactDate, s)
	if !ok {
		return Date{}, fmt.Errorf("%q is no date of the form YYYY/MM/DD", s)
	}
	return d, nil
}

func matchDate(form *regexp.Regexp, s string) (Date, bool) {
	m := form.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return Date{}, false
	}
	year, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2])
	day, _ := strconv.Atoi(m[3])
	d := Date{year, time.Month(month), day}
	return d, d.valid()
}
