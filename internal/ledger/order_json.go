package ledger

import "kessai.dev/kessai/internal/payment"

// EncodeOrder gives the JSON of an order under the names of its tags: the
// private part of a created event. It is written by hand for encodeEvent's reason.
func EncodeOrder(o *payment.Order) []byte {
	j := line{buf: make([]byte, 0, 512)}
	array(&j, "lines", o.Lines, func(l *payment.Line) {
		j.always("name", l.Name)
		j.number("quantity", l.Quantity, true)
		j.number("unit", int(l.UnitAmount), true)
		j.text("kind", l.Kind)
	})
	if b := o.Buyer; b != nil {
		j.object("buyer", func() {
			j.text("name", b.Name)
			j.text("kana", b.NameKana)
			j.text("phone", b.Phone)
			j.text("email", b.Email)
		})
	}
	array(&j, "shipTo", o.ShipTos, func(a *payment.Address) {
		j.text("name", a.Name)
		j.text("zip", a.PostalCode)
		j.text("pref", a.Prefecture)
		j.text("city", a.City)
		j.text("line1", a.Line1)
		j.text("line2", a.Line2)
		j.text("phone", a.Phone)
	})
	j.number("total", int(o.Total), false)
	return j.end()
}

// array writes a list of objects; an empty one is left out.
func array[T any](j *line, name string, list []T, members func(*T)) {
	if len(list) == 0 {
		return
	}
	j.name(name)
	for i := range list {
		c := byte(',')
		if i == 0 {
			c = '['
		}
		j.buf, j.open = append(j.buf, c), false
		members(&list[i])
		j.buf = j.end()
	}
	j.buf, j.open = append(j.buf, ']'), true
}
