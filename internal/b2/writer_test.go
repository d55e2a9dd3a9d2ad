package b2

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// a whole shipment, as a demo shop would send it.
func parcel() Shipment {
	return Shipment{
		Reference: "1396", SlipType: "0", Cool: CoolChilled, ShipDate: Date{2026, 11, 24}, DeliveryDate: Date{2026, 11, 26}, Window: "1416",
		To: Party{
			Name: "髙橋　花子", Kana: "たかはし ハナコ", Phone: "03-1234-5678", PostalCode: "104-8125",
			Prefecture: "東京都", City: "中央区", Line1: "銀座２－１６－１０", Line2: "見本ビル 3F",
		},
		From: Sender{
			Party: Party{
				Name: "見本商店", Kana: "ミホンショウテン", Phone: "06-1111-2222", PostalCode: "530-0001",
				Prefecture: "大阪府", City: "大阪市北区", Line1: "梅田1-1-1",
			},
			BillingCode: "061111222201", Freight: "01",
		},
		Goods: [2]string{"りんごジュース, 1L", "ギフト箱"}, Note: "取扱注意",
	}
}

func write(t testing.TB, o Options, shipments ...Shipment) ([]byte, []Report) {
	t.Helper()
	var out bytes.Buffer
	w, err := NewWriter(&out, o)
	if err != nil {
		t.Fatal(err)
	}
	var reports []Report
	for i := range shipments {
		report, err := w.Write(&shipments[i])
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, report)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), reports
}

