package dispatch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/b2"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// line is one row that B2 gives back, by what an import looks at.
type line struct {
	reference, slip string
	to, address     string
	byB2            bool
}

// file is what B2 gives back, in UTF-8 with its mark.
func file(rows ...line) []byte {
	out := "\uFEFF"
	for _, r := range rows {
		cells := make([]string, b2.Columns95)
		cells[0], cells[1], cells[3], cells[4] = r.reference, "0", r.slip, "2026/11/24"
		cells[columnToAddress-1], cells[columnToName-1] = r.address, r.to
		if r.byB2 {
			cells[42] = "1"
		}
		out += `"` + strings.Join(cells, `","`) + "\"\r\n"
	}
	return []byte(out)
}

// slip gives a slip number by its serial.
func slip(n int) string {
	s := fmt.Sprintf("%011d", 12345670000+n)
	sum := 0
	for _, c := range s {
		sum = (sum*10 + int(c-'0')) % 7
	}
	return s + fmt.Sprint(sum)
}

func verdicts(r Report) string {
	words := make([]string, len(r.Rows))
	for i, row := range r.Rows {
		words[i] = string(row.Verdict)
		if row.Reason != "" {
			words[i] += "/" + row.Reason
		}
	}
	return strings.Join(words, " ")
}

func want(t *testing.T, what string, r Report, verdict string) {
	t.Helper()
	if got := verdicts(r); got != verdict {
		t.Errorf("%s: %s\nwant %s", what, got, verdict)
	}
	for _, row := range r.Rows {
		silent := row.Reason == "" && (row.Verdict == Shipped || row.Verdict == WouldShip || row.Verdict == Unchanged)
		if (row.English == "") != (row.Japanese == "") || (row.English == "") != silent {
			t.Errorf("%s: a person is told %q, %q", what, row.English, row.Japanese)
		}
	}
}

// A row names its order in three ways, ships and captures it with Yamato, and the
// same file, or another one with the same slips, changes nothing.
// R30 P64 P73
func TestImport(t *testing.T) {
	h := newHouse()
	a, b, c, d := h.order("1396", "takkyubin"), h.order("1397", "takkyubin"), h.order("1398", "takkyubin"), h.order("1399", "takkyubin")
	content := file(
		line{reference: string(a.ID), slip: slip(1)}, line{reference: "1397", slip: slip(2)},
		line{reference: c.ID.Acceptance(1), slip: "1234-5670-0038"[:9] + slip(3)[8:]}, line{reference: "1400", slip: slip(4)}, line{reference: string(d.ID)},
	)
	before := h.versions()
	want(t, "dry run", h.imports(t, content, true), "would_ship would_ship would_ship refused/NOT_FOUND skipped/no_slip")
	if h.versions() != before || h.asked > 0 {
		t.Error("a dry run wrote or sent something")
	}
	want(t, "first", h.imports(t, content, false), "shipped shipped shipped refused/NOT_FOUND skipped/no_slip")
	for i, p := range []*payment.Payment{a, b, c} {
		p = h.payments[p.ID]
		if p.State != payment.Captured || !p.Shipped || p.Shipments[0].Slip != slip(i+1) || p.Shipments[0].Carrier != shipping.CarrierYamato {
			t.Errorf("%s is %s with %+v", p.OrderNumber, p.State, p.Shipments)
		}
	}
	if p := h.payments[d.ID]; p.Shipped || p.State != payment.Authorized { // P63
		t.Error("a blank slip did something")
	}
	after := h.versions()
	want(t, "again", h.imports(t, content, false), "unchanged unchanged unchanged refused/NOT_FOUND skipped/no_slip")
	want(t, "another file", h.imports(t, file(line{reference: "1396", slip: slip(1)}), false), "unchanged")
	if h.versions() != after || h.asked != 3 {
		t.Error("the same slips changed something")
	}
}

