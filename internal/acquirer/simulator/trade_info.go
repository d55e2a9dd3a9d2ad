package simulator

import (
	"strconv"
	"strings"
)

// tradeInfo is E04: what the provider knows of an order. An unknown order is
// no error but no result (protocol 3.1). It waits for nobody: while a payment
// is at work, there is nothing to see yet.
func tradeInfo(c *call) result {
	t := c.s.peek(c.merchant, c.orderNo(), c.now)
	if !t.visible(c.now) {
		return result{fields: []field{{name: "resultCount", value: "0"}}}
	}
	r := result{changed: t}
	if e := t.effectOn("E04"); e.once {
		c.load()
		if e = c.tx.effectOn("E04"); e.once { // still, under its lock
			c.tx.spend("E04")
			r.reply, r.puts = e.reply, c.tx.puts()
		}
	}
	status := t.statusShown(c.now)
	if c.fault == faultUnknownState {
		status = 77
	}
	r.fields = []field{
		{name: "resultCount", value: "1"},
		{name: "resultData", children: c.tradeFields(t, status)},
	}
	return r
}

// tradeFields leaves out what does not apply to the order: other kinds of
// payment, and what has not happened.
func (c *call) tradeFields(t *transaction, status int) []field {
	var out []field
	add := func(name, value string) {
		if value != "" {
			out = append(out, field{name: name, value: value})
		}
	}
	add("orderNo", t.OrderNo)
	add("deviceDiv", t.Device)
	add("settleDate", settleStamp(t.CreatedAt))
	add("orderDataSeq", "1")
	add("settlePrice", strconv.FormatInt(t.Amount, 10))
	add("settleMethodDiv", "0")
	add("settleMethod", strconv.Itoa(t.Brand))
	add("statusInfo", strconv.Itoa(status))
	add("memberId", t.Member)
	add("payWay", t.PayWay)
	add("crdCResCd", t.Approval)
	add("crdCResDate", settleStamp(t.ApprovedAt))
	add("packingInfo", strings.Join(c.companions(t), ","))
	for _, slip := range t.Slips {
		add("slipNo", slip)
	}
	switch {
	case t.Other != "":
		add("extraSlipNo", t.Other)
		add("deliveryServiceCode", otherCarrier)
	case len(t.Slips) > 0:
		add("deliveryServiceCode", "00")
	}
	if !t.SettledAt.IsZero() {
		add("allDeliveryDate", t.SettledAt.In(tokyo).Format(stamp8))
		add("finishDate", t.SettledAt.In(tokyo).Format(stamp8))
	}
	if t.Other != "" || len(t.Slips) > 0 {
		add("slipDate", settleStamp(t.ShippedAt))
	}
	add("scheduledShippingDate", t.ShipDate)
	add("cancelDate", settleStamp(t.CanceledAt))
	add("renewalDate", settleStamp(t.RenewedAt))
	return out
}

// companions are the other orders of its bundle.
func (c *call) companions(t *transaction) (list []string) {
	for _, slip := range t.Slips {
		var p parcel
		if found, err := c.s.books.read(bucketSlips, slip, &p); err == nil && found {
			list = append(list, without(p.Orders, t.OrderNo)...)
		}
	}
	return list
}

// traderIP is H01: which address the gateway sees.
func traderIP(c *call) result {
	return result{fields: []field{{name: "ipAddress", value: c.address}}}
}
