package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	eventv1 "kessai.dev/kessai/gen/kessai/event/v1"
	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
	vaultv1 "kessai.dev/kessai/gen/kessai/vault/v1"
	"kessai.dev/kessai/internal/api/rpcbridge"
	"kessai.dev/kessai/internal/api/strictjson"
	"kessai.dev/kessai/internal/processor"
)

// newREST builds the REST door: it turns HTTP into calls on conn, through the
// same chain as every other protocol, and is strict where the gateway is not.
func (a *API) newREST(conn grpc.ClientConnInterface, queries map[string]bool) (http.Handler, error) {
	mux := runtime.NewServeMux(
		runtime.WithMarshalerOption(runtime.MIMEWildcard, &restMarshaler{}),
		runtime.WithIncomingHeaderMatcher(restHeaderIn), runtime.WithOutgoingHeaderMatcher(restHeaderOut),
		runtime.WithDisablePathLengthFallback(), runtime.WithDisableHTTPMethodOverride(),
		runtime.SetQueryParameterParser(strictQuery{}),
		runtime.WithMiddlewares(func(next runtime.HandlerFunc) runtime.HandlerFunc { return a.restRequest(queries, next) }),
		runtime.WithErrorHandler(a.restError), runtime.WithRoutingErrorHandler(a.restRoutingError(queries)), runtime.WithStreamErrorHandler(restStreamError),
	)
	err := errors.Join(
		paymentv1.RegisterPaymentServiceHandlerClient(context.Background(), mux, paymentv1.NewPaymentServiceClient(conn)),
		vaultv1.RegisterVaultServiceHandlerClient(context.Background(), mux, vaultv1.NewVaultServiceClient(conn)),
		shopv1.RegisterShopServiceHandlerClient(context.Background(), mux, shopv1.NewShopServiceClient(conn)),
		eventv1.RegisterEventServiceHandlerClient(context.Background(), mux, eventv1.NewEventServiceClient(conn)),
		ledgerv1.RegisterLedgerServiceHandlerClient(context.Background(), mux, ledgerv1.NewLedgerServiceClient(conn)))
	if err != nil {
		return nil, err
	}
	return a.withFileCalls(mux, conn)
}

// restHeaderIn lets one header through, beside Authorization, which the gateway
// passes itself. No other one becomes metadata, so nobody can pose as a proxy.
func restHeaderIn(h string) (string, bool) {
	return "idempotency-key", strings.EqualFold(h, "Idempotency-Key")
}

func restHeaderOut(h string) (string, bool) {
	switch h {
	case "idempotency-replayed", "retry-after":
		return http.CanonicalHeaderKey(h), true
	}
	return "", false
}

// restRequest reads the body whole, one mebibyte of JSON at most, but only of
// somebody who has a key: without one the call goes on empty, and the chain
// refuses it as it does in every protocol.
func (a *API) restRequest(queries map[string]bool, next runtime.HandlerFunc) runtime.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request, params map[string]string) {
		ctx := metadata.NewIncomingContext(r.Context(), metadata.MD{"authorization": r.Header.Values("Authorization")})
		if _, err := a.authenticate(ctx, &call{from: originOf(ctx)}); err != nil {
			_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, maxBody))
			r = r.Clone(r.Context())
			r.Body, r.URL.RawQuery = &restBody{Reader: bytes.NewReader(nil)}, ""
			next(w, r, params)
			return
		}
		if pattern, _ := runtime.HTTPPattern(r.Context()); r.URL.RawQuery != "" && !queries[r.Method+" "+pattern.String()] {
			a.refuse(w, r, http.StatusBadRequest, malformed(queryError+"is unknown here; known are none"))
			return
		}
		if r.Method == http.MethodGet || r.Method == http.MethodDelete {
			r.Body = http.NoBody
			next(w, r, params)
			return
		}
		if !jsonType(r.Header.Get("Content-Type")) {
			a.refuse(w, r, http.StatusUnsupportedMediaType, malformed("the content type must be application/json"))
			return
		}
		limit := int64(maxBody)
		if r.URL.Path == "/v1/payments:runBatch" { // it may have a file of B2 in it
			limit = maxFileWire
		}
		b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
		if err != nil {
			f := malformed("the body cannot be read")
			if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
				f = tooLarge()
			}
			a.refuse(w, r, httpStatus(f.code(), reasonWord(f.reason)), f)
			return
		}
		r.Body = &restBody{Reader: bytes.NewReader(b), whole: b}
		next(w, r, params)
	}
}

// refuse answers a request that does not get as far as the chain, and writes
// its line in the log.
func (a *API) refuse(w http.ResponseWriter, r *http.Request, code int, f *fault) {
	c := &call{id: requestOf(r), method: "/http/" + r.Method, from: origin{protocol: "rest"}, started: a.o.Clock()}
	if full, ok := runtime.RPCMethod(r.Context()); ok {
		c.method = full
	}
	_, c.timing = processor.WithTiming(r.Context())
	a.report(r.Context(), c, f)
	writeFault(w, r, code, f)
}

// jsonType takes JSON, no type at all, and what curl -d claims a body to be.
func jsonType(header string) bool {
	if header == "" {
		return true
	}
	t, _, err := mime.ParseMediaType(header)
	return err == nil && (t == "application/json" || t == "application/x-www-form-urlencoded" || strings.HasPrefix(t, "application/") && strings.HasSuffix(t, "+json"))
}

