package api

import (
	"strconv"
	"strings"
	"sync"

	"google.golang.org/protobuf/reflect/protoreflect"

	"kessai.dev/kessai/internal/card"
)

// texts goes through every string of the message: no control characters, no
// card number (P59), nothing too long.
func (k *checker) texts(m protoreflect.Message) { k.textsIn(m, textsOf(m.Descriptor())) }

func (k *checker) textsIn(m protoreflect.Message, fields []textField) {
	for i := range fields {
		f := &fields[i]
		if f.holds == nil && !f.list && !m.Has(f.FieldDescriptor) {
			continue
		}
		v := m.Get(f.FieldDescriptor)
		if !f.list {
			k.at = append(k.at, step{f.Name(), -1})
			k.value(f, v)
			k.at = k.at[:len(k.at)-1]
			continue
		}
		for i := range v.List().Len() {
			k.at = append(k.at, step{f.Name(), i})
			k.value(f, v.List().Get(i))
			k.at = k.at[:len(k.at)-1]
		}
	}
}

func (k *checker) value(f *textField, v protoreflect.Value) {
	if f.holds == nil {
		m := v.Message()
		k.textsIn(m, textsOf(m.Descriptor()))
		return
	}
	holds := f.holds
	if f.program && (len(k.at) == 1 || f.Name() == "payment") {
		holds = numberInName
	}
	text := v.String()
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
	protoreflect.FieldDescriptor
	list    bool
	limit   int
	holds   func(string) bool // finds a card number; nil: the field is a message
	program bool              // of a request itself, its text is made by programs
	prose   bool              // may have several lines
}

// plans keeps what textsOf found, by the message's descriptor: every request is
// looked through, and most fields of most requests are no texts.
var plans sync.Map

func textsOf(d protoreflect.MessageDescriptor) []textField {
	if plan, ok := plans.Load(d); ok {
		fields, _ := plan.([]textField)
		return fields
	}
	var fields []textField
	for i := range d.Fields().Len() {
		f := d.Fields().Get(i)
		t := textField{FieldDescriptor: f, list: f.IsList()}
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
		fields = append(fields, t)
	}
	plans.Store(d, fields)
	return fields
}

// descriptionField holds HTML of several lines (R20).
const descriptionField = "description"

func textLimit(name protoreflect.Name) (limit int, holds func(string) bool, program bool) {
	switch name {
	case descriptionField:
		return maxProse, cardInText, false
	case "filter":
		return maxFilter, card.IsNumber, false
	case "page_token", "etag", keyField:
		return maxOpaque, card.IsNumber, false
	case "name", "parent", "payment", "payments", "order_number", "customer", "delivery_method", "card":
		return maxText, cardInText, true
	}
	return maxText, cardInText, false
}
