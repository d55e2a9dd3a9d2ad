package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"github.com/grpc-ecosystem/grpc-gateway/v2/utilities"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/proto"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/api/strictjson"
	"kessai.dev/kessai/internal/dispatch"
	"kessai.dev/kessai/internal/shop"
)

// The addresses at which a file is the body.
const (
	exportPath = "/v1/shipments:export"
	importPath = "/v1/shipments:import"
)

// Headers of an exported file, since its body has no room for them: how many rows
// it has, and how many findings the same call has with Accept: application/json.
const (
	rowsHeader     = "B2-Rows"
	findingsHeader = "B2-Findings"
)

// maxImportWire is how large a request with a file may be on the wire: base64 in
// JSON takes a third more than the file.
const maxImportWire = dispatch.MaxImport/3*4 + 64<<10

// shipmentFiles serves the two addresses whose body is a file of B2, and leaves
// every other one to the gateway. Both go through the same chain as all calls.
type shipmentFiles struct {
	a       *API
	gateway *runtime.ServeMux
	client  paymentv1.PaymentServiceClient
}

func (a *API) withShipmentFiles(gateway *runtime.ServeMux, conn grpc.ClientConnInterface) http.Handler {
	return &shipmentFiles{a: a, gateway: gateway, client: paymentv1.NewPaymentServiceClient(conn)}
}

// ServeHTTP chooses.
func (f *shipmentFiles) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == exportPath && r.Method == http.MethodGet:
		f.export(w, r)
	case r.URL.Path == importPath && r.Method == http.MethodPost:
		f.importFile(w, r)
	default:
		f.gateway.ServeHTTP(w, r)
	}
}

// export answers with the file itself, or with JSON for a caller who accepts that.
func (f *shipmentFiles) export(w http.ResponseWriter, r *http.Request) {
	req := &paymentv1.ExportShipmentsRequest{}
	out, ok := f.call(w, r, paymentv1.PaymentService_ExportShipments_FullMethodName, exportPath, req,
		func() *fault { return readQuery(r, req) },
		func(ctx context.Context, o ...grpc.CallOption) (proto.Message, error) {
			return f.client.ExportShipments(ctx, req, o...)
		})
	file, _ := out.(*paymentv1.ExportShipmentsResponse)
	switch {
	case !ok:
	case strings.Contains(r.Header.Get("Accept"), "application/json"):
		f.writeMessage(w, r, out)
	default:
		h := w.Header()
		h.Set("Content-Type", "text/csv; charset=Shift_JIS")
		h.Set("Content-Disposition", `attachment; filename="b2-`+f.a.o.Clock().In(shop.Tokyo).Format("20060102")+`.csv"`)
		h.Set("Content-Length", strconv.Itoa(len(file.GetContent())))
		h.Set(rowsHeader, strconv.Itoa(int(file.GetRowCount())))
		h.Set(findingsHeader, strconv.Itoa(len(file.GetFindings())))
		_, _ = w.Write(file.GetContent())
	}
}

// importFile takes the file as the body, or JSON with the fields of the request.
func (f *shipmentFiles) importFile(w http.ResponseWriter, r *http.Request) {
	req := &paymentv1.ImportShipmentsRequest{}
	out, ok := f.call(w, r, paymentv1.PaymentService_ImportShipments_FullMethodName, importPath, req,
		func() *fault { return readFile(w, r, req) },
		func(ctx context.Context, o ...grpc.CallOption) (proto.Message, error) {
			return f.client.ImportShipments(ctx, req, o...)
		})
	if ok {
		f.writeMessage(w, r, out)
	}
}

// call reads a request and makes the call, or answers why not. Of somebody
// without a key nothing is read: the chain refuses him, as in every protocol.
func (f *shipmentFiles) call(
	w http.ResponseWriter, r *http.Request, full, path string, req proto.Message,
	read func() *fault, invoke func(context.Context, ...grpc.CallOption) (proto.Message, error),
) (proto.Message, bool) {
	ctx, err := runtime.AnnotateContext(r.Context(), f.gateway, r, full, runtime.WithHTTPPathPattern(path))
	if err != nil {
		f.a.restError(r.Context(), nil, nil, w, r, err)
		return nil, false
	}
	if f.a.stranger(r) {
		_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, maxBody))
		proto.Reset(req)
	} else if bad := read(); bad != nil {
		code := httpStatus(bad.code(), reasonWord(bad.reason))
		if bad == notAFile {
			code = http.StatusUnsupportedMediaType
		}
		f.a.refuse(w, r.WithContext(ctx), code, bad)
		return nil, false
	}
	var header metadata.MD
	out, err := invoke(ctx, grpc.Header(&header))
	if err != nil {
		f.a.restError(runtime.NewServerMetadataContext(ctx, runtime.ServerMetadata{HeaderMD: header}), nil, nil, w, r, err)
		return nil, false
	}
	return out, true
}

