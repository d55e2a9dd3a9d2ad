package api

import (
	"errors"
	"net/url"
	"strconv"

	"github.com/grpc-ecosystem/grpc-gateway/v2/utilities"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// queryError begins every text of strictQuery.
const queryError = "query parameter "

// strictQuery reads query parameters into a request's fields: known ones, once
// each but for lists of texts, that the path does not give already.
type strictQuery struct{}

// Parse implements runtime.QueryParameterParser.
func (strictQuery) Parse(msg proto.Message, values url.Values, inPath *utilities.DoubleArray) error {
	m := msg.ProtoReflect()
	for key, given := range values {
		f := m.Descriptor().Fields().ByJSONName(key)
		if f == nil {
			f = m.Descriptor().Fields().ByName(protoreflect.Name(key))
		}
		if f == nil || inPath.HasCommonPrefix([]string{string(f.Name())}) {
			return errors.New(queryError + "is unknown here; known are " + parameters(m.Descriptor(), inPath))
		}
		if f.IsList() && f.Kind() == protoreflect.StringKind {
			for _, s := range given {
				m.Mutable(f).List().Append(protoreflect.ValueOfString(s))
			}
			continue
		}
		if len(given) != 1 || m.Has(f) {
			return errors.New(queryError + f.JSONName() + " is given twice")
		}
		v, ok := parseParameter(f, given[0])
		if !ok {
			return errors.New(queryError + f.JSONName() + " has a value that it does not take")
		}
		m.Set(f, v)
	}
	return nil
}

func parseParameter(f protoreflect.FieldDescriptor, s string) (protoreflect.Value, bool) {
	switch {
	case f.IsList():
	case f.Kind() == protoreflect.StringKind:
		return protoreflect.ValueOfString(s), true
	case f.Kind() == protoreflect.Int32Kind:
		n, err := strconv.ParseInt(s, 10, 32)
		return protoreflect.ValueOfInt32(int32(n)), err == nil && strconv.FormatInt(n, 10) == s
	case f.Kind() == protoreflect.BoolKind:
		return protoreflect.ValueOfBool(s == "true"), s == "true" || s == "false"
	}
	return protoreflect.Value{}, false
}

// parameters lists what a call takes.
func parameters(d protoreflect.MessageDescriptor, inPath *utilities.DoubleArray) string {
	s := ""
	for i := range d.Fields().Len() {
		f := d.Fields().Get(i)
		if inPath.HasCommonPrefix([]string{string(f.Name())}) {
			continue
		}
		if s != "" {
			s += ", "
		}
		s += f.JSONName()
	}
	if s == "" {
		return "none"
	}
	return s
}
