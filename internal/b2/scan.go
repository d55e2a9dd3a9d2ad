package b2

import (
	"bufio"
	"io"
)

// scanner cuts a file into lines and lines into cells. It works on bytes: the
// second byte of a CP932 character is never a comma, a quote or an end of line,
// nor is any later byte of a UTF-8 one.
type scanner struct {
	in     *bufio.Reader
	offset int64 // of the next byte
	line   int   // lines read
	limits Limits

	raw   []byte // the line, its end left out
	cells [][]byte
	text  []byte // the cells' bytes, one after the other
	ends  []int
}

// next reads one line. io.EOF is the end; a *FileError is a file that cannot be
// read on. The slices stand until the next call.
func (s *scanner) next() error {
	s.raw, s.text, s.ends, s.cells = s.raw[:0], s.text[:0], s.ends[:0], s.cells[:0]
	if _, err := s.in.Peek(1); err != nil {
		return err
	}
	s.line++
	if s.line > s.limits.Lines {
		return s.fail(TooManyLines)
	}
	for {
		last, err := s.cell()
		if err != nil {
			return err
		}
		s.ends = append(s.ends, len(s.text))
		if last {
			break
		}
	}
	start := 0
	for _, end := range s.ends {
		s.cells = append(s.cells, s.text[start:end])
		start = end
	}
	return nil
}

// cell reads one cell with what ends it, and reports whether that ended the
// line as well. A quote inside a cell that did not begin with one is a
// character like others.
func (s *scanner) cell() (last bool, err error) {
	c, err := s.read()
	if err == nil && c == '"' {
		if err := s.quoted(); err != nil {
			return false, err
		}
		c, err = s.read()
		if err == nil && c != ',' && c != '\r' && c != '\n' {
			return false, s.fail(StrayQuote)
		}
	}
	for ; err == nil; c, err = s.read() {
		switch c {
		case ',':
			return false, nil
		case '\r', '\n':
			return true, s.endLine(c)
		}
		s.text = append(s.text, c)
	}
	if err == io.EOF {
		return true, nil
	}
	return false, err
}

// quoted reads on to the closing quote. A quoted end of line is refused: B2
// writes none, and beyond a lost quote nobody knows where a row begins.
func (s *scanner) quoted() error {
	for {
		c, err := s.read()
		switch {
		case err == io.EOF:
			return s.fail(UnclosedQuote)
		case err != nil:
			return err
		case c == '\r' || c == '\n':
			return s.fail(QuotedNewline)
		case c == '"':
			if next, err := s.in.Peek(1); err != nil || next[0] != '"' {
				return nil
			}
			if _, err := s.read(); err != nil {
				return err
			}
		}
		s.text = append(s.text, c)
	}
}

// endLine takes the LF of a CRLF too.
func (s *scanner) endLine(c byte) error {
	s.raw = s.raw[:len(s.raw)-1]
	if c == '\r' {
		if next, err := s.in.Peek(1); err == nil && next[0] == '\n' {
			s.offset++
			_, err := s.in.Discard(1)
			return err
		}
	}
	return nil
}

// read takes one byte of the line, within the limits.
func (s *scanner) read() (byte, error) {
	c, err := s.in.ReadByte()
	if err != nil {
		return 0, err
	}
	s.offset++
	s.raw = append(s.raw, c)
	switch {
	case len(s.raw) > s.limits.LineBytes:
		return 0, s.fail(LineTooLong)
	case s.offset > s.limits.Bytes:
		return 0, s.fail(FileTooLarge)
	}
	return c, nil
}

func (s *scanner) fail(kind FileKind) error {
	return &FileError{Kind: kind, Line: max(s.line, 1), Offset: s.offset}
}