// A slip that was registered is not replaced by an import, and one that was taken
// off does not come back with the old file.
// R28 P61
func TestImportAnotherSlip(t *testing.T) {
	h := newHouse()
	a := h.order("1396", "takkyubin")
	first := file(line{reference: "1396", slip: slip(1)})
	want(t, "first", h.imports(t, first, false), "shipped")
	second := file(line{reference: "1396", slip: slip(2)})
	for _, dry := range []bool{true, false} {
		r := h.imports(t, second, dry)
		want(t, "another slip", r, "refused/WRONG_STATE")
		if !strings.Contains(r.Rows[0].English, "correct the shipment") || !strings.Contains(r.Rows[0].Japanese, "訂正") {
			t.Errorf("%+v", r.Rows[0])
		}
	}
	_, err := h.Command(t.Context(), caller, payment.Request{Method: "CorrectShipment", Key: "k"}, a.ID, payment.CorrectShipment{Slip: slip(2)})
	if err != nil || registered(h.payments[a.ID]) != slip(2) {
		t.Fatalf("%v %+v", err, h.payments[a.ID].Shipments)
	}
	before := h.versions()
	contract := h.shop.Contracts[shop.Test]
	for _, several := range []bool{false, true} {
		contract.Flags.SeveralShipments = several
		h.shop.Contracts[shop.Test] = contract
		want(t, "the old file", h.imports(t, first, false), "refused/WRONG_STATE")
		want(t, "the old slip in a new file", h.imports(t, file(line{reference: string(a.ID), slip: slip(1)}), false), "refused/WRONG_STATE")
	}
	want(t, "the right slip", h.imports(t, second, false), "unchanged")
	if h.versions() != before {
		t.Error("an old slip changed something")
	}
}

// Several parcels of one order, as far as the contract allows; the dry run says
// what the import then does.
// R30 P64
func TestImportSeveralParcels(t *testing.T) {
	for several, verdict := range map[bool]string{false: "%s unchanged refused/WRONG_STATE", true: "%s unchanged %[1]s"} {
		h := newHouse()
		contract := h.shop.Contracts[shop.Test]
		contract.Flags.SeveralShipments = several
		h.shop.Contracts[shop.Test] = contract
		h.order("1396", "takkyubin")
		content := file(line{reference: "1396", slip: slip(1)}, line{reference: "1396", slip: slip(1)}, line{reference: "1396", slip: slip(2)})
		r := h.imports(t, content, true)
		want(t, "dry run", r, fmt.Sprintf(verdict, "would_ship"))
		if len(r.Warnings) != 1 || r.Warnings[0].Kind != shipping.FindRepeated || !slices.Equal(r.Warnings[0].Rows, []int{0, 1}) {
			t.Errorf("%+v", r.Warnings)
		}
		want(t, "import", h.imports(t, content, false), fmt.Sprintf(verdict, "shipped"))
	}
}

// A damaged row names its order as long as it can, so that it can be found.
// R30 P67
func TestImportDamaged(t *testing.T) {
	h := newHouse()
	p := h.order("1396", "takkyubin")
	r := h.imports(t, file(line{reference: string(p.ID), slip: "4.71E+11"}, line{reference: "1396.0", slip: slip(1)}, line{reference: "nobody", slip: "####"}), false)
	want(t, "damaged", r, "refused/slip_number refused/reference_number refused/hashes")
	if r.Rows[0].Payment != p.ID || r.Rows[1].Payment != "" || r.Rows[2].Payment != "" || h.asked > 0 {
		t.Errorf("%+v", r.Rows)
	}
}

