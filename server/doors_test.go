package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connecthttp"
	"connectrpc.com/connect/v2/connectproto"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	eventv1 "kessai.dev/kessai/gen/kessai/event/v1"
	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
	vaultv1 "kessai.dev/kessai/gen/kessai/vault/v1"
	"kessai.dev/kessai/internal/shop"
)

// dayClock starts at noon in Japan, whenever the test runs, and goes on from
// there: the provider's night must not decide about a test.
func dayClock() func() time.Time {
	began := time.Now()
	noon := time.Date(2026, 11, 22, 12, 0, 0, 0, shop.Tokyo)
	return func() time.Time { return noon.Add(time.Since(began)) }
}

// startServer starts everything in process, on free ports and empty books.
func startServer(t *testing.T, change ...func(*Flags)) *server {
	t.Helper()
	f := &Flags{Listen: "127.0.0.1:0", GRPCListen: "127.0.0.1:0", SimulatorListen: "127.0.0.1:0", Data: t.TempDir()}
	for _, c := range change {
		c(f)
	}
	s, err := start(t.Context(), f, "", slog.New(slog.NewTextHandler(io.Discard, nil)), dayClock())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return s
}

// answer is what a caller saw, whatever the protocol: the message as JSON, or
// code, reason and fields of the error.
type answer struct {
	Body     map[string]any
	Code     string
	Reason   string
	Fields   []string
	Replayed bool
}

// wire speaks one protocol.
type wire func(ctx context.Context, method, key string, req, res proto.Message) answer

// wires are all protocols of both listeners, with a shop's key.
func wires(t *testing.T, s *server, key string) map[string]wire {
	t.Helper()
	h1 := &http.Client{}
	h2 := &http.Client{Transport: &http.Transport{Protocols: new(http.Protocols)}}
	h2.Transport.(*http.Transport).Protocols.SetUnencryptedHTTP2(true)
	base := "http://" + s.addr.String()
	native, err := grpc.NewClient("passthrough:///"+s.grpcAddr.String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = native.Close() })
	shared, err := grpc.NewClient("passthrough:///"+s.addr.String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = shared.Close() })
	return map[string]wire{
		"grpc native":    grpcWire(native, key),
		"grpc on 8080":   grpcWire(shared, key),
		"connect binary": connectWire(connecthttp.NewTransport(h1, base), key),
		"connect json":   connectWire(connecthttp.NewTransport(h1, base, connecthttp.WithProtoJSON()), key),
		"connect get":    connectWire(connecthttp.NewTransport(h1, base, connecthttp.WithHTTPGet()), key),
		"connect h2":     connectWire(connecthttp.NewTransport(h2, base), key),
		"grpc-web":       connectWire(connecthttp.NewTransport(h1, base, connecthttp.WithGRPCWeb()), key),
		"rest":           restWire(t, h1, base, key),
	}
}

func grpcWire(conn *grpc.ClientConn, bearer string) wire {
	return func(ctx context.Context, method, key string, req, res proto.Message) answer {
		ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+bearer)
		if key != "" {
			ctx = metadata.AppendToOutgoingContext(ctx, "idempotency-key", key)
		}
		var header metadata.MD
		err := conn.Invoke(ctx, procedure(method), req, res, grpc.Header(&header))
		a := ofStatus(status.Convert(err), res)
		a.Replayed = len(header.Get("idempotency-replayed")) > 0
		return a
	}
}

func connectWire(transport connect.Transport, bearer string) wire {
	client := connect.NewClient(transport)
	return func(ctx context.Context, method, key string, req, res proto.Message) answer {
		ctx, info := connect.NewClientContext(ctx)
		info.RequestHeader().Set("Authorization", "Bearer "+bearer)
		if key != "" {
			info.RequestHeader().Set("Idempotency-Key", key)
		}
		spec := connect.Spec{StreamType: connect.StreamTypeUnary, Procedure: procedure(method)}
		if strings.HasPrefix(method, "Get") || strings.HasPrefix(method, "List") {
			spec.IdempotencyLevel = connect.IdempotencyNoSideEffects
		}
		err := client.CallUnary(ctx, spec, req, res)
		st := status.New(codes.OK, "")
		var ce *connect.Error
		if errors.As(err, &ce) {
			p := status.New(codes.Code(ce.Code()), ce.Message()).Proto()
			for _, d := range ce.Details() {
				p.Details = append(p.Details, connectproto.ErrorDetailToAny(d))
			}
			st = status.FromProto(p)
		} else if err != nil {
			st = status.New(codes.Unknown, err.Error())
		}
		a := ofStatus(st, res)
		a.Replayed = info.ResponseHeader().Get("Idempotency-Replayed") == "true"
		return a
	}
}

