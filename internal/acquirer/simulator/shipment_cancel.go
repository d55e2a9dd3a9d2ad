package simulator

import (
	"slices"
	"unicode/utf8"
)

// shipmentCancelParams are E02's. It takes no carrier code: a slip_no that is
// the order number takes back a plain confirmation of sales.
var shipmentCancelParams = []param{
	{2, "trader_code", []rule{{kk: "51", absent: true, broken: func(c *call, _ string) bool {
		return !c.merchant.Shipment && !c.merchant.SalesConfirmation
	}}}},
	{3, "order_no", append(slices.Clone(orderNoRules), rule{kk: "51", broken: func(c *call, _ string) bool {
		t := c.load()
		return t == nil || t.Status != statusShipped
	}})},
	{4, "slip_no", []rule{
		required,
		{kk: "02", broken: func(c *call, v string) bool { return v != c.orderNo() && utf8.RuneCountInString(v) != 12 }},
		{kk: "04", broken: func(c *call, v string) bool { return v != c.orderNo() && !digits(v) }},
	}},
}

// shipmentCancel is E02: the slip is taken off; with the last one the charge
// falls back to a hold (protocol 6).
func shipmentCancel(c *call) result {
	t, slip := c.tx, c.get("slip_no")
	if t.Other != "" && slip == t.Other {
		return c.carryOut(t, func(effect) result {
			t.Status, t.Other = statusAuthorized, ""
			return result{}
		})
	}
	if !slices.Contains(t.Slips, slip) {
		return refuse("E022000001")
	}
	parcels := c.lockSlips(t.Slips...)
	p := parcels[slip]
	if p == nil {
		return refuse("E022000001")
	}
	if len(p.Orders) > 1 && len(t.Slips) > 1 {
		return refuse("E022000002")
	}
	for _, q := range parcels {
		if len(q.Orders) > 1 {
			return refuse("E022000003")
		}
	}
	return c.carryOut(t, func(effect) result {
		t.Slips = without(t.Slips, slip)
		if len(t.Slips) == 0 {
			t.Status = statusAuthorized
		}
		p.Orders = without(p.Orders, t.OrderNo)
		return result{puts: []put{p.put(slip)}}
	})
}