// Payments that cannot be shipped are refused, each with what to do.
// R30 P31 P70
func TestImportRefusals(t *testing.T) {
	h := newHouse()
	canceled, lapsed := h.order("1", "takkyubin"), h.order("2", "takkyubin")
	h.order("3", "other")
	h.order("4", "takkyubin")
	if _, err := h.Command(t.Context(), caller, payment.Request{Method: "m", Key: "k"}, canceled.ID, payment.Cancel{}); err != nil {
		t.Fatal(err)
	}
	content := file(line{reference: "1", slip: slip(1)}, line{reference: "3", slip: slip(3)}, line{reference: "4", slip: "000000000000"})
	want(t, "noon", h.imports(t, content, true), "refused/WRONG_STATE would_ship/not_yamato_delivery refused/placeholder")
	want(t, "noon", h.imports(t, content, false), "refused/WRONG_STATE shipped/not_yamato_delivery refused/placeholder")
	if got := h.payments[h.numbers["3"]]; got.State != payment.Captured || h.asked > 0 {
		t.Errorf("an order of another carrier is %s", got.State)
	}
	versions := h.versions()
	want(t, "again", h.imports(t, content, false), "refused/WRONG_STATE unchanged refused/placeholder")
	h.now = lapsed.HoldExpires.Add(1)
	want(t, "later", h.imports(t, file(line{reference: "2", slip: slip(2)}), false), "refused/HOLD_LAPSED")
	if h.versions() != versions {
		t.Error("a refused row changed something")
	}
}

// An order that the shop canceled is neither exported nor shipped, until it is
// taken up again.
// R29 R30 R36
func TestOrderCanceled(t *testing.T) {
	h := newHouse()
	p := h.order("1", "takkyubin", place("受取 花子", "京都府"))
	update := func(canceled bool) {
		t.Helper()
		cmd := payment.UpdateOrder{Canceled: &canceled}
		if _, err := h.Command(t.Context(), caller, payment.Request{Method: "m", Key: fmt.Sprint(canceled)}, p.ID, cmd); err != nil {
			t.Fatal(err)
		}
	}
	update(true)
	content := file(line{reference: "1", slip: slip(1)})
	for _, dry := range []bool{true, false} {
		r := h.imports(t, content, dry)
		want(t, "canceled", r, "refused/WRONG_STATE")
		if !strings.Contains(r.Rows[0].English, "order is canceled") || !strings.Contains(r.Rows[0].Japanese, "キャンセル") {
			t.Errorf("%+v", r.Rows[0])
		}
	}
	if x := h.exports(t, ExportRequest{}); x.Rows != 0 || len(x.Findings) != 0 || h.asked > 0 {
		t.Errorf("%+v", x)
	}
	update(false)
	if x := h.exports(t, ExportRequest{}); x.Rows != 1 {
		t.Errorf("%+v", x)
	}
	want(t, "open again", h.imports(t, content, false), "shipped")
}

// A Yamato slip at an order of another delivery method is noted; whether it is
// captured, without the slip, the contract says, and the row tells.
// R30 R33 P70
func TestImportAnotherDelivery(t *testing.T) {
	for code99, state := range map[bool]payment.State{true: payment.Captured, false: payment.Authorized} {
		h := newHouse()
		contract := h.shop.Contracts[shop.Test]
		contract.Flags.CaptureByCode99 = code99
		h.shop.Contracts[shop.Test] = contract
		p := h.order("1", "other")
		content := file(line{reference: "1", slip: slip(1)})
		want(t, "dry run", h.imports(t, content, true), "would_ship/not_yamato_delivery")
		want(t, "import", h.imports(t, content, false), "shipped/not_yamato_delivery")
		versions := h.versions()
		want(t, "again", h.imports(t, content, false), "unchanged")
		if got := h.payments[p.ID]; got.State != state || !got.Shipped || h.asked > 0 || h.versions() != versions {
			t.Errorf("code 99 %v: %s %+v", code99, got.State, got.Shipments)
		}
	}
}

