package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/api/strictjson"
)

// newREST builds the REST door: it turns HTTP into calls on conn, through the
// same chain as every other protocol, and is strict where the gateway is not.
func (a *API) newREST(conn grpc.ClientConnInterface) (http.Handler, error) {
	mux := runtime.NewServeMux(
		runtime.WithMarshalerOption(runtime.MIMEWildcard, &restMarshaler{}),
		runtime.WithIncomingHeaderMatcher(restHeaderIn), runtime.WithOutgoingHeaderMatcher(restHeaderOut),
		runtime.WithDisablePathLengthFallback(), runtime.WithDisableHTTPMethodOverride(),
		runtime.SetQueryParameterParser(strictQuery{}),
		runtime.WithMiddlewares(a.restRequest),
		runtime.WithErrorHandler(restError), runtime.WithRoutingErrorHandler(restRoutingError), runtime.WithStreamErrorHandler(restStreamError),
	)
	err := paymentv1.RegisterPaymentServiceHandlerClient(context.Background(), mux, paymentv1.NewPaymentServiceClient(conn))
	return mux, err
}

// restHeaderIn lets one header through, beside Authorization, which the gateway
// passes itself. No other one becomes metadata, so nobody can pose as a proxy.
func restHeaderIn(h string) (string, bool) {
	return "idempotency-key", strings.EqualFold(h, "Idempotency-Key")
}

func restHeaderOut(h string) (string, bool) {
	switch h {
	case "idempotency-replayed", "retry-after", "request-id":
		return http.CanonicalHeaderKey(h), true
	}
	return "", false
}

// restRequest checks the key before it reads the body, which it reads whole:
// one mebibyte of JSON at most.
func (a *API) restRequest(next runtime.HandlerFunc) runtime.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request, params map[string]string) {
		ctx := metadata.NewIncomingContext(r.Context(), metadata.MD{"authorization": r.Header.Values("Authorization")})
		c := &call{from: originOf(ctx)}
		if _, err := a.authenticate(ctx, c); err != nil {
			f := a.classify(c, err)
			writeFault(w, httpStatus(f.code, reasonWord(f.reason)), f)
			return
		}
		if r.Method == http.MethodGet {
			r.Body = http.NoBody
			next(w, r, params)
			return
		}
		if !jsonType(r.Header.Get("Content-Type")) {
			writeFault(w, http.StatusUnsupportedMediaType, malformed("the content type must be application/json"))
			return
		}
		b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			f := malformed("the body cannot be read")
			if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
				f = tooLarge()
			}
			writeFault(w, httpStatus(f.code, reasonWord(f.reason)), f)
			return
		}
		r.Body = &restBody{Reader: bytes.NewReader(b), whole: b}
		next(w, r, params)
	}
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

// NewDecoder reads a whole body. What the path says, the body must not.
func (*restMarshaler) NewDecoder(r io.Reader) runtime.Decoder {
	return runtime.DecoderFunc(func(v any) error {
		body, ok := r.(*restBody)
		m, isMessage := v.(proto.Message)
		if !ok || !isMessage {
			return errors.New("the body cannot be read")
		}
		if len(bytes.TrimSpace(body.whole)) == 0 {
			return io.EOF // no body: an empty request
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

// restError writes any error that the gateway met.
func restError(ctx context.Context, _ *runtime.ServeMux, _ runtime.Marshaler, w http.ResponseWriter, r *http.Request, err error) {
	if md, ok := runtime.ServerMetadataFromContext(ctx); ok {
		for k, vs := range md.HeaderMD {
			if h, ok := restHeaderOut(k); ok && len(vs) > 0 {
				w.Header().Set(h, vs[0])
			}
		}
	}
	if body, ok := r.Body.(*restBody); ok && body.err != nil {
		var f *fault
		errors.As(unreadable(body.err), &f)
		writeFault(w, httpStatus(f.code, reasonWord(f.reason)), f)
		return
	}
	s := restStatus(err)
	writeStatus(w, httpStatus(s.Code(), reasonOfStatus(s)), s)
}

// restStatus keeps errors of our chain as they are. The gateway's own ones lose
// their text, but for what our query parser wrote (P20).
func restStatus(err error) *status.Status {
	s := status.Convert(err)
	if reasonOfStatus(s) != "" {
		return s
	}
	if strings.HasPrefix(s.Message(), queryError) {
		return malformed(s.Message()).status(nil)
	}
	return malformed("the request cannot be read").status(nil)
}

func restRoutingError(_ context.Context, _ *runtime.ServeMux, _ runtime.Marshaler, w http.ResponseWriter, _ *http.Request, code int) {
	if code == http.StatusMethodNotAllowed {
		writeFault(w, code, unknownMethod(codes.Unimplemented, "this path does not take that method"))
		return
	}
	writeFault(w, http.StatusNotFound, noSuchPath())
}

// restStreamError is the last line of a stream that breaks off.
func restStreamError(_ context.Context, err error) *status.Status { return restStatus(err) }
