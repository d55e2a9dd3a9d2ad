package simulator

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// modelOrder is what the protocol's table of transitions (section 6) says of
// one order, written without looking at how the provider does it.
type modelOrder struct {
	status   int // -1: never authorized
	amount   int
	slips    map[string]bool
	plain    bool // captured without a slip
	approved time.Time
	changes  int // approvals so far

	open  *opened  // its buyer is at the issuer's
	asked int      // the amount of the open challenge
	stale []string // A09 of a challenge that is over
}

type model struct {
	w      *world
	orders map[string]*modelOrder
	owner  map[string]string // slip to order
}

func (m *model) night() bool {
	h := m.w.Now().Hour()
	return h >= 23 || h < 1
}

func (m *model) lapsed(o *modelOrder) bool {
	days := dayOf(m.w.Now()).Sub(dayOf(o.approved)).Hours() / 24
	return days > 58
}

func (m *model) final(o *modelOrder) bool {
	return o.status == 31 && dayOf(m.w.Now()).Sub(dayOf(o.approved)).Hours()/24 > 90
}

func (o *modelOrder) approve(m *model) { o.approved, o.changes = m.w.Now(), o.changes+1 }

// expect is what the table says a call comes to; it changes the model.
func (m *model) expect(div, orderNo, slipNo string, amount int, plain bool) string {
	o := m.orders[orderNo]
	in := func(list ...int) bool {
		for _, s := range list {
			if o.status == s {
				return true
			}
		}
		return false
	}
	switch div {
	case "A08":
		if o.status >= 0 {
			return "A082000003"
		}
		o.status, o.amount, o.open = 4, amount, nil
		o.approve(m)
	case "A06":
		switch {
		case o.status < 0 && o.open == nil && o.stale == nil:
			return "A062010001"
		case o.status < 0: // a challenge that is open or has failed
			return "A062010003"
		case o.status == 40:
			return "A062010003"
		case m.final(o):
			return "A062010004"
		}
		for s := range o.slips {
			delete(m.owner, s)
		}
		o.status, o.slips, o.plain = 40, map[string]bool{}, false
	case "A07":
		switch {
		case m.night():
			return "A070000000"
		case !in(4, 30, 31) || m.final(o):
			return "A073000001"
		case o.amount == amount:
			return "A074000001"
		}
		o.amount = amount
		o.approve(m)
	case "A11":
		switch {
		case m.night():
			return "A110000000"
		case !in(4, 40) && (o.status != 30 || len(o.slips) == 0):
			return "A112000002"
		}
		if o.status == 40 {
			o.status = 4
		}
		o.approve(m)
	case "E01":
		switch {
		case !in(4, 30) || o.status == 4 && m.lapsed(o):
			return "E011010351"
		case o.status == 30 && (plain || o.plain):
			return "E011010351"
		}
		if plain {
			o.status, o.plain = 30, true
			break
		}
		if m.owner[slipNo] != "" { // each order has a consignee of its own
			return "E012000001"
		}
		m.owner[slipNo], o.slips[slipNo], o.status = orderNo, true, 30
	case "E02":
		switch {
		case o.status != 30:
			return "E021010351"
		case plain && !o.plain || !plain && !o.slips[slipNo]:
			return "E022000001"
		}
		if o.plain = false; !plain {
			delete(m.owner, slipNo)
			delete(o.slips, slipNo)
		}
		if len(o.slips) == 0 {
			o.status = 4
		}
	}
	return ""
}

// challenge pays with 3-D Secure: nothing is authorized, the number stays free,
// and an older challenge of it is over.
func (m *model) challenge(rt *rapid.T, orderNo string, amount int) {
	o := m.orders[orderNo]
	if o.open != nil {
		o.stale = m.w.brought(*o.open, "authenticate", "0000")
	}
	r := m.w.call("A08", "order_no", orderNo, "settle_price", strconv.Itoa(amount), "buyer_name_kanji", "購入者"+orderNo,
		"token", m.w.made(asking("")), "trader_ec_url", backAt)
	if o.status >= 0 {
		if r.ErrorCode != "A082000003" {
			rt.Fatalf("challenge %s: %q", orderNo, r.ErrorCode)
		}
		return
	}
	if r.ErrorCode != "" || r.ThreeDToken == "" || r.Approval != "" {
		rt.Fatal(r.raw)
	}
	o.open, o.asked = &opened{orderNo, r.ThreeDToken}, amount
}

