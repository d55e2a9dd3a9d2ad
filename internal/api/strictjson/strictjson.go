// Package strictjson reads protobuf JSON as the promise has it, for every door
// that speaks JSON: unknown and repeated fields and trailing text are refused,
// and so is every number that is not plain digits (P82, P83). Its errors name
// the field and never repeat what was sent.
package strictjson

import (
	"bytes"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// Error says what is wrong with a body, in words for the developer who sent it.
type Error struct {
	Field string // path of proto names: "order.lines[0].quantity"; empty: the body as a whole
	Text  string // English
	// Value tells a field whose value is not allowed from a body that cannot
	// be read.
	Value bool
}

// Error gives field and text.
func (e *Error) Error() string {
	if e.Field == "" {
		return e.Text
	}
	return e.Field + ": " + e.Text
}

// Unmarshal reads the whole of b into m, or returns an *Error.
//
// Whole numbers may be bare or quoted, as protobuf JSON has it for the sake of
// languages that send "5080"; either way they are ASCII digits with at most a
// minus before them. 5080.0, 5.08e3, "1,000" and "５０８０" are refused although
// they could be read: a shop that sends them computes yen with floats.
func Unmarshal(b []byte, m proto.Message) error {
	if !utf8.Valid(b) {
		return &Error{Text: "the body is not UTF-8"}
	}
	if suspicious(b) {
		if err := explain(b, m.ProtoReflect().Descriptor()); err != nil {
			return err
		}
	}
	if protojson.Unmarshal(b, m) == nil {
		return nil
	}
	if err := explain(b, m.ProtoReflect().Descriptor()); err != nil {
		return err
	}
	return &Error{Text: "the body is not JSON that this call can read"}
}

// suspicious is a quick look for anything that protojson would read more
// kindly than we do: fractions, exponents, long runs of digits, and strings that
// are numbers of that kind or hide behind escapes. A false alarm costs time
// only.
func suspicious(b []byte) bool {
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '"':
			end := closing(b, i+1)
			if oddString(b[i+1 : end]) {
				return true
			}
			i = end
		case c >= '0' && c <= '9':
			end := i
			for end < len(b) && b[end] >= '0' && b[end] <= '9' {
				end++
			}
			if end-i > 9 || end < len(b) && (b[end] == '.' || b[end] == 'e' || b[end] == 'E') {
				return true
			}
			i = end - 1
		}
	}
	return false
}

// closing finds the quote that ends the string which begins at i.
func closing(b []byte, i int) int {
	for ; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return len(b)
}

func oddString(s []byte) bool {
	if bytes.IndexByte(s, '\\') >= 0 {
		return true
	}
	if len(s) == 0 || !(s[0] >= '0' && s[0] <= '9' || s[0] == '-' || s[0] == '+' || s[0] == '.') {
		return false
	}
	return bytes.ContainsAny(s, ".eE")
}
