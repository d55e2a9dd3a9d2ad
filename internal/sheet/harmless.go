package sheet

import (
	"strings"
	"unicode/utf8"
)

// formulaStarts make a spreadsheet take a cell for a formula; in Japanese ones
// the full-width characters do, too.
const formulaStarts = "=+-@\t\r\n＝＋－＠"

// Harmless puts an apostrophe before a cell of a file of ours that a spreadsheet would compute
// (P72). The reader is a spreadsheet, which knows the apostrophe as "this is
// text", and programs can take it off again: apostrophes before such a character
// get one more, so that nothing is ambiguous. (For B2, which prints what it gets,
// internal/b2 puts a blank there.)
func Harmless(s string) string {
	first, size := utf8.DecodeRuneInString(strings.TrimLeft(s, "'"))
	if size > 0 && strings.ContainsRune(formulaStarts, first) {
		return "'" + s
	}
	return s
}