// What the provider refuses is told, and asked again when the file comes again:
// whoever imports it once more has mended something.
// R30 P65
func TestImportProviderRefuses(t *testing.T) {
	h := newHouse()
	h.order("1", "takkyubin")
	h.order("2", "takkyubin")
	h.refuse = func(_, s string) payment.Reason {
		if s == slip(1) {
			return payment.ProviderRefused
		}
		return ""
	}
	content := file(line{reference: "1", slip: slip(1)}, line{reference: "2", slip: slip(2)})
	want(t, "refused", h.imports(t, content, false), "refused/PROVIDER_REFUSED shipped")
	want(t, "still", h.imports(t, content, false), "refused/PROVIDER_REFUSED unchanged")
	h.refuse = nil
	want(t, "mended", h.imports(t, content, false), "shipped unchanged")
	if len(h.entered) != 2 {
		t.Errorf("%v", h.entered)
	}
	want(t, "and then", h.imports(t, content, false), "unchanged unchanged")
}

// A provider that does not answer leaves a row pending, and the next import of
// the file finds out what became of it.
// R30 P17 P62
func TestImportPending(t *testing.T) {
	h := newHouse()
	h.order("1", "takkyubin")
	content := file(line{reference: "1", slip: slip(1)})
	h.silent = true
	h.code = "E012000001"
	r := h.imports(t, content, false)
	want(t, "silent", r, "pending/OPERATION_PENDING")
	if !strings.Contains(r.Rows[0].English, h.code) || !strings.Contains(r.Rows[0].Japanese, h.code) { // P62
		t.Errorf("%+v", r.Rows[0])
	}
	want(t, "seen by a dry run", h.imports(t, content, true), "pending/OPERATION_PENDING")
	h.silent = false
	want(t, "answered", h.imports(t, content, false), "shipped")
	if len(h.entered) != 1 {
		t.Errorf("%v", h.entered)
	}
}

// A row that was not sent goes with the same file later, whatever happened to the order
// meanwhile: a hold that was warned of, or another parcel of it. A slip that was
// registered and is gone since does not come back.
// R30 P64
func TestImportNotSent(t *testing.T) {
	h := newHouse()
	contract := h.shop.Contracts[shop.Test]
	contract.Flags.SeveralShipments = true
	h.shop.Contracts[shop.Test] = contract
	a, b := h.order("1", "takkyubin"), h.order("2", "takkyubin")
	content := file(line{reference: "1", slip: slip(1)}, line{reference: "2", slip: slip(2)}, line{reference: "2", slip: slip(3)})
	h.away = func(s string) bool { return s != slip(3) }
	want(t, "away", h.imports(t, content, false), "failed/PROVIDER_UNREACHABLE failed/PROVIDER_UNREACHABLE shipped")
	h.must(h.apply(a.ID, []payment.Event{{Kind: payment.KindHoldExpiring, Sequence: h.payments[a.ID].Version + 1, Time: h.now, Days: 3}}))
	h.away = nil
	want(t, "back", h.imports(t, content, false), "shipped shipped unchanged")
	want(t, "and then", h.imports(t, content, false), "unchanged unchanged unchanged")
	if p := h.payments[b.ID]; len(p.Shipments) != 2 || len(h.entered) != 3 {
		t.Errorf("%+v, %v", p.Shipments, h.entered)
	}
	for _, p := range []*payment.Payment{a, b} {
		for _, cmd := range []payment.Command{payment.Cancel{}, payment.Reauthorize{}} {
			events, err := payment.Decide(h.payments[p.ID], cmd, h.rules())
			h.must(err)
			h.must(h.apply(p.ID, events))
			h.must(h.apply(p.ID, payment.Conclude(h.payments[p.ID], 1, payment.Fact{Outcome: payment.Yes, Approval: "654321"}, h.rules())))
		}
	}
	want(t, "canceled and held anew", h.imports(t, content, false), "refused/WRONG_STATE refused/WRONG_STATE refused/WRONG_STATE")
}

