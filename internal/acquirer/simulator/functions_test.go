package simulator

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func (w *world) settle(orderNo string) {
	w.t.Helper()
	if err := w.Settle(FirstTraderCode, orderNo); err != nil {
		w.t.Fatal(err)
	}
}

func settle(orderNo string) func(*world) { return func(w *world) { w.settle(orderNo) } }

func later(d time.Duration) func(*world) {
	return func(w *world) {
		if _, err := w.Advance(d); err != nil {
			w.t.Fatal(err)
		}
	}
}

const day = 24 * time.Hour

func cancelRows() []row {
	return append(append(traderRows("A06"), orderRows("A0610103")...), []row{
		{code: "A062010001"},
		{code: "A062010001", before: pay("order_no", "K2")},
		{code: "A062010003", before: then(pay(), do("A06"))},
		{code: "", before: then(pay(), do("E01"))},
		{code: "", before: then(pay(), do("E01"), settle("K1"))},
		{code: "", before: then(pay(), do("E01"), settle("K1"), later(90*day))},
		{code: "A062010004", before: then(pay(), do("E01"), settle("K1"), later(91*day))}, // P31
		{code: "A062010004", before: then(pay("token", "SIMSETTLEDFINAL0"), do("E01"), settle("K1"))},
	}...)
}

func changePriceRows() []row {
	noIncrease := func(m *Merchant) { m.AmountIncrease = false }
	elsewhere := func(w *world) {
		w.ok("A08", "trader_code", other, "token", w.made(TokenRequest{TraderCode: other}))
	}
	return append(append(traderRows("A07"), orderRows("A0710103")...), []row{
		{code: "A071010401", changes: []string{"new_price", "-"}},
		{code: "A071010402", changes: []string{"new_price", "12345678"}},
		{code: "A071010404", changes: []string{"new_price", "-500"}},
		{code: "A071010471", changes: []string{"new_price", "0"}},
		{code: "A071010472", changes: []string{"new_price", "5001"}, option: func(m *Merchant) { m.Limit = 5000 }},
		{code: "A072000001", option: func(m *Merchant) { m.AmountChange = false }},
		{code: "A073000001"},
		{code: "A073000001", before: then(pay(), do("A06"))},
		{code: "A073000002", before: then(pay(), pay("order_no", "K2"), do("E01"), do("E01", "order_no", "K2"))}, // P38
		{code: "A074000001", changes: []string{"new_price", "3000"}, before: pay()},                              // P40
		{code: "A074000001", changes: []string{"new_price", "0003000"}, before: pay()},
		{code: "", changes: []string{"new_price", "4000"}, before: pay()},
		{code: "A074000002", changes: []string{"new_price", "3001"}, before: elsewhere, option: noIncrease},
		{code: "", changes: []string{"new_price", "2999"}, before: elsewhere, option: noIncrease},
		{code: "", before: then(pay(), do("E01"), settle("K1"))},
		{code: "A076000001", credit: "G55", before: pay("token", "SIMREFUSEADJUST0")},
		{code: "A077000001", credit: "G97", before: pay("token", "SIMHALFADJUST000")}, // P22
		// P37: the night batch runs from 23:00 to 01:00, whatever is asked.
		{code: "", before: then(pay(), at(22, 59))},
		{code: "A070000000", before: then(pay(), at(23, 0))},
		{code: "A070000000", before: then(pay(), at(0, 59))},
		{code: "", before: then(pay(), at(1, 0))},
	}...)
}

// P22: after half an amount change the new hold is taken, and only a cancel is
// lawful.
func TestHalfAdjust(t *testing.T) {
	w := newWorld(t)
	w.ok("A08", "token", "SIMHALFADJUST000")
	w.refused("A077000001", "A07")
	if got := w.ok("E04").trade(); got.Status != "17" || got.SettlePrice != "2500" {
		t.Fatalf("%+v", got)
	}
	w.refused("A073000001", "A07", "new_price", "2000")
	w.refused("A112000002", "A11")
	w.refused("E011010351", "E01")
	w.ok("A06")
	w.wantStatus("K1", "40")
}