// R29: byte for byte what B2 takes in.
func TestGolden(t *testing.T) {
	plain, packet := parcel(), parcel()
	packet.SlipType, packet.Cool, packet.Window, packet.DeliveryDate, packet.Soonest = "A", CoolNone, "", Date{}, true
	packet.Reference, packet.Note = "06eq0r3k9m2v7t5a1b8c", "=HYPERLINK(\"x\")"
	packet.Acceptance = []string{"06EQ0R3K9M2V7T5A1B8C-2"}
	for name, o := range map[string]Options{
		"95":        {},
		"95-header": {Header: true},
		"97-quoted": {Columns: 97, Header: true, QuoteAll: true},
		"97-web":    {Columns: 97, Merchant: "888889999"},
	} {
		if o.Merchant != "" {
			plain.Acceptance = []string{"06EQ0R3K9M2V7T5A1B8D"}
		}
		got, reports := write(t, o, plain, packet)
		plain.Acceptance = nil
		for _, r := range reports {
			if r.Refused() {
				t.Errorf("%s: refused: %v", name, r.Findings)
			}
		}
		file := filepath.Join("testdata", name+".csv")
		if *update {
			if err := os.WriteFile(file, got, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s: got\n%q\nwant\n%q", name, got, want)
		}
	}
}

// R29: one row without any help of the code that wrote it.
func TestBytes(t *testing.T) {
	s := parcel()
	got, _ := write(t, Options{}, s)
	if !bytes.HasPrefix(got, []byte("1396,0,2,,2026/11/24,2026/11/26,1416,,03-1234-5678,,104-8125,\x93\x8c\x8b\x9e\x93\x73\x92\x86\x89\x9b\x8b\xe6")) {
		t.Errorf("the beginning is %q", got[:100])
	}
	if !bytes.Contains(got, []byte(",\xfb\xfc\x8b\xb4\x81\x40\x89\xd4\x8e\x71,\xc0\xb6\xca\xbc \xca\xc5\xba,")) {
		t.Error("the name and its reading are not there")
	}
	if !bytes.Contains(got, []byte("\",")) || bytes.Count(got, []byte(`"`)) != 2 {
		t.Error("quotes belong around the comma, and nowhere else")
	}
	if bytes.Count(got, []byte(",")) != 95 || !bytes.HasSuffix(got, []byte(",,,\r\n")) {
		t.Errorf("94 commas between 95 columns and one in a cell; got %d", bytes.Count(got, []byte(",")))
	}
}

// P69: web collect's columns are blank unless the shop has B2 register.
func TestWebCollectColumns(t *testing.T) {
	s := parcel()
	s.Acceptance = []string{"A1"}
	cells, _ := Encode(&s, Options{})
	if got := strings.Join(cells[42:47], "|"); got != "||||" {
		t.Errorf("by default %q", got)
	}
	cells, _ = Encode(&s, Options{Merchant: "888889999"})
	if got := strings.Join(cells[42:47], "|"); got != "1|888889999|A1||" {
		t.Errorf("registered by B2: %q", got)
	}
	for _, numbers := range [][]string{nil, {"1", "2", "3", "4"}, {""}, {"=1"}, {strings.Repeat("1", 24)}} {
		s.Acceptance = numbers
		if cells, _ := Encode(&s, Options{Merchant: "888889999"}); cells != nil {
			t.Errorf("%q went through", numbers)
		}
	}
}

// Each rule of a row, with the finding it makes.
func TestRefusals(t *testing.T) {
	tests := []struct {
		change  func(*Shipment)
		kind    Kind
		column  int
		refuses bool
	}{
		{func(s *Shipment) { s.Reference = "" }, Missing, 1, true},
		{func(s *Shipment) { s.Reference = strings.Repeat("a", 51) }, TooLong, 1, true}, // P73
		{func(s *Shipment) { s.Reference = "-1" }, BadCharacter, 1, true},               // P72
		{func(s *Shipment) { s.Reference = "１３９６" }, BadCharacter, 1, true},
		{func(s *Shipment) { s.Reference = "000123" }, FragileReference, 1, false}, // P67
		{func(s *Shipment) { s.Reference = "123456789012345" }, FragileReference, 1, false},
		{func(s *Shipment) { s.Reference = "1-2" }, FragileReference, 1, false},
		{func(s *Shipment) { s.SlipType = "" }, Missing, 2, true},
		{func(s *Shipment) { s.SlipType = "X" }, BadValue, 2, true},
		{func(s *Shipment) { s.SlipType = "2" }, CashOnDelivery, 2, true},
		{func(s *Shipment) { s.SlipType = "4"; s.Window = "0010" }, BadValue, 3, true},
		{func(s *Shipment) { s.Cool = "3" }, BadValue, 3, true},
		{func(s *Shipment) { s.ShipDate = Date{} }, Missing, 5, true},
		{func(s *Shipment) { s.ShipDate = Date{2026, 2, 30} }, BadValue, 5, true},
		{func(s *Shipment) { s.ShipDate = Date{2026, 11, 22}; s.DeliveryDate = Date{} }, BadValue, 5, true},
		{func(s *Shipment) { s.ShipDate = Date{2026, 12, 24}; s.DeliveryDate = Date{} }, BadValue, 5, true},
		{func(s *Shipment) { s.DeliveryDate = Date{2026, 11, 23} }, BadValue, 6, true},
		{func(s *Shipment) { s.Soonest = true }, BadValue, 6, true},
		{func(s *Shipment) { s.Window = "1214" }, BadValue, 7, true},
		{func(s *Shipment) { s.To.Phone = "" }, Missing, 9, true},
		{func(s *Shipment) { s.To.Phone = "+81-3-1234" }, BadCharacter, 9, true},
		{func(s *Shipment) { s.To.Phone = "０３ー１２３４" }, Substituted, 9, false},
		{func(s *Shipment) { s.To.PostalCode = "10481" }, BadCharacter, 11, true},
		{func(s *Shipment) { s.To.Name = "" }, Missing, 16, true},
		{func(s *Shipment) { s.To.Name = strings.Repeat("あ", 17) }, TooLong, 16, true},
		{func(s *Shipment) { s.To.Name = "𪚥" }, Lost, 16, true}, // P66
		{func(s *Shipment) { s.To.Name = "吉田😀" }, Geta, 16, false},
		{func(s *Shipment) { s.To.Name = "𠮷田" }, Substituted, 16, false},
		{func(s *Shipment) { s.To.Kana = "山田" }, Blanked, 17, false},
		{func(s *Shipment) { s.To.Kana = strings.Repeat("ガ", 26) }, Cut, 17, false},
		{func(s *Shipment) { s.From.BillingCode = "" }, Missing, 40, true},
		{func(s *Shipment) { s.From.BillingCode = "1234567890123" }, TooLong, 40, true},
		{func(s *Shipment) { s.From.BillingClass = "1" }, BadValue, 41, true},
		{func(s *Shipment) { s.From.Freight = "1" }, BadValue, 42, true},
		{func(s *Shipment) { s.Goods[0] = "" }, Missing, 28, true},
		{func(s *Shipment) { s.Goods[0] = strings.Repeat("り", 26) }, Cut, 28, false}, // P94
		{func(s *Shipment) { s.Note = "＝1+1" }, Neutralised, 33, false},              // P72
		{func(s *Shipment) { s.Note = "𪚥" }, Geta, 33, false},
		{func(s *Shipment) { s.Note = "a\r\nb" }, Substituted, 33, false}, // P68
		{func(s *Shipment) { s.To.Line1 = strings.Repeat("町", 40) }, TooLong, 12, true},
		{func(s *Shipment) { s.To.City = strings.Repeat("市", 13) }, LongPart, 12, false},
	}
	for i, test := range tests {
		s := parcel()
		test.change(&s)
		cells, findings := Encode(&s, Options{Today: Date{2026, 11, 23}})
		found := false
		for _, f := range findings {
			found = found || f.Kind == test.kind && f.Column == test.column && f.Refuses == test.refuses
		}
		if !found || (cells == nil) != test.refuses {
			t.Errorf("%d: want %s in column %d, refused %v; got %+v", i, test.kind, test.column, test.refuses, findings)
		}
	}
	s := parcel()
	if cells, findings := Encode(&s, Options{Today: Date{2026, 11, 23}}); cells == nil || len(findings) != 1 || findings[0].Kind != Vendor {
		t.Errorf("the sound parcel, with 髙: %+v", findings)
	}
}

// A refused row is not written, and the lines of the others are told.
func TestRefusedRowIsLeftOut(t *testing.T) {
	bad := parcel()
	bad.To.Name = ""
	got, reports := write(t, Options{Header: true}, parcel(), bad, parcel())
	if reports[0].Line != 2 || reports[1].Line != 0 || reports[2].Line != 3 || reports[2].Number != 3 || bytes.Count(got, []byte("\r\n")) != 3 {
		t.Errorf("%+v", reports)
	}
}

// Mail needs no sender, goods and billing; parcels and packets do.
func TestRequiredByFamily(t *testing.T) {
	s := parcel()
	s.SlipType, s.Cool, s.Window, s.From, s.Goods = "3", CoolNone, "", Sender{}, [2]string{}
	if cells, findings := Encode(&s, Options{}); cells == nil {
		t.Errorf("mail: %+v", findings)
	}
	s.SlipType = "7"
	_, findings := Encode(&s, Options{})
	var columns []int
	for _, f := range findings {
		if f.Kind == Missing {
			columns = append(columns, f.Column)
		}
	}
	if len(columns) != 7 {
		t.Errorf("a packet misses 20 22 23 25 28 40 42; got %v", columns)
	}
}

// P94: with CutAll nothing refuses for its length, and all that is cut is told.
func TestCutAll(t *testing.T) {
	s := parcel()
	s.To.Name, s.To.Line1, s.Note = strings.Repeat("名", 20), strings.Repeat("町", 60), strings.Repeat("n", 45)
	cells, findings := Encode(&s, Options{CutAll: true})
	if cells == nil || cells[15] != strings.Repeat("名", 16) || units(cells[11]) != 64 || len(cells[32]) != 44 {
		t.Fatalf("%q, %+v", cells, findings)
	}
	cuts := 0
	for _, f := range findings {
		if f.Kind == Cut && f.Original != "" && f.Replacement != "" {
			cuts++
		}
	}
	if cuts != 3 {
		t.Errorf("%d cuts told, want 3", cuts)
	}
}

func TestNewWriterRefuses(t *testing.T) {
	for _, o := range []Options{{Columns: 96}, {Merchant: "1"}, {Merchant: "88888999X"}} {
		if _, err := NewWriter(&bytes.Buffer{}, o); err == nil {
			t.Errorf("%+v went through", o)
		}
	}
}
