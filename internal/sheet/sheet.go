// Package sheet reads the CSV files that people bring from other systems: UTF-8,
// with its mark or without, or CP932, with a first line that names the columns, in
// any order. It knows what a spreadsheet does to numbers, yen and days, and guesses
// nothing: a cell that can be meant in two ways is refused (P66, P67).
package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/unicode/norm"

	"kessai.dev/kessai/internal/payment"
)

// Column is a column that is looked for. Others in the file are passed over.
type Column struct {
	Key string
	// Names are those that the first line may give it, the most telling one first:
	// if a file has several of them, that one counts. Case, width and blanks round
	// them do not matter.
	Names []string
	// Needed is what the refusal calls it, of a column without which there is
	// nothing to read; empty: it may be absent.
	Needed string
}

// Format is what a file is to look like.
type Format struct {
	Columns  []Column
	MaxBytes int
	MaxRows  int // besides the first line
}

// Row is one line below the first.
type Row struct {
	Line  int // in the file, from 1; the first one, of a row that has several
	cells []string
	at    map[string]int
	named int // columns of the first line
}

// Has reports whether the file has the column.
func (r *Row) Has(key string) bool {
	_, ok := r.at[key]
	return ok
}

// Get is the cell of a column without blanks round it; empty: there is none.
func (r *Row) Get(key string) string {
	if i, ok := r.at[key]; ok && i < len(r.cells) {
		return strings.TrimSpace(r.cells[i])
	}
	return ""
}

// First is the first cell that is not blank; empty: all are.
func (r *Row) First() string {
	for _, c := range r.cells {
		if c = strings.TrimSpace(c); c != "" {
			return c
		}
	}
	return ""
}

// Shifted reports whether the row has more cells than there are columns: a comma
// that was not quoted has moved some of them, and none can be trusted (P68).
func (r *Row) Shifted() bool { return len(r.cells) > r.named }

// Read calls row for every line below the first, in their order. A
// *payment.InvalidError of the field content says that the file cannot be read, or
// not to its end; an error of row ends it, too.
func (f *Format) Read(content []byte, row func(Row) error) error {
	text, err := f.decode(content)
	if err != nil {
		return err
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = -1
	first, err := r.Read()
	if err != nil {
		return unreadable("has a first line that cannot be read: " + err.Error())
	}
	at, err := f.find(first)
	if err != nil {
		return err
	}
	for rows := 0; ; rows++ {
		cells, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return unreadable("cannot be read on: " + err.Error())
		case rows == f.MaxRows:
			return unreadable(fmt.Sprintf("has more than %d rows: split it", f.MaxRows))
		}
		line, _ := r.FieldPos(0)
		if err := row(Row{Line: line, cells: cells, at: at, named: len(first)}); err != nil {
			return err
		}
	}
}

// decode gives the file's text as UTF-8 without a mark.
func (f *Format) decode(content []byte) ([]byte, error) {
	switch {
	case len(content) == 0:
		return nil, unreadable("is needed: a CSV whose first line names its columns")
	case len(content) > f.MaxBytes:
		return nil, unreadable(fmt.Sprintf("is larger than %d bytes: split it", f.MaxBytes))
	case !utf8.Valid(content):
		decoded, err := japanese.ShiftJIS.NewDecoder().Bytes(content)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return nil, unreadable("is neither UTF-8 nor CP932")
		}
		content = decoded
	}
	return bytes.TrimPrefix(content, []byte("\uFEFF")), nil
}

// find tells where the columns are.
func (f *Format) find(first []string) (map[string]int, error) {
	names := make([]string, len(first))
	for i, name := range first {
		names[i] = Fold(name)
	}
	at := map[string]int{}
	for i := range f.Columns {
		c := &f.Columns[i]
		for _, name := range c.Names {
			n := slices.Index(names, Fold(name))
			if n < 0 {
				continue
			}
			if slices.Contains(names[n+1:], names[n]) {
				return nil, unreadable(fmt.Sprintf("names the column %s twice: leave one of them out", name))
			}
			at[c.Key] = n
			break
		}
		if _, ok := at[c.Key]; !ok && c.Needed != "" {
			return nil, unreadable(fmt.Sprintf("has no column %s: the first line must name the columns", c.Needed))
		}
	}
	return at, nil
}

// Fold makes texts alike that differ in width, case and blanks round them only.
func Fold(s string) string { return strings.ToLower(strings.TrimSpace(norm.NFKC.String(s))) }

func unreadable(text string) error {
	return &payment.InvalidError{Violations: []payment.Violation{{Field: "content", Text: text}}}
}
