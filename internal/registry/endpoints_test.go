package registry

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

// An endpoint's secret, and what its address has after the "?".
const (
	hookSecret = "whsec_dGhpcyBpcyB0aGUgc2VjcmV0IG9mIGFuIGVuZHBvaW50"
	hookQuery  = "token=swordfish"
)

func (r *rig) changeEndpoints(w Who, change func([]shop.Endpoint) []shop.Endpoint) []shop.Endpoint {
	r.Helper()
	list, err := r.ChangeEndpoints(r.Context(), w, func(list []shop.Endpoint) ([]shop.Endpoint, error) { return change(list), nil })
	if err != nil {
		r.Fatal(err)
	}
	return list
}

func (r *rig) addEndpoint(w Who) []shop.Endpoint {
	r.Helper()
	return r.changeEndpoints(w, func(list []shop.Endpoint) []shop.Endpoint {
		return append(list, shop.Endpoint{
			URI: "https://shop.example/hook?" + hookQuery, Title: "倉庫", Types: []string{"payment.*"}, Secret: hookSecret, From: 7, Created: r.now,
			Former: []shop.FormerSecret{{Secret: "whsec_b2xk", Until: r.now.Add(time.Hour)}},
		})
	})
}

// P74 P98: an endpoint lives on over a restart, with its secrets; each shop and
// environment has its own; nothing that is kept or told has a secret in the clear.
func TestEndpoints(t *testing.T) {
	r := newRig(t, nil)
	made := r.addEndpoint(test)
	if len(made) != 1 || len(made[0].ID) != 16 || made[0].Secret.Reveal() != hookSecret {
		t.Fatalf("%+v", made)
	}
	r.restart(nil)
	have, err := r.Endpoints(test.Tenant)
	if diff := cmp.Diff(made, have); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	if diff := cmp.Diff(map[shop.Tenant][]shop.Endpoint{test.Tenant: made}, r.AllEndpoints()); diff != "" {
		t.Error(diff)
	}
	for _, w := range []Who{production, other} {
		if list, err := r.Endpoints(w.Tenant); len(list) != 0 || err != nil {
			t.Errorf("%v has %v, %v", w, list, err)
		}
	}
	if _, err := r.Endpoints(shop.Tenant{Shop: "nobody", Environment: shop.Test}); !errors.Is(err, ledger.ErrNotFound) {
		t.Error(err)
	}
	kept := ""
	if err := r.books.EachDocument(t.Context(), func(d ledger.Document) bool { kept += string(d.Body); return true }); err != nil {
		t.Fatal(err)
	}
	trail, err := r.Changes(t.Context(), test, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{kept, fmt.Sprint(trail), r.log.String()} {
		for _, s := range []string{hookSecret, strings.TrimPrefix(hookSecret, shop.SecretPrefix), "b2xk"} {
			if strings.Contains(text, s) {
				t.Errorf("%q is in %s", s, text)
			}
		}
	}
	if strings.Contains(fmt.Sprint(trail), hookQuery) {
		t.Errorf("%v", trail)
	}
}

// P81 P87: the trail says what became of an endpoint and that its secret changed,
// not to what; what changes nothing writes nothing; what change refuses neither.
func TestEndpointTrail(t *testing.T) {
	r := newRig(t, nil)
	id := r.addEndpoint(test)[0].ID
	first := r.last(test)
	if first.Resource != "webhookEndpoints/"+id || first.Action != created || first.Actor != test.Actor {
		t.Errorf("%+v", first)
	}
	same := r.changeEndpoints(test, func(list []shop.Endpoint) []shop.Endpoint { return list })
	if r.last(test).Sequence != first.Sequence || len(same) != 1 {
		t.Error("what changed nothing is in the trail")
	}
	refused := errors.New("no")
	if _, err := r.ChangeEndpoints(t.Context(), test, func(list []shop.Endpoint) ([]shop.Endpoint, error) {
		list[0].URI = "changed"
		return nil, refused
	}); !errors.Is(err, refused) {
		t.Error(err)
	}
	for _, c := range []struct {
		change func(*shop.Endpoint)
		want   string
	}{
		{func(e *shop.Endpoint) { e.Secret = "whsec_bmV3" }, "[{secret  }]"},
		{func(e *shop.Endpoint) { e.URI += "x" }, "[{uriQuery  }]"},
		{func(e *shop.Endpoint) { e.Stopped = true }, "[{stopped false true}]"},
		{func(e *shop.Endpoint) { e.Types = nil }, "[{types payment.* }]"},
	} {
		r.changeEndpoints(test, func(list []shop.Endpoint) []shop.Endpoint { c.change(&list[0]); return list })
		if got := fmt.Sprint(r.last(test).Fields); got != c.want {
			t.Errorf("the trail says %s, want %s", got, c.want)
		}
	}
	r.changeEndpoints(test, func([]shop.Endpoint) []shop.Endpoint { return nil })
	if got := r.last(test); got.Action != deleted || strings.Contains(fmt.Sprint(got), "whsec_") || strings.Contains(fmt.Sprint(got), hookQuery) {
		t.Errorf("%+v", got)
	}
	r.restart(nil)
	if list, err := r.Endpoints(test.Tenant); len(list) != 0 || err != nil {
		t.Errorf("%v, %v", list, err)
	}
}

// P98: a rotation of the key file takes the endpoints' secrets along.
func TestRotateEndpoints(t *testing.T) {
	r := newRig(t, nil)
	made := r.addEndpoint(test)
	if _, err := Rotate(context.Background(), filepath.Join(r.dir, "shops.keys"), r.books, func() time.Time { return r.now }); err != nil {
		t.Fatal(err)
	}
	r.restart(nil)
	have, err := r.Endpoints(test.Tenant)
	if diff := cmp.Diff(made, have); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	found := false
	trail, err := r.Changes(t.Context(), test, 0, 100)
	for _, c := range trail {
		found = found || c.Resource == "webhookEndpoints" && c.Fields[0].Field == "encryption"
	}
	if !found || err != nil {
		t.Errorf("%v, %+v", err, trail)
	}
}
