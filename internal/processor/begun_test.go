package processor

import (
	"errors"
	"testing"

	"kessai.dev/kessai/internal/payment"
)

// R34, promise 4: a key is known as soon as its command has left its mark, with
// another request it is named before anything is done, and looking asks nobody.
func TestBegun(t *testing.T) {
	r := newRig(t)
	p := r.create("a", order("1"))
	request := payment.Request{Method: "BatchCancelPayments", Key: "k/" + string(p.ID), Digest: []byte("digest")}
	if begun, err := r.Begun(t.Context(), r.caller, request); begun || err != nil {
		t.Fatal(begun, err)
	}
	if _, err := r.Command(t.Context(), r.caller, request, p.ID, payment.Cancel{}); err != nil {
		t.Fatal(err)
	}
	asked := len(r.bank.asked)
	if begun, err := r.Begun(t.Context(), r.caller, request); !begun || err != nil {
		t.Error(begun, err)
	}
	var reused *KeyReusedError
	request.Digest = []byte("another")
	if begun, err := r.Begun(t.Context(), r.caller, request); begun || !errors.As(err, &reused) || string(reused.Before) != "digest" {
		t.Error(begun, err)
	}
	other := r.caller
	other.Tenant.Shop = "t"
	if begun, err := r.Begun(t.Context(), other, request); begun || err != nil {
		t.Error("another shop's key: ", begun, err)
	}
	if len(r.bank.asked) != asked {
		t.Error("the provider was asked")
	}
}
