package b2

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/shipping"
	"pgregory.net/rapid"
)

// R29, R30, P66, P68: whatever CP932 can hold goes out and comes back, with
// quotes or without.
func TestRoundTrip(t *testing.T) {
	cell := anyText()
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.SampledFrom([]int{Columns95, Columns97}).Draw(t, "columns")
		cells := make([]string, columns)
		for _, i := range rapid.SliceOfN(rapid.IntRange(0, columns-1), 0, 12).Draw(t, "filled") {
			cells[i] = cell.Draw(t, "cell")
		}
		cells[0], cells[3] = "1396", "123456789013"
		file, err := appendLine(nil, cells, rapid.Bool().Draw(t, "quoted"))
		if err != nil {
			t.Fatal(err)
		}
		row, err := NewReader(bytes.NewReader(file), Limits{}, nil).Next()
		if err != nil {
			t.Fatalf("%q: %v", file, err)
		}
		if !slices.Equal(row.Cells, cells) {
			t.Fatalf("%q came back as %q", cells, row.Cells)
		}
	})
}

// R29: what Encode lets through is within its limits and its alphabet, safe, on
// one line, and comes back; every change is told.
func TestEncodeHolds(t *testing.T) {
	text := rapid.OneOf(anyText(), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		s := parcel()
		for name, field := range map[string]*string{
			"name": &s.To.Name, "kana": &s.To.Kana, "city": &s.To.City, "line1": &s.To.Line1, "line2": &s.To.Line2,
			"company": &s.To.Company, "goods": &s.Goods[0], "note": &s.Note, "phone": &s.To.Phone, "from": &s.From.Line2,
		} {
			if rapid.IntRange(0, 3).Draw(t, name+" changes") == 0 {
				*field = text.Draw(t, name)
			}
		}
		checkEncoded(t, &s, Options{CutAll: rapid.Bool().Draw(t, "cut")})
	})
}

type failer interface {
	Fatalf(format string, args ...any)
}

func checkEncoded(t failer, s *Shipment, o Options) {
	cells, findings := Encode(s, o)
	if (cells == nil) != refuses(findings) {
		t.Fatalf("cells %v with %+v", cells, findings)
	}
	for _, f := range findings {
		if f.English() == "" || f.Japanese() == "" {
			t.Fatalf("%+v says nothing", f)
		}
	}
	if cells == nil {
		return
	}
	for i, cell := range cells {
		c := layout[i]
		form, limited := alphabets[c.Alphabet]
		switch {
		case !has(cell) || strings.ContainsAny(cell, "\r\n\t\x00"):
			t.Fatalf("column %d: %q is not clean", i+1, cell)
		case units(cell) > c.Half:
			t.Fatalf("column %d: %q is too long", i+1, cell)
		case cell != "" && strings.ContainsRune(formulaStarts, []rune(cell)[0]):
			t.Fatalf("column %d: %q begins like a formula", i+1, cell) // P72
		case cell != "" && limited && !form.MatchString(cell):
			t.Fatalf("column %d: %q is not in its alphabet", i+1, cell)
		}
	}
	told := func(columns ...int) bool {
		return slices.ContainsFunc(findings, func(f Finding) bool { return slices.Contains(columns, f.Column) && f.Kind != Vendor })
	}
	for column, original := range map[int]string{colToName: s.To.Name, colToCompany: s.To.Company, colGoods: s.Goods[0], colNote: s.Note, colToPhone: s.To.Phone} {
		if cells[column-1] != strings.TrimSpace(original) && !told(column) {
			t.Fatalf("column %d: %q became %q in silence", column, original, cells[column-1])
		}
	}
	if cells[colReference-1] != s.Reference {
		t.Fatalf("the reference %q became %q", s.Reference, cells[colReference-1])
	}
	if whole := strings.TrimSpace(s.To.Prefecture) + strings.TrimSpace(s.To.City) + strings.TrimSpace(s.To.Line1); cells[colToAddress-1] != strings.TrimSpace(whole) && !told(colToAddress, colToBuilding) {
		t.Fatalf("the address %q became %q in silence", whole, cells[colToAddress-1])
	}
	for _, quoted := range []bool{false, true} {
		file, err := appendLine(nil, cells, quoted)
		if err != nil {
			t.Fatalf("%v", err)
		}
		row, err := NewReader(bytes.NewReader(file), Limits{}, nil).Next()
		if err != nil || !slices.Equal(row.Cells, cells) || row.Verdict != NoSlipYet {
			t.Fatalf("%q came back as %+v, %v", cells, row, err)
		}
	}
}

// R29: a split address loses nothing but blanks.
func TestSplitLosesNothing(t *testing.T) {
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	text := rapid.StringOfN(rapid.SampledFrom([]rune("銀座丁目番地町ビル1２３-－ 　A")), 0, 40, -1)
	rapid.Check(t, func(t *rapid.T) {
		place, line1, line2 := text.Draw(t, "place"), strings.TrimSpace(text.Draw(t, "line1")), strings.TrimSpace(text.Draw(t, "line2"))
		address, building, moved := splitAddress(place, line1, line2)
		if squeeze(address+building) != squeeze(place+line1+line2) {
			t.Fatalf("%q %q %q became %q %q", place, line1, line2, address, building)
		}
		if moved && (units(address) > addressUnits || units(building) > buildingUnits) {
			t.Fatalf("moved, and still too long: %q %q", address, building)
		}
	})
}

