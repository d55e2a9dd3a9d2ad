package sheet

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"

	"kessai.dev/kessai/internal/payment"
)

var format = Format{MaxBytes: 4096, MaxRows: 3, Columns: []Column{
	{Key: "number", Needed: "number (番号)", Names: []string{"受付番号", "番号", "number"}},
	{Key: "yen", Names: []string{"金額", "amount"}},
}}

func readAll(content string) (rows []Row, err error) {
	err = format.Read([]byte(content), func(r Row) error { rows = append(rows, r); return nil })
	return rows, err
}

// P66: a file in any of the forms that systems write is read, with each column
// wherever it is and however its name is written.
func TestRead(t *testing.T) {
	text := "メモ, ＡＭＯＵＮＴ ,番号\r\n\"改行\nとカンマ,\",5080, A-1 \r\n\r\n,,\r\nx,1,2,3\r\n"
	sjis, err := japanese.ShiftJIS.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"UTF-8": text, "with its mark": "\uFEFF" + text, "CP932": sjis, "LF": strings.ReplaceAll(text, "\r\n", "\n")} {
		rows, err := readAll(content)
		if err != nil || len(rows) != 3 {
			t.Fatalf("%s: %d rows, %v", name, len(rows), err)
		}
		if r := rows[0]; r.Line != 2 || r.Get("number") != "A-1" || r.Get("yen") != "5080" || r.Get("gone") != "" || r.Shifted() || !r.Has("yen") || r.Has("gone") {
			t.Errorf("%s: %+v", name, r)
		}
		if r := rows[1]; r.Line != 5 || r.First() != "" {
			t.Errorf("%s: %+v", name, r)
		}
		if r := rows[2]; r.Line != 6 || !r.Shifted() || r.First() != "x" { // P68
			t.Errorf("%s: %+v", name, r)
		}
	}
	rows, err := readAll("番号,受付番号\r\n1,2\r\n")
	if err != nil || rows[0].Get("number") != "2" || rows[0].Has("yen") {
		t.Errorf("%+v, %v", rows, err)
	}
}

// P66: what cannot be read to its end is refused, with what to mend; and whoever
// reads may stop.
func TestUnreadable(t *testing.T) {
	for content, want := range map[string]string{
		"":                          "is needed",
		"1396,WC1\r\n":              "has no column number (番号)",
		"number\r\n\"13":            "cannot be read on",
		"nu\"mber\r\n":              "has a first line",
		"\x82":                      "is neither",
		"\xff\xfen\x00u\x00":        "is neither",
		"number,番号,Number\r\n1\r\n": "",
		"number, NUMBER \r\n1\r\n":  "names the column number twice",
		"number\r\n" + strings.Repeat("1\r\n", format.MaxRows+1): "has more than 3 rows",
		strings.Repeat("x", format.MaxBytes+1):                   "is larger than 4096 bytes",
	} {
		_, err := readAll(content)
		invalid, _ := errors.AsType[*payment.InvalidError](err)
		if want == "" != (err == nil) || err != nil && (invalid == nil || !strings.HasPrefix(invalid.Violations[0].Text, want)) {
			t.Errorf("%.20q: %v, want %q", content, err, want)
		}
	}
	stop := errors.New("enough")
	if err := format.Read([]byte("number\r\n1\r\n2\r\n"), func(Row) error { return stop }); !errors.Is(err, stop) {
		t.Error(err)
	}
}

// P67 P83: yen are read as people write them, and nothing that could be another
// number is taken for yen.
func TestYen(t *testing.T) {
	for cell, want := range map[string]int{
		"5080": 5080, " 5080 ": 5080, "5,080": 5080, "￥5,080": 5080, "¥5080": 5080, `\5,080`: 5080, "５，０８０円": 5080, "1,234,567": 1234567, "0": 0,
		"-1,080": -1080, "－１０８０": -1080, "−1080": -1080, "△1,080": -1080, "▲ 1080": -1080, "(1,080)": -1080, "¥-1,080": -1080, "-¥1,080": -1080, "（¥1,080）": -1080,
		"9999999": 9999999, "-9,999,999": -9999999,
	} {
		if got, ok := Yen(cell); !ok || int(got) != want {
			t.Errorf("%q: %d %v, want %d", cell, got, ok, want)
		}
	}
	for _, cell := range []string{"", " ", "-", "--1", "5080.0", "5.08E+3", "5,08", "50,80", "1,23,456", "05080", "+5080", "10,000,000", "99999999999999999999", "5080 yen", "五千", "####", "5080-", "¥", "1 234円x"} {
		if got, ok := Yen(cell); ok {
			t.Errorf("%q: %d", cell, got)
		}
	}
}

// P67: days are read with their year first, and no other way.
func TestDay(t *testing.T) {
	for cell, want := range map[string]string{
		"2026-11-24": "2026-11-24", "2026/1/5": "2026-01-05", "2026年11月24日": "2026-11-24", "２０２６／１１／２４": "2026-11-24", "20261124": "2026-11-24",
		"20261124235959": "2026-11-24", "2026/11/24 15:30": "2026-11-24", "2026-11-24T15:30:00+09:00": "2026-11-24", "2028-02-29": "2028-02-29",
	} {
		if got, ok := Day(cell); !ok || got.Format("2006-01-02") != want {
			t.Errorf("%q: %v %v", cell, got, ok)
		}
	}
	for _, cell := range []string{"", "45000", "1/5/2026", "5-Jan-26", "11月24日", "2026-02-30", "2026/13/1", "2026-11/24", "202611", "1999-12-31", "2026年11-24"} {
		if got, ok := Day(cell); ok {
			t.Errorf("%q: %v", cell, got)
		}
	}
}

// P67: what a spreadsheet has made of a number that names something.
func TestMangled(t *testing.T) {
	for _, cell := range []string{"4.71E+11", "1E+10", "４.７１e+11", "1234567890.0", "1,234,567,890", "####", "2026/1/5", "2026年1月5日"} {
		if !Mangled(cell) {
			t.Errorf("%q", cell)
		}
	}
	for _, cell := range []string{"", "1396", "0012345678", "1K3V00EG8Q0000000001-2", "2026-01-05", "WC-1", "A.1"} {
		if Mangled(cell) {
			t.Errorf("%q", cell)
		}
	}
	for cell, want := range map[string]string{" wc-1 ": "WC-1", "'0012": "0012", `="0012"`: "0012", "ＷＣ１": "WC1", `="`: `="`} {
		if got := Name(cell); got != want {
			t.Errorf("%q: %q", cell, got)
		}
	}
}

// P66 P67: no file makes it panic, lines only go up, and no yen or day is out of
// bounds.
func FuzzRead(f *testing.F) {
	f.Add([]byte("number,amount\r\n1,\"5,080\"\r\n"))
	f.Add([]byte("\x8e\xf3\x95\x74\x94\xd4\x8d\x86,\x8b\xe0\x8az\r\n1,\x5c5080\r\n"))
	f.Add([]byte("\uFEFF受付番号,金額\n'00,△1\n,,\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		last := 1
		_ = format.Read(content, func(r Row) error {
			if r.Line <= last {
				t.Errorf("line %d follows line %d", r.Line, last)
			}
			last = r.Line
			for _, cell := range r.cells {
				if y, ok := Yen(cell); ok && (y > 9_999_999 || y < -9_999_999) {
					t.Errorf("%q: %d yen", cell, y)
				}
				if d, ok := Day(cell); ok && (d.Year() < 2000 || d.Year() > 9999) {
					t.Errorf("%q: %v", cell, d)
				}
				_ = Mangled(Name(cell))
			}
			return nil
		})
	})
}
