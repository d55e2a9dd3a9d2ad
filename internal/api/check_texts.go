package api

import (
	"strconv"
	"strings"
	"sync"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/reflect/protoreflect"

	"kessai.dev/kessai/internal/card"
)

// texts goes through every string of the message: no control characters, no
// card number (P59), nothing too long. It reads the message as it is on the
// wire, where a text costs a look at its bytes; by reflection it was three
// percent of a payment.
func (k *checker) texts(d protoreflect.MessageDescriptor, wire []byte) {
	plan, last, index := textsOf(d), protowire.Number(0), -1
	for len(wire) > 0 {
		number, kind, n := protowire.ConsumeTag(wire)
		if n < 0 {
			return // nobody wrote this but us
		}
		wire = wire[n:]
		if n = protowire.ConsumeFieldValue(number, kind, wire); n < 0 {
			return
		}
		if f := plan.field(number); f != nil && kind == protowire.BytesType {
			value, _ := protowire.ConsumeBytes(wire)
			if index++; number != last {
				index = 0
			}
			k.text(f, index, value)
		}
		wire, last = wire[n:], number
	}
}

// text looks at one field, the index-th of its name.
func (k *checker) text(f *textField, index int, value []byte) {
	if !f.list {
		index = -1
	}
	k.at = append(k.at, step{f.name, index})
	defer func() { k.at = k.at[:len(k.at)-1] }()
	if f.message != nil {
		k.texts(f.message, value)
		return
	}
	if len(value) <= f.limit && harmless(value) {
		return
	}
	holds, text := f.holds, string(value)
	if f.program && (len(k.at) == 1 || f.name == "payment") {
		holds = numberInName
	}
	if f.prose {
		text = lineBreaks.Replace(text)
	}
	if fault := textFault(text, f.limit, holds); fault != "" {
		k.fail(path(k.at), fault)
	}
}

// lineBreaks may stand in texts of several lines.
var lineBreaks = strings.NewReplacer("\r\n", " ", "\n", " ", "\t", " ")

// step is one on the way to a field: its name, and its place in a list or -1.
type step struct {
	name  protoreflect.Name
	index int
}

func path(steps []step) string {
	var s string
	for i, at := range steps {
		if i > 0 {
			s += "."
		}
		s += string(at.name)
		if at.index >= 0 {
			s += "[" + strconv.Itoa(at.index) + "]"
		}
	}
	return s
}

// textField is a field that is a text or may have some.
type textField struct {
	name    protoreflect.Name
	list    bool
	message protoreflect.MessageDescriptor // nil: the field is a text
	limit   int
	holds   func(string) bool // finds a card number
	program bool              // of a request itself, its text is made by programs
	prose   bool              // may have several lines
}

// textPlan has the text fields of a message by number.
type textPlan []*textField

func (p textPlan) field(number protowire.Number) *textField {
	if int(number) < len(p) {
		return p[number]
	}
	return nil
}

// plans keeps what textsOf found, by the message's descriptor.
var plans sync.Map

func textsOf(d protoreflect.MessageDescriptor) textPlan {
	if plan, ok := plans.Load(d); ok {
		known, _ := plan.(textPlan)
		return known
	}
	var plan textPlan
	for i := range d.Fields().Len() {
		f := d.Fields().Get(i)
		t := &textField{name: f.Name(), list: f.IsList(), message: f.Message()}
		switch {
		case f.IsMap(): // no request has one (TestNoMaps)
			continue
		case f.Message() != nil:
		case f.Kind() == protoreflect.StringKind:
			t.limit, t.holds, t.program = textLimit(f.Name())
			t.prose = f.Name() == descriptionField
		default:
			continue
		}
		for len(plan) <= int(f.Number()) {
			plan = append(plan, nil)
		}
		plan[f.Number()] = t
	}
	plans.Store(d, plan)
	return plan
}

// descriptionField holds HTML of several lines (R20).
const descriptionField = "description"

func textLimit(name protoreflect.Name) (limit int, holds func(string) bool, program bool) {
	switch name {
	case descriptionField:
		return maxProse, cardInText, false
	case "filter":
		return maxFilter, card.IsNumber, false
	case "uri":
		return maxAddress, cardInText, false
	case "page_token", "etag", keyField:
		return maxOpaque, card.IsNumber, false
	case "name", "parent", "payment", "payments", "order_number", "customer", "delivery_method", "card":
		return maxText, cardInText, true
	}
	return maxText, cardInText, false
}
