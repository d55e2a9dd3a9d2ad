package b2

import (
	"bytes"
	"strings"
	"testing"
)

// R30, P60, P67: every damage that a spreadsheet does, its name and its verdict.
func TestDamage(t *testing.T) {
	lost := "012345678903" // a sound slip that begins with 0
	for _, test := range []struct {
		column  int
		cell    string
		kind    Kind // "": none
		verdict Verdict
	}{
		{4, "123456789013", "", Register},
		{4, "1234-5678-9013", "", Register},
		{4, "１２３４５６７８９０１３", "", Register},
		{4, lost, "", Register},
		{4, lost[1:], SlipZeroLost, RefusedLine},
		{4, "1.23457E+11", SlipNumber, RefusedLine},
		{4, "4.71E+11", SlipNumber, RefusedLine},
		{4, "1.23456789013E+11", SlipNumber, RefusedLine},
		{4, "1E+11", SlipNumber, RefusedLine},
		{4, "１.２３E+11", SlipNumber, RefusedLine},
		{4, "123456789013.0", SlipNumber, RefusedLine},
		{4, "123,456,789,013", SlipNumber, RefusedLine},
		{4, "123456789012", SlipWrong, RefusedLine},
		{4, "1234567890130", SlipWrong, RefusedLine},
		{4, "'123456789013", SlipWrong, RefusedLine},
		{4, `="123456789013"`, SlipWrong, RefusedLine},
		{4, "なし", SlipWrong, RefusedLine},
		{4, "#########", Hashes, RefusedLine},
		{4, "2024/1/5", SlipDate, RefusedLine},
		{4, "1月5日", SlipDate, RefusedLine},
		{4, "5-Jan", SlipDate, RefusedLine},
		{4, "45000", SlipDate, RefusedLine},
		{4, "", NoSlip, NoSlipYet},

		{1, "", NoReference, RefusedLine},
		{1, "1.23457E+14", ReferenceNumber, RefusedLine},
		{1, "1E+15", ReferenceNumber, RefusedLine},
		{1, "1396.0", ReferenceNumber, RefusedLine},
		{1, "2024/1/5", ReferenceDate, RefusedLine},
		{1, "1月5日", ReferenceDate, RefusedLine},
		{1, "####", Hashes, RefusedLine},
		{1, "2024-01-05", "", Register}, // a shop may number so
		{1, "1396_2", "", Register},
		{1, "12E3", "", Register},

		{5, "2026/11/24", "", Register},
		{5, "", "", Register},
		{5, "2024/1/5", DateReformatted, Register},
		{5, "2024-01-05", DateReformatted, Register},
		{5, "2024/01/05 0:00", DateReformatted, Register},
		{5, "45000", DateSerial, RefusedLine},
		{5, "45000.5", DateSerial, RefusedLine},
		{5, "1/5/2024", DateWrong, RefusedLine},
		{5, "5-Jan-24", DateWrong, RefusedLine},
		{5, "2026/02/30", DateWrong, RefusedLine},
		{5, "########", Hashes, RefusedLine},

		{9, "09012345678", "", Register},
		{9, "9012345678", ZeroLost, Register},
		{9, "312345678", ZeroLost, Register},
		{11, "600001", ZeroLost, Register},
		{20, "661112222", ZeroLost, Register},
		{43, "1", RegisteredByB2, Register}, // P69
		{43, "0", "", Register},
	} {
		row := readAll(t, NewReader(bytes.NewReader(lines(t, false, given(map[int]string{test.column: test.cell}))), Limits{}, nil))[0]
		var kind Kind
		if len(row.Findings) > 0 {
			kind = row.Findings[0].Kind
		}
		if kind != test.kind || row.Verdict != test.verdict || len(row.Findings) > 1 || (row.Slip != "") != (test.column != 4 || test.verdict == Register) {
			t.Errorf("column %d, %q: %s %+v; want %s %s", test.column, test.cell, row.Verdict, row.Findings, test.verdict, test.kind)
		}
		for _, f := range row.Findings {
			if f.Column != test.column || !strings.Contains(f.English(), ": ") || f.Japanese() == "" {
				t.Errorf("column %d, %q: %s", test.column, test.cell, f.English())
			}
		}
	}
}

// P67: a serial number that is in two calendars, and a date in another dress.
func TestDateOfDamage(t *testing.T) {
	for cell, want := range map[string]Date{"2024/1/5": {2024, 1, 5}, "2024/01/05": {2024, 1, 5}, "45000": {}, "": {}} {
		row := readAll(t, NewReader(bytes.NewReader(lines(t, false, given(map[int]string{5: cell}))), Limits{}, nil))[0]
		if row.ShipDate != want {
			t.Errorf("%q is %v, want %v", cell, row.ShipDate, want)
		}
	}
}

// R30, P60: 11 digits are a packet's where the slip type is one, today's or the classic list's.
func TestPacketNumber(t *testing.T) {
	for _, test := range []struct {
		code  string
		types []SlipType
		kind  Kind
	}{
		{"7", nil, SlipPacket}, {"A", nil, SlipPacket}, {"0", nil, SlipWrong}, {"A", Classic(), SlipWrong},
	} {
		file := lines(t, false, given(map[int]string{2: test.code, 4: "12345678902"}))
		row := readAll(t, NewReader(bytes.NewReader(file), Limits{}, test.types))[0]
		if row.Verdict != RefusedLine || row.Findings[0].Kind != test.kind {
			t.Errorf("type %s: %+v", test.code, row.Findings)
		}
	}
}

// Bytes that are no characters refuse a row only where it is judged.
func TestBadBytesInRow(t *testing.T) {
	file := bytes.Replace(lines(t, false, given(nil)), []byte("\x8e\xe6\x88\xb5"), []byte("\x8e\xe6\xff\xff"), 1)
	row := readAll(t, NewReader(bytes.NewReader(file), Limits{}, nil))[0]
	if row.Verdict != Register || len(row.Findings) != 1 || row.Findings[0].Kind != BadBytes || row.Findings[0].Column != colNote {
		t.Errorf("in the note: %+v", row.Findings)
	}
	file = append([]byte("\xff"), lines(t, false, given(nil))...)
	row = readAll(t, NewReader(bytes.NewReader(file), Limits{}, nil))[0]
	if row.Verdict != RefusedLine || row.Findings[0].Kind != BadBytes || row.Findings[0].Column != colReference {
		t.Errorf("in the reference: %+v", row.Findings)
	}
}

// R30: cells that could not be read stay apart by their bytes, and from text.
func TestDigestOfBadBytes(t *testing.T) {
	digest := func(raw string, damaged ...int) Digest {
		return digestOf([][]byte{[]byte("1396"), []byte(raw)}, []string{"1396", "\uFFFD"}, damaged)
	}
	once, again := digest("\xff", 1), digest("\xff", 1)
	if once == digest("\xfe", 1) || once != again || digest("\uFFFD", 1) == digest("\uFFFD") {
		t.Error("the digest of a damaged cell is that of its bytes, with a mark")
	}
}