// comeBack is the buyer's return and the shop's A09.
func (m *model) comeBack(rt *rapid.T, orderNo, resCode string) {
	o := m.orders[orderNo]
	want, ask := "", o.stale
	switch {
	case o.open == nil && o.stale == nil:
		return
	case o.status >= 0:
		want, ask = "A092000001", o.stale
	case resCode == "stale" || o.open == nil:
		want = "A092000003"
	case resCode == "altered":
		ask, want = m.w.brought(*o.open, "authenticate", "", "item_price", "1"), "A092000003"
	default:
		ask = m.w.brought(*o.open, "", resCode)
		if resCode == "0002" || resCode == "9999" {
			want = "A092000004"
		} else {
			o.status, o.amount = 4, o.asked
			o.approve(m)
		}
		o.open, o.stale = nil, ask
	}
	if ask == nil {
		return
	}
	if got := m.w.call("A09", ask...).ErrorCode; got != want {
		rt.Fatalf("A09 %s %s: %q, want %q", orderNo, resCode, got, want)
	}
}

// Any sequence of calls, at any time of day, ends as the table of protocol 6
// says, and E04 shows it at every step.
func TestModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t)
		defer w.close()
		m := &model{w: w, orders: map[string]*modelOrder{}, owner: map[string]string{}}
		for _, n := range []string{"M1", "M2", "M3"} {
			m.orders[n] = &modelOrder{status: -1, slips: map[string]bool{}}
		}
		for range rapid.IntRange(1, 40).Draw(rt, "length") {
			orderNo := rapid.SampledFrom([]string{"M1", "M2", "M3"}).Draw(rt, "order")
			o := m.orders[orderNo]
			div := rapid.SampledFrom([]string{"A08", "A06", "A07", "A07", "A11", "E01", "E01", "E02", "settle", "challenge", "return", "return", "wait", "days"}).Draw(rt, "call")
			switch div {
			case "wait":
				later(time.Duration(rapid.IntRange(1, 600).Draw(rt, "minutes")) * time.Minute)(w)
				continue
			case "days":
				later(time.Duration(rapid.IntRange(1, 70).Draw(rt, "days")) * day)(w)
				continue
			case "challenge":
				m.challenge(rt, orderNo, rapid.IntRange(1, 4).Draw(rt, "amount")*1000)
			case "return":
				m.comeBack(rt, orderNo, rapid.SampledFrom([]string{"0000", "0002", "0006", "9999", "altered", "stale"}).Draw(rt, "result"))
			case "settle":
				if err := w.Settle(FirstTraderCode, orderNo); (err == nil) != (o.status == 30) {
					rt.Fatalf("settle %s: %v at %d", orderNo, err, o.status)
				} else if err == nil {
					o.status = 31
				}
			default:
				amount := rapid.IntRange(1, 4).Draw(rt, "amount") * 1000
				slipNo, plain := slip(rapid.IntRange(0, 3).Draw(rt, "slip")), rapid.Bool().Draw(rt, "plain")
				changes := []string{"order_no", orderNo, "buyer_name_kanji", "購入者" + orderNo}
				if div == "A08" {
					changes = append(changes, "settle_price", strconv.Itoa(amount))
				}
				if div == "A07" {
					changes = append(changes, "new_price", strconv.Itoa(amount))
				}
				if div == "E01" || div == "E02" {
					changes = append(changes, "slip_no", slipNo)
					if plain {
						changes = append(changes, "slip_no", orderNo, "delivery_service_code", "99")
					}
				}
				want := m.expect(div, orderNo, slipNo, amount, plain)
				if got := w.call(div, changes...).ErrorCode; got != want {
					rt.Fatalf("%s %v at %v: %q, want %q", div, changes, w.Now(), got, want)
				}
			}
			m.compare(rt, w)
		}
	})
}

// compare holds E04 of every order against the model.
func (m *model) compare(rt *rapid.T, w *world) {
	for n, o := range m.orders {
		got := w.ok("E04", "order_no", n).trade()
		switch {
		case o.status < 0 && o.open != nil:
			if got.Status != "21" || got.Approval != "" {
				rt.Fatalf("%s: E04 says %s while its buyer is away", n, got.Status)
			}
			continue
		case o.status < 0 && o.stale != nil:
			if got.Status != "11" || got.Approval != "" {
				rt.Fatalf("%s: E04 says %s after a failed challenge", n, got.Status)
			}
			continue
		case o.status < 0:
			if got.Status != "" {
				rt.Fatalf("%s: E04 says %s of an order that never was", n, got.Status)
			}
			continue
		}
		want := fmt.Sprintf("%d %d %d %v %s", o.status, o.amount, len(o.slips), o.plain, settleStamp(o.approved))
		have := fmt.Sprintf("%s %s %d %v %s", got.Status, got.SettlePrice, len(got.Slips), got.ExtraSlip != "", got.ApprovedAt)
		if have != want {
			rt.Fatalf("%s: E04 says %q, the table %q", n, have, want)
		}
	}
}
