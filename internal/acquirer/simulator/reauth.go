package simulator

import "time"

// reAuth is A11: a new hold for the same amount, also for a cancelled order
// (protocol 6). A captured one must have Yamato slips, and stays captured.
func reAuth(c *call) result {
	if !c.merchant.Card {
		return refuse("A112000001")
	}
	t := c.load()
	if t == nil || t.Status != statusAuthorized && t.Status != statusCanceled &&
		(t.Status != statusShipped || len(t.Slips) == 0) {
		return refuse("A112000002")
	}
	return c.carryOut(t, func(effect) result {
		if credit := c.laterRefusal(t.CardClass); credit != "" {
			return result{code: "A112000004", credit: credit}
		}
		t.Approval, t.ApprovedAt, t.RenewedAt = c.s.approvalNumber(), c.now, c.now
		if t.Status == statusCanceled {
			t.Status, t.CanceledAt = statusAuthorized, time.Time{}
		}
		return result{fields: []field{{name: "crdCResCd", value: t.Approval}}}
	})
}
