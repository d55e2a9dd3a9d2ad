package api_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connecthttp"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/gen/kessai/payment/v1/paymentv1connect"
)

// exported collects a list by a protocol.
func exported(t *testing.T, h *house, protocol string, r *paymentv1.ExportPaymentsRequest) (file []byte, err error) {
	t.Helper()
	switch protocol {
	case "rest":
		query := url.Values{}
		if r.GetFilter() != "" {
			query.Set("filter", r.GetFilter())
		}
		if r.GetLines() {
			query.Set("lines", "true")
		}
		code, body, _ := h.do(t, "GET", "/v1/payments:export?"+query.Encode(), "")
		if code != http.StatusOK {
			return nil, errors.New(body)
		}
		return []byte(body), nil
	case "grpc", "grpc on the HTTP door":
		addr := h.GRPC
		if protocol != "grpc" {
			addr = strings.TrimPrefix(h.URL, "http://")
		}
		conn, err := grpc.NewClient("passthrough:///"+addr, grpc.WithTransportCredentials(insecure.NewCredentials()))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		st, err := paymentv1.NewPaymentServiceClient(conn).ExportPayments(metadata.AppendToOutgoingContext(t.Context(), "authorization", "Bearer "+h.Key), r)
		if err != nil {
			return nil, err
		}
		for {
			m, err := st.Recv()
			if err == io.EOF {
				return file, nil
			}
			if err != nil {
				return nil, err
			}
			file = append(file, m.GetContent()...)
		}
	}
	var options []connecthttp.Option
	if protocol == "grpc-web" {
		options = append(options, connecthttp.WithGRPCWeb())
	}
	client := paymentv1connect.NewPaymentServiceClient(connect.NewClient(connecthttp.NewTransport(http.DefaultClient, h.URL, options...)))
	ctx, info := connect.NewClientContext(t.Context())
	info.RequestHeader().Set("Authorization", "Bearer "+h.Key)
	st, err := client.ExportPayments(ctx, r)
	if err != nil {
		return nil, err
	}
	for {
		m, err := st.Receive()
		if errors.Is(err, io.EOF) {
			return file, nil
		}
		if err != nil {
			return nil, err
		}
		file = append(file, m.GetContent()...)
	}
}

// R43: the order list and the order line list, by several conditions at once, are
// the same file by every protocol.
func TestExport(t *testing.T) {
	h := open(t)
	native := h.protocol(t, "grpc")
	for i := range 450 { // more than two pages
		token := approved
		if i%3 == 0 {
			token = "DECLINED00000000"
		}
		got, err := native.Call(t.Context(), "CreatePayment", &paymentv1.CreatePaymentRequest{
			Amount: int32(1000 + i), OrderNumber: fmt.Sprint("=", i), CardToken: token, RequestId: fmt.Sprint("r", i), DeliveryMethod: "takkyubin",
			Order: &paymentv1.Order{Buyer: &paymentv1.Buyer{Name: "黒猫 太郎", Phone: "03-1234-5678", Email: "taro@example.com"}, Lines: []*paymentv1.OrderLine{{Name: "茶", Quantity: 1, UnitAmount: 500}, {Name: "菓子, \"小\"", Quantity: 2, UnitAmount: 250}}},
		}, nil)
		if err != nil || got.Code != "OK" {
			t.Fatalf("%v %+v", err, got)
		}
	}
	for _, c := range []struct {
		r    *paymentv1.ExportPaymentsRequest
		rows int
	}{
		{&paymentv1.ExportPaymentsRequest{}, 450},
		{&paymentv1.ExportPaymentsRequest{Lines: true}, 900},
		{&paymentv1.ExportPaymentsRequest{Filter: `state=STATE_AUTHORIZED AND amount>=1100 AND amount<1200 AND delivery_method=takkyubin AND order_state=OPEN AND fulfillment_state=FULFILLMENT_STATE_UNSPECIFIED`}, 67},
		{&paymentv1.ExportPaymentsRequest{Filter: `order_state=CANCELED`}, 0},
	} {
		var first []byte
		for _, name := range []string{"grpc", "grpc on the HTTP door", "connect", "grpc-web", "rest"} {
			file, err := exported(t, h, name, c.r)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if first == nil {
				first = file
			}
			if !bytes.Equal(file, first) {
				t.Fatalf("%s gives another file:\n%s\n%s", name, file, first)
			}
		}
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(first, []byte("\xEF\xBB\xBF")))).ReadAll()
		if err != nil || len(rows) != c.rows+1 || !bytes.HasPrefix(first, []byte("\xEF\xBB\xBF決済,注文番号,")) {
			t.Fatalf("%v: %d rows, want %d: %v", c.r, len(rows), c.rows+1, err)
		}
		if c.rows > 0 && (!strings.HasPrefix(rows[1][1], "'=") || !strings.Contains(strings.Join(rows[1], "|"), "|黒猫 太郎|")) { // P72
			t.Errorf("%q", rows[1])
		}
	}
	if got, err := exported(t, h, "rest", &paymentv1.ExportPaymentsRequest{Filter: `order_number="=7"`, Lines: true}); err != nil || strings.Count(string(got), "\r\n") != 3 || !strings.Contains(string(got), `,2,"菓子, ""小""",2,250,500,physical`) {
		t.Errorf("%s %v", got, err)
	}
}