func reAuthRows() []row {
	return append(append(traderRows("A11"), orderRows("A1110103")...), []row{
		{code: "A112000001", option: func(m *Merchant) { m.Card = false }},
		{code: "A112000002"},
		{code: "A112000002", before: then(pay(), do("E01"), settle("K1"))},
		{code: "A112000002", before: then(pay(), do("E01", "delivery_service_code", "99", "slip_no", "K1"))},
		{code: "", before: pay()},
		{code: "", before: then(pay(), do("E01"))},
		{code: "", before: then(pay(), do("A06"))},
		{code: "A112000004", credit: "G54", before: pay("token", "SIMREFUSEREAUTH0")},
		{code: "A110000000", before: then(pay(), at(23, 30))}, // P37
		{code: "", before: then(pay(), at(1, 0))},
	}...)
}

// A11 revives a cancelled order, leaves a captured one captured, and changes
// number and date of the approval.
func TestReAuth(t *testing.T) {
	w := newWorld(t)
	w.ok("A08")
	first := w.ok("E04").trade()
	later(time.Hour)(w)
	r := w.ok("A11")
	second := w.ok("E04").trade()
	if second.Approval == first.Approval || second.ApprovedAt == first.ApprovedAt || r.Approval != second.Approval || second.Status != "4" {
		t.Fatalf("%+v, then %+v", first, second)
	}
	w.ok("E01")
	w.ok("A11")
	w.wantStatus("K1", "30")
	w.ok("A06")
	w.ok("A11")
	if got := w.ok("E04").trade(); got.Status != "4" || len(got.Slips) != 0 || got.CancelDate != "" {
		t.Fatalf("%+v", got)
	}
}

func shipmentRows() []row {
	plain := []string{"delivery_service_code", "99", "slip_no", "K1"}
	bundle := func(n int, amount string) func(*world) {
		return func(w *world) {
			for i := range n {
				orderNo := fmt.Sprintf("B%d", i)
				w.ok("A08", "order_no", orderNo, "settle_price", amount)
				w.ok("E01", "order_no", orderNo)
			}
		}
	}
	return append(append(traderRows("E01"), orderRows("E0110103")...), []row{
		{code: "E011010251", option: func(m *Merchant) { m.Shipment = false }},
		{code: "E011010251", changes: plain, option: func(m *Merchant) { m.SalesConfirmation = false }},
		{code: "E011010351"},
		{code: "E011010351", before: then(pay(), do("A06"))},
		{code: "E011010351", before: then(pay(), do("E01"), settle("K1"))},
		{code: "E011010351", before: then(pay(), do("E01", plain...)), changes: plain}, // a second confirmation
		{code: "E011010351", before: then(pay(), do("E01", plain...))},
		{code: "E011010351", before: then(pay(), do("E01")), changes: plain},
		{code: "", before: then(pay(), later(58*day))},
		{code: "E011010351", before: then(pay(), later(59*day))}, // P31: the hold has lapsed
		{code: "", before: then(pay(), later(59*day), do("A11"))},
		{code: "E011010401", changes: []string{"slip_no", "-"}, before: pay()},
		{code: "E011010402", changes: []string{"slip_no", "12345678901"}, before: pay()}, // P60
		{code: "E011010402", changes: []string{"slip_no", "K1"}, before: pay()},          // P70: no carrier code
		{code: "E011010402", changes: []string{"delivery_service_code", "99"}, before: pay()},
		{code: "E011010404", changes: []string{"slip_no", "１２３４５６７８９０１３"}, before: pay()},
		{code: "E011010404", changes: []string{"slip_no", "1234-5678901"}, before: pay()},
		{code: "E011010451", changes: []string{"slip_no", "123456789014"}, before: pay()},
		{code: "E011010451", changes: []string{"slip_no", "000000000000"}, before: pay()}, // P70
		{code: "", changes: plain, before: pay()},
		{code: "", changes: []string{"delivery_service_code", "00"}, before: pay()},
		{code: "", changes: []string{"slip_no", slip(2)}, before: then(pay(), do("E01"))},
		{code: "E012000001", before: then(pay(), do("E01"))},
		// P62: a parcel to somebody else, then one of another merchant.
		{code: "E012000001", before: then(pay(), pay("order_no", "K2", "buyer_name_kanji", "別人"), do("E01", "order_no", "K2"))},
		{code: "E012000001", before: func(w *world) {
			if err := w.AddMerchant(FullMerchant("888880002", "2222222")); err != nil {
				w.t.Fatal(err)
			}
			w.ok("A08", "trader_code", "888880002")
			w.ok("E01", "trader_code", "888880002")
			w.ok("A08")
		}},
		{code: "E012000002", changes: []string{"slip_no", slip(100)}, before: func(w *world) { // P38
			w.ok("A08")
			for i := range 99 {
				w.ok("E01", "slip_no", slip(i))
			}
		}},
		{code: "", before: then(bundle(2, "100000"), pay("settle_price", "100000"))},
		{code: "E012000003", before: then(bundle(2, "100000"), pay("settle_price", "100001"))}, // P38
		{code: "E012000004", before: then(bundle(3, "1000"), pay())},                           // P38
		{code: "E012000005", before: then(bundle(2, "1000"), do("A06", "order_no", "B0"), pay())},
		{code: "E012000006", changes: []string{"slip_no", slip(2)}, before: then(bundle(1, "1000"), pay(), do("E01"))},
	}...)
}