// R30: a reader of anything ends, stays within its limits, tells the truth about
// where it is, and lets only sound slips through.
func FuzzRead(f *testing.F) {
	f.Add(lines(f, false, Header(95), given(nil), given(map[int]string{4: "1.23457E+11"})), uint8(1))
	f.Add(lines(f, true, given(map[int]string{4: ""}), given(nil)), uint8(0))
	f.Add([]byte("\xEF\xBB\xBF\"a\"\"\",b\r\n\r\r\n,,"), uint8(2))
	f.Add([]byte("\"\x81\",\xFA\x5C\n\"x\ny\""), uint8(0))
	f.Fuzz(func(t *testing.T, file []byte, stop uint8) {
		limits := Limits{Bytes: 1 << 16, Lines: 200, LineBytes: 1 << 12}
		rows, positions, end := collect(t, NewReader(bytes.NewReader(file), limits, nil), file)
		var fe *FileError
		if end != io.EOF && !errors.As(end, &fe) {
			t.Fatalf("ends with %v", end)
		}
		if len(rows) == 0 {
			return
		}
		at := positions[int(stop)%len(rows)]
		rest, _, again := collect(t, Resume(bytes.NewReader(file[at.Offset:]), at, limits, nil), file)
		if len(rest) != len(rows)-int(stop)%len(rows)-1 || fmt.Sprint(again) != fmt.Sprint(end) {
			t.Fatalf("resumed at %+v: %d rows and %v, want %v", at, len(rest), again, end)
		}
		for i := range rest {
			if w := rows[len(rows)-len(rest)+i]; rest[i].Digest != w.Digest || rest[i].Line != w.Line || rest[i].Verdict != w.Verdict {
				t.Fatalf("resumed: %+v, want %+v", rest[i], w)
			}
		}
	})
}

func collect(t *testing.T, r *Reader, file []byte) (rows []*Row, positions []Position, end error) {
	for last := r.Position(); ; {
		row, err := r.Next()
		if err != nil {
			return rows, positions, err
		}
		at := r.Position()
		if row.Offset < last.Offset || at.Offset <= row.Offset || at.Offset > int64(len(file)) || row.Line <= last.Line || at.Line != row.Line {
			t.Fatalf("from %+v by row %d at %d to %+v", last, row.Line, row.Offset, at)
		}
		sound, err := shipping.ParseSlip(string(row.Slip))
		switch {
		case row.Verdict == Register && (err != nil || sound != row.Slip || row.Reference == "" || len(row.Cells) != at.Columns):
			t.Fatalf("registered without a sound slip: %+v", row)
		case row.Verdict != Register && row.Verdict != NoSlipYet && !refuses(row.Findings):
			t.Fatalf("refused without a reason: %+v", row)
		case row.Verdict == NoSlipYet && row.Slip != "":
			t.Fatalf("a slip that is none: %+v", row)
		}
		for _, f := range row.Findings {
			if f.English() == "" || f.Japanese() == "" {
				t.Fatalf("%+v says nothing", f)
			}
		}
		rows, positions, last = append(rows, row), append(positions, at), at
	}
}

// R29: nothing that a shopper types breaks a row.
func FuzzWrite(f *testing.F) {
	f.Add("1396", "髙橋　花子", "タカハシ", "03-1234-5678", "銀座２－１６", "=cmd|' /C calc'!A0", false)
	f.Add("a", "\"\r\n,", "\xff", "+81", "𠮷\u3099", "〜−①😀", true)
	f.Fuzz(func(t *testing.T, reference, name, kana, phone, line, note string, all bool) {
		s := parcel()
		s.Reference, s.To.Name, s.To.Kana, s.To.Phone, s.To.Line1, s.To.Line2, s.Note = reference, name, kana, phone, line, name, note
		checkEncoded(t, &s, Options{CutAll: all})
	})
}

// A thousand rows, read and judged: the dry run's part of its second.
func BenchmarkRead1000(b *testing.B) {
	rows := [][]string{Header(95)}
	for i := range 1000 {
		rows = append(rows, given(map[int]string{1: fmt.Sprint(i), 4: slipOf(i)}))
	}
	file := lines(b, true, rows...)
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		f, err := Inspect(bytes.NewReader(file), Limits{}, nil)
		if err != nil || f.Rows[Register] != 1000 {
			b.Fatal(f, err)
		}
	}
}

func BenchmarkWrite1000(b *testing.B) {
	s := parcel()
	for b.Loop() {
		w, err := NewWriter(io.Discard, Options{})
		if err != nil {
			b.Fatal(err)
		}
		for range 1000 {
			if r, err := w.Write(&s); err != nil || r.Refused() {
				b.Fatal(r, err)
			}
		}
	}
}
