package b2

import (
	"bufio"
	"bytes"
	"unicode/utf8"
)

// peek is how much of a file is looked at to tell its character set.
const peek = 64 << 10

// detect tells the character set and takes the mark of UTF-8 away. Only the mark
// makes a file UTF-8. Without it a file that is UTF-8 and cannot be CP932 is
// refused, so that no name is read as other characters.
func detect(in *bufio.Reader) (set Charset, offset int64, err error) {
	head, _ := in.Peek(peek) // a short file is no error; a broken source is told by the first line
	refuse := func(kind FileKind) (Charset, int64, error) {
		return CP932, 0, &FileError{Kind: kind, Line: 1}
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		_, err := in.Discard(3)
		return UTF8BOM, 3, err
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return refuse(UTF16)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")):
		return refuse(Workbook)
	}
	if len(head) == peek {
		// What is looked at may end inside a character: end it with a line.
		if end := bytes.LastIndexAny(head, "\r\n"); end >= 0 {
			head = head[:end]
		}
	}
	if utf8.Valid(head) {
		if _, ok := fromCP932(head); !ok {
			return refuse(PlainUTF8)
		}
	}
	return CP932, 0, nil
}
