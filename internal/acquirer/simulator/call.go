package simulator

import (
	"slices"
	"strings"
	"time"
)

// call is one request on its way through the provider.
type call struct {
	s       *Simulator
	path    string // the function's name in the URL
	post    bool
	broken  bool
	host    string
	address string
	form    form

	production bool // it came to the production side

	function *function
	merchant Merchant
	now      time.Time
	tx       *transaction // its order, when a check loaded it
	fault    fault
	again    bool // second processing of the same request

	held     []string
	releases []func()
}

// result is what the work of a call came to.
type result struct {
	code    string // errorCode; empty: done
	credit  string // creditErrorCode
	fields  []field
	puts    []put
	changed *transaction // for the log: the order as it stands now
	reply   reply
}

// answer is what goes out.
type answer struct {
	xml   []byte
	reply reply
}

func (c *call) get(name string) string { return c.form[name] }

func (c *call) orderNo() string { return c.form["order_no"] }

// hold waits for names and keeps them until the call is written to disk.
// Names already held are held once.
func (c *call) hold(names ...string) {
	for _, name := range names {
		if slices.Contains(c.held, name) {
			continue
		}
		c.releases = append(c.releases, c.s.locks.acquire(name))
		c.held = append(c.held, name)
	}
}

// claim takes the right to pay this order number; false when another payment
// of the same number is under way (Z012000004).
func (c *call) claim() bool {
	release, ok := c.s.locks.try("pay\x00" + c.orderKey())
	if ok {
		c.releases = append(c.releases, release)
	}
	return ok
}

func (c *call) release() {
	for _, f := range slices.Backward(c.releases) {
		f()
	}
	c.releases, c.held = nil, nil
}

func (c *call) orderKey() string { return orderKey(c.merchant.TraderCode, c.orderNo()) }

// load reads the call's order under its lock, as it stands now; nil if there
// is none, or none that the provider's own systems know of yet.
func (c *call) load() *transaction {
	c.hold("order\x00" + c.orderKey())
	c.tx = c.s.peek(c.merchant, c.orderNo(), c.now)
	switch {
	case c.tx == nil || !c.tx.visible(c.now):
		return nil
	case c.tx.busy(c.now):
		// Still under way for everybody: no work is lawful on it, so this
		// copy is never written back.
		under := *c.tx
		under.Status = under.statusShown(c.now)
		return &under
	}
	return c.tx
}

// peek reads an order without its lock.
func (s *Simulator) peek(m Merchant, orderNo string, now time.Time) *transaction {
	var t transaction
	found, err := s.books.read(bucketOrders, orderKey(m.TraderCode, orderNo), &t)
	if err != nil {
		s.logger.Error("simulator: order unreadable", "order", orderNo, "error", err)
	}
	if !found || err != nil {
		return nil
	}
	t.age(m, now)
	return &t
}

// refuse is the answer of a check that failed.
func refuse(code string) result { return result{code: code} }

// carryOut does the work of a function on an order, as the order's scenario
// and the faults let it.
func (c *call) carryOut(t *transaction, work func(e effect) result) result {
	e := t.effectOn(c.function.div)
	if c.fault == faultHalfAdjust && c.function.div == "A07" {
		e = effect{half: true}
	}
	if e.once {
		t.spend(c.function.div)
	}
	if e.slow > 0 {
		c.s.sleep(c.s.life, e.slow)
	}
	r := result{}
	if !e.idle {
		r = work(e)
	}
	if e.say != "" {
		r.code, r.credit, r.fields = e.say, e.credit, nil
	}
	r.reply, r.changed = e.reply, t
	r.puts = append(r.puts, t.puts()...)
	return r
}

// buyerTexts are kept as hash and mask only.
func (c *call) consignee() string {
	return c.s.fingerprint(strings.TrimSpace(c.get("buyer_name_kanji")) + "\x00" + strings.ReplaceAll(c.get("buyer_tel"), "-", ""))
}
