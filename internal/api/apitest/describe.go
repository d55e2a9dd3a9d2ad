package apitest

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"

	_ "kessai.dev/kessai/gen/kessai/event/v1"   // the schema
	_ "kessai.dev/kessai/gen/kessai/ledger/v1"  // the schema
	_ "kessai.dev/kessai/gen/kessai/payment/v1" // the schema
	_ "kessai.dev/kessai/gen/kessai/shop/v1"    // the schema
	_ "kessai.dev/kessai/gen/kessai/vault/v1"   // the schema
)

// Methods lists the methods of all services.
func Methods() []protoreflect.MethodDescriptor {
	var out []protoreflect.MethodDescriptor
	for _, service := range []protoreflect.FullName{Service, VaultService, ShopService, EventService, LedgerService} {
		d, err := protoregistry.GlobalFiles.FindDescriptorByName(service)
		if err != nil {
			panic(err)
		}
		methods := d.(protoreflect.ServiceDescriptor).Methods()
		for i := range methods.Len() {
			out = append(out, methods.Get(i))
		}
	}
	return out
}

func describe(method string) protoreflect.MethodDescriptor {
	for _, m := range Methods() {
		if string(m.Name()) == method {
			return m
		}
	}
	panic("no such method: " + method)
}

func messageType(d protoreflect.MessageDescriptor) protoreflect.MessageType {
	t, err := protoregistry.GlobalTypes.FindMessageByName(d.FullName())
	if err != nil {
		panic(err)
	}
	return t
}

// reads reports whether the method has no side effects.
func reads(d protoreflect.MethodDescriptor) bool {
	o, ok := d.Options().(*descriptorpb.MethodOptions)
	return ok && o.GetIdempotencyLevel() == descriptorpb.MethodOptions_NO_SIDE_EFFECTS
}

// rule is how the schema maps a method to REST.
func rule(d protoreflect.MethodDescriptor) *annotations.HttpRule {
	return proto.GetExtension(d.Options(), annotations.E_Http).(*annotations.HttpRule)
}

// restRequest gives verb and path of a request, and the fields that stay for
// the body or the query.
func restRequest(d protoreflect.MethodDescriptor, request proto.Message) (verb, path string, rest proto.Message) {
	r := rule(d)
	for v, p := range map[string]string{
		http.MethodPost: r.GetPost(), http.MethodGet: r.GetGet(), http.MethodPatch: r.GetPatch(), http.MethodDelete: r.GetDelete(),
	} {
		if p != "" {
			verb, path = v, p
		}
	}
	rest = proto.Clone(request)
	for _, name := range []string{"name", "parent", "contract.name", "payment_method.name", "delivery_method.name", "webhook_endpoint.name"} {
		before, after, found := strings.Cut(path, "{"+name+"=")
		_, after, closed := strings.Cut(after, "}")
		if found && closed {
			m, f := at(rest.ProtoReflect(), name)
			path = before + escapePath(m.Get(f).String()) + after
			m.Clear(f)
		}
	}
	if body := d.Input().Fields().ByName(protoreflect.Name(r.GetBody())); body != nil {
		rest = rest.ProtoReflect().Mutable(body).Message().Interface()
	}
	if verb == http.MethodGet {
		if q := query(rest); q != "" {
			path += "?" + q
		}
	}
	return verb, path, rest
}

// at finds a field by its path, and the message that has it.
func at(m protoreflect.Message, path string) (protoreflect.Message, protoreflect.FieldDescriptor) {
	in, name, nested := strings.Cut(path, ".")
	f := m.Descriptor().Fields().ByName(protoreflect.Name(in))
	if !nested {
		return m, f
	}
	return at(m.Mutable(f).Message(), name)
}

// escapePath escapes what stands between the slashes of a name.
func escapePath(name string) string {
	parts := strings.Split(name, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	return strings.Join(parts, "/")
}

// query writes a request's flat fields as query parameters.
func query(m proto.Message) string {
	v := url.Values{}
	m.ProtoReflect().Range(func(f protoreflect.FieldDescriptor, x protoreflect.Value) bool {
		if f.Kind() == protoreflect.Int32Kind {
			v.Set(f.JSONName(), strconv.FormatInt(x.Int(), 10))
		} else {
			v.Set(f.JSONName(), x.String())
		}
		return true
	})
	return v.Encode()
}

// intoResponse puts a REST body, which is one field of the response, back where
// the schema has it.
func intoResponse(d protoreflect.MethodDescriptor) (response proto.Message, body proto.Message) {
	response = newResponse(d)
	name := rule(d).GetResponseBody()
	if name == "" {
		return response, response
	}
	f := d.Output().Fields().ByName(protoreflect.Name(name))
	return response, response.ProtoReflect().Mutable(f).Message().Interface()
}

// Named makes a request of the method for the payment, customer or card of that
// name, with whatever else the method needs.
func Named(method, name string) proto.Message {
	d := describe(method)
	m := messageType(d.Input()).New()
	for i := range d.Input().Fields().Len() {
		f := d.Input().Fields().Get(i)
		switch f.Name() {
		case "name", "parent":
			m.Set(f, protoreflect.ValueOfString(name))
		case "request_id":
			m.Set(f, protoreflect.ValueOfString("key-of-"+name))
		case "expiry":
			m.Set(f, protoreflect.ValueOfString("12/30"))
		case "card_token":
			m.Set(f, protoreflect.ValueOfString("SIMAPPROVED00000"))
		case "amount":
			m.Set(f, protoreflect.ValueOfInt32(4000))
		}
	}
	return m.Interface()
}
