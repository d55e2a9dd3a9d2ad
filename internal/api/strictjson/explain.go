package strictjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"google.golang.org/protobuf/reflect/protoreflect"
)

// maxDepth is deeper than any message of ours.
const maxDepth = 32

// plain is a whole number as we take it.
var plain = regexp.MustCompile(`^-?(0|[1-9][0-9]*)$`)

// explain walks the body along the schema and gives the first thing that is
// wrong, or nil.
func explain(b []byte, d protoreflect.MessageDescriptor) error {
	w := &walker{dec: json.NewDecoder(bytes.NewReader(b))}
	w.dec.UseNumber()
	if err := w.message(d, "", 0); err != nil {
		return err
	}
	if _, err := w.dec.Token(); !errors.Is(err, io.EOF) {
		return &Error{Text: "there is more text after the JSON object"}
	}
	return nil
}

type walker struct{ dec *json.Decoder }

// next reads a token; broken JSON is told by its place, never by its text.
func (w *walker) next() (json.Token, error) {
	t, err := w.dec.Token()
	if err != nil {
		return nil, &Error{Text: fmt.Sprintf("the body is not valid JSON at byte %d", w.dec.InputOffset())}
	}
	return t, nil
}

func (w *walker) message(d protoreflect.MessageDescriptor, path string, depth int) error {
	t, err := w.next()
	if err != nil {
		return err
	}
	if t == nil && path != "" {
		return null(path)
	}
	if t != json.Delim('{') {
		return &Error{Field: path, Text: "must be a JSON object"}
	}
	if depth > maxDepth {
		return &Error{Field: path, Text: "is nested too deep"}
	}
	seen := map[protoreflect.FieldNumber]bool{}
	for w.dec.More() {
		key, err := w.next()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		f := find(d, name)
		if f == nil {
			return &Error{Field: path, Text: "has an unknown field " + quote(name) + "; fields of this object: " + fields(d)}
		}
		at := join(path, string(f.Name()))
		if seen[f.Number()] {
			return &Error{Field: at, Text: "is given twice"}
		}
		seen[f.Number()] = true
		if err := w.field(f, at, depth); err != nil {
			return err
		}
	}
	_, err = w.next()
	return err
}

func (w *walker) field(f protoreflect.FieldDescriptor, path string, depth int) error {
	if !f.IsList() {
		return w.value(f, path, depth)
	}
	t, err := w.next()
	if err != nil || t == nil {
		return err
	}
	if t != json.Delim('[') {
		return &Error{Field: path, Text: "must be a list"}
	}
	for i := 0; w.dec.More(); i++ {
		if err := w.value(f, path+"["+strconv.Itoa(i)+"]", depth); err != nil {
			return err
		}
	}
	_, err = w.next()
	return err
}

func (w *walker) value(f protoreflect.FieldDescriptor, path string, depth int) error {
	moment := f.Message() != nil && f.Message().FullName() == "google.protobuf.Timestamp"
	if f.Kind() == protoreflect.MessageKind && !moment {
		return w.message(f.Message(), path, depth+1)
	}
	t, err := w.next()
	if err != nil {
		return err
	}
	if t == nil {
		return null(path)
	}
	if moment {
		return timestamp(t, path)
	}
	switch f.Kind() {
	case protoreflect.Int32Kind:
		return number(t, path)
	case protoreflect.BoolKind:
		if _, ok := t.(bool); !ok {
			return &Error{Field: path, Text: "must be true or false"}
		}
	case protoreflect.EnumKind:
		return word(f, t, path)
	default:
		if _, ok := t.(string); !ok {
			return &Error{Field: path, Text: "must be a string"}
		}
	}
	return nil
}

// null is a field that is not set, and nothing at all in a list.
func null(path string) error {
	if strings.HasSuffix(path, "]") {
		return &Error{Field: path, Text: "must not be null"}
	}
	return nil
}

// number is the one rule for whole numbers (P82, P83).
func number(t json.Token, path string) error {
	var s string
	switch v := t.(type) {
	case json.Number:
		s = v.String()
	case string:
		s = v
	default:
		return &Error{Field: path, Text: "must be a whole number"}
	}
	if !plain.MatchString(s) {
		return &Error{Field: path, Text: "must be a whole number in plain digits, without decimals, commas or exponent", Value: true}
	}
	if _, err := strconv.ParseInt(s, 10, 32); err != nil {
		return &Error{Field: path, Text: "is too large", Value: true}
	}
	return nil
}

// timestamp is a time with its zone.
func timestamp(t json.Token, path string) error {
	s, _ := t.(string)
	if _, err := time.Parse(time.RFC3339Nano, s); err != nil {
		return &Error{Field: path, Text: `must be a time such as "2026-01-31T09:00:00+09:00"`, Value: true}
	}
	return nil
}

func word(f protoreflect.FieldDescriptor, t json.Token, path string) error {
	if s, ok := t.(string); ok && f.Enum().Values().ByName(protoreflect.Name(s)) != nil {
		return nil
	}
	return &Error{Field: path, Text: "must be one of the words of " + string(f.Enum().Name()), Value: true}
}

func find(d protoreflect.MessageDescriptor, name string) protoreflect.FieldDescriptor {
	if f := d.Fields().ByJSONName(name); f != nil {
		return f
	}
	return d.Fields().ByName(protoreflect.Name(name))
}

// fields lists what an object may have, as JSON names.
func fields(d protoreflect.MessageDescriptor) string {
	var s string
	for i := range d.Fields().Len() {
		if i > 0 {
			s += ", "
		}
		s += d.Fields().Get(i).JSONName()
	}
	if s == "" {
		return "none"
	}
	return s
}

// quote shows a field's name if it is one that a person may have written.
func quote(name string) string {
	if len(name) > 64 {
		return "with a long name"
	}
	for _, r := range name {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_') {
			return "with an odd name"
		}
	}
	return strconv.Quote(name)
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