// What B2 registers by itself is asked, and nothing is sent; what is not there yet
// waits. Afterwards it is like any other.
// P69
func TestImportRegisteredByB2(t *testing.T) {
	for _, byRow := range []bool{false, true} {
		h := newHouse()
		h.shop.Settings.B2.Registers = !byRow
		a := h.order("1", "takkyubin")
		h.order("2", "takkyubin")
		h.provider[a.Acceptance()] = []string{slip(1)}
		content := file(line{reference: "1", slip: slip(1), byB2: byRow}, line{reference: "2", slip: slip(2), byB2: byRow})
		dry := h.imports(t, content, true)
		if h.inquiries > 0 || verdicts(dry) != "would_ship would_ship" {
			t.Errorf("a dry run asked: %s", verdicts(dry))
		}
		want(t, "import", h.imports(t, content, false), "shipped pending/OPERATION_PENDING")
		waits := h.payments[h.numbers["2"]]
		if waits.Shipped != !byRow || len(waits.AwaitedSlips()) > 0 != !byRow { // R30: where the whole shop leaves it to B2
			t.Errorf("by row %v: shipped %v with %+v", byRow, waits.Shipped, waits.Shipments)
		}
		want(t, "too early", h.imports(t, content, false), "unchanged pending/OPERATION_PENDING")
		if waiting, err := h.desk().waiting(t.Context(), caller, &h.shop.Settings, ledger.Filter{}); err != nil || len(waiting) > 0 != byRow {
			t.Errorf("by row %v: %d labels are printed again, %v", byRow, len(waiting), err)
		}
		if p := h.payments[a.ID]; p.State != payment.Captured || p.Attention != "" || registered(p) != slip(1) {
			t.Errorf("%s %s %+v", p.State, p.Attention, p.Shipments)
		}
		h.provider[h.payments[h.numbers["2"]].Acceptance()] = []string{slip(2)}
		want(t, "later", h.imports(t, content, false), "unchanged shipped")
		if h.asked > 0 {
			t.Error("a slip that B2 registers was sent")
		}
	}
}

// One slip at two orders: of one receiver it is a bundle and goes, otherwise both
// rows stay. Swapped slips are told by lines.
// P38 P62
func TestImportWarnings(t *testing.T) {
	h := newHouse()
	h.order("1", "takkyubin", place("山田 花子", "京都府"))
	h.order("2", "takkyubin", place("山田花子", "京都府"))
	h.order("3", "takkyubin", place("佐藤 一郎", "大阪府"))
	h.order("4", "takkyubin", place("鈴木 次郎", "兵庫県"))
	h.order("5", "takkyubin", place("高橋 三郎", "東京都"))
	content := file(
		line{reference: "1", slip: slip(1)}, line{reference: "2", slip: slip(1)},
		line{reference: "3", slip: slip(2)}, line{reference: "5", slip: slip(2)},
	)
	r := h.imports(t, content, false)
	want(t, "one slip", r, "shipped shipped refused/used_twice refused/used_twice")
	if len(r.Warnings) != 2 || r.Warnings[0].Kind != shipping.FindBundle || r.Warnings[1].Kind != shipping.FindUsedTwice || !slices.Equal(r.Warnings[1].Rows, []int{2, 3}) {
		t.Errorf("%+v", r.Warnings)
	}
	r = h.imports(t, file(
		line{reference: "3", slip: slip(3), to: "鈴木　次郎　様", address: "兵庫県神戸市"}, line{reference: "4", slip: slip(4), to: "佐藤一郎", address: "大阪府大阪市"},
	), true)
	if len(r.Warnings) != 1 || r.Warnings[0].Kind != shipping.FindSwapped || !slices.Equal(r.Warnings[0].Rows, []int{0, 1}) {
		t.Errorf("%+v", r.Warnings)
	}
}

