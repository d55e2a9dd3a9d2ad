package simulator

import (
	"slices"
	"time"
)

// changeDateParams are E03's.
var changeDateParams = []param{
	{3, "order_no", append(slices.Clone(orderNoRules), rule{kk: "51", broken: func(c *call, _ string) bool {
		t := c.load()
		return t == nil || t.Status != statusReserved
	}})},
	{4, "scheduled_shipping_date", []rule{
		required, plain("05", dateGood),
		{kk: "71", broken: pastDay},
		{kk: "72", broken: tooFar(func(c *call) time.Time { return c.tx.ApprovedAt })},
	}},
}

// changeDate is E03: another planned ship date for a reservation, at most 90
// days from the approval of its authorization (protocol 6).
func changeDate(c *call) result {
	if !c.merchant.Vault {
		return refuse("E032000001")
	}
	t := c.tx
	return c.carryOut(t, func(effect) result {
		t.ShipDate = c.get("scheduled_shipping_date")
		t.age(c.merchant, c.now)
		return result{}
	})
}
