package dispatch

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/japanese"

	"kessai.dev/kessai/internal/b2"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

func (h *house) exports(t testing.TB, r ExportRequest) Export {
	t.Helper()
	x, err := h.desk().Export(t.Context(), caller, r)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// rowsOf reads an exported file back as B2 does.
func rowsOf(t testing.TB, content []byte) []*b2.Row {
	t.Helper()
	var rows []*b2.Row
	for r := b2.NewReader(bytes.NewReader(content), b2.Limits{}, nil); ; {
		row, err := r.Next()
		if err != nil {
			return rows
		}
		rows = append(rows, row)
	}
}

func numbers(rows []*b2.Row, column int) string {
	var out []string
	for _, r := range rows {
		out = append(out, r.Cell(column))
	}
	return strings.Join(out, " ")
}

// The orders that wait for a slip go out, oldest first, over several pages, with
// receiver, sender and goods; the file with slips written in comes back and ships
// them all.
// R19 R29 R30 P73
func TestExport(t *testing.T) {
	h := newHouse()
	var ids []string
	for i := range 7 {
		p := h.order(fmt.Sprint("13", 90+i), "takkyubin", place("受取 花子", "京都府"))
		ids = append(ids, string(p.ID))
	}
	h.order("other", "other", place("受取 花子", "京都府"))
	want(t, "one is shipped", h.imports(t, file(line{reference: ids[2], slip: slip(99)}), false), "shipped")
	ids = slices.Delete(ids, 2, 3)

	x := h.exports(t, ExportRequest{})
	rows := rowsOf(t, x.Content)
	if x.Rows != 6 || len(x.Findings) != 0 || numbers(rows, 1) != strings.Join(ids, " ") {
		t.Fatalf("%d rows, %v: %s", x.Rows, x.Findings, numbers(rows, 1))
	}
	for column, cell := range map[int]string{
		2: "0", 4: "", 5: "2026/11/24", 9: "0751234567", 11: "600-8001", 12: "京都府下京区四条通1-2-3", 16: "受取 花子", 17: "ｳｹﾄﾘ ﾊﾅｺ",
		20: "03-3541-3411", 22: "104-8125", 23: "東京都中央区銀座2-16-10", 25: "黒猫商店", 28: "靴", 33: "注文 1390", 40: "0335413411", 42: "01", 43: "", 45: "",
	} {
		if got := rows[0].Cell(column); got != cell {
			t.Errorf("column %d: %q, want %q", column, got, cell)
		}
	}
	back := x.Content
	for i, id := range ids {
		back = bytes.Replace(back, []byte(id+",0,,,"), []byte(id+",0,,"+slip(i)+","), 1)
	}
	want(t, "back", h.imports(t, back, false), strings.TrimSpace(strings.Repeat("shipped ", 6)))
	if x = h.exports(t, ExportRequest{}); x.Rows != 0 || len(x.Content) != 0 {
		t.Errorf("%d rows remain", x.Rows)
	}
}

// The settings decide on width, header, quotes, slip type and who registers.
// R29 P69
func TestExportLayout(t *testing.T) {
	h := newHouse()
	p := h.order("1396", "takkyubin", place("受取 花子", "京都府"))
	h.shop.Settings.B2 = shop.B2{Columns: 97, Header: true, QuoteAll: true, SlipType: "8", Registers: true}
	text, err := japanese.ShiftJIS.NewDecoder().Bytes(h.exports(t, ExportRequest{}).Content)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\r\n"), "\r\n")
	cells := strings.Split(lines[1], ",")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], `"お客様管理番号"`) || len(cells) != 97 {
		t.Fatalf("%q", lines)
	}
	for column, cell := range map[int]string{1: string(p.ID), 2: "8", 43: "1", 44: "888889999", 45: p.Acceptance()} {
		if cells[column-1] != `"`+cell+`"` {
			t.Errorf("column %d: %s", column, cells[column-1])
		}
	}
}

// What the sender lacks is named, all of it, and no file is made.
// R19
func TestExportSender(t *testing.T) {
	h := newHouse()
	h.order("1396", "takkyubin", place("受取 花子", "京都府"))
	h.shop.Settings.Sender.BillingCode, h.shop.Settings.Sender.Address = " ", ""
	_, err := h.desk().Export(t.Context(), caller, ExportRequest{})
	var lacks *IncompleteError
	if !errors.As(err, &lacks) || !slices.Equal(lacks.Missing, []string{"sender.address", "sender.billing_code"}) {
		t.Fatal(err)
	}
}