// paths are the REST forms of the calls.
var paths = map[string]string{
	"CreatePayment": "POST /v1/payments", "GetPayment": "GET /v1/{name}", "ListPayments": "GET /v1/payments",
	"ListPaymentEvents": "GET /v1/{parent}/events", "CapturePayment": "POST /v1/{name}:capture", "AdjustPayment": "POST /v1/{name}:adjust",
	"CancelPayment": "POST /v1/{name}:cancel", "ReauthorizePayment": "POST /v1/{name}:reauthorize", "RefreshPayment": "POST /v1/{name}:refresh",
	"ConfirmPayment": "POST /v1/{name}:confirm", "ClaimConversion": "POST /v1/{name}:claimConversion",
	"BatchShipPayments": "POST /v1/payments:batchShip", "BatchCancelPayments": "POST /v1/payments:batchCancel", "BatchReauthorizePayments": "POST /v1/payments:batchReauthorize",
	"CreateCardEntry": "POST /v1/cardEntries", "ListInstallmentOptions": "GET /v1/installmentOptions", "CreateCard": "POST /v1/{parent}/cards",
	"GetCard": "GET /v1/{name}", "ListCards": "GET /v1/{parent}/cards", "UpdateCard": "PATCH /v1/{name}", "DeleteCard": "DELETE /v1/{name}",
}

// descriptor finds a call by its bare name.
func descriptor(method string) protoreflect.MethodDescriptor {
	for _, f := range []protoreflect.FileDescriptor{paymentv1.File_kessai_payment_v1_payment_service_proto, vaultv1.File_kessai_vault_v1_vault_service_proto, shopv1.File_kessai_shop_v1_shop_service_proto, ledgerv1.File_kessai_ledger_v1_ledger_service_proto, eventv1.File_kessai_event_v1_event_service_proto} {
		if m := f.Services().Get(0).Methods().ByName(protoName(method)); m != nil {
			return m
		}
	}
	panic("no call " + method)
}

// procedure is a call's path in every protocol but REST.
func procedure(method string) string {
	d := descriptor(method)
	return "/" + string(d.Parent().FullName()) + "/" + method
}

func restWire(t *testing.T, client *http.Client, base, bearer string) wire {
	return func(ctx context.Context, method, key string, req, res proto.Message) answer {
		raw, _ := protojson.Marshal(req)
		var fields map[string]any
		_ = json.Unmarshal(raw, &fields)
		verb, path, _ := strings.Cut(pathOf(method), " ")
		if body, ok := fields[bodies[method]].(map[string]any); ok {
			fields = body
		}
		for _, name := range []string{"name", "parent"} {
			if v, ok := fields[name].(string); ok {
				path = strings.Replace(path, "{"+name+"}", v, 1)
				delete(fields, name)
			}
		}
		var body io.Reader
		if verb == "POST" || verb == "PATCH" {
			raw, _ = json.Marshal(fields)
			body = bytes.NewReader(raw)
		} else {
			query := url.Values{}
			for k, v := range fields {
				query.Set(k, fmt.Sprint(v))
			}
			if len(query) > 0 {
				path += "?" + query.Encode()
			}
		}
		r, err := http.NewRequestWithContext(ctx, verb, base+path, body)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+bearer)
		if body != nil {
			r.Header.Set("Content-Type", "application/json")
		}
		if key != "" {
			r.Header.Set("Idempotency-Key", key)
		}
		return doREST(t, client, r, res)
	}
}