// P61: several slips, taken off one by one; the charge falls back to a hold
// with the last.
func TestSlips(t *testing.T) {
	w := newWorld(t)
	w.ok("A08")
	r := w.ok("E01")
	if !strings.Contains(r.SlipURL, "123456789013") {
		t.Fatal(r.raw)
	}
	w.ok("E01", "slip_no", slip(2))
	if got := w.ok("E04").trade(); len(got.Slips) != 2 || got.Carrier != "00" || got.Status != "30" {
		t.Fatalf("%+v", got)
	}
	w.ok("E02")
	w.wantStatus("K1", "30")
	w.ok("E02", "slip_no", slip(2))
	w.wantStatus("K1", "4")
	w.ok("E01", "delivery_service_code", "99", "slip_no", "K1")
	if got := w.ok("E04").trade(); got.ExtraSlip != "K1" || got.Carrier != "99" || len(got.Slips) != 0 {
		t.Fatalf("%+v", got)
	}
	w.ok("E02", "delivery_service_code", "99", "slip_no", "K1")
	w.wantStatus("K1", "4")
	// The slip of a cancelled order is free again.
	w.ok("E01")
	w.ok("A06")
	w.ok("A08", "order_no", "K2", "buyer_tel", "03-9999-9999")
	w.ok("E01", "order_no", "K2")
}

func shipmentCancelRows() []row {
	shipped := then(pay(), do("E01"))
	pair := then(shipped, pay("order_no", "K2"))
	return append(append(traderRows("E02"), orderRows("E0210103")...), []row{
		{code: "E021010251", option: func(m *Merchant) { m.Shipment, m.SalesConfirmation = false, false }},
		{code: "E021010351"},
		{code: "E021010351", before: pay()},
		{code: "E021010351", before: then(shipped, settle("K1"))},
		{code: "E021010401", changes: []string{"slip_no", "-"}, before: shipped},
		{code: "E021010402", changes: []string{"slip_no", "1"}, before: shipped},
		{code: "E021010404", changes: []string{"slip_no", "12345678901X"}, before: shipped},
		{code: "E022000001", changes: []string{"slip_no", slip(7)}, before: shipped},
		{code: "E022000001", changes: []string{"slip_no", "K1"}, before: shipped},
		{code: "E022000002", before: then(shipped, do("E01", "slip_no", slip(2)), pay("order_no", "K2"), do("E01", "order_no", "K2"))},
		{code: "E022000003", before: then(pair, do("E01", "order_no", "K2"))},
	}...)
}

