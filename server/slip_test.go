package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/acquirer/simulator"
	"kessai.dev/kessai/internal/shop"
)

// slipShop is one of two shops, each with a contract of its own at one provider:
// they share nothing but slip numbers, which are the carrier's.
type slipShop struct {
	t      *testing.T
	s      *server
	sim    *simulator.Simulator
	id     string
	trader string
}

func twoShops(t *testing.T) (a, b slipShop) {
	t.Helper()
	dir, clock := t.TempDir(), dayClock()
	sim, root := providerBeside(t, clock)
	a, b = slipShop{t: t, sim: sim, id: "a", trader: "888880001"}, slipShop{t: t, sim: sim, id: "b", trader: "888880002"}
	keyFile, config := filepath.Join(dir, "access.key"), filepath.Join(dir, "kessai.json")
	var contracts, shops, keys []string
	for _, x := range []slipShop{a, b} {
		if err := sim.AddMerchant(simulator.FullMerchant(x.trader, demoAccessKey)); err != nil {
			t.Fatal(err)
		}
		contracts = append(contracts, fmt.Sprintf(`{"id":%q,"traderCode":%q,"accessKeyFile":%q,"flags":{"testAllowed":true}}`, x.id, x.trader, keyFile))
		shops = append(shops, fmt.Sprintf(`{"id":%q,"name":%[1]q,"contracts":{"TEST":%[1]q},"deliveryMethods":[{"id":"takkyubin","name":"宅急便","carrier":"yamato"}]}`, x.id))
		keys = append(keys, fmt.Sprintf(`{"sha256":"%x","shop":%q,"environment":"TEST","scopes":["storefront","shipping","operator"]}`, shop.HashKey(x.bearer()), x.id))
	}
	all := fmt.Sprintf(`{"contracts":[%s],"shops":[%s],"keys":[%s]}`, strings.Join(contracts, ","), strings.Join(shops, ","), strings.Join(keys, ","))
	for name, content := range map[string]string{keyFile: demoAccessKey, config: all} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a.s = startAt(t, config, clock, func(f *Flags) { f.Provider = root + "/test_gateway" })
	b.s = a.s
	return a, b
}

func (x slipShop) bearer() string { return "sk_test_" + x.id }

// order makes an order with Yamato delivery. Its numbers are those of the other
// shop's orders, too.
func (x slipShop) order(number string) (name string) {
	x.t.Helper()
	status, p := browse(x.t, x.s, x.bearer(), "POST", "/v1/payments", number, `{"amount":5080,"orderNumber":"`+number+`","cardToken":"SIMAPPROVED00000","deliveryMethod":"takkyubin"}`)
	if status != http.StatusOK || p["state"] != "STATE_AUTHORIZED" {
		x.t.Fatalf("%d %v", status, p)
	}
	return text(p, "name")
}

// parcel asks for a slip.
func (x slipShop) parcel(name, verb, key, slip string) (int, map[string]any) {
	x.t.Helper()
	return browse(x.t, x.s, x.bearer(), "POST", "/v1/"+name+":"+verb, key, `{"shipment":{"carrier":"yamato","slipNumber":"`+slip+`"}}`)
}

// stands compares a payment with its books here, and the provider's.
func (x slipShop) stands(what, name, state string, atProvider int, slips ...string) {
	x.t.Helper()
	for _, how := range []string{"GET", "POST"} { // as it stands; and after a look at the provider
		path := map[string]string{"GET": "/v1/" + name, "POST": "/v1/" + name + ":refresh"}[how]
		_, p := browse(x.t, x.s, x.bearer(), how, path, what+state+fmt.Sprint(slips), map[string]string{"POST": "{}"}[how])
		var have []string
		for _, one := range list(p["shipments"]) {
			if m := one.(map[string]any); m["registered"] == true {
				have = append(have, text(m, "slipNumber"))
			}
		}
		if p["state"] != state || p["attention"] != nil || p["pendingOperation"] != nil || (p["capturedAmount"] != nil) != (state == "STATE_CAPTURED") || !slices.Equal(have, slips) {
			x.t.Errorf("%s: %s %v, registered %v: %v", what, how, p["state"], have, p)
		}
		all, err := x.sim.Transactions(text(p, "acceptanceNumber"), 2)
		if err != nil || len(all) != 1 || all[0].TraderCode != x.trader || all[0].Status != atProvider || !slices.Equal(all[0].Slips, slips) {
			x.t.Errorf("%s: the provider has %+v, %v", what, all, err)
		}
	}
}

// entries counts the slips that the provider was asked for.
func (x slipShop) entries() int {
	x.t.Helper()
	calls, err := x.sim.Calls(simulator.CallFilter{Function: "E01"})
	if err != nil {
		x.t.Fatal(err)
	}
	return len(calls)
}

