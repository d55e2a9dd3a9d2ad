package b2

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"kessai.dev/kessai/internal/shipping"
)

// slipOf gives the n-th sound slip number.
func slipOf(n int) string {
	digits := fmt.Sprintf("%011d", 12345678901+n)
	return fmt.Sprintf("%s%d", digits, (12345678901+n)%7)
}

// given is a row as B2 gives it back, with some cells changed.
func given(change map[int]string) []string {
	s := parcel()
	cells, _ := Encode(&s, Options{})
	cells[colSlip-1] = slipOf(0)
	cells[82], cells[83] = "ユーザーID", "0611112222"
	for column, value := range change {
		cells[column-1] = value
	}
	return cells
}

func lines(t testing.TB, quoteAll bool, rows ...[]string) []byte {
	t.Helper()
	var out []byte
	for _, cells := range rows {
		var err error
		if out, err = appendLine(out, cells, quoteAll); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func readAll(t testing.TB, r *Reader) []*Row {
	t.Helper()
	var rows []*Row
	for {
		row, err := r.Next()
		if err == io.EOF {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
}

// R30: whatever dress the file wears, the rows are the same, and so are their digests.
func TestDresses(t *testing.T) {
	rows := [][]string{given(nil), given(map[int]string{1: "1397", 4: slipOf(1), 12: "東京都, 中央区\"銀座\""})}
	wide := func(cells []string) []string { return append(slices.Clone(cells), "", "") }
	utf8 := func(b []byte) []byte {
		s, ok := fromCP932(b)
		if !ok {
			t.Fatal("not CP932")
		}
		return []byte("\xEF\xBB\xBF" + s)
	}
	crlf, lf, cr := []byte("\r\n"), []byte("\n"), []byte("\r")
	plain := lines(t, false, rows...)
	header := lines(t, false, append([][]string{Header(95)}, rows...)...)
	tests := map[string]struct {
		file    []byte
		charset Charset
		header  bool
		first   int // line of the first row
	}{
		"plain":         {plain, CP932, false, 1},
		"header":        {header, CP932, true, 2},
		"quoted":        {lines(t, true, append([][]string{Header(95)}, rows...)...), CP932, true, 2},
		"LF":            {bytes.ReplaceAll(header, crlf, lf), CP932, true, 2},
		"CR":            {bytes.ReplaceAll(header, crlf, cr), CP932, true, 2},
		"no last end":   {bytes.TrimSuffix(plain, crlf), CP932, false, 1},
		"blank lines":   {slices.Concat(crlf, header, crlf, []byte(strings.Repeat(",", 94)), crlf), CP932, true, 3},
		"UTF-8":         {utf8(header), UTF8BOM, true, 2},
		"UTF-8, quoted": {utf8(lines(t, true, rows...)), UTF8BOM, false, 1},
	}
	var digests []Digest
	for name, test := range tests {
		r := NewReader(iotest.OneByteReader(bytes.NewReader(test.file)), Limits{}, nil)
		got := readAll(t, r)
		if len(got) != 2 || r.Position().Charset != test.charset || r.Position().Header != test.header || r.Position().Columns != 95 {
			t.Fatalf("%s: %d rows, %+v", name, len(got), r.Position())
		}
		for i, row := range got {
			if row.Verdict != Register || row.Reference != rows[i][0] || row.Slip != shipping.Slip(rows[i][3]) ||
				row.ShipDate != (Date{2026, 11, 24}) || row.Line != test.first+i || !slices.Equal(row.Cells, rows[i]) || row.SlipType != "0" {
				t.Errorf("%s, row %d: %+v", name, i, row)
			}
			digests = append(digests, row.Digest)
		}
		if got[0].Digest != digests[0] || got[1].Digest != digests[1] || digests[0] == digests[1] {
			t.Errorf("%s: other digests", name)
		}
	}
	r := NewReader(bytes.NewReader(lines(t, false, Header(97), wide(rows[0]))), Limits{}, nil)
	if got := readAll(t, r); len(got) != 1 || got[0].Verdict != Register || r.Position().Columns != 97 {
		t.Errorf("97 columns: %+v", got)
	}
}

// R30, P63: a blank slip is no slip yet, and nothing else.
func TestBlankSlip(t *testing.T) {
	for _, blank := range []string{"", " ", "　"} {
		row := readAll(t, NewReader(bytes.NewReader(lines(t, false, given(map[int]string{4: blank}))), Limits{}, nil))[0]
		if row.Verdict != NoSlipYet || row.Slip != "" || len(row.Findings) != 1 || row.Findings[0].Kind != NoSlip || row.Findings[0].Refuses {
			t.Errorf("%q: %+v", blank, row)
		}
	}
}

// P68: a comma too many shifts what follows; such a row is not read.
func TestColumnCount(t *testing.T) {
	good := given(nil)
	file := lines(t, false, good, good[:94], append(slices.Clone(good), "", ""), good)
	got := readAll(t, NewReader(bytes.NewReader(file), Limits{}, nil))
	for i, want := range []Verdict{Register, RefusedLine, RefusedLine, Register} {
		if got[i].Verdict != want || want == RefusedLine && (got[i].Findings[0].Kind != ColumnCount || got[i].Slip != "" || got[i].Reference != "") {
			t.Errorf("row %d: %+v", i+1, got[i])
		}
	}
	var fileError *FileError
	if _, err := Inspect(strings.NewReader("a,b\r\n"), Limits{}, nil); !errors.As(err, &fileError) || fileError.Kind != ForeignColumns {
		t.Errorf("a file of two columns: %v", err)
	}
}

// R30: what is no file of B2 is refused, with the line, and stays refused.
func TestFileErrors(t *testing.T) {
	good := string(lines(t, false, given(nil)))
	swapped := Header(95)
	swapped[3], swapped[4] = swapped[4], swapped[3]
	nihongo := strings.Repeat("決済,", 94)
	for name, test := range map[string]struct {
		file string
		kind FileKind
		line int
	}{
		"quoted newline":    {good + "1,\"a\r\nb\"\r\n", QuotedNewline, 2},
		"quoted LF":         {good + "\"\n\"", QuotedNewline, 2},
		"stray":             {good + good + `"a"b,`, StrayQuote, 3},
		"unclosed":          {good + `1,"a`, UnclosedQuote, 2},
		"UTF-8 unmarked":    {nihongo, PlainUTF8, 1},
		"UTF-16":            {"\xFF\xFEa\x00", UTF16, 1},
		"workbook":          {"PK\x03\x04", Workbook, 1},
		"old workbook":      {"\xD0\xCF\x11\xE0\xA1", Workbook, 1},
		"swapped header":    {string(lines(t, false, swapped)), ForeignHeader, 1},
		"short header":      {string(lines(t, false, Header(95)[:50])), ForeignHeader, 1},
		"line too long":     {good + strings.Repeat("a", 2500), LineTooLong, 2},
		"too many lines":    {strings.Repeat("\r\n", 11), TooManyLines, 11},
		"too large a file":  {strings.Repeat(good, 9) + good, FileTooLarge, 8},
		"quote, then a row": {good + "\"\r\n" + good, QuotedNewline, 2},
	} {
		r := NewReader(strings.NewReader(test.file), Limits{Bytes: int64(len(good))*8 - 3, Lines: 10, LineBytes: 2000}, nil)
		var err error
		for err == nil {
			_, err = r.Next()
		}
		var fe *FileError
		if !errors.As(err, &fe) || fe.Kind != test.kind || fe.Line != test.line || fe.Japanese() == "" {
			t.Errorf("%s: %v", name, err)
		}
		if _, again := r.Next(); again != err {
			t.Errorf("%s: the second time %v", name, again)
		}
	}
	broken := errors.New("broken")
	r := NewReader(io.MultiReader(strings.NewReader(good), iotest.ErrReader(broken)), Limits{}, nil)
	if row, err := r.Next(); err != nil || row.Verdict != Register {
		t.Errorf("the row before the break: %v", err)
	}
	if _, err := r.Next(); !errors.Is(err, broken) {
		t.Errorf("a broken source ends as %v", err)
	}
}

// R30, P64: from any row the reader reads on as if it had never stopped.
func TestResume(t *testing.T) {
	for _, mark := range []string{"", "\xEF\xBB\xBF"} {
		rows := [][]string{Header(95)}
		for i := range 20 {
			rows = append(rows, given(map[int]string{1: fmt.Sprint(i), 4: slipOf(i), 12: "Ginza", 13: "", 16: "X", 17: "", 23: "U", 25: "S", 26: "", 28: "a,b", 30: "", 33: "", 83: ""}))
		}
		rows[0][0] = "お客様管理番号"
		file := lines(t, false, rows...)
		if mark != "" {
			s, _ := fromCP932(file)
			file = []byte(mark + s)
		}
		r := NewReader(bytes.NewReader(file), Limits{}, nil)
		whole := readAll(t, NewReader(bytes.NewReader(file), Limits{}, nil))
		for i := range whole {
			if _, err := r.Next(); err != nil {
				t.Fatal(err)
			}
			at := r.Position()
			rest := readAll(t, Resume(bytes.NewReader(file[at.Offset:]), at, Limits{}, nil))
			if len(rest) != len(whole)-i-1 {
				t.Fatalf("after %d: %d rows are left", i+1, len(rest))
			}
			for j, row := range rest {
				if w := whole[i+1+j]; row.Digest != w.Digest || row.Line != w.Line || row.Offset != w.Offset || row.Verdict != w.Verdict {
					t.Errorf("after %d: %+v is not %+v", i+1, row, w)
				}
			}
		}
	}
}

// R30: the same bytes, the same digest; Inspect counts what an import would do.
func TestInspect(t *testing.T) {
	file := lines(t, false, Header(95), given(nil), given(map[int]string{4: ""}), given(map[int]string{4: "1.23457E+11"}))
	f, err := Inspect(bytes.NewReader(file), Limits{}, nil)
	if err != nil || f.Bytes != int64(len(file)) || !f.Header || f.Columns != 95 || f.Charset != CP932 ||
		f.Rows[Register] != 1 || f.Rows[NoSlipYet] != 1 || f.Rows[RefusedLine] != 1 {
		t.Errorf("%+v, %v", f, err)
	}
	again, _ := Inspect(iotest.HalfReader(bytes.NewReader(file)), Limits{}, nil)
	other, _ := Inspect(bytes.NewReader(file[:len(file)-2]), Limits{}, nil)
	if again.Digest != f.Digest || other.Digest == f.Digest {
		t.Error("the digest is of the file's bytes")
	}
	if f, err := Inspect(strings.NewReader(""), Limits{}, nil); err != nil || len(f.Rows) != 0 {
		t.Errorf("an empty file: %+v, %v", f, err)
	}
	if f, err := Inspect(strings.NewReader("\"a\"b"), Limits{}, nil); err == nil || f.Digest != (Digest{}) {
		t.Error("a file that was not read to its end has no digest")
	}
}
