package api_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connecthttp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/encoding/protojson"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/gen/kessai/payment/v1/paymentv1connect"
	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/dispatch"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shipping"
)

// follow runs a batch by one protocol and gives what the stream said.
func follow(t *testing.T, h *house, protocol string, r *paymentv1.RunBatchRequest) (all []*paymentv1.RunBatchResponse) {
	t.Helper()
	switch protocol {
	case "rest":
		body, err := protojson.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		q, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.URL+"/v1/payments:runBatch", strings.NewReader(string(body)))
		if err != nil {
			t.Fatal(err)
		}
		q.Header.Set("Authorization", "Bearer "+h.Key)
		w, err := http.DefaultClient.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = w.Body.Close() }()
		for s := bufio.NewScanner(w.Body); s.Scan(); {
			line, ok := strings.CutPrefix(s.Text(), `{"result":`)
			m := &paymentv1.RunBatchResponse{}
			if err := protojson.Unmarshal([]byte(strings.TrimSuffix(line, "}")), m); err != nil || !ok {
				t.Fatalf("%v: line %s", err, s.Text())
			}
			all = append(all, m)
		}
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
		st, err := paymentv1.NewPaymentServiceClient(conn).RunBatch(metadata.AppendToOutgoingContext(t.Context(), "authorization", "Bearer "+h.Key), r)
		if err != nil {
			t.Fatal(err)
		}
		for {
			m, err := st.Recv()
			if errors.Is(err, io.EOF) {
				return all
			}
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, m)
		}
	default:
		var options []connecthttp.Option
		if protocol == "grpc-web" {
			options = append(options, connecthttp.WithGRPCWeb())
		}
		client := paymentv1connect.NewPaymentServiceClient(connect.NewClient(connecthttp.NewTransport(http.DefaultClient, h.URL, options...)))
		ctx, info := connect.NewClientContext(t.Context())
		info.RequestHeader().Set("Authorization", "Bearer "+h.Key)
		st, err := client.RunBatch(ctx, r)
		if err != nil {
			t.Fatal(err)
		}
		for {
			m, err := st.Receive()
			if errors.Is(err, io.EOF) {
				return all
			}
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, m)
		}
	}
	return all
}

var streams = []string{"grpc", "grpc on the HTTP door", "connect", "grpc-web", "rest"}

// R34 P62 P65: a batch that is followed says at first how many items there are and
// what looks wrong with the slips, and then of each item what became of it.
func TestRunBatch(t *testing.T) {
	for _, protocol := range streams {
		t.Run(protocol, func(t *testing.T) {
			h := open(t)
			h.Key = demoKey
			var items []*paymentv1.BatchShipItem
			for i := range 12 {
				items = append(items, parcel(h.createWith(t, fmt.Sprint(i), "takkyubin"), "yamato", "400000000002"))
			}
			items = append(items, parcel("nonsense", "", ""), parcel("payments/00000000000000000000", "", ""))
			ship := &paymentv1.BatchShipPaymentsRequest{Requests: items}
			all := follow(t, h, protocol, &paymentv1.RunBatchRequest{RequestId: "k", Batch: &paymentv1.RunBatchRequest_Ship{Ship: ship}})
			if len(all) != 15 {
				t.Fatalf("%d messages", len(all))
			}
			if first := all[0]; first.GetDone() != 0 || first.GetTotal() != 14 || first.GetResult() != nil || len(first.GetWarnings()) != 1 || first.GetWarnings()[0].GetKind() != "used_twice" {
				t.Errorf("at first: %v", first)
			}
			var places []int32
			for i, m := range all[1:] {
				r := m.GetResult()
				if int(m.GetDone()) != i+1 || m.GetTotal() != 14 || m.GetWarnings() != nil || (m.GetIndex() < 12) != (r.GetPayment().GetName() == items[m.GetIndex()].GetPayment()) || (m.GetIndex() >= 12) != (r.GetError().GetCode() == 5) {
					t.Errorf("message %d: %v", i+1, m)
				}
				places = append(places, m.GetIndex())
			}
			slices.Sort(places)
			if places = slices.Compact(places); len(places) != 14 {
				t.Errorf("items %v", places)
			}
		})
	}
}

