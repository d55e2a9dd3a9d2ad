package api

import (
	"fmt"
	"strings"
	"time"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// parseFilter reads a filter: conditions "field operator value" joined by AND,
// a subset of AIP-160. Values are bare words or "quoted", with \" and \\ in
// quotes. Each field may be asked for once; create_time and amount once in each
// direction.
// The error says where the filter stops making sense.
func parseFilter(s string) (ledger.Filter, error) {
	return parseConditions(s, filterFields, "state, order_number, acceptance_number, customer, create_time, amount, delivery_method, fulfillment_state, order_state, order_registered, attention and pending_operation")
}

// fields sets the fields of a filter, or says what is wrong with what.
type fields[F any] map[string]func(f *F, op, v string) (place, string)

// parseConditions reads a filter of some list: its fields, and their names for
// people.
func parseConditions[F any](s string, known fields[F], names string) (f F, err error) {
	p := &filterParser{in: s}
	if p.peek() == "" {
		return f, nil
	}
	var none F
	seen := map[string]bool{}
	for {
		if err := condition(p, known, names, &f, seen); err != nil {
			return none, err
		}
		p.peek()
		at := p.pos
		word := p.word()
		switch {
		case word == "":
			return f, nil
		case word != "AND":
			return none, p.fail(at, "conditions are joined by AND")
		}
	}
}

// filterParser reads tokens from left to right.
type filterParser struct {
	in  string
	pos int
}

func (p *filterParser) fail(at int, text string) error {
	return invalidField("filter", fmt.Sprintf("at character %d: %s", len([]rune(p.in[:at]))+1, text))
}

// peek skips blanks and gives what is left.
func (p *filterParser) peek() string {
	for p.pos < len(p.in) && p.in[p.pos] == ' ' {
		p.pos++
	}
	return p.in[p.pos:]
}

// word takes a run of characters up to a blank, an operator or a quote; if
// there is none, the character that is in the way.
func (p *filterParser) word() string {
	rest := p.peek()
	n := strings.IndexAny(rest, ` =<>!:"()`)
	switch {
	case n < 0:
		n = len(rest)
	case n == 0:
		n = 1
	}
	p.pos += n
	return rest[:n]
}

// operators, longest first.
var operators = []string{"<=", ">=", "!=", "=", "<", ">", ":"}

func (p *filterParser) operator() string {
	rest := p.peek()
	for _, o := range operators {
		if strings.HasPrefix(rest, o) {
			p.pos += len(o)
			return o
		}
	}
	return ""
}

// value takes a quoted or a bare value.
func (p *filterParser) value() (string, error) {
	rest, at := p.peek(), p.pos
	if !strings.HasPrefix(rest, `"`) {
		n := strings.IndexAny(rest, ` "()=<>`)
		if n < 0 {
			n = len(rest)
		}
		if n == 0 {
			return "", p.fail(at, "a value is missing")
		}
		p.pos += n
		return rest[:n], nil
	}
	var b strings.Builder
	for i := 1; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '"':
			p.pos += i + 1
			return b.String(), nil
		case c == '\\' && i+1 < len(rest) && (rest[i+1] == '"' || rest[i+1] == '\\'):
			i++
			b.WriteByte(rest[i])
		case c == '\\':
			return "", p.fail(at+i, `only \" and \\ may be escaped`)
		default:
			b.WriteByte(c)
		}
	}
	return "", p.fail(at, "the quote is not closed")
}

func condition[F any](p *filterParser, known fields[F], names string, f *F, seen map[string]bool) error {
	p.peek()
	at := p.pos
	field := p.word()
	if field == "" {
		return p.fail(at, "a condition is missing")
	}
	set, ok := known[field]
	if !ok {
		return p.fail(at, "no such field here; fields are "+names)
	}
	p.peek()
	opAt := p.pos
	op := p.operator()
	if op == "" {
		return p.fail(opAt, "an operator is missing")
	}
	p.peek()
	valueAt := p.pos
	value, err := p.value()
	if err != nil {
		return err
	}
	for _, once := range askedFor(field, op) {
		if seen[once] {
			return p.fail(at, field+" is asked for twice")
		}
		seen[once] = true
	}
	if where, text := set(f, op, value); text != "" {
		if where == badOperator {
			return p.fail(opAt, text)
		}
		return p.fail(valueAt, text)
	}
	return nil
}

