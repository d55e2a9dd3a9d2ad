package simulator

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// param is one parameter of a function with its official number. Its checks
// run in the official order; the first that fails gives the error code
// FFF 1 01 NN KK (protocol 0).
type param struct {
	number int
	name   string
	rules  []rule
}

// rule is one check: KK and when it fails. Only rules marked absent see an
// empty value; without one that fails, an empty optional value is passed over.
type rule struct {
	kk     string
	absent bool
	broken func(c *call, v string) bool
}

// check runs a table of parameters and returns the first error code, or "".
func (c *call) check(params []param) string {
	for _, p := range params {
		v := c.get(p.name)
		for _, r := range p.rules {
			if (v != "" || r.absent) && r.broken(c, v) {
				return fmt.Sprintf("%s101%02d%s", c.function.div, p.number, r.kk)
			}
		}
	}
	return ""
}

// plain makes a rule out of a property that a good value has.
func plain(kk string, good func(v string) bool) rule {
	return rule{kk: kk, broken: func(_ *call, v string) bool { return !good(v) }}
}

// required is the check 01.
var required = rule{kk: "01", absent: true, broken: func(_ *call, v string) bool { return v == "" }}

// requiredWhen is a missing value that only matters under a condition.
func requiredWhen(kk string, when func(c *call) bool) rule {
	return rule{kk: kk, absent: true, broken: func(c *call, v string) bool { return v == "" && when(c) }}
}

// atMost and length count characters, so that text in another script is told
// its characters, not its bytes.
func atMost(kk string, n int) rule {
	return plain(kk, func(v string) bool { return utf8.RuneCountInString(v) <= n })
}

func between(kk string, least, most int) rule {
	return plain(kk, func(v string) bool {
		n := utf8.RuneCountInString(v)
		return n >= least && n <= most
	})
}

func oneOf(kk string, values ...string) rule {
	return plain(kk, func(v string) bool {
		for _, allowed := range values {
			if v == allowed {
				return true
			}
		}
		return false
	})
}

// limited are the two amount checks: at least one yen, at most the contract's.
func limited() []rule {
	return []rule{
		plain("71", func(v string) bool { return yen(v) >= 1 }),
		{kk: "72", broken: func(c *call, v string) bool { return c.merchant.Limit > 0 && yen(v) > c.merchant.Limit }},
	}
}

// yen reads an amount of at most seven digits.
func yen(v string) int64 {
	var n int64
	for i := range len(v) {
		n = n*10 + int64(v[i]-'0')
	}
	return n
}

// Parameters that several functions share.
var (
	traderCodeParam = []param{{2, "trader_code", []rule{required, between("02", 9, 9), plain("04", alphanumeric)}}}
	orderNoRules    = []rule{required, atMost("02", 23), plain("04", orderCharacters)}
	orderParams     = []param{{3, "order_no", orderNoRules}}
)

// orderCharacters: digits, capital letters and eight signs (protocol 2.0).
func orderCharacters(v string) bool { return only(v, "#-*/<>:@", digit, upper) }

func priceRules() []rule {
	return append([]rule{required, atMost("02", 7), plain("04", digits)}, limited()...)
}

// buyerParams are numbers 4 to 8 of A01 and A08.
func buyerParams(nameLength ...rule) []param {
	name := append([]rule{required}, nameLength...)
	return []param{
		{4, "order_no", orderNoRules},
		{5, "settle_price", priceRules()},
		{6, "buyer_name_kanji", append(name,
			plain("71", func(v string) bool { return writable(v) && !halfKana(v) }),
			plain("72", func(v string) bool { return !longerThan(v, 40, 60) }))},
		{7, "buyer_tel", []rule{required, between("02", 8, 13), plain("04", func(v string) bool { return only(v, "-", digit) })}},
		{8, "buyer_email", []rule{required, atMost("02", 64), plain("71", mailCharacters), plain("72", mailParts)}},
	}
}

func mailCharacters(v string) bool {
	return strings.Count(v, "@") <= 1 && only(v, "!#$%&'*+/=?^_`{|}~.-@", digit, upper, lower)
}

func mailParts(v string) bool {
	local, domain, _ := strings.Cut(v, "@")
	return local != "" && domain != ""
}

var goodsRules = []rule{
	plain("71", writable),
	plain("72", func(v string) bool { return !longerThan(v, 400, 600) }),
}

// cardCode: 1 to 12 pass, although the answers know more brands (protocol 9).
func cardCode(v string) bool { return len(v) <= 2 && digits(v) && yen(v) >= 1 && yen(v) <= 12 }

// returnURLRules: at most 128 characters and https. On loopback http passes,
// so that a shop can be tried out on a laptop; the real gateway would refuse.
var returnURLRules = []rule{atMost("72", 128), plain("73", func(v string) bool {
	rest, secure := strings.CutPrefix(v, "https://")
	if !secure {
		var clear bool
		rest, clear = strings.CutPrefix(v, "http://")
		if !clear || !loopback(rest) {
			return false
		}
	}
	return rest != "" && rest[0] != '/' && only(rest, "!#$%&'()*+,-./:;=?@[]_~", digit, upper, lower)
})}

func loopback(rest string) bool {
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]"} {
		after, ok := strings.CutPrefix(rest, host)
		if ok && (after == "" || strings.IndexByte(":/?", after[0]) >= 0) {
			return true
		}
	}
	return false
}

// maxShipAhead is how many days ahead a planned ship date may lie.
const maxShipAhead = 90

func dateGood(v string) bool { _, ok := parseDay(v); return ok }

func pastDay(c *call, v string) bool {
	day, _ := parseDay(v)
	return day.Before(dayOf(c.now))
}

func tooFar(from func(c *call) time.Time) func(c *call, v string) bool {
	return func(c *call, v string) bool {
		day, _ := parseDay(v)
		return day.After(dayOf(from(c)).AddDate(0, 0, maxShipAhead))
	}
}

func today(c *call) time.Time { return c.now }
