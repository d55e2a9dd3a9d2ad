package sheet

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shop"
)

var (
	scientific = regexp.MustCompile(`^\d(\.\d+)?E\+?\d+$`)
	fraction   = regexp.MustCompile(`^\d+[.,]\d+$|^\d{1,3}(,\d{3})+$`)
	hashes     = regexp.MustCompile(`^#{2,}$`)
)

// Damaged reports whether a spreadsheet has taken a long number apart: 4.71E+11
// (P67). What it was cannot be told any more.
func Damaged(cell string) bool {
	return scientific.MatchString(strings.ToUpper(strings.TrimSpace(norm.NFKC.String(cell))))
}

// Mangled reports whether a cell that names something looks like what a spreadsheet
// makes of it: besides Damaged a number with a fraction or with commas, a day, or
// the marks of a column that was too narrow (P67).
func Mangled(cell string) bool {
	s := strings.TrimSpace(norm.NFKC.String(cell))
	_, day := Day(s)
	return Damaged(s) || fraction.MatchString(s) || hashes.MatchString(s) || day && strings.ContainsAny(s, "/年")
}

// Name is a number that names something, as it was meant: half-width, in capitals,
// without the marks that make a spreadsheet leave it alone ('0012, ="0012").
func Name(cell string) string {
	s := strings.TrimSpace(norm.NFKC.String(cell))
	if inner, ok := strings.CutPrefix(s, `="`); ok && strings.HasSuffix(inner, `"`) {
		s = inner[:len(inner)-1]
	}
	return strings.ToUpper(strings.TrimPrefix(s, "'"))
}

var (
	whole   = regexp.MustCompile(`^(0|[1-9]\d{0,9})$`)
	grouped = regexp.MustCompile(`^[1-9]\d{0,2}(,\d{3}){1,3}$`)
)

// minus are the signs of yen that are given back.
const minus = "-−‐–△▲"

// Yen reads whole yen, plain or as people write them: 5,080, ¥5,080, ５０８０円, and
// given back as -1,080, △1,080 or (1,080). Commas stand in their places or not at
// all. It is false for anything else, and beyond money.Max either way.
func Yen(cell string) (money.Yen, bool) {
	s := strings.Map(func(r rune) rune {
		if r == ' ' || r == '\t' {
			return -1
		}
		return r
	}, norm.NFKC.String(cell))
	s, negative := sign(s)
	s = strings.TrimLeft(s, "¥\\") // CP932 has the yen sign where ASCII has the backslash
	if !negative {
		s, negative = sign(s)
	}
	s = strings.TrimSuffix(s, "円")
	if grouped.MatchString(s) {
		s = strings.ReplaceAll(s, ",", "")
	}
	if !whole.MatchString(s) {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n > int64(money.Max) {
		return 0, false
	}
	if negative {
		n = -n
	}
	return money.Yen(n), true //nolint:gosec // within money.Max
}

// sign takes the mark of yen that are given back off.
func sign(s string) (rest string, negative bool) {
	if inner, ok := strings.CutPrefix(s, "("); ok && strings.HasSuffix(inner, ")") {
		return inner[:len(inner)-1], true
	}
	for _, m := range minus {
		if rest, ok := strings.CutPrefix(s, string(m)); ok {
			return rest, true
		}
	}
	return s, false
}

var (
	written = regexp.MustCompile(`^(\d{4})(?:([-/.])(\d{1,2})([-/.])(\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?:[ T].*)?$`)
	packed  = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(\d{6})?$`)
)

// Day reads a day in Japan, with its year first, whether or not a time follows:
// 2026-11-24, 2026/1/5, 2026年11月24日, 20261124 and 20261124153000. It is false for
// days that are none, and for those that can be meant in two ways (1/5/2026, or the
// count of days of a spreadsheet).
func Day(cell string) (time.Time, bool) {
	s := strings.TrimSpace(norm.NFKC.String(cell))
	var y, m, d string
	if w := written.FindStringSubmatch(s); w != nil {
		if w[2] != w[4] {
			return time.Time{}, false
		}
		y, m, d = w[1], w[3]+w[6], w[5]+w[7]
	} else if p := packed.FindStringSubmatch(s); p != nil {
		y, m, d = p[1], p[2], p[3]
	} else {
		return time.Time{}, false
	}
	year, _ := strconv.Atoi(y)
	month, _ := strconv.Atoi(m)
	day, _ := strconv.Atoi(d)
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, shop.Tokyo)
	return t, year >= 2000 && t.Year() == year && int(t.Month()) == month && t.Day() == day
}
