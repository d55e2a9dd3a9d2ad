package simulator

import "time"

// authorization is what A01 and A08 have in common once a card is at hand.
type authorization struct {
	card    plastic
	day     string  // planned ship date: a reservation
	member  string  // the option service's member
	key     string  // and its authentication key
	wallet  *wallet // the member's stored cards, locked
	cardKey string  // which of them pays; empty: the card is to be stored
}

// begin takes the order number for a payment: Z012000004 while another payment
// of it runs, the function's duplicate code when it is used up. It returns
// what an earlier, failed attempt left under the number.
func (c *call) begin(duplicate string) (before *transaction, code string) {
	if !c.claim() {
		return nil, "Z012000004"
	}
	c.load()
	switch t := c.tx; {
	case t == nil:
		return nil, ""
	case t.busy(c.now):
		return nil, "Z012000004"
	case t.taken():
		return nil, duplicate
	default:
		return t, ""
	}
}

// newTransaction is the order as it is before anything is authorized.
func (c *call) newTransaction(before *transaction, a authorization) *transaction {
	t := &transaction{
		Trader: c.merchant.TraderCode, OrderNo: c.orderNo(), Amount: yen(c.get("settle_price")),
		Device: c.get("device_div"), PayWay: c.payWay(), Brand: a.card.Brand, LastFour: a.card.LastFour,
		CardClass: a.card.Class, Buyer: masked(c.get("buyer_name_kanji")), Consignee: c.consignee(),
		Member: a.member, CreatedAt: c.now, ShipDate: a.day,
	}
	if before != nil {
		t.Seq = before.Seq
	} else {
		t.Seq = c.s.sequence.Add(1)
	}
	return t
}

// listed writes the order and its place in the list; an order that was there
// before keeps its place.
func (t *transaction) listed() []put {
	return append(t.puts(), put{bucket: bucketTimeline, key: sequenceKey(t.Seq), value: []byte(t.key())})
}

// approve gives the order its hold.
func (c *call) approve(t *transaction) {
	t.Status, t.Approval, t.ApprovedAt = statusAuthorized, c.s.approvalNumber(), c.now
}

// reserve makes the hold of an order with a planned ship date a reservation.
func (c *call) reserve(t *transaction) {
	if t.ShipDate != "" {
		t.Status, t.Later = statusReserved, c.s.approvalNumber()
		t.age(c.merchant, c.now)
	}
}

// statusOfRefusal is which side's error E04 shows after a refusal: the buyer's
// for an answer of the card's issuer, the institution's for the network's. The
// real status is not known (protocol 12, 3).
func statusOfRefusal(credit string) int {
	if len(credit) == 3 && credit[0] == 'G' {
		return statusBuyerError
	}
	return statusIssuerError
}

// authorize asks the card for the amount, or accepts a reservation.
func (c *call) authorize(before *transaction, a authorization) result {
	return c.charge(c.newTransaction(before, a), a)
}

// charge does so for an order that is there, as A09 has it.
func (c *call) charge(t *transaction, a authorization) result {
	if credit := c.refusal(a.card.Class); credit != "" {
		t.Status = statusOfRefusal(credit)
		return result{code: c.function.refused, credit: credit, changed: t, puts: t.listed()}
	}
	c.approve(t)
	answer := []field{{name: "crdCResCd", value: t.Approval}}
	c.reserve(t)
	r := result{fields: answer, changed: t, puts: t.listed()}
	if a.wallet != nil {
		r.puts = append(r.puts, a.wallet.charged(c, a, t)...)
	}
	return r
}

// settleStamp is a time on the wire, or nothing.
func settleStamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(tokyo).Format(stamp14)
}
