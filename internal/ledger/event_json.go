package ledger

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"kessai.dev/kessai/internal/payment"
)

// encodeEvent appends the JSON of an event to b, under the names of its tags, as
// Record.Event reads it. It is written by hand because it is on the one path
// and reflection costs four times as much; a test compares it, field by field,
// with encoding/json.
func encodeEvent(b []byte, e *payment.Event) ([]byte, error) {
	for _, t := range [...]time.Time{e.Time, e.Until, e.Dated} {
		if y := t.Year(); y < 0 || y > 9999 {
			return nil, fmt.Errorf("the year %d could not be read again", y)
		}
	}
	j := line{buf: b}
	j.text("id", string(e.ID))
	j.number("n", e.Sequence, true)
	j.time("t", e.Time)
	j.text("k", string(e.Kind))
	j.number("a", e.Attempt, false)
	j.number("o", int(e.Operation), false)
	j.number("y", int(e.Amount), false)
	j.text("ap", e.Approval)
	j.text("at", e.Approved)
	j.text("r", string(e.Reason))
	j.text("c", e.Code)
	j.flag("h", e.Hard)
	if !e.Until.IsZero() {
		j.time("u", e.Until)
	}
	j.text("by", e.Actor)
	if e.Request != nil {
		j.object("q", func() { j.request(e.Request) })
	}
	if e.Opening != nil {
		j.object("open", func() { j.opening(e.Opening) })
	}
	if c := e.Card; c != nil {
		j.object("card", func() {
			j.text("brand", string(c.Brand))
			j.text("last", c.LastFour)
			j.text("exp", c.Expiry)
		})
	}
	j.number("count", e.Count, false)
	j.flag("owed", e.Owed)
	j.flag("bes", e.Beside)
	j.flag("3d", e.Secure)
	j.flag("save", e.Save)
	j.text("stored", e.Stored)
	j.flag("alone", e.Alone)
	j.text("res", e.Result)
	j.text("car", string(e.Carrier))
	j.text("slip", e.Slip)
	j.text("repl", e.Replaces)
	if e.Order != nil {
		j.object("ord", func() { j.orderChange(e.Order) })
	}
	j.text("sd", e.ShipDate)
	if !e.Dated.IsZero() {
		j.time("dt", e.Dated)
	}
	j.number("days", e.Days, false)
	if e.Found != nil {
		j.object("f", func() { j.found(e.Found) })
	}
	j.text("note", e.Note)
	return j.end(), nil
}

// line is a JSON object being written. Empty values are left out.
type line struct {
	buf  []byte
	open bool // a member of the object has been written
}

func (j *line) name(s string) {
	c := byte(',')
	if !j.open {
		c, j.open = '{', true
	}
	j.buf = append(append(append(j.buf, c, '"'), s...), '"', ':')
}

func (j *line) text(name, s string) {
	if s != "" {
		j.always(name, s)
	}
}

func (j *line) always(name, s string) {
	j.name(name)
	j.buf = appendText(j.buf, s)
}

func (j *line) number(name string, n int, always bool) {
	if n == 0 && !always {
		return
	}
	j.name(name)
	j.buf = strconv.AppendInt(j.buf, int64(n), 10)
}

func (j *line) flag(name string, on bool) {
	if on {
		j.name(name)
		j.buf = append(j.buf, "true"...)
	}
}

func (j *line) time(name string, t time.Time) {
	j.name(name)
	j.buf = append(t.AppendFormat(append(j.buf, '"'), time.RFC3339Nano), '"')
}

func (j *line) object(name string, members func()) {
	j.name(name)
	j.open = false
	members()
	j.buf, j.open = j.end(), true
}

// end closes the object.
func (j *line) end() []byte {
	if !j.open {
		j.buf = append(j.buf, '{')
	}
	return append(j.buf, '}')
}

func (j *line) request(q *payment.Request) {
	j.text("m", q.Method)
	j.text("k", q.Key)
	j.name("d")
	if q.Digest == nil {
		j.buf = append(j.buf, "null"...)
		return
	}
	j.buf = append(base64.StdEncoding.AppendEncode(append(j.buf, '"'), q.Digest), '"')
}

func (j *line) opening(o *payment.Opening) {
	j.object("tenant", func() {
		j.text("Shop", string(o.Tenant.Shop))
		j.text("Environment", string(o.Tenant.Environment))
	})
	j.text("order", o.OrderNumber)
	j.number("amount", int(o.Requested), false)
	j.text("mode", string(o.Mode))
	j.number("count", o.Installments, false)
	j.text("customer", o.Customer)
	j.text("delivery", o.Delivery)
	j.flag("yamato", o.Yamato)
	j.text("device", o.Device)
	j.text("return", o.ReturnURI)
	j.flag("reg", o.Registration)
	j.text("planned", o.Planned)
	j.text("foreign", o.Foreign)
}

func (j *line) found(f *payment.Found) {
	j.number("s", int(f.Standing), true)
	j.number("y", int(f.Amount), false)
	j.text("ap", f.Approval)
	j.text("at", f.ApprovedAt)
	if len(f.Slips) > 0 {
		raw, _ := json.Marshal(f.Slips) // strings: cannot fail
		j.name("slips")
		j.buf = append(j.buf, raw...)
	}
	j.text("sd", f.ShipDate)
	j.text("c", f.Code)
}

func (j *line) orderChange(c *payment.OrderChange) {
	if c.Canceled != nil {
		j.name("x")
		j.buf = strconv.AppendBool(j.buf, *c.Canceled)
	}
	if c.Total != nil {
		j.number("total", int(*c.Total), true)
	}
}

// appendText writes a JSON string: as it is when nothing in it needs care.
func appendText(b []byte, s string) []byte {
	plain := utf8.ValidString(s)
	for i := 0; plain && i < len(s); i++ {
		plain = s[i] >= 0x20 && s[i] != '"' && s[i] != '\\'
	}
	if !plain {
		quoted, _ := json.Marshal(s) // a string: cannot fail
		return append(b, quoted...)
	}
	return append(append(append(b, '"'), s...), '"')
}