func doREST(t *testing.T, client *http.Client, r *http.Request, res proto.Message) answer {
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if resp.Header.Get("Cache-Control") != "no-store" { // R10
		t.Errorf("%s %s may be cached", r.Method, r.URL.Path)
	}
	if resp.StatusCode >= 400 {
		st := status.New(codes.Unknown, "").Proto()
		if err := protojson.Unmarshal(raw, st); err != nil {
			t.Fatalf("%s is no status: %v", raw, err)
		}
		return ofStatus(status.FromProto(st), res)
	}
	var bare map[string]any
	if err := json.Unmarshal(raw, &bare); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	for _, only := range []string{"payment", "card", "card_entry", "settings", "contract", "payment_method", "delivery_method", "access_key", "webhook_endpoint", "explanation", "settlement", "day_close"} { // REST answers them bare
		f := res.ProtoReflect().Descriptor().Fields().ByName(protoName(only))
		if f == nil {
			continue
		}
		if _, whole := bare[f.JSONName()]; !whole { // an answer with more than that is whole
			bare = map[string]any{f.JSONName(): bare}
		}
	}
	return answer{Body: bare, Code: "OK", Replayed: resp.Header.Get("Idempotency-Replayed") == "true"}
}

func ofStatus(st *status.Status, res proto.Message) answer {
	a := answer{Code: st.Code().String()}
	if st.Code() == codes.OK {
		raw, _ := protojson.Marshal(res)
		_ = json.Unmarshal(raw, &a.Body)
		return a
	}
	for _, d := range st.Details() {
		switch d := d.(type) {
		case *errdetails.ErrorInfo:
			a.Reason = d.GetReason()
		case *errdetails.BadRequest:
			for _, v := range d.GetFieldViolations() {
				a.Fields = append(a.Fields, v.GetField())
			}
		}
	}
	return a
}

// story is one table of calls that every protocol makes.
type story struct {
	t     *testing.T
	call  wire
	tag   string // makes order numbers and keys of this protocol its own
	names map[string]string
	told  []string
}

// TestEveryDoor tells one story by every protocol and compares the answers
// word for word: capture, adjust down and up, cancel from AUTHORIZED and from
// CAPTURED, reauthorize, lists with filters and page tokens, history, replays
// and errors, and the conversion once. R05 R08 R26 R35 R36 R37 P04 P40 P102
func TestEveryDoor(t *testing.T) {
	s := startServer(t)
	everyWire(t, s, demoKey, (*story).tell)
}