// stranger reports whether nobody we know calls.
func (a *API) stranger(r *http.Request) bool {
	ctx := metadata.NewIncomingContext(r.Context(), metadata.MD{"authorization": r.Header.Values("Authorization")})
	_, err := a.authenticate(ctx, &call{from: originOf(ctx)})
	return err != nil
}

func (f *shipmentFiles) writeMessage(w http.ResponseWriter, r *http.Request, m proto.Message) {
	b, err := (&restMarshaler{}).Marshal(m)
	if err != nil {
		f.a.restError(r.Context(), nil, nil, w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, b)
}

func readQuery(r *http.Request, req proto.Message) *fault {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err == nil {
		err = strictQuery{}.Parse(req, values, utilities.NewDoubleArray(nil))
	}
	switch {
	case err == nil:
		return nil
	case strings.HasPrefix(err.Error(), queryError):
		return malformed(err.Error())
	}
	return malformed("the query cannot be read")
}

// fileTypes are what callers say of a CSV file; curl --data-binary says the first.
var fileTypes = []string{"application/x-www-form-urlencoded", "text/csv", "text/plain", "application/octet-stream", "application/csv", "application/vnd.ms-excel"}

var notAFile = malformed("the content type must be text/csv or application/octet-stream, with the file as body (curl --data-binary @file), or application/json")

// readFile reads query and body.
func readFile(w http.ResponseWriter, r *http.Request, req *paymentv1.ImportShipmentsRequest) *fault {
	if bad := readQuery(r, req); bad != nil {
		return bad
	}
	kind, raw := r.Header.Get("Content-Type"), false
	t, _, err := mime.ParseMediaType(kind)
	for _, known := range fileTypes {
		raw = raw || err == nil && t == known
	}
	raw = raw || kind == ""
	if !raw && !jsonType(kind) {
		return notAFile
	}
	b, bad := readWhole(w, r)
	switch {
	case bad != nil:
		return bad
	case raw && !(t == fileTypes[0] && strings.HasPrefix(string(b[:min(len(b), 1)]), "{")): // what curl -d says of JSON, too
		req.Content = b
		return nil
	}
	return readFileJSON(r, b, req)
}

// readFileJSON reads the request as every other address does. What the query says
// the body must not.
func readFileJSON(r *http.Request, b []byte, req *paymentv1.ImportShipmentsRequest) *fault {
	body := &paymentv1.ImportShipmentsRequest{}
	var bad *strictjson.Error
	if err := strictjson.Unmarshal(b, body); errors.As(err, &bad) {
		return badJSON(bad)
	} else if err != nil {
		return malformed("the body cannot be read")
	}
	if r.URL.RawQuery != "" && body.GetDryRun() {
		return malformed(queryError + "dryRun is given twice")
	}
	req.Content = body.GetContent()
	req.DryRun = req.GetDryRun() || body.GetDryRun()
	return nil
}

func readWhole(w http.ResponseWriter, r *http.Request) ([]byte, *fault) {
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxImportWire))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, fileTooLarge()
	case err != nil:
		return nil, malformed("the body cannot be read")
	}
	return b, nil
}

func fileTooLarge() *fault {
	f := tooLarge()
	f.text = fmt.Sprintf("the file is larger than %d bytes: import it in parts", dispatch.MaxImport)
	f.ja = "ファイルが大きすぎます（8MBまで）。分けて取り込んでください。"
	return f
}

// sizeLimit is how large a message may be, in bytes: one with a file of B2 has
// room for it.
func sizeLimit(m any) int {
	switch r := m.(type) {
	case *paymentv1.ImportShipmentsRequest:
		return dispatch.MaxImport + 4<<10
	case *paymentv1.RunBatchRequest:
		if r.GetImport() != nil {
			return dispatch.MaxImport + 4<<10
		}
	}
	return maxBody
}

// sized says of a message with a file what its limit is.
func sized(m any, err error) error {
	f, ok := errors.AsType[*fault](err)
	if ok && f.reason == paymentv1.ErrorReason_ERROR_REASON_REQUEST_TOO_LARGE && sizeLimit(m) > maxBody {
		return fileTooLarge()
	}
	return err
}
