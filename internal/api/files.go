package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/api/rpcbridge"
)

// fileCalls are the calls of which one side is a file over REST: the field content
// of the answer, or of the request. A call that has one is a row here, and needs
// no more.
var fileCalls = []fileCall{
	{full: paymentv1.PaymentService_ExportPayments_FullMethodName, kind: utf8CSV, dress: dressList},
	{full: paymentv1.PaymentService_ExportShipments_FullMethodName, kind: "text/csv; charset=Shift_JIS", dress: dressB2},
	{full: paymentv1.PaymentService_ImportShipments_FullMethodName},
	{full: ledgerv1.LedgerService_ExportHoldCalendar_FullMethodName, kind: "text/calendar; charset=utf-8"},
	{full: ledgerv1.LedgerService_ExportSettlement_FullMethodName, kind: utf8CSV},
	{full: ledgerv1.LedgerService_MatchStatement_FullMethodName},
	{full: ledgerv1.LedgerService_ImportOrders_FullMethodName},
}

const utf8CSV = "text/csv; charset=utf-8"

// fileCall is one of them. Its path and its messages are the schema's.
type fileCall struct {
	full string
	// kind is the content type of the answer; empty: the request is the file, and
	// the answer is JSON as everywhere.
	kind string
	// dress names a file whose answer has no file_name, and adds headers for what
	// has no room in the body. It sees the first message of a stream.
	dress func(a *API, req, out proto.Message, h http.Header) (name string)
}

// fileRoute is a fileCall at its address.
type fileRoute struct {
	*fileCall
	path    string
	in, out protoreflect.MessageType
	streams bool
}

// content and fileName are what the messages of files have in common.
type (
	content  interface{ GetContent() []byte }
	fileName interface{ GetFileName() string }
)

// files serves the addresses at which a file is a body, through the same chain as
// all calls, and leaves every other one to the gateway.
type files struct {
	a       *API
	gateway *runtime.ServeMux
	conn    grpc.ClientConnInterface
	routes  map[string]fileRoute // by HTTP method, a blank, path
}

func (a *API) withFileCalls(gateway *runtime.ServeMux, conn grpc.ClientConnInterface) (http.Handler, error) {
	f := &files{a: a, gateway: gateway, conn: conn, routes: map[string]fileRoute{}}
	for i := range fileCalls {
		method, route, err := fileRouteOf(&fileCalls[i])
		if err != nil {
			return nil, err
		}
		f.routes[method+" "+route.path] = route
	}
	return f, nil
}

func fileRouteOf(c *fileCall) (method string, route fileRoute, err error) {
	d, ok := rpcbridge.Descriptor(c.full)
	if !ok {
		return "", route, errors.New("api: no such method: " + c.full)
	}
	rule, _ := proto.GetExtension(d.Options(), annotations.E_Http).(*annotations.HttpRule)
	route = fileRoute{fileCall: c, path: rule.GetGet(), streams: d.IsStreamingServer()}
	if method = http.MethodGet; route.path == "" {
		method, route.path = http.MethodPost, rule.GetPost()
	}
	in, err1 := protoregistry.GlobalTypes.FindMessageByName(d.Input().FullName())
	out, err2 := protoregistry.GlobalTypes.FindMessageByName(d.Output().FullName())
	route.in, route.out = in, out
	return method, route, errors.Join(err1, err2)
}

// ServeHTTP reads a request and makes the call, or answers why not. Of somebody
// without a key nothing is read: the chain refuses him, as in every protocol.
func (f *files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	route, ok := f.routes[r.Method+" "+r.URL.Path]
	if !ok {
		f.gateway.ServeHTTP(w, r)
		return
	}
	ctx, err := runtime.AnnotateContext(r.Context(), f.gateway, r, route.full, runtime.WithHTTPPathPattern(route.path))
	if err != nil {
		f.a.restError(r.Context(), nil, nil, w, r, err)
		return
	}
	req := route.in.New().Interface()
	if f.a.stranger(r) {
		_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, maxBody))
	} else if bad := route.read(w, r, req); bad != nil {
		code := httpStatus(bad.code(), reasonWord(bad.reason))
		if bad == notAFile {
			code = http.StatusUnsupportedMediaType
		}
		f.a.refuse(w, r.WithContext(ctx), code, bad)
		return
	}
	if route.streams {
		f.stream(ctx, w, r, &route, req)
	} else {
		f.one(ctx, w, r, &route, req)
	}
}

// one makes a call with one answer: the file itself, or JSON when the request was
// the file, and for a caller who accepts that.
func (f *files) one(ctx context.Context, w http.ResponseWriter, r *http.Request, route *fileRoute, req proto.Message) {
	var header metadata.MD
	out := route.out.New().Interface()
	if err := f.conn.Invoke(ctx, route.full, req, out, grpc.Header(&header)); err != nil {
		f.a.restError(runtime.NewServerMetadataContext(ctx, runtime.ServerMetadata{HeaderMD: header}), nil, nil, w, r, err)
		return
	}
	file, raw := out.(content)
	if !raw || route.kind == "" || strings.Contains(r.Header.Get("Accept"), "application/json") {
		f.writeMessage(w, r, out)
		return
	}
	f.begin(w, route, req, out)
	w.Header().Set("Content-Length", strconv.Itoa(len(file.GetContent())))
	_, _ = w.Write(file.GetContent())
}

// stream begins the answer with the first piece: what goes wrong before is an
// error like any other. What goes wrong later breaks the connection off, so that
// nobody takes half a file for a whole one.
func (f *files) stream(ctx context.Context, w http.ResponseWriter, r *http.Request, route *fileRoute, req proto.Message) {
	out := route.out.New().Interface()
	st, err := f.conn.NewStream(ctx, &grpc.StreamDesc{ServerStreams: true}, route.full)
	if err == nil {
		err = errors.Join(st.SendMsg(req), st.CloseSend())
	}
	if err == nil {
		err = st.RecvMsg(out)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		f.a.restError(ctx, nil, nil, w, r, err)
		return
	}
	f.begin(w, route, req, out)
	flush := http.NewResponseController(w)
	for err == nil {
		if piece, ok := out.(content); ok {
			_, err = w.Write(piece.GetContent())
		}
		if err == nil {
			err = flush.Flush()
		}
		if err == nil {
			out = route.out.New().Interface()
			err = st.RecvMsg(out)
		}
	}
	if !errors.Is(err, io.EOF) {
		panic(http.ErrAbortHandler)
	}
}

// begin writes the headers of a file.
func (f *files) begin(w http.ResponseWriter, route *fileRoute, req, out proto.Message) {
	h, name := w.Header(), ""
	if named, ok := out.(fileName); ok {
		name = named.GetFileName()
	}
	if route.dress != nil {
		name = route.dress(f.a, req, out, h)
	}
	h.Set("Content-Type", route.kind)
	h.Set("Content-Disposition", "attachment; filename="+strconv.Quote(name)) // ours: letters, digits, dots and hyphens
}

func (f *files) writeMessage(w http.ResponseWriter, r *http.Request, m proto.Message) {
	b, err := (&restMarshaler{}).Marshal(m)
	if err != nil {
		f.a.restError(r.Context(), nil, nil, w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, b)
}

// stranger reports whether nobody we know calls.
func (a *API) stranger(r *http.Request) bool {
	ctx := metadata.NewIncomingContext(r.Context(), metadata.MD{"authorization": r.Header.Values("Authorization")})
	_, err := a.authenticate(ctx, &call{from: originOf(ctx)})
	return err != nil
}
