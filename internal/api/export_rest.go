package api

import (
	"errors"
	"io"
	"net/http"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/grpc"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/shop"
)

// listPath is the address at which a list is a file.
const listPath = "/v1/payments:export"

// withList serves the list as a file, and leaves every other address to next. It
// goes through the same chain as all calls.
func (a *API) withList(next http.Handler, gateway *runtime.ServeMux, conn grpc.ClientConnInterface) http.Handler {
	client := paymentv1.NewPaymentServiceClient(conn)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != listPath || r.Method != http.MethodGet {
			next.ServeHTTP(w, r)
			return
		}
		a.list(w, r, gateway, client)
	})
}

// list begins the answer with the first piece: what goes wrong before is an
// error like any other. What goes wrong later breaks the connection off, so that
// nobody takes half a file for a whole one.
func (a *API) list(w http.ResponseWriter, r *http.Request, gateway *runtime.ServeMux, client paymentv1.PaymentServiceClient) {
	ctx, err := runtime.AnnotateContext(r.Context(), gateway, r, paymentv1.PaymentService_ExportPayments_FullMethodName, runtime.WithHTTPPathPattern(listPath))
	if err != nil {
		a.restError(r.Context(), nil, nil, w, r, err)
		return
	}
	req := &paymentv1.ExportPaymentsRequest{}
	if !a.stranger(r) {
		if bad := readQuery(r, req); bad != nil {
			a.refuse(w, r.WithContext(ctx), httpStatus(bad.code(), reasonWord(bad.reason)), bad)
			return
		}
	}
	pieces, err := client.ExportPayments(ctx, req)
	var piece *paymentv1.ExportPaymentsResponse
	if err == nil {
		piece, err = pieces.Recv()
	}
	if err != nil {
		a.restError(ctx, nil, nil, w, r, err)
		return
	}
	name := "orders"
	if req.GetLines() {
		name = "lines"
	}
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+name+"-"+a.o.Clock().In(shop.Tokyo).Format("20060102-150405")+`.csv"`)
	flush := http.NewResponseController(w)
	for err == nil {
		if _, err = w.Write(piece.GetContent()); err == nil {
			err = flush.Flush()
		}
		if err == nil {
			piece, err = pieces.Recv()
		}
	}
	if !errors.Is(err, io.EOF) {
		panic(http.ErrAbortHandler)
	}
}
