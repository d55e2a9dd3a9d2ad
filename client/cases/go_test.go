package cases

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/code"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	"kessai.dev/kessai/client"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	vaultv1 "kessai.dev/kessai/gen/kessai/vault/v1"
)

// TestGo makes every step with the Go client against a real server.
func TestGo(t *testing.T) {
	server, all, began := start(t), steps(t), time.Now()
	saved := map[string]string{"run": "go"}
	var got []result
	for _, s := range all {
		r := makeStep(t, server, s, saved)
		got = append(got, r)
		for name, path := range s.Save {
			saved[name], _ = at(r.Answer, path).(string)
		}
	}
	compare(t, "go", all, got, began, time.Now())
}

// makeStep is one call, by the method's name in the schema.
func makeStep(t *testing.T, to server, s step, saved map[string]string) result {
	t.Helper()
	key := to.key
	if s.Bearer != "" {
		key = s.Bearer
	}
	kessai, err := client.New(to.grpc, key)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = kessai.Close() }()

	service := paymentv1.File_kessai_payment_v1_payment_service_proto.Services().ByName("PaymentService")
	if vault := vaultv1.File_kessai_vault_v1_vault_service_proto.Services().ByName("VaultService"); s.Service == string(vault.FullName()) {
		service = vault
	}
	method := service.Methods().ByName(protoreflect.Name(s.Method))
	if method == nil {
		t.Fatalf("%s: there is no %s", s.Name, s.Method)
	}
	in, out := message(t, method.Input()), message(t, method.Output())
	if err := protojson.Unmarshal([]byte(expand(string(s.Request), saved)), in); err != nil {
		t.Fatalf("%s: %v", s.Name, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	r := result{Name: s.Name}
	path := "/" + string(service.FullName()) + "/" + s.Method
	if err := kessai.Conn().Invoke(ctx, path, in, out,
		client.IdempotencyKey(expand(s.Key, saved)), client.Replayed(&r.Replayed)); err != nil {
		r.Error = read(t, err)
		return r
	}
	raw, err := protojson.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &r.Answer); err != nil {
		t.Fatal(err)
	}
	return r
}

func message(t *testing.T, d protoreflect.MessageDescriptor) proto.Message {
	t.Helper()
	kind, err := protoregistry.GlobalTypes.FindMessageByName(d.FullName())
	if err != nil {
		t.Fatal(err)
	}
	return kind.New().Interface()
}

func read(t *testing.T, err error) *failure {
	t.Helper()
	var e *client.Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no *client.Error", err)
	}
	f := &failure{Code: code.Code(e.Code).String(), Reason: string(e.Reason), MessageJA: e.MessageJA}
	for _, v := range e.Violations {
		f.Violations = append(f.Violations, v.Field)
	}
	return f
}

// TestGoWatch watches a payment while its card is given.
func TestGoWatch(t *testing.T) {
	kessai, err := client.New(start(t).grpc, "sk_test_demo")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = kessai.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	payment, err := kessai.CreatePayment(ctx, &paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: "watched"})
	if err != nil {
		t.Fatal(err)
	}
	var seen []paymentv1.Payment_State
	for now, err := range kessai.WatchPayment(ctx, payment.GetName()) {
		if err != nil {
			t.Fatalf("after %v: %v", seen, err)
		}
		seen = append(seen, now.GetState())
		if now.GetState() == paymentv1.Payment_STATE_AUTHORIZED {
			break
		}
		if len(seen) > 1 {
			continue
		}
		if _, err := kessai.ConfirmPayment(ctx, &paymentv1.ConfirmPaymentRequest{
			Name: payment.GetName(), CardToken: "SIMAPPROVED00000",
		}); err != nil {
			t.Fatal(err)
		}
	}
	if len(seen) < 2 || seen[0] != paymentv1.Payment_STATE_PENDING || seen[len(seen)-1] != paymentv1.Payment_STATE_AUTHORIZED {
		t.Errorf("saw %v, want PENDING first and AUTHORIZED last", seen)
	}
}