// A bundle is shown, and survives a cancel of one of its orders.
func TestBundle(t *testing.T) {
	w := newWorld(t)
	w.ok("A08")
	w.ok("A08", "order_no", "K2")
	w.ok("E01")
	w.ok("E01", "order_no", "K2")
	if got := w.ok("E04").trade(); got.Packing != "K2" {
		t.Fatalf("%+v", got)
	}
	w.ok("A06", "order_no", "K2")
	if got := w.ok("E04").trade(); got.Packing != "" {
		t.Fatalf("%+v", got)
	}
	w.ok("A07")
}

func changeDateRows() []row {
	// Not a row of the first shop alone: the token must be made first.
	reserved := func(w *world) {
		w.ok("A08", "token", w.made(member(TokenRequest{})), "scheduled_shipping_date", "20260501")
	}
	return append(append(traderRows("E03"), orderRows("E0310103")...), []row{
		{code: "E031010351"},
		{code: "E031010351", before: pay()},
		{code: "E031010401", changes: []string{"scheduled_shipping_date", "-"}, before: reserved},
		{code: "E031010405", changes: []string{"scheduled_shipping_date", "20260431"}, before: reserved},
		{code: "E031010471", changes: []string{"scheduled_shipping_date", "20260331"}, before: reserved},
		{code: "E031010472", changes: []string{"scheduled_shipping_date", "20260701"}, before: reserved},
		{code: "", changes: []string{"scheduled_shipping_date", "20260630"}, before: reserved},
		{code: "E032000001", before: func(w *world) {
			reserved(w)
			m := FullMerchant(FirstTraderCode, FirstAccessKey)
			m.Vault = false
			if err := w.AddMerchant(m); err != nil {
				w.t.Fatal(err)
			}
		}},
	}...)
}

// E04 knows what happened and when; what does not apply is left out.
func TestTradeInfo(t *testing.T) {
	w := newWorld(t)
	if r := w.ok("E04"); r.ResultCount != "0" || strings.Contains(r.raw, "resultData") {
		t.Fatal(r.raw)
	}
	w.ok("A08", "pay_way", "03", "card_code_api", "3")
	r := w.ok("E04")
	got := r.trade()
	if got.OrderNo != "K1" || got.SettlePrice != "3000" || got.PayWay != "3" || got.Method != "3" || got.ApprovedAt != "20260401120000" {
		t.Fatalf("%+v", got)
	}
	for _, absent := range []string{"slipNo", "cancelDate", "memberId", "voteNumber", "finishDate", "山田"} {
		if strings.Contains(r.raw, absent) {
			t.Errorf("%s in %s", absent, r.raw)
		}
	}
	w.ok("E01")
	later(day)(w)
	w.settle("K1")
	if got := w.ok("E04").trade(); got.FinishDate != "20260402" || got.Status != "31" {
		t.Fatalf("%+v", got)
	}
	w.ok("A06")
	if got := w.ok("E04").trade(); got.CancelDate != "20260402120000" || got.Status != "40" {
		t.Fatalf("%+v", got)
	}
}

// A contract may settle by itself.
func TestSettleDays(t *testing.T) {
	w := newWorld(t)
	m := FullMerchant(other, FirstAccessKey)
	m.SettleDays = 3
	if err := w.AddMerchant(m); err != nil {
		t.Fatal(err)
	}
	w.ok("A08", "trader_code", other)
	w.ok("E01", "trader_code", other)
	for days, want := range []string{"30", "30", "30", "31"} {
		w.clock.nanos.Store(noon.AddDate(0, 0, days).UnixNano())
		if got := w.ok("E04", "trader_code", other).trade().Status; got != want {
			t.Errorf("after %d days: %s, want %s", days, got, want)
		}
	}
}