// names fails unless a refusal names the slip, and what to do, in both languages.
func names(t *testing.T, what string, status any, refusal map[string]any, slip string) {
	t.Helper()
	var reason, ja string
	for _, d := range list(refusal["details"]) {
		reason, ja = reason+text(d, "reason"), ja+text(d, "message")
	}
	if en := text(refusal, "message"); reason != "BUNDLED" || !strings.Contains(en, "E012000001") || !strings.Contains(en, "slip "+slip+" is another order's") || !strings.Contains(en, "compare the slip with the parcel") ||
		!strings.Contains(ja, "送り状番号"+slip+"は、ほかの注文で登録されています") || !strings.Contains(ja, "確かめる") {
		t.Errorf("%s: %v %v", what, status, refusal)
	}
}

// P62: a slip that another shop's order has is refused by the provider, and the
// refusal names it in both languages, at once, by a repetition under the same key
// and in a batch. Nothing is half applied: no state, no slip at the provider, and
// no claim that would keep anybody off the slip afterwards.
func TestSlipOfAnotherShop(t *testing.T) {
	a, b := twoShops(t)
	const theirs, own, fresh, last = "123456789013", "123456789024", "123456789035", "123456789046"
	holder := a.order("1")
	if status, p := a.parcel(holder, "ship", "ship", theirs); status != http.StatusOK {
		t.Fatalf("%d %v", status, p)
	}

	first := b.order("1")
	status, refusal := b.parcel(first, "ship", "ship", theirs)
	names(t, "shipped", status, refusal, theirs)
	asked := b.entries()
	status, again := b.parcel(first, "ship", "ship", theirs)
	names(t, "the same call again", status, again, theirs)
	if b.entries() != asked {
		t.Error("a repetition asked the provider again")
	}
	b.stands("refused", first, "STATE_AUTHORIZED", 4)
	_, p := browse(t, b.s, b.bearer(), "GET", "/v1/"+first, "", "")
	if said := list(p["shipments"]); p["fulfillmentState"] != "FULFILLMENT_STATE_SHIPPED" || len(said) != 1 || text(said[0], "slipNumber") != theirs {
		t.Errorf("what the shop said: %v", p) // stays, as said and not as done
	}
	a.stands("the holder", holder, "STATE_CAPTURED", 30, theirs)

	// A correction: the slip that is right so far stays on, and the charge with it.
	second := b.order("2")
	if status, p := b.parcel(second, "ship", "own", own); status != http.StatusOK {
		t.Fatalf("%d %v", status, p)
	}
	status, refusal = b.parcel(second, "correctShipment", "wrong", theirs)
	names(t, "corrected", status, refusal, theirs)
	b.stands("corrected", second, "STATE_CAPTURED", 30, own)

	// A batch: the row is refused, by the provider and not by the books, although
	// two orders here have asked for the slip; and the rows beside it go on.
	third, fourth := b.order("3"), b.order("4")
	status, batch := browse(t, b.s, b.bearer(), "POST", "/v1/payments:batchShip", "batch", `{"requests":[
		{"payment":"`+third+`","shipment":{"carrier":"yamato","slipNumber":"`+theirs+`"}},
		{"payment":"`+fourth+`","shipment":{"carrier":"yamato","slipNumber":"`+fresh+`"}}]}`)
	results := list(batch["results"])
	if status != http.StatusOK || len(results) != 2 {
		t.Fatalf("%d %v", status, batch)
	}
	row, _ := results[0].(map[string]any)["error"].(map[string]any)
	names(t, "in a batch", results[0], row, theirs)
	b.stands("in a batch", third, "STATE_AUTHORIZED", 4)
	b.stands("beside it", fourth, "STATE_CAPTURED", 30, fresh)
	a.stands("the holder after all", holder, "STATE_CAPTURED", 30, theirs)

	// The other shop gives the slip back: it is nobody's, and not of those who were
	// refused. One of them may have it, and the other takes another one.
	if status, p := a.parcel(holder, "correctShipment", "back", last); status != http.StatusOK {
		t.Fatalf("%d %v", status, p)
	}
	if status, p := b.parcel(third, "ship", "now", theirs); status != http.StatusOK {
		t.Errorf("%d %v", status, p)
	}
	b.stands("given back", third, "STATE_CAPTURED", 30, theirs)
	if status, p := b.parcel(first, "ship", "another", "123456789050"); status != http.StatusOK {
		t.Errorf("%d %v", status, p)
	}
	b.stands("another one", first, "STATE_CAPTURED", 30, "123456789050")
	a.stands("the other shop", holder, "STATE_CAPTURED", 30, last)
}