// everyWire tells a story by every protocol and compares what it is told.
func everyWire(t *testing.T, s *server, key string, tell func(*story)) {
	t.Helper()
	var first []string
	firstName := ""
	for name, call := range wires(t, s, key) {
		tale := &story{t: t, call: call, tag: strings.ReplaceAll(name, " ", "-"), names: map[string]string{}}
		tell(tale)
		if first == nil {
			first, firstName = tale.told, name
			continue
		}
		for i := range max(len(first), len(tale.told)) {
			if i >= len(first) || i >= len(tale.told) || first[i] != tale.told[i] {
				t.Fatalf("%s and %s differ at call %d:\n%s\n%s", firstName, name, i, at(first, i), at(tale.told, i))
			}
		}
	}
	for _, line := range first {
		t.Log(line)
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(nothing)"
}

func (s *story) tell() {
	pay := func(order string, amount int32, token string) *paymentv1.CreatePaymentRequest {
		return &paymentv1.CreatePaymentRequest{Amount: amount, OrderNumber: s.tag + order, CardToken: token}
	}
	const approved = "SIMAPPROVED00000"
	s.create("A", "a", pay("1", 5080, approved), "STATE_AUTHORIZED")
	s.create("A", "a", pay("1", 5080, approved), "STATE_AUTHORIZED") // the same key again
	s.fails("CreatePayment", "a", pay("1", 5081, approved), "IDEMPOTENCY_KEY_REUSED")
	s.fails("CreatePayment", "b", pay("1", 5080, approved), "ORDER_NUMBER_TAKEN")
	s.fails("CreatePayment", "", pay("2", 5080, approved), "IDEMPOTENCY_KEY_MISSING")
	s.fails("CreatePayment", "c", pay("2", -1, approved), "INVALID_REQUEST")
	s.create("D", "d", pay("3", 100, "SIMDECLINED00000"), "STATE_DECLINED")
	s.get("A", "STATE_AUTHORIZED")
	s.do("AdjustPayment", "e", &paymentv1.AdjustPaymentRequest{Name: s.names["A"], Amount: 4000}, "STATE_AUTHORIZED")
	s.do("AdjustPayment", "f", &paymentv1.AdjustPaymentRequest{Name: s.names["A"], Amount: 6000}, "STATE_AUTHORIZED")
	s.do("AdjustPayment", "g", &paymentv1.AdjustPaymentRequest{Name: s.names["A"], Amount: 6000}, "STATE_AUTHORIZED")
	s.fails("AdjustPayment", "h", &paymentv1.AdjustPaymentRequest{Name: s.names["A"], Amount: 1, Etag: `"1"`}, "ETAG_MISMATCH")
	s.do("CapturePayment", "i", &paymentv1.CapturePaymentRequest{Name: s.names["A"]}, "STATE_CAPTURED")
	s.fails("CapturePayment", "j", &paymentv1.CapturePaymentRequest{Name: s.names["A"]}, "WRONG_STATE")
	s.do("AdjustPayment", "k", &paymentv1.AdjustPaymentRequest{Name: s.names["A"], Amount: 5000}, "STATE_CAPTURED")
	s.do("CancelPayment", "l", &paymentv1.CancelPaymentRequest{Name: s.names["A"]}, "STATE_CANCELED")
	s.do("ReauthorizePayment", "m", &paymentv1.ReauthorizePaymentRequest{Name: s.names["A"]}, "STATE_AUTHORIZED")
	s.do("CancelPayment", "n", &paymentv1.CancelPaymentRequest{Name: s.names["A"]}, "STATE_CANCELED")
	s.do("RefreshPayment", "", &paymentv1.RefreshPaymentRequest{Name: s.names["A"]}, "STATE_CANCELED")
	s.create("P", "o", pay("4", 300, ""), "STATE_PENDING")
	s.do("ConfirmPayment", "p", &paymentv1.ConfirmPaymentRequest{Name: s.names["P"], CardToken: approved}, "STATE_AUTHORIZED")
	s.ask("ClaimConversion", "", &paymentv1.ClaimConversionRequest{Name: s.names["P"]}, "conversion")
	s.ask("ClaimConversion", "", &paymentv1.ClaimConversionRequest{Name: s.names["P"]}, "alreadyClaimed") // R08
	s.do("CancelPayment", "q", &paymentv1.CancelPaymentRequest{Name: s.names["P"]}, "STATE_CANCELED")
	yamato := pay("5", 700, approved)
	yamato.DeliveryMethod, yamato.CaptureMode = "takkyubin", "AUTHORIZE_AND_CAPTURE"
	s.create("Y", "r", yamato, "STATE_AUTHORIZED")
	s.fails("CapturePayment", "s", &paymentv1.CapturePaymentRequest{Name: s.names["Y"]}, "CAPTURE_CONDITIONS")
	both := pay("6", 800, approved)
	both.CaptureMode = "AUTHORIZE_AND_CAPTURE"
	s.create("B", "t", both, "STATE_CAPTURED")
	s.fails("GetPayment", "", &paymentv1.GetPaymentRequest{Name: "payments/00000000000000000000"}, "NOT_FOUND")
	s.lists()
}

func (s *story) lists() {
	for _, filter := range []string{
		`order_number="` + s.tag + `1"`, `state=STATE_CAPTURED AND order_number="` + s.tag + `6"`, `state=STATE_DECLINED AND order_number="` + s.tag + `6"`,
		`acceptance_number="` + strings.ToUpper(strings.TrimPrefix(s.names["Y"], "payments/")) + `"`,
	} {
		res := &paymentv1.ListPaymentsResponse{}
		s.say("ListPayments", s.call(s.t.Context(), "ListPayments", "", &paymentv1.ListPaymentsRequest{Filter: filter}, res))
	}
	s.fails("ListPayments", "", &paymentv1.ListPaymentsRequest{Filter: "colour=red"}, "INVALID_REQUEST")
	s.fails("ListPayments", "", &paymentv1.ListPaymentsRequest{PageToken: "nonsense"}, "INVALID_REQUEST")
	events := &paymentv1.ListPaymentEventsResponse{}
	s.say("ListPaymentEvents", s.call(s.t.Context(), "ListPaymentEvents", "", &paymentv1.ListPaymentEventsRequest{Parent: s.names["A"]}, events))
	token, pages, seen := "", 0, map[string]bool{}
	for {
		a := s.call(s.t.Context(), "ListPayments", "", &paymentv1.ListPaymentsRequest{PageSize: 2, PageToken: token}, &paymentv1.ListPaymentsResponse{})
		list, _ := a.Body["payments"].([]any)
		for _, p := range list {
			name := p.(map[string]any)["name"].(string)
			if seen[name] {
				s.t.Fatalf("%s is on two pages", name)
			}
			seen[name] = true
		}
		if token, _ = a.Body["nextPageToken"].(string); token == "" {
			break
		}
		if pages++; pages > 100 {
			s.t.Fatal("pages without end")
		}
	}
	for _, name := range s.names {
		if !seen[name] {
			s.t.Errorf("%s is on no page", name)
		}
	}
}

func (s *story) create(as, key string, req *paymentv1.CreatePaymentRequest, state string) {
	s.t.Helper()
	a := s.do("CreatePayment", key, req, state)
	p, _ := a.Body["payment"].(map[string]any)
	name, _ := p["name"].(string)
	if before := s.names[as]; before != "" && (before != name || !a.Replayed) {
		s.t.Fatalf("the repeated key gave %s, before %s, replayed %v", name, before, a.Replayed)
	}
	s.names[as] = name
}

func (s *story) get(as, state string) {
	s.t.Helper()
	s.do("GetPayment", "", &paymentv1.GetPaymentRequest{Name: s.names[as]}, state)
}

func (s *story) do(method, key string, req proto.Message, state string) answer {
	s.t.Helper()
	a := s.call(s.t.Context(), method, s.key(key), req, response(method))
	p, _ := a.Body["payment"].(map[string]any)
	if a.Code != "OK" || p["state"] != state {
		s.t.Fatalf("%s %s: %+v; want %s", s.tag, method, a, state)
	}
	s.say(method, a)
	return a
}

// ask makes a call whose answer has the field.
func (s *story) ask(method, key string, req proto.Message, field string) answer {
	s.t.Helper()
	a := s.call(s.t.Context(), method, s.key(key), req, response(method))
	if a.Code != "OK" || a.Body[field] == nil {
		s.t.Fatalf("%s %s: %+v; want %s", s.tag, method, a, field)
	}
	s.say(method, a)
	return a
}

func (s *story) fails(method, key string, req proto.Message, reason string) {
	s.t.Helper()
	a := s.call(s.t.Context(), method, s.key(key), req, response(method))
	if a.Reason != reason {
		s.t.Fatalf("%s %s: %+v; want %s", s.tag, method, a, reason)
	}
	s.say(method, a)
}

func (s *story) key(k string) string {
	if k == "" {
		return ""
	}
	return s.tag + "-" + k
}

// response makes the empty answer of a call.
func response(method string) proto.Message {
	return newMessage(descriptor(method).Output())
}

// say notes an answer without what differs from payment to payment.
func (s *story) say(method string, a answer) {
	raw, _ := json.Marshal(a)
	var copied answer
	_ = json.Unmarshal(raw, &copied)
	raw, _ = json.Marshal(blank(copied, s.tag))
	s.told = append(s.told, method+" "+string(raw))
}

// blank takes names, numbers and times out of an answer.
func blank(a answer, tag string) answer {
	var walk func(v any) any
	walk = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			for k, x := range v {
				switch k {
				case "secret", "name", "acceptanceNumber", "approvalNumber", "createTime", "updateTime", "holdExpireTime", "clientSecret",
					"challengeUri", "challengeExpireTime", "registration", "storedCard", "memberId", "authenticationKey", "checkSum", "lastCreditDate", "expireTime", "orderTime", "findTime":
					v[k] = "…"
				default:
					v[k] = walk(x)
				}
			}
			return v
		case []any:
			for i := range v {
				v[i] = walk(v[i])
			}
			return v
		case string:
			return strings.ReplaceAll(v, tag, "")
		}
		return v
	}
	a.Body, _ = walk(a.Body).(map[string]any)
	return a
}