// Promise 6: RunBatch needs the scope of the call that it stands for, and no
// other one will do.
func TestRunBatchScope(t *testing.T) {
	h := open(t)
	name := h.create(t, "1396", approved).GetName()
	ship := `{"ship":{"requests":[{"payment":"` + name + `"}]}}`
	cancel, reauthorize, file := `{"cancel":{"payments":["`+name+`"]}}`, `{"reauthorize":{"payments":["`+name+`"]}}`, `{"import":{"content":"YQ=="}}`
	for i, c := range []struct {
		key, body string
		allowed   bool
	}{
		{parcelKey, ship, true},
		{parcelKey, file, true},
		{parcelKey, cancel, false},
		{parcelKey, reauthorize, false},
		{shopKey, ship, false},
		{shopKey, file, false},
		{shopKey, `{}`, false},
		{shopKey, reauthorize, true},
		{shopKey, cancel, true},
		{otherKey, ship, false},
	} {
		_, body, _ := h.do(t, "POST", "/v1/payments:runBatch", c.body, "Idempotency-Key", fmt.Sprintf("k%d", i), "Authorization", "Bearer "+c.key)
		if strings.Contains(body, `"reason":"SCOPE_MISSING"`) == c.allowed {
			t.Errorf("%s with %s: %s", c.body, c.key, body)
		}
	}
	pending := h.create(t, "1397", "")
	if code, body, _ := h.do(t, "POST", "/v1/payments:runBatch", cancel, "Idempotency-Key", "s", "Authorization", "Bearer "+pending.GetClientSecret()); code != http.StatusForbidden {
		t.Errorf("a client secret: %d %s", code, body)
	}
}

// desk is a Dispatch whose files are lines of words.
type desk struct {
	api.Dispatch
	runs []bool
}

func (d *desk) Import(_ context.Context, _ processor.Caller, content []byte, dryRun bool, progress func(done, total int, row dispatch.Row)) (dispatch.Report, error) {
	d.runs = append(d.runs, dryRun)
	report := dispatch.Report{Warnings: []shipping.Finding{{Kind: shipping.FindSwapped, Rows: []int{1, 2}}}}
	for i, word := range strings.Fields(string(content)) {
		report.Rows = append(report.Rows, dispatch.Row{Line: i + 2, Verdict: dispatch.Shipped, Reference: word, Payment: payment.ID("1k835h6s000000000001")})
		if dryRun {
			report.Rows[i].Verdict = dispatch.WouldShip
		}
	}
	for i := range report.Rows { // from behind, since rows end in any order
		if progress != nil {
			progress(i+1, len(report.Rows), report.Rows[len(report.Rows)-1-i])
		}
	}
	return report, nil
}

// R30 P62: an import that is followed is looked through before its first row is
// shipped, and tells of each row with its place.
func TestRunBatchImport(t *testing.T) {
	for _, dry := range []bool{false, true} {
		d := &desk{}
		h := open(t, func(o *api.Options) { o.Dispatch = d })
		h.Key = parcelKey
		if code, body, _ := h.do(t, "POST", "/v1/payments:runBatch", `{"cancel":{"payments":["`+strings.Repeat("x", 2<<20)+`"]}}`, "Idempotency-Key", "k", "Authorization", "Bearer "+shopKey); code != http.StatusRequestEntityTooLarge && !strings.Contains(body, "REQUEST_TOO_LARGE") {
			t.Errorf("a large batch without a file: %d %.300s", code, body)
		}
		r := &paymentv1.RunBatchRequest{RequestId: "k", Batch: &paymentv1.RunBatchRequest_Import{Import: &paymentv1.ImportShipmentsRequest{Content: []byte("a b c" + strings.Repeat(" ", 3<<20)), DryRun: dry}}}
		all := follow(t, h, "rest", r)
		if len(all) != 4 || all[0].GetTotal() != 3 || len(all[0].GetWarnings()) != 1 {
			t.Fatalf("%v", all)
		}
		want := map[bool]string{false: "shipped", true: "would_ship"}[dry]
		for i, m := range all[1:] {
			if int(m.GetDone()) != i+1 || m.GetRow().GetReference() != string(rune('a'+m.GetIndex())) || m.GetRow().GetVerdict() != want {
				t.Errorf("%v", m)
			}
		}
		if !slices.Equal(d.runs, map[bool][]bool{false: {true, false}, true: {true}}[dry]) {
			t.Errorf("runs %v", d.runs)
		}
	}
}
