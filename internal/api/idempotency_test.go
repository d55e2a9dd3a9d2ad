package api

import (
	"os"
	"regexp"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"pgregory.net/rapid"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/api/rpcbridge"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

func drawCreate(t *rapid.T) *paymentv1.CreatePaymentRequest {
	text := rapid.StringMatching(`[a-zあ-ん]{0,5}`)
	r := &paymentv1.CreatePaymentRequest{
		Amount: rapid.Int32Range(0, 3).Draw(t, "amount"), OrderNumber: text.Draw(t, "order"), CardToken: text.Draw(t, "token"),
		Customer: text.Draw(t, "customer"), Device: text.Draw(t, "device"), RequestId: text.Draw(t, "key"),
		InstallmentCount: rapid.Int32Range(0, 2).Draw(t, "count"),
	}
	if rapid.Bool().Draw(t, "has order") {
		r.Order = &paymentv1.Order{Total: rapid.Int32Range(0, 2).Draw(t, "total")}
		for range rapid.IntRange(0, 2).Draw(t, "lines") {
			r.Order.Lines = append(r.Order.Lines, &paymentv1.OrderLine{Name: text.Draw(t, "line")})
		}
	}
	return r
}

// P04: whatever two requests are, the lowest field in which they differ is
// found, the idempotency key left aside; equal requests have equal digests.
func TestFirstDifferingField(t *testing.T) {
	k := newKeyring([]byte("a key of the tests, thirty-two bytes"))
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawCreate(t), drawCreate(t)
		want, fields := 0, a.ProtoReflect().Descriptor().Fields()
		for n := 1; n < 100 && want == 0; n++ {
			f := fields.ByNumber(protoreflect.FieldNumber(n))
			if f == nil || f.Name() == keyField {
				continue
			}
			x, y := a.ProtoReflect().New(), a.ProtoReflect().New()
			if a.ProtoReflect().Has(f) {
				x.Set(f, a.ProtoReflect().Get(f))
			}
			if b.ProtoReflect().Has(f) {
				y.Set(f, b.ProtoReflect().Get(f))
			}
			if !proto.Equal(x.Interface(), y.Interface()) {
				want = n
			}
		}
		got := differing(digestsOf(k, a), digestsOf(k, b))
		if got != want {
			t.Fatalf("field %d, want %d, of\n%v\n%v", got, want, a, b)
		}
	})
}

// The books learn nothing of a request from its digest: it depends on the key,
// and is seven bytes a field.
func TestDigestIsKeyed(t *testing.T) {
	r := &paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: "1396", RequestId: "a1"}
	a := digestsOf(newKeyring([]byte("a key of the tests, thirty-two bytes")), r)
	b := digestsOf(newKeyring([]byte("another key of the same length, or so")), r)
	if len(a) != 14 || differing(a, b) != 1 {
		t.Errorf("%x and %x", a, b)
	}
}

// No request has a map, whose texts nobody would look at (P59).
func TestNoMaps(t *testing.T) {
	seen := map[protoreflect.FullName]bool{}
	var walk func(d protoreflect.MessageDescriptor)
	walk = func(d protoreflect.MessageDescriptor) {
		if seen[d.FullName()] {
			return
		}
		seen[d.FullName()] = true
		for i := range d.Fields().Len() {
			f := d.Fields().Get(i)
			if f.IsMap() {
				t.Errorf("%s is a map", f.FullName())
			}
			if f.Message() != nil {
				walk(f.Message())
			}
		}
	}
	for full := range scopes {
		if d, ok := rpcbridge.Descriptor(full); ok {
			walk(d.Input())
		}
	}
}

// Field numbers fit the digest's byte.
func TestFieldNumbersFit(t *testing.T) {
	for full := range scopes {
		d, ok := rpcbridge.Descriptor(full)
		if !ok {
			t.Fatalf("%s has no schema", full)
		}
		for i := range d.Input().Fields().Len() {
			if n := d.Input().Fields().Get(i).Number(); n > 255 {
				t.Errorf("%s: field %d", full, n)
			}
		}
	}
}

// The error names the field, whatever the digests are.
func TestKeyReusedNamesTheField(t *testing.T) {
	k := newKeyring([]byte("a key of the tests, thirty-two bytes"))
	digest := func(r proto.Message) []byte { return digestsOf(k, r) }
	before := digest(&paymentv1.AdjustPaymentRequest{Name: "payments/x", Amount: 4000})
	for want, now := range map[string]proto.Message{
		"name":   &paymentv1.AdjustPaymentRequest{Name: "payments/y", Amount: 1},
		"amount": &paymentv1.AdjustPaymentRequest{Name: "payments/x", Amount: 4001},
		"etag":   &paymentv1.AdjustPaymentRequest{Name: "payments/x", Amount: 4000, Etag: `"3"`},
	} {
		f := keyReused(paymentv1.PaymentService_AdjustPayment_FullMethodName, &processor.KeyReusedError{Before: before, Now: digest(now)})
		if len(f.violations) != 1 || f.violations[0].Field != want {
			t.Errorf("%s: %+v", want, f.violations)
		}
	}
	for _, rubbish := range [][]byte{nil, {1}, []byte("rubbish of any length"), before[:9]} {
		if f := keyReused("/nobody/knows", &processor.KeyReusedError{Before: before, Now: rubbish}); f.text == "" {
			t.Error("no text")
		}
	}
}

// Every word of the trade is in the API's enum, and every word of the enum has
// its row: nothing falls back to INTERNAL.
func TestReasonsAreComplete(t *testing.T) {
	for n, name := range paymentv1.ErrorReason_name {
		if n == 0 {
			continue
		}
		if reasons[paymentv1.ErrorReason(n)].ja == "" {
			t.Errorf("%s has no row in reasons", name)
		}
	}
	for _, r := range wordsOf(t) {
		if got := reasonWord(reasonOf(r)); got != string(r) {
			t.Errorf("%s becomes %s", r, got)
		}
	}
}

// wordsOf reads every reason out of payment's source, so that none is forgotten.
func wordsOf(t *testing.T) []payment.Reason {
	t.Helper()
	src, err := os.ReadFile("../payment/reason.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []payment.Reason
	for _, m := range regexp.MustCompile(`Reason = "([A-Z_]+)"`).FindAllSubmatch(src, -1) {
		out = append(out, payment.Reason(m[1]))
	}
	if len(out) < 40 {
		t.Fatalf("only %d reasons found", len(out))
	}
	return out
}

func digestsOf(k keyring, m proto.Message) []byte {
	wire, err := deterministic.Marshal(m)
	if err != nil {
		panic(err)
	}
	return k.fieldDigests(m.ProtoReflect().Descriptor(), wire)
}
