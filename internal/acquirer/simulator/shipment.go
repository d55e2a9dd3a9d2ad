package simulator

import (
	"slices"
	"unicode/utf8"
)

// otherCarrier is delivery_service_code 99; 00, or nothing, is Yamato.
const otherCarrier = "99"

func (c *call) elsewhere() bool { return c.get("delivery_service_code") == otherCarrier }

// mayShip is check 51 of the merchant: a Yamato slip and the plain
// confirmation of sales (code 99) are two kinds of contract.
var mayShip = rule{kk: "51", absent: true, broken: func(c *call, _ string) bool {
	if c.elsewhere() {
		return !c.merchant.SalesConfirmation
	}
	return !c.merchant.Shipment
}}

// slipRules: twelve digits for Yamato; with code 99 the order number again,
// and nothing else.
func slipRules() []rule {
	yamato := func(good func(string) bool) func(*call, string) bool {
		return func(c *call, v string) bool { return !c.plainSale(v) && !good(v) }
	}
	return []rule{
		required,
		{kk: "02", broken: func(c *call, v string) bool {
			return !c.plainSale(v) && (c.elsewhere() || utf8.RuneCountInString(v) != 12)
		}},
		{kk: "04", broken: yamato(digits)},
		{kk: "51", broken: yamato(slipValid)},
	}
}

// plainSale reports whether slip_no says "no slip": code 99 and the order
// number again, as the clients of the protocol do.
func (c *call) plainSale(slip string) bool { return c.elsewhere() && slip == c.orderNo() }

var shipmentEntryParams = []param{
	{2, "trader_code", []rule{mayShip}},
	{3, "order_no", append(slices.Clone(orderNoRules), rule{kk: "51", broken: func(c *call, _ string) bool { return !c.shippable() }})},
	{4, "slip_no", slipRules()},
}

// shippable is check 51 of the order: authorized, or captured with Yamato
// slips and given another; a second plain confirmation is refused.
func (c *call) shippable() bool {
	t := c.load()
	switch {
	case t == nil:
		return false
	case t.Status == statusAuthorized:
		return !t.lapsed(c.merchant, c.now)
	case t.Status == statusShipped:
		return !c.elsewhere() && len(t.Slips) > 0
	}
	return false
}

// shipmentEntry is E01: the slip is registered and the amount charged
// (protocol 6 and 10).
func shipmentEntry(c *call) result {
	t, slip := c.tx, c.get("slip_no")
	if c.plainSale(slip) {
		return c.carryOut(t, func(effect) result {
			t.Status, t.Other, t.ShippedAt = statusShipped, slip, c.now
			return c.tracking(slip)
		})
	}
	parcels := c.lockSlips(append(slices.Clone(t.Slips), slip)...)
	if code := c.joinable(t, slip, parcels); code != "" {
		return refuse(code)
	}
	return c.carryOut(t, func(effect) result {
		p := parcels[slip]
		if p == nil {
			p = &parcel{Trader: t.Trader}
		}
		p.Orders = append(p.Orders, t.OrderNo)
		t.Slips = append(t.Slips, slip)
		if t.Status == statusAuthorized {
			t.Status, t.ShippedAt = statusShipped, c.now
		}
		r := c.tracking(slip)
		r.puts = []put{p.put(slip)}
		return r
	})
}

// joinable checks the rules of slips and bundles, in the order of their codes.
func (c *call) joinable(t *transaction, slip string, parcels map[string]*parcel) string {
	p := parcels[slip]
	if p != nil && (p.Trader != t.Trader || slices.Contains(p.Orders, t.OrderNo)) {
		return "E012000001"
	}
	if len(t.Slips) >= maxSlips {
		return "E012000002"
	}
	if p != nil {
		total := t.Amount
		for _, n := range p.Orders {
			o := c.s.peek(c.merchant, n, c.now)
			if o == nil || o.Consignee != t.Consignee {
				return "E012000001" // somebody else's parcel
			}
			total += o.Amount
		}
		switch {
		case total > maxBundleAmount:
			return "E012000003"
		case len(p.Orders) >= maxBundle:
			return "E012000004"
		case len(p.Void) > 0:
			return "E012000005"
		}
	}
	for _, own := range t.Slips {
		if q := parcels[own]; q != nil && len(q.Orders) > 1 {
			return "E012000006"
		}
	}
	return ""
}

func (c *call) tracking(slip string) result {
	page := trackingPage(c.host, slip)
	return result{fields: []field{{name: "slipUrlPc", value: page}, {name: "slipUrlMobile", value: page}}}
}
