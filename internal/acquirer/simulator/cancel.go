package simulator

// creditCancel is A06: the hold is released, or the charge given back
// (protocol 6). Cancelling drops the shipment.
func creditCancel(c *call) result {
	t := c.load()
	if t == nil {
		return refuse("A062010001")
	}
	switch t.Status {
	case statusAuthorized, statusReserved, statusReserveError, statusAdjustError, statusShipped, statusSettled:
	default:
		return refuse("A062010003")
	}
	if t.final(c.merchant, c.now) {
		return refuse("A062010004")
	}
	return c.carryOut(t, func(effect) result {
		puts := c.dropShipment(t)
		t.Status, t.CanceledAt = statusCanceled, c.now
		return result{puts: puts}
	})
}