// askedFor is what a condition takes: a field, or its two directions, of which an
// equality takes both.
func askedFor(field, op string) []string {
	switch {
	case field != "create_time" && field != "amount":
		return []string{field}
	case op == "=":
		return []string{field + "<", field + ">"}
	}
	return []string{field + op[:1]}
}

// place says which part of a condition is wrong.
type place bool

const (
	badOperator place = true
	badValue    place = false
)

// filterFields are the fields of a list of payments.
var filterFields = fields[ledger.Filter]{
	"state":             setState,
	"order_number":      equals(func(f *ledger.Filter) *string { return &f.OrderNumber }),
	"acceptance_number": equals(func(f *ledger.Filter) *string { return &f.Acceptance }),
	"customer":          equals(func(f *ledger.Filter) *string { return &f.Customer }),
	"create_time":       setCreateTime,
	"amount":            setAmount,
	"delivery_method":   equals(func(f *ledger.Filter) *string { return &f.Delivery }),
	"fulfillment_state": whether(func(f *ledger.Filter) *ledger.Whether { return &f.Shipped }, fulfillmentShipped, fulfillmentNone),
	"order_state":       whether(func(f *ledger.Filter) *ledger.Whether { return &f.Canceled }, orderCanceled, orderOpen),
	"order_registered":  whether(func(f *ledger.Filter) *ledger.Whether { return &f.Confirmed }, "true", "false"),
	"attention":         present(func(f *ledger.Filter) *bool { return &f.Attention }),
	"pending_operation": present(func(f *ledger.Filter) *bool { return &f.Unanswered }),
}

func equals[F any](to func(*F) *string) func(*F, string, string) (place, string) {
	return func(f *F, op, v string) (place, string) {
		switch {
		case op != "=":
			return badOperator, "this field takes = only"
		case v == "":
			return badValue, "the value is empty"
		}
		*to(f) = v
		return badValue, ""
	}
}

func present(to func(*ledger.Filter) *bool) func(*ledger.Filter, string, string) (place, string) {
	return func(f *ledger.Filter, op, v string) (place, string) {
		switch {
		case op != ":":
			return badOperator, "this field takes :* only"
		case v != "*":
			return badValue, "this field takes :* only"
		}
		*to(f) = true
		return badValue, ""
	}
}

func setState(f *ledger.Filter, op, v string) (place, string) {
	if op != "=" {
		return badOperator, "this field takes = only"
	}
	for _, s := range payment.States() {
		if stateMessages[s].String() == v {
			f.States = []payment.State{s}
			return badValue, ""
		}
	}
	return badValue, "is no state; states begin with " + paymentv1.Payment_STATE_PENDING.String()
}

// setCreateTime turns "from" and "to" into the ledger's exclusive bounds.
func setCreateTime(f *ledger.Filter, op, v string) (place, string) {
	return setTime(&f.CreatedAfter, &f.CreatedBefore, op, v)
}

// setTime sets one of two exclusive bounds.
func setTime(after, before *time.Time, op, v string) (place, string) {
	t, err := time.Parse(time.RFC3339Nano, v)
	if err != nil {
		return badValue, `a time is written "2026-01-31T09:00:00+09:00"`
	}
	switch op {
	case ">":
		*after = t
	case ">=":
		*after = t.Add(-time.Nanosecond)
	case "<":
		*before = t
	case "<=":
		*before = t.Add(time.Nanosecond)
	default:
		return badOperator, "this field takes <, <=, > and >="
	}
	return badValue, ""
}
