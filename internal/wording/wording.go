// Package wording has what is said of a field or of a refusal that a caller can
// mend, in English and in Japanese side by side. English is written where the
// fault is found; here it is looked up, on the path of errors only. A text that
// has no Japanese fails this package's test, which reads the house's source.
package wording

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// Entry is one thing that is said. {1}, {2} … stand for what the moment brings,
// in the English in this order.
type Entry struct{ English, Japanese string }

// Kind is what sort of fault it is, in the form of a FieldViolation's reason.
// Words are added, never changed.
type Kind string

// The kinds of faults.
const (
	Required     Kind = "REQUIRED"      // give it
	OutOfRange   Kind = "OUT_OF_RANGE"  // another number, length or day
	BadForm      Kind = "BAD_FORM"      // another way of writing it
	BadCharacter Kind = "BAD_CHARACTER" // a character that may not be there
	CardNumber   Kind = "CARD_NUMBER"   // never send one
	NotAChoice   Kind = "NOT_A_CHOICE"  // one of a few words
	Repeated     Kind = "REPEATED"      // once is enough
	NotYours     Kind = "NOT_YOURS"     // leave it out: kessai says it
	Unknown      Kind = "UNKNOWN"       // there is no such thing here
	Conflict     Kind = "CONFLICT"      // another field, or what is kept, stands against it
	NotInPlan    Kind = "NOT_ALLOWED"   // the contract or the shop's settings do not have it
	BadFilter    Kind = "BAD_FILTER"    // a filter that cannot be read
	BadBody      Kind = "BAD_BODY"      // a body that cannot be read
	BadSlip      Kind = "BAD_SLIP"      // a slip number that is none
	Refused      Kind = "REFUSED"       // a refusal: what is asked cannot be done now
	Other        Kind = "INVALID_VALUE" // nothing that has a word here
)

// Say is what is said of an English text: its kind and its Japanese. A text
// that is not known gets the one Japanese that is right for all.
func Say(english string) (Kind, string) {
	for _, p := range patterns() {
		if ja, ok := p.match(english); ok {
			return p.kind, ja
		}
	}
	return Other, "この項目の値は受け付けられません。descriptionの説明に合わせて直し、もう一度送ってください。"
}

// Japanese is the Japanese of an English text, or nothing.
func Japanese(english string) string {
	kind, ja := Say(english)
	if kind == Other {
		return ""
	}
	return ja
}

type pattern struct {
	kind   Kind
	whole  string // a text without places
	prefix string // what one with places begins with
	form   *regexp.Regexp
	ja     string
}

var place = regexp.MustCompile(`\{[1-9]\}`)

// patterns is the catalogue, made ready once.
var patterns = sync.OnceValue(func() []pattern {
	var list []pattern
	for _, part := range catalogue {
		for _, e := range part.entries {
			p := pattern{kind: part.kind, whole: e.English, ja: e.Japanese}
			if at := place.FindStringIndex(e.English); at != nil {
				p.whole, p.prefix = "", e.English[:at[0]]
				p.form = regexp.MustCompile(`(?s)^` + strings.ReplaceAll(regexp.QuoteMeta(place.ReplaceAllString(e.English, "\x00")), "\x00", `(.+?)`) + `$`)
			}
			list = append(list, p)
		}
	}
	return list
})

func (p *pattern) match(english string) (string, bool) {
	if p.form == nil {
		return p.ja, english == p.whole
	}
	if !strings.HasPrefix(english, p.prefix) {
		return "", false
	}
	found := p.form.FindStringSubmatch(english)
	if found == nil {
		return "", false
	}
	ja := p.ja
	for i, value := range found[1:] {
		if inner := Japanese(value); p.kind == BadFilter && i == 1 && inner != "" {
			value = inner // what is wrong at that place
		}
		ja = strings.ReplaceAll(ja, "{"+strconv.Itoa(i+1)+"}", value)
	}
	return ja, true
}

// Entries is all that the catalogue has.
func Entries() (all []Entry) {
	for _, part := range catalogue {
		all = append(all, part.entries...)
	}
	return all
}