// Over REST the answer is the file itself, and errors are errors as everywhere.
func TestExportOverREST(t *testing.T) {
	h := open(t)
	h.create(t, "1396", approved)
	code, body, header := h.do(t, "GET", "/v1/payments:export", "")
	if code != http.StatusOK || header.Get("Content-Type") != "text/csv; charset=utf-8" || header.Get("Content-Disposition") != `attachment; filename="orders-20261123-120000.csv"` || header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v", code, header)
	}
	if !strings.HasPrefix(body, "\uFEFF決済,") || !strings.Contains(body, ",1396,") || strings.Count(body, "\r\n") != 2 {
		t.Errorf("%q", body)
	}
	if _, document, _ := h.do(t, "GET", "/openapi.json", ""); !strings.Contains(document, `"produces":["text/csv"],"responses":{"200":{"description":"The file.","schema":{"type":"file"}}`) {
		t.Error("the OpenAPI document does not say that the answer is a file")
	}
	for path, want := range map[string]string{
		"/v1/payments:export?filter=colour%3Dred":        "INVALID_REQUEST",
		"/v1/payments:export?line=true":                  "query parameter is unknown here; known are filter, lines",
		"/v1/payments:export?lines=1":                    "query parameter lines has a value that it does not take",
		"/v1/payments:export?lines=true&lines=true":      "given twice",
		"/v1/payments:export?filter=%zz":                 "MALFORMED_REQUEST",
		"/v1/payments:export?filter=customer%3D%22a%20b": "at character 10: the quote is not closed",
	} {
		if code, body, _ := h.do(t, "GET", path, ""); code != http.StatusBadRequest || !strings.Contains(body, want) {
			t.Errorf("%s: %d %s", path, code, body)
		}
	}
	for key, want := range map[string]int{"": 401, "sk_test_nobody": 401, parcelKey: 403, otherKey: 200} {
		code, body, _ := h.do(t, "GET", "/v1/payments:export", "", "Authorization", "Bearer "+key)
		if code != want || strings.Contains(body, "1396") {
			t.Errorf("%q: %d %s", key, code, body)
		}
	}
	if code, _, _ := h.do(t, "POST", "/v1/payments:export", "{}"); code != http.StatusMethodNotAllowed && code != http.StatusNotFound {
		t.Errorf("POST: %d", code)
	}
}

// What goes wrong in the middle breaks the file off: nobody takes half of it for
// the whole.
func TestExportBreaksOff(t *testing.T) {
	h := open(t)
	h.create(t, "1", approved)
	h.create(t, "2", approved)
	h.fake.half = true
	for _, name := range []string{"grpc", "connect", "grpc-web"} {
		if _, err := exported(t, h, name, &paymentv1.ExportPaymentsRequest{}); err == nil || !strings.Contains(err.Error(), "books cannot be used") {
			t.Errorf("%s: %v", name, err)
		}
	}
	r, err := http.NewRequestWithContext(t.Context(), "GET", h.URL+"/v1/payments:export", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+h.Key)
	w, err := (&http.Client{Timeout: time.Minute}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Body.Close() }()
	if b, err := io.ReadAll(w.Body); err == nil || !bytes.Contains(b, []byte("STATE_AUTHORIZED")) {
		t.Errorf("half a file ended as if it were whole: %q", b)
	}
}
