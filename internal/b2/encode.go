package b2

import (
	"slices"
	"strings"
)

// row is one row while it is filled.
type row struct {
	options  *Options
	kind     SlipType
	cells    []string
	findings []Finding
}

// Encode gives the cells of one shipment, and all that had to be changed or that
// refuses it (R29). The cells are final: CP932's characters only, within their
// limits, safe for spreadsheets. With a refusal there are none.
func Encode(s *Shipment, o Options) ([]string, []Finding) {
	r := &row{options: &o, cells: make([]string, o.columns())}
	r.order(s)
	r.dates(s)
	r.receiver(&s.To)
	r.sender(&s.From)
	r.words(colGoods, s.Goods[0])
	r.words(colGoods2, s.Goods[1])
	r.words(colNote, s.Note)
	r.webCollect(s.Acceptance)
	r.required()
	if refuses(r.findings) {
		return nil, r.findings
	}
	return r.cells, r.findings
}

func (r *row) say(kind Kind, column int, original, replacement string, refuses bool) {
	r.findings = append(r.findings, Finding{kind, column, original, replacement, refuses})
}

// order: whose parcel it is and how it goes.
func (r *row) order(s *Shipment) {
	// The reference is the key of the way back: it is never folded or cut.
	r.exact(colReference, s.Reference)
	if s.Reference == "" {
		r.say(Missing, colReference, "", "", true)
	} else if fragile(s.Reference) {
		r.say(FragileReference, colReference, s.Reference, "", false)
	}
	kind, ok := typeOf(r.options.types(), s.SlipType)
	switch {
	case !ok && s.SlipType != "":
		r.say(BadValue, colSlipType, s.SlipType, "", true)
	case kind.Collect:
		r.say(CashOnDelivery, colSlipType, s.SlipType, "", true)
	}
	r.kind, r.cells[colSlipType-1] = kind, s.SlipType
	r.choice(colCool, string(s.Cool), s.Cool == CoolNone || kind.Cool && (s.Cool == CoolFrozen || s.Cool == CoolChilled))
	r.choice(colWindow, s.Window, s.Window == "" || slices.Contains(kind.Windows, s.Window))
}

// choice sets a cell that has a list of values.
func (r *row) choice(column int, value string, allowed bool) {
	if !allowed {
		r.say(BadValue, column, value, "", true)
		return
	}
	r.cells[column-1] = value
}

// dates: planned ship date, today to 30 days on; delivery not before it.
func (r *row) dates(s *Shipment) {
	today, ship := r.options.Today, s.ShipDate
	bounded := today.IsZero() || !ship.Before(today) && !today.Add(30).Before(ship)
	if !ship.IsZero() {
		r.choice(colShipDate, ship.String(), ship.valid() && bounded)
	}
	switch delivery := s.DeliveryDate; {
	case s.Soonest:
		r.choice(colDeliveryDate, "最短日", delivery.IsZero())
	case !delivery.IsZero():
		r.choice(colDeliveryDate, delivery.String(), delivery.valid() && !delivery.Before(ship))
	}
}

func (r *row) receiver(p *Party) {
	r.digits(colToPhone, p.Phone)
	r.digits(colToPostal, p.PostalCode)
	r.address(colToAddress, colToBuilding, p)
	r.words(colToCompany, p.Company)
	r.words(colToName, p.Name)
	r.kana(colToKana, p.Kana)
}

func (r *row) sender(s *Sender) {
	r.digits(colFromPhone, s.Phone)
	r.digits(colFromPostal, s.PostalCode)
	r.address(colFromAddress, colFromBuilding, &s.Party)
	r.words(colFromName, s.Name)
	r.kana(colFromKana, s.Kana)
	r.digits(colBilling, s.BillingCode)
	r.fixed(colBillingClass, s.BillingClass, 3)
	r.fixed(colFreight, s.Freight, 2)
}

// webCollect fills columns 43 to 47 if B2 is to register (P69).
func (r *row) webCollect(numbers []string) {
	if r.options.Merchant == "" {
		return
	}
	r.exact(colMerchant, r.options.Merchant)
	if len(numbers) == 0 || len(numbers) > 3 {
		r.say(BadValue, colAcceptance, strings.Join(numbers, " "), "", true)
		return
	}
	r.cells[colRegister-1] = "1"
	for i, n := range numbers {
		if _, formula := neutralise(n); formula || n == "" {
			r.say(BadCharacter, colAcceptance+i, n, "", true)
			continue
		}
		r.exact(colAcceptance+i, n)
	}
}

// required: the cells that this slip type must have.
func (r *row) required() {
	for i := range r.cells {
		said := slices.ContainsFunc(r.findings, func(f Finding) bool { return f.Column == i+1 && f.Refuses })
		if layout[i].Required&r.kind.Family != 0 && r.cells[i] == "" && !said {
			r.say(Missing, i+1, "", "", true)
		}
	}
	if r.cells[colSlipType-1] == "" {
		r.say(Missing, colSlipType, "", "", true)
	}
}
