package b2

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"kessai.dev/kessai/internal/shipping"
)

// Charset is how a file's characters are written.
type Charset string

// The character sets a file may have. B2 writes CP932; UTF-8 with its mark is
// what a spreadsheet saves.
const (
	CP932   Charset = "CP932"
	UTF8BOM Charset = "UTF-8 with BOM"
)

// Digest is a SHA-256.
type Digest [sha256.Size]byte

// Limits bound a file. A zero field takes its default.
type Limits struct {
	Bytes     int64 // 64 MiB
	Lines     int   // 100,000
	LineBytes int   // 64 KiB
}

func (l Limits) orDefault() Limits {
	if l.Bytes <= 0 {
		l.Bytes = 64 << 20
	}
	if l.Lines <= 0 {
		l.Lines = 100_000
	}
	if l.LineBytes <= 0 {
		l.LineBytes = 64 << 10
	}
	return l
}

// Position is where a reader stands between two rows: enough to read on after a
// crash (R30, P64).
type Position struct {
	Line    int     `json:"line"`    // lines that are behind
	Offset  int64   `json:"offset"`  // of the next byte in the file
	Charset Charset `json:"charset"` // of the file
	Columns int     `json:"columns"` // of the file; 0: no row seen yet
	Header  bool    `json:"header"`  // the file has one
}

// Verdict says what a row asks for.
type Verdict string

// The verdicts. Only Register is acted on, and where Row.ByB2 is set by asking
// the provider, not by registering a second time.
const (
	Register    Verdict = "register" // a reference and a sound slip
	NoSlipYet   Verdict = "no_slip"  // a reference and a blank slip: nothing to do, nothing to erase
	RefusedLine Verdict = "refused"  // its findings say why
)

// Row is one row that B2 gave back, judged.
type Row struct {
	Line   int    // from 1, as a spreadsheet counts, the header included
	Offset int64  // of its first byte
	Digest Digest // of its cells: the same for other quotes, line ends and character sets

	Cells     []string // as they are in the file
	Reference string   // column 1, without blanks around
	SlipType  string   // column 2
	RawSlip   string   // column 4 as it is
	Slip      shipping.Slip
	ShipDate  Date // column 5; no day if blank or not readable
	ByB2      bool // column 43 is 1: B2 registers the slip itself (P69)

	Verdict  Verdict
	Findings []Finding
}

// Cell is a column by its number from 1, or "".
func (r *Row) Cell(column int) string {
	if column < 1 || column > len(r.Cells) {
		return ""
	}
	return r.Cells[column-1]
}

// Reader reads what B2 gives back, row by row: 95 or 97 columns, header or none,
// quotes or none, lines ended by CRLF, LF or CR. Blank lines are passed over. A
// Reader is for one goroutine.
type Reader struct {
	scan  scanner
	at    Position
	types []SlipType
	err   error
}

// NewReader begins a file. It waits for up to 64 KiB of it to tell the character
// set. types are the slip types in use; nil is Today(). What is wrong with the
// file comes with the first Next.
func NewReader(src io.Reader, limits Limits, types []SlipType) *Reader {
	r := Resume(src, Position{}, limits, types)
	r.at.Charset, r.scan.offset, r.err = detect(r.scan.in)
	r.at.Offset = r.scan.offset
	return r
}

// Resume reads on from a Position: src begins at its Offset.
func Resume(src io.Reader, at Position, limits Limits, types []SlipType) *Reader {
	if types == nil {
		types = Today()
	}
	return &Reader{
		scan:  scanner{in: bufio.NewReaderSize(src, peek), offset: at.Offset, line: at.Line, limits: limits.orDefault()},
		at:    at,
		types: types,
	}
}

// Position is where the next row begins.
func (r *Reader) Position() Position { return r.at }

// Next gives the next row. io.EOF is the good end; a *FileError ends the file at
// that line; any other error is one of the source. All errors stay.
func (r *Reader) Next() (*Row, error) {
	for r.err == nil {
		start := r.at.Offset
		if r.err = r.scan.next(); r.err != nil {
			break
		}
		cells, damaged := r.text()
		header := false
		if r.at.Columns == 0 {
			header, r.err = isHeader(cells, r.scan.line)
		}
		if r.err != nil {
			break
		}
		r.at.Line, r.at.Offset = r.scan.line, r.scan.offset
		r.at.Header = r.at.Header || header
		if r.at.Columns == 0 && (len(cells) == Columns95 || len(cells) == Columns97) {
			r.at.Columns = len(cells)
		}
		if header || blank(cells) {
			continue
		}
		row := &Row{Line: r.scan.line, Offset: start, Digest: digestOf(r.scan.cells, cells, damaged), Cells: cells}
		r.judge(row, damaged)
		return row, nil
	}
	return nil, r.err
}

// text reads the cells' characters; damaged are the columns, from 0, with bytes
// that are none.
func (r *Reader) text() (cells []string, damaged []int) {
	cells = make([]string, len(r.scan.cells))
	for i, raw := range r.scan.cells {
		ok := true
		if r.at.Charset == UTF8BOM {
			cells[i], ok = strings.ToValidUTF8(string(raw), "\uFFFD"), utf8.Valid(raw)
		} else {
			cells[i], ok = fromCP932(raw)
		}
		if !ok {
			damaged = append(damaged, i)
		}
	}
	return cells, damaged
}

// isHeader reports whether a line holds the names of the columns. One that does
// so in another order is not B2's basic layout, and nothing of it is read.
func isHeader(cells []string, line int) (bool, error) {
	name := func(i int) string {
		if i >= len(cells) {
			return ""
		}
		return strings.TrimSpace(norm.NFKC.String(cells[i]))
	}
	first, fourth := name(0) == "お客様管理番号", name(3) == "伝票番号" || name(3) == "送り状番号"
	if first != fourth || first && len(cells) != Columns95 && len(cells) != Columns97 {
		return false, &FileError{Kind: ForeignHeader, Line: line}
	}
	return first, nil
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// digestOf is SHA-256 over each cell's length and text; a cell that could not be
// read counts by its bytes, with a mark, so that two of them stay two.
func digestOf(raw [][]byte, cells []string, damaged []int) Digest {
	h := sha256.New()
	var length [8]byte
	for i, cell := range cells {
		n := uint64(len(cell))
		if len(damaged) > 0 && damaged[0] == i {
			cell, n, damaged = string(raw[i]), uint64(len(raw[i]))|1<<63, damaged[1:]
		}
		binary.BigEndian.PutUint64(length[:], n)
		h.Write(length[:])
		io.WriteString(h, cell)
	}
	return Digest(h.Sum(nil))
}
