package simulator

// changePriceParams are A07's.
var changePriceParams = append([]param{{3, "order_no", orderNoRules}}, param{4, "new_price", priceRules()})

// creditChangePrice is A07: the new amount is authorized, then the old one
// cancelled; each half can fail (protocol 6, pitfall sheet: amount change).
func creditChangePrice(c *call) result {
	if !c.merchant.AmountChange {
		return refuse("A072000001")
	}
	t := c.load()
	price := yen(c.get("new_price"))
	switch {
	case t == nil || !changeable(t.Status) || t.final(c.merchant, c.now):
		return refuse("A073000001")
	case c.bundled(t):
		return refuse("A073000002")
	case price == t.Amount:
		return refuse("A074000001")
	case price > t.Amount && !c.merchant.AmountIncrease && scenarios[t.Scenario] == nil:
		return refuse("A074000002")
	}
	return c.carryOut(t, func(e effect) result {
		if credit := c.laterRefusal(t.CardClass); credit != "" {
			return result{code: "A076000001", credit: credit}
		}
		t.Amount, t.RenewedAt = price, c.now
		if t.Status != statusReserved {
			t.Approval, t.ApprovedAt = c.s.approvalNumber(), c.now
		}
		if e.half {
			t.Status = statusAdjustError
			return result{code: "A077000001", credit: "G97"}
		}
		return result{}
	})
}

func changeable(status int) bool {
	switch status {
	case statusAuthorized, statusReserved, statusShipped, statusSettled:
		return true
	}
	return false
}