// restBody is a body that has been read, and what was wrong with it: the
// gateway keeps only the text of an error, and we want it whole.
type restBody struct {
	*bytes.Reader
	whole []byte
	err   error
}

func (*restBody) Close() error { return nil }

// restMarshaler reads bodies strictly and writes proto3 JSON without zero
// values.
type restMarshaler struct{ runtime.JSONPb }

// ContentType of everything but streams.
func (*restMarshaler) ContentType(any) string { return "application/json" }

// StreamContentType is that of lines of JSON.
func (*restMarshaler) StreamContentType(any) string { return "application/x-ndjson" }

// Marshal writes without the blanks that protojson strews in.
func (m *restMarshaler) Marshal(v any) ([]byte, error) {
	b, err := m.JSONPb.Marshal(v)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.Grow(len(b))
	if err := json.Compact(&out, b); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// NewDecoder reads a whole body. What the path says, the body must not.
func (*restMarshaler) NewDecoder(r io.Reader) runtime.Decoder {
	return runtime.DecoderFunc(func(v any) error {
		body, ok := r.(*restBody)
		if !ok {
			return errors.New("the body cannot be read")
		}
		if len(bytes.TrimSpace(body.whole)) == 0 {
			return io.EOF // no body: an empty request
		}
		m, isMessage := messageAt(v)
		if !isMessage {
			return errors.New("the body cannot be read")
		}
		if body.err = strictjson.Unmarshal(body.whole, m); body.err != nil {
			return body.err
		}
		for _, inPath := range []protoreflect.Name{"name", "parent"} {
			if f := m.ProtoReflect().Descriptor().Fields().ByName(inPath); f != nil && m.ProtoReflect().Has(f) {
				body.err = &strictjson.Error{Field: string(inPath), Text: "is given by the path"}
				return body.err
			}
		}
		return nil
	})
}

// messageAt gives the message to read into: v itself, or what a field holds
// whose body is the whole of it; one that is empty is filled.
func messageAt(v any) (proto.Message, bool) {
	if m, ok := v.(proto.Message); ok {
		return m, true
	}
	at := reflect.ValueOf(v)
	if at.Kind() != reflect.Pointer || at.Elem().Kind() != reflect.Pointer {
		return nil, false
	}
	if at.Elem().IsNil() {
		at.Elem().Set(reflect.New(at.Elem().Type().Elem()))
	}
	m, ok := at.Elem().Interface().(proto.Message)
	return m, ok
}

// restError writes any error that the gateway met: one of the chain as it is,
// one of the body in our words. The gateway's own ones lose their text, but for
// what our query parser wrote (P20).
func (a *API) restError(ctx context.Context, _ *runtime.ServeMux, _ runtime.Marshaler, w http.ResponseWriter, r *http.Request, err error) {
	if md, ok := runtime.ServerMetadataFromContext(ctx); ok {
		for k, vs := range md.HeaderMD {
			if h, ok := restHeaderOut(k); ok && len(vs) > 0 {
				w.Header().Set(h, vs[0])
			}
		}
	}
	s := status.Convert(err)
	if reasonOfStatus(s) != "" {
		writeStatus(w, httpStatus(s.Code(), reasonOfStatus(s)), s)
		return
	}
	f := malformed("the request cannot be read")
	if body, ok := r.Body.(*restBody); ok && body.err != nil {
		errors.As(unreadable(inField(ctx, body.err)), &f)
	} else if strings.HasPrefix(s.Message(), queryError) {
		f.text = s.Message()
	}
	a.refuse(w, r.WithContext(ctx), httpStatus(f.code(), reasonWord(f.reason)), f)
}

// inField says where in the request a fault of a body lies that is one field of
// it, as the other protocols do.
func inField(ctx context.Context, err error) error {
	e, ok := errors.AsType[*strictjson.Error](err)
	full, known := runtime.RPCMethod(ctx)
	if !ok || !known || e.Field == "" {
		return err
	}
	d, ok := rpcbridge.Descriptor(full)
	if !ok {
		return err
	}
	rule, _ := proto.GetExtension(d.Options(), annotations.E_Http).(*annotations.HttpRule)
	if field := rule.GetBody(); field != "" && field != "*" {
		return &strictjson.Error{Field: field + "." + e.Field, Text: e.Text, Value: e.Value}
	}
	return err
}

// restRoutingError answers for a path that nobody serves, or not by that HTTP method.
func (a *API) restRoutingError(routes map[string]bool) runtime.RoutingErrorHandlerFunc {
	return func(_ context.Context, _ *runtime.ServeMux, _ runtime.Marshaler, w http.ResponseWriter, r *http.Request, _ int) {
		if verbs := allowed(routes, r.URL.Path); len(verbs) > 0 && !slices.Contains(verbs, r.Method) {
			w.Header().Set("Allow", strings.Join(verbs, ", "))
			a.refuse(w, r, http.StatusMethodNotAllowed, unknownMethod(codes.Unimplemented, "this path does not take that method"))
			return
		}
		a.refuse(w, r, http.StatusNotFound, noSuchPath())
	}
}

// restStreamError is the last line of a stream that breaks off.
func restStreamError(_ context.Context, err error) *status.Status {
	if s := status.Convert(err); reasonOfStatus(s) != "" {
		return s
	}
	return malformed("the request cannot be read").status("")
}
