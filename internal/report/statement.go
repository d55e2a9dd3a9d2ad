package report

import (
	"context"
	"errors"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Limits of a statement: as large as any file that the API takes, and as many rows
// as are held against the books while somebody waits.
const (
	MaxStatement     = 8 << 20 // bytes
	MaxStatementRows = 100_000
	MaxStatementTold = 10_000 // rows that are told of; sums count all of them
)

// Verdict is what became of a row of a statement, in one word of the API.
type Verdict string

// The verdicts.
const (
	Matched       Verdict = "MATCHED"
	AmountDiffers Verdict = "AMOUNT_DIFFERS" // the payment is settled, with other yen
	NotSettled    Verdict = "NOT_SETTLED"    // the payment is not settled in the books
	Unknown       Verdict = "UNKNOWN"        // no payment of the shop
	Repeated      Verdict = "REPEATED"       // the statement has it more often than the books
	Missing       Verdict = "MISSING"        // the statement lacks it
	Unreadable    Verdict = "UNREADABLE"     // nobody can tell what the row means
)

// StatementRow is what became of one row, or of yen of ours that the statement
// lacks.
type StatementRow struct {
	Line       int // in the file, from 1; 0: the file has no such row
	Verdict    Verdict
	Acceptance string
	Payment    payment.ID // empty: none
	Statement  money.Yen  // what the statement says; less than nothing: given back
	Books      money.Yen  // what the books say
	English    string     // what it means and what to do; empty when it matches
	Japanese   string
}

// Statement is what a statement came to. Every yen of it is in Matched or in
// UnmatchedAmount, and every settled yen of ours in its days that it lacks is in
// MissingAmount.
type Statement struct {
	Span            Span           // the days that it is about
	Rows            []StatementRow // those that do not match, in the file's order, and then what it lacks; at most MaxStatementTold
	Matched         int            // rows
	MatchedAmount   int64
	UnmatchedAmount int64 // of the statement
	MissingAmount   int64 // of ours
}

// MatchStatement holds the provider's statement against the books, row by row (pitfall feature 17).
// Rows are found by their acceptance number, whatever their day: a settlement is
// seen here later than it is done there. From and to bound only what the statement
// must not lack; empty, they are the first and the last day in the file. Nothing is
// changed. A *payment.InvalidError says that the file cannot be read to its end, or
// which days are wrong; the error may also be the books', or ctx's.
func (s *Settlements) MatchStatement(ctx context.Context, t shop.Tenant, content []byte, from, to string) (Statement, error) {
	lines, err := readStatement(content)
	if err != nil {
		return Statement{}, err
	}
	span, err := spanOf(lines, from, to, s.o.Clock())
	if err != nil {
		return Statement{}, err
	}
	m := &match{s: s, tenant: t, out: Statement{Span: span}, claims: map[payment.ID][]int{}, lines: lines}
	for i := range lines {
		if err := m.place(ctx, i); err != nil {
			return Statement{}, err
		}
	}
	for _, id := range m.order {
		if err := m.about(ctx, id); err != nil {
			return Statement{}, err
		}
	}
	if err := m.lacking(ctx); err != nil {
		return Statement{}, err
	}
	return m.sum(), nil
}

// spanOf is what a statement is about.
func spanOf(lines []line, from, to string, now time.Time) (Span, error) {
	var first, last time.Time
	for i := range lines {
		d := lines[i].day
		switch {
		case d.IsZero():
			continue
		case first.IsZero() || d.Before(first):
			first = d
		}
		if d.After(last) {
			last = d
		}
	}
	if (from == "" || to == "") && first.IsZero() {
		field := "start_date"
		if from != "" {
			field = "end_date"
		}
		return Span{}, &payment.InvalidError{Violations: []payment.Violation{{Field: field, Text: "is needed: the file has no column with days"}}}
	}
	if from == "" {
		from = first.Format(dayForm)
	}
	if to == "" {
		to = last.Format(dayForm)
	}
	return ParseSpan(from, to, now)
}

// match is one statement being held against the books.
type match struct {
	s      *Settlements
	tenant shop.Tenant
	lines  []line
	claims map[payment.ID][]int // of each payment the lines that are about it
	order  []payment.ID         // of claims, as the file has them
	lacks  []StatementRow       // what the statement lacks, as long as there is room
	out    Statement
}

// place finds the payment that a line is about. That it is there, and the shop's, is
// seen when its history is read.
func (m *match) place(ctx context.Context, i int) error {
	l := &m.lines[i]
	if l.bad != "" {
		l.becomes(Unreadable, l.bad)
		return nil
	}
	id, err := m.moved(ctx, l.acceptance) // another system's numbers may look like ours
	if err != nil {
		return err
	}
	if id == "" {
		if id, _, err = payment.ParseAcceptance(l.acceptance); err != nil {
			return m.nobodys(ctx, l)
		}
	}
	if m.claims[id] == nil {
		m.order = append(m.order, id)
	}
	m.claims[id] = append(m.claims[id], i)
	return nil
}

// moved gives the payment that moved here under an acceptance number; empty: none
// did.
func (m *match) moved(ctx context.Context, number string) (payment.ID, error) {
	if !payment.ValidAcceptance(number) {
		return "", nil
	}
	h, err := m.s.o.Books.Find(ctx, ledger.Key{Kind: ledger.KeyForeign, Tenant: m.tenant, Value: number})
	if errors.Is(err, ledger.ErrNotFound) {
		return "", nil
	}
	return h.Holds(), err
}

// nobodys judges a line that no payment can be about.
func (m *match) nobodys(ctx context.Context, l *line) error {
	l.becomes(Unknown, "unknown")
	damaged, err := m.damaged(ctx, l.acceptance)
	if damaged != "" {
		l.becomes(Unreadable, damaged)
	}
	return err
}

// damaged is the word for what a spreadsheet did to a number that nobody has;
// empty: it is not to be seen (P67). What it was is not guessed.
func (m *match) damaged(ctx context.Context, number string) (string, error) {
	if mangled(number) {
		return "damaged", nil
	}
	if !digits(number) {
		return "", nil
	}
	for zeros := "0"; len(zeros)+len(number) <= maxAcceptance; zeros += "0" {
		id, err := m.moved(ctx, zeros+number)
		if err != nil {
			return "", err
		}
		if id != "" {
			return "zeros", nil
		}
	}
	return "", nil
}

// sum gives what it all came to.
func (m *match) sum() Statement {
	for i := range m.lines {
		l := &m.lines[i]
		if l.verdict == Matched {
			m.out.Matched++
			m.out.MatchedAmount += int64(l.amount)
			continue
		}
		m.out.UnmatchedAmount += int64(l.amount)
		if len(m.out.Rows) < MaxStatementTold {
			m.out.Rows = append(m.out.Rows, l.row())
		}
	}
	room := min(len(m.lacks), MaxStatementTold-len(m.out.Rows))
	m.out.Rows = append(m.out.Rows, m.lacks[:room]...)
	return m.out
}
