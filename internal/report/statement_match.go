package report

import (
	"context"
	"errors"
	"slices"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
)

// pair holds the lines about one payment against what the books have of it, both
// in their order.
type pair struct {
	lines []*line  // without a verdict yet
	ours  []change // that no line was found for yet
	known bool     // the payment was settled at some time
}

// about judges the lines about one payment.
func (m *match) about(ctx context.Context, id payment.ID) error {
	of, changes, err := m.life(ctx, id)
	if err != nil {
		return err
	}
	var lines []*line
	for _, n := range m.claims[id] {
		l := &m.lines[n]
		switch {
		case of == nil || !hasAttempt(of, l.acceptance):
			l.becomes(Unknown, "unknown")
		case of.Winner == 0 || of.Acceptance() != l.acceptance:
			l.payment = id
			l.becomes(NotSettled, "other_attempt")
		default:
			l.payment = id
			lines = append(lines, l)
		}
	}
	if of == nil {
		delete(m.claims, id)
		return nil
	}
	p := pair{lines: slices.Clone(lines), known: len(changes) > 0}
	for i := range changes {
		if !changes[i].imported { // else it was settled for another system
			p.ours = append(p.ours, changes[i])
		}
	}
	p.judge()
	p.rest(lines)
	m.lack(p.ours)
	return nil
}

// life gives a payment of the shop and what became of its settled yen; nil: there is
// none. Nobody is told that another shop has it.
func (m *match) life(ctx context.Context, id payment.ID) (*payment.Payment, []change, error) {
	events, err := m.s.o.Books.History(ctx, id)
	if errors.Is(err, ledger.ErrNotFound) || err == nil && (len(events) == 0 || events[0].Opening == nil || events[0].Opening.Tenant != m.tenant) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	return changesOf(events)
}

func hasAttempt(p *payment.Payment, number string) bool {
	return slices.ContainsFunc(p.Attempts, func(a payment.Attempt) bool { return a.Acceptance == number })
}

// judge finds for each line what it tells of: first the same yen, then yen that
// the books have in several steps (settled, and then some given back) or the
// statement has in several rows; what is left differs.
func (p *pair) judge() {
	p.each(func(l *line) bool {
		for i := range p.ours {
			if p.ours[i].amount() == l.amount {
				p.take(i, i+1)
				l.matched()
				return true
			}
		}
		return false
	})
	p.each(func(l *line) bool {
		from, to, ok := p.run(l.amount)
		if ok {
			p.take(from, to)
			l.matched()
		}
		return ok
	})
	p.together()
}

// each tries every line that is left, and drops those that were found.
func (p *pair) each(found func(*line) bool) {
	var left []*line
	for _, l := range p.lines {
		if !found(l) {
			left = append(left, l)
		}
	}
	p.lines = left
}

// run finds steps that follow each other and come to an amount.
func (p *pair) run(amount money.Yen) (from, to int, ok bool) {
	for from := range p.ours {
		var sum money.Yen
		for to := from; to < len(p.ours); to++ {
			if sum += p.ours[to].amount(); sum == amount && to > from {
				return from, to + 1, true
			}
		}
	}
	return 0, 0, false
}

// together looks whether the lines that are left tell of one step in several rows,
// or of yen that were settled and given back between two looks of ours.
func (p *pair) together() {
	if len(p.lines) < 2 {
		return
	}
	var sum money.Yen
	for _, l := range p.lines {
		sum += l.amount
	}
	at := -1
	for i := range p.ours {
		if p.ours[i].amount() == sum {
			at = i
			break
		}
	}
	if at < 0 && (sum != 0 || len(p.ours) > 0) {
		return
	}
	if at >= 0 {
		p.take(at, at+1)
	}
	for _, l := range p.lines {
		l.matched()
	}
	p.lines = nil
}

// take drops steps that a line was found for.
func (p *pair) take(from, to int) { p.ours = append(p.ours[:from:from], p.ours[to:]...) }

func (l *line) matched() { l.verdict, l.books = Matched, l.amount }

// rest gives the lines that are left their verdicts; all are those about the
// payment. A step of the same direction is what such a line should have told of.
func (p *pair) rest(all []*line) {
	above := map[money.Yen]bool{}
	for _, l := range all {
		if l.verdict == "" {
			p.differs(l, above[l.amount])
		}
		above[l.amount] = true
	}
}

// differs judges one of them; above tells whether a line above says the same.
func (p *pair) differs(l *line, above bool) {
	switch at := p.sameWay(l.amount); {
	case above:
		l.becomes(Repeated, "repeated")
	case at >= 0:
		l.books = p.ours[at].amount()
		l.becomes(AmountDiffers, "differs")
		p.take(at, at+1)
	case !p.known:
		l.becomes(NotSettled, "not_settled")
	case l.amount < 0:
		l.becomes(AmountDiffers, "not_refunded")
	default:
		l.becomes(AmountDiffers, "too_much")
	}
}

func (p *pair) sameWay(amount money.Yen) int {
	for i := range p.ours {
		if (p.ours[i].amount() < 0) == (amount < 0) {
			return i
		}
	}
	return -1
}

// lacking tells of the payments that were settled in the statement's days and that
// it does not mention at all.
func (m *match) lacking(ctx context.Context) error {
	r := m.s.rates(m.tenant)
	return m.s.cuts(ctx, m.out.Span, func(day time.Time, after, until uint64) error {
		return m.s.events(ctx, m.tenant, after, until, func(e *ledger.JournalEntry) error {
			if _, judged := m.claims[e.Payment]; judged {
				return nil
			}
			row, err := m.s.row(ctx, e, r)
			if err != nil || row == nil {
				return err
			}
			_, changes, err := m.life(ctx, e.Payment)
			if err == nil && !m.nothing(changes) {
				m.lackRow(e.Payment, row.Acceptance, row.Amount, day.Equal(m.out.Span.From))
			}
			return err
		})
	})
}

// lack tells of what no line of a payment was found for.
func (m *match) lack(left []change) {
	if m.nothing(left) {
		return
	}
	for i := range left {
		if c := &left[i]; m.out.Span.has(c.event.Time) {
			m.lackRow(c.payment.ID, c.payment.Acceptance(), c.amount(), dayOf(c.event.Time).Equal(m.out.Span.From))
		}
	}
}

// nothing reports whether steps come to nothing in the statement's days: what was
// settled and wholly given back in them a statement may leave out.
func (m *match) nothing(steps []change) bool {
	var sum money.Yen
	for i := range steps {
		if c := &steps[i]; !c.imported && m.out.Span.has(c.event.Time) {
			sum += c.amount()
		}
	}
	return sum == 0
}

// lackRow notes yen that the statement lacks. What was seen on its first day may
// have been settled on the day before.
func (m *match) lackRow(id payment.ID, acceptance string, y money.Yen, firstDay bool) {
	m.out.MissingAmount += int64(y)
	if len(m.lacks) == MaxStatementTold {
		return
	}
	text := "missing"
	switch {
	case y < 0:
		text = "missing_refund"
	case firstDay:
		text = "missing_first"
	}
	words := statementTexts[text]
	m.lacks = append(m.lacks, StatementRow{Verdict: Missing, Acceptance: acceptance, Payment: id, Books: y, English: words[0], Japanese: words[1]})
}
