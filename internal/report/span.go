package report

import (
	"time"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// MaxSpan is how many days a settlement may cover.
const MaxSpan = 366

// dayForm is how days are written in the API.
const dayForm = "2006-01-02"

// Span is some days in Japan, the last one included; both are the beginnings of
// their days.
type Span struct{ From, To time.Time }

// ParseSpan reads two days, YYYY-MM-DD. A *payment.InvalidError says what is wrong
// with start_date or end_date: no day, the wrong order, more than MaxSpan of them,
// or a beginning after today.
func ParseSpan(from, to string, now time.Time) (Span, error) {
	var s Span
	var bad []payment.Violation
	for _, d := range []struct {
		field, text string
		day         *time.Time
	}{{"start_date", from, &s.From}, {"end_date", to, &s.To}} {
		var err error
		if *d.day, err = time.ParseInLocation(dayForm, d.text, shop.Tokyo); err != nil || d.day.Year() < 2000 {
			bad = append(bad, payment.Violation{Field: d.field, Text: "must be a day in Japan, YYYY-MM-DD"})
		}
	}
	if len(bad) == 0 {
		bad = s.check(now)
	}
	if len(bad) > 0 {
		return Span{}, &payment.InvalidError{Violations: bad}
	}
	return s, nil
}

func (s Span) check(now time.Time) []payment.Violation {
	switch {
	case s.From.After(now):
		return []payment.Violation{{Field: "start_date", Text: "must not be after today, Japan time"}}
	case s.To.Before(s.From):
		return []payment.Violation{{Field: "end_date", Text: "must not be before start_date"}}
	case s.days() > MaxSpan:
		return []payment.Violation{{Field: "end_date", Text: "covers more than 366 days, both ends counted: ask in parts"}}
	}
	return nil
}

// days is how many there are.
func (s Span) days() int { return int(s.end().Sub(s.From) / (24 * time.Hour)) }

// end is the first moment after it.
func (s Span) end() time.Time { return nextDay(s.To) }

// has reports whether a moment lies in it.
func (s Span) has(t time.Time) bool { return !t.Before(s.From) && t.Before(s.end()) }

// dayOf is the beginning of a moment's day in Japan.
func dayOf(t time.Time) time.Time {
	y, m, d := t.In(shop.Tokyo).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, shop.Tokyo)
}

func nextDay(day time.Time) time.Time { return day.AddDate(0, 0, 1) }