// A file that cannot be read to its end is refused before its first row is acted
// on, and a caller who leaves ends the import.
// R30 P68
func TestImportBroken(t *testing.T) {
	h := newHouse()
	h.order("1", "takkyubin")
	broken := append(file(line{reference: "1", slip: slip(1)}), `"2","0`...)
	_, err := h.desk().Import(t.Context(), caller, broken, false, nil)
	var bad *b2.FileError
	if !errors.As(err, &bad) || bad.Japanese() == "" || h.asked > 0 {
		t.Errorf("%v", err)
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := h.desk().Import(gone, caller, file(line{reference: "1", slip: slip(1)}), false, nil); !errors.Is(err, context.Canceled) || h.asked > 0 {
		t.Errorf("%v", err)
	}
}

// Killed at any step, any number of times, and sent again: each row is registered
// once, each row has a verdict and is reported once, and after that nothing
// changes any more.
// R30 P06 P64 P65
func TestImportInterrupted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newHouse()
		n := rapid.IntRange(1, 12).Draw(t, "orders")
		var rows []line
		good := 0
		for i := range n {
			p := h.order(fmt.Sprint(i), "takkyubin")
			r := line{reference: string(p.ID), slip: slip(i)}
			switch rapid.SampledFrom([]string{"good", "good", "good", "blank", "damaged", "unknown"}).Draw(t, "row") {
			case "good":
				good++
			case "blank":
				r.slip = ""
			case "damaged":
				r.slip = "4.71E+11"
			case "unknown":
				r.reference = "nobody"
			}
			rows = append(rows, r)
		}
		content := file(rows...)
		for _, life := range rapid.SliceOfN(rapid.IntRange(0, 3*n), 0, 6).Draw(t, "lives") {
			h.life = life
			_, err := h.desk().Import(t.Context(), caller, content, false, nil)
			if err != nil && !errors.Is(err, errDead) {
				t.Fatal(err)
			}
		}
		h.life = -1
		told := 0
		for range 2 {
			told = 0
			report, err := h.desk().Import(t.Context(), caller, content, false, func(done, total int, row Row) {
				if told++; done != told || total != n || row.Verdict == "" {
					t.Fatalf("progress %d of %d: %+v", done, total, row)
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			if told != n || report.Count(Shipped)+report.Count(Unchanged) != good || report.Count(Pending)+report.Count(Failed) > 0 {
				t.Fatalf("told %d of %d: %s", told, n, verdicts(report))
			}
		}
		versions := h.versions()
		if _, err := h.desk().Import(t.Context(), caller, content, false, nil); err != nil || h.versions() != versions {
			t.Fatalf("%v: the last import changed something", err)
		}
		slices.Sort(h.entered)
		if once := slices.Compact(slices.Clone(h.entered)); len(once) != len(h.entered) || len(once) != good {
			t.Fatalf("%d good rows, registered %v", good, h.entered)
		}
	})
}

// The same file sent by several people at once ships each row once.
// R30 P64
func TestImportAtOnce(t *testing.T) {
	h := newHouse()
	var rows []line
	for i := range 40 {
		rows = append(rows, line{reference: string(h.order(fmt.Sprint(i), "takkyubin").ID), slip: slip(i)})
	}
	content, desk := file(rows...), h.desk()
	var people sync.WaitGroup
	for range 4 {
		people.Go(func() {
			r, err := desk.Import(t.Context(), caller, content, false, nil)
			if err != nil || r.Count(Shipped)+r.Count(Unchanged) != len(rows) {
				t.Errorf("%v %s", err, verdicts(r))
			}
		})
	}
	people.Wait()
	if len(h.entered) != len(rows) {
		t.Errorf("%d slips were registered", len(h.entered))
	}
}

// BenchmarkDryRun judges a file of 1,000 rows, with nothing behind the desk but
// memory; server's TestImportKilled prints what it takes with the books.
// R30
func BenchmarkDryRun(b *testing.B) {
	h := newHouse()
	var rows []line
	for i := range 1000 {
		p := h.order(fmt.Sprint(i), "takkyubin", place("受取 花子", "京都府"))
		rows = append(rows, line{reference: string(p.ID), slip: slip(i), to: "受取 花子", address: "京都府京都市"})
	}
	content := file(rows...)
	b.ReportAllocs()
	for b.Loop() {
		if r := h.imports(b, content, true); r.Count(WouldShip) != len(rows) {
			b.Fatal(verdicts(r))
		}
	}
}
