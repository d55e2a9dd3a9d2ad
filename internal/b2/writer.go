package b2

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Writer writes the file that B2 takes in (R29): CP932, commas, every line ended
// by CRLF. Call Flush at the end. A Writer is for one goroutine.
type Writer struct {
	out     *bufio.Writer
	options Options
	line    int // written so far
	number  int // shipments so far
	buf     []byte
	err     error
}

// NewWriter writes to out. It fails if the options name a width that is not 95
// or 97, or a trader code that is not 9 digits.
func NewWriter(out io.Writer, o Options) (*Writer, error) {
	if n := o.columns(); n != Columns95 && n != Columns97 {
		return nil, fmt.Errorf("b2: %d columns: the layout has 95 or 97", n)
	}
	if o.Merchant != "" && (len(o.Merchant) != 9 || !allDigits.MatchString(o.Merchant)) {
		return nil, fmt.Errorf("b2: trader code %q: want 9 digits", o.Merchant)
	}
	w := &Writer{out: bufio.NewWriter(out), options: o}
	if o.Header {
		w.err = w.put(Header(o.columns()))
	}
	return w, nil
}

// Write writes one row, or none if its report says refused. An error is one of
// the output; after it the file is broken.
func (w *Writer) Write(s *Shipment) (Report, error) {
	w.number++
	cells, findings := Encode(s, w.options)
	report := Report{Number: w.number, Reference: s.Reference, Findings: findings}
	if report.Refused() || w.err != nil {
		return report, w.err
	}
	if w.err = w.put(cells); w.err == nil {
		report.Line = w.line
	}
	return report, w.err
}

// Flush hands what is left to the output.
func (w *Writer) Flush() error {
	if w.err == nil {
		w.err = w.out.Flush()
	}
	return w.err
}

func (w *Writer) put(cells []string) error {
	buf, err := appendLine(w.buf[:0], cells, w.options.QuoteAll)
	w.buf = buf
	if err != nil {
		return err
	}
	w.line++
	_, err = w.out.Write(buf)
	return err
}

// appendLine adds one line (P68). What CP932 lacks, or what would end the line,
// is an error: cells are clean before they come here.
func appendLine(dst []byte, cells []string, quoteAll bool) ([]byte, error) {
	for i, cell := range cells {
		if i > 0 {
			dst = append(dst, ',')
		}
		quoted := quoteAll || strings.ContainsAny(cell, `",`)
		if quoted {
			dst = append(dst, '"')
		}
		for _, r := range cell {
			if r == '"' && quoted {
				dst = append(dst, '"')
			}
			var ok bool
			if dst, ok = appendRune(dst, r); !ok || r == '\r' || r == '\n' {
				return dst, fmt.Errorf("b2: %q in column %d cannot be written", r, i+1)
			}
		}
		if quoted {
			dst = append(dst, '"')
		}
	}
	return append(dst, '\r', '\n'), nil
}