// Orders that B2 cannot print, or whose slip could not come back, are left out and
// told; what CP932 lacks is replaced and told, and a name that would be lost stops
// its row.
// P31 P66 P72
func TestExportFindings(t *testing.T) {
	h := newHouse()
	lost, swapped := place("𪚥田 太郎", "京都府"), place("受取 花子", "京都府")
	swapped.Line1 = "四条通1\u20142\u20143"
	lapsed := h.order("0", "takkyubin", place("受取 花子", "京都府"))
	h.now = lapsed.HoldExpires.Add(time.Second)
	h.order("1", "takkyubin", lost)
	h.order("2", "takkyubin", swapped)
	h.order("3", "takkyubin")
	nothing := h.order("4", "takkyubin", place("受取 花子", "京都府"))
	h.orders[nothing.ID].Lines = []payment.Line{{Name: "=cmd", Kind: "download"}}
	formula := h.order("5", "takkyubin", place("受取 花子", "京都府"))
	h.orders[formula.ID].Lines[0].Name = "=1+1"
	h.silent = true
	pending := h.order("6", "takkyubin", place("受取 花子", "京都府"))
	if _, err := h.Command(t.Context(), caller, payment.Request{Method: "m", Key: "k"}, pending.ID, payment.Ship{Carrier: "yamato", Slip: slip(1)}); err != nil {
		t.Fatal(err)
	}
	x := h.exports(t, ExportRequest{})
	var told []string
	for _, f := range x.Findings {
		told = append(told, fmt.Sprintf("%s %s %d %v", f.OrderNumber, f.Kind, f.Column, f.Refused))
		if f.English == "" || f.Japanese == "" || f.Payment == "" {
			t.Errorf("%+v", f)
		}
	}
	got := strings.Join(told, "\n")
	for _, want := range []string{"0 hold_lapsed 0 true", "1 lost 16 true", "2 substituted 12 false", "3 no_address 0 true", "4 no_goods 0 false", "5 neutralised 28 false", "6 operation_pending 0 true"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not told:\n%s", want, got)
		}
	}
	if rows := rowsOf(t, x.Content); x.Rows != 3 || len(rows) != 3 {
		t.Errorf("%d rows:\n%s", x.Rows, got)
	}
}

// The filter narrows; the day is today to 30 days on, in Japan.
// R29
func TestExportRequest(t *testing.T) {
	h := newHouse()
	h.order("1", "takkyubin", place("受取 花子", "京都府"))
	h.order("2", "takkyubin", place("受取 花子", "京都府"))
	if x := h.exports(t, ExportRequest{Filter: ledger.Filter{OrderNumber: "2"}, ShipDate: noon.AddDate(0, 0, 30)}); x.Rows != 1 || rowsOf(t, x.Content)[0].Cell(5) != "2026/12/24" {
		t.Errorf("%d", x.Rows)
	}
	if x := h.exports(t, ExportRequest{Filter: ledger.Filter{States: []payment.State{payment.Captured}}}); x.Rows != 0 {
		t.Error("captured orders wait for no slip")
	}
	for _, days := range []int{-1, 31} {
		_, err := h.desk().Export(t.Context(), caller, ExportRequest{ShipDate: noon.AddDate(0, 0, days)})
		var invalid *payment.InvalidError
		if !errors.As(err, &invalid) {
			t.Errorf("%d days: %v", days, err)
		}
	}
}

// The reference survives every layout of B2 and leads back to one payment: 20
// characters, whatever the attempt, in either case.
// P73
func TestReferenceFits(t *testing.T) {
	seen := map[string]bool{}
	for i := range 100_000 {
		id := payment.NewID(noon.Add(time.Duration(i/100)*time.Millisecond), uint64(i)*0x9E3779B97F4A7C15)
		for _, ref := range []string{string(id), id.Acceptance(1), id.Acceptance(2)} {
			if cut := strings.ToLower(ref[:20]); cut != string(id) {
				t.Fatalf("%s of %s leads elsewhere", cut, id)
			}
		}
		if seen[string(id)] {
			t.Fatalf("%s is there twice", id)
		}
		seen[string(id)] = true
	}
}

// An address in one piece is cut where B2 counts, and nothing of it is lost.
// R19 P66
func TestSplitAddress(t *testing.T) {
	for address, want := range map[string][3]string{
		"東京都中央区銀座2-16-10":      {"東京都", "中央区", "銀座2-16-10"},
		" 北海道札幌市中央区北1条西2":      {"北海道", "札幌市中央区", "北1条西2"},
		"京都市下京区四条通":            {"", "京都市下京区", "四条通"},
		"奈良県吉野郡十津川村大字小原":       {"奈良県", "吉野郡十津川村", "大字小原"},
		"1-2-3 Ginza, Chuo-ku": {"", "", "1-2-3 Ginza, Chuo-ku"},
		"":                     {"", "", ""},
	} {
		a, b, c := splitAddress(address)
		if [3]string{a, b, c} != want {
			t.Errorf("%q: %q %q %q", address, a, b, c)
		}
	}
}
