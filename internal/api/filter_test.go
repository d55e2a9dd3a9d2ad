package api

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// R43: filters read as the promise writes them, several at once, and what makes no sense is said with
// its place.
func TestFilter(t *testing.T) {
	at := time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		in   string
		want ledger.Filter
		err  string // part of the text; empty: fine
	}{
		{in: ""},
		{in: "   "},
		{in: `state=STATE_AUTHORIZED AND order_number="1396"`, want: ledger.Filter{States: []payment.State{payment.Authorized}, OrderNumber: "1396"}},
		{in: ` state = "STATE_SETTLED" `, want: ledger.Filter{States: []payment.State{payment.Settled}}},
		{in: `order_number=1396`, want: ledger.Filter{OrderNumber: "1396"}},
		{in: `order_number="a \"b\" \\ AND c"`, want: ledger.Filter{OrderNumber: `a "b" \ AND c`}},
		{in: `customer=mei-1 AND acceptance_number="1K835H6S000000000001-2"`, want: ledger.Filter{Customer: "mei-1", Acceptance: "1K835H6S000000000001-2"}},
		{in: `create_time>"2026-01-31T09:00:00+09:00"`, want: ledger.Filter{CreatedAfter: at}},
		{in: `create_time>=2026-01-31T00:00:00Z AND create_time<"2026-02-01T00:00:00Z"`, want: ledger.Filter{CreatedAfter: at.Add(-1), CreatedBefore: at.AddDate(0, 0, 1)}},
		{in: `create_time<="2026-01-31T00:00:00Z"`, want: ledger.Filter{CreatedBefore: at.Add(1)}},
		{in: `amount>1000 AND amount<=5000`, want: ledger.Filter{AmountFrom: 1001, AmountTo: 5000}},
		{in: `amount>="1000" AND amount<5000`, want: ledger.Filter{AmountFrom: 1000, AmountTo: 4999}},
		{in: `amount=5080`, want: ledger.Filter{AmountFrom: 5080, AmountTo: 5080}},
		{in: `amount>9999999`, want: ledger.Filter{AmountFrom: 10000000}},
		{in: `delivery_method=takkyubin AND fulfillment_state=FULFILLMENT_STATE_SHIPPED`, want: ledger.Filter{Delivery: "takkyubin", Shipped: ledger.Is}},
		{in: `fulfillment_state=FULFILLMENT_STATE_UNSPECIFIED AND order_state=CANCELED`, want: ledger.Filter{Shipped: ledger.IsNot, Canceled: ledger.Is}},
		{in: `order_state=OPEN`, want: ledger.Filter{Canceled: ledger.IsNot}},
		{in: `attention:* AND pending_operation:*`, want: ledger.Filter{Attention: true, Unanswered: true}},

		{in: `state`, err: "at character 6: an operator is missing"},
		{in: `state=`, err: "at character 7: a value is missing"},
		{in: `state=AUTHORIZED`, err: "at character 7: is no state"},
		{in: `state=STATE_UNSPECIFIED`, err: "is no state"},
		{in: `state!=STATE_PENDING`, err: "at character 6: this field takes = only"},
		{in: `state=STATE_PENDING OR state=STATE_EXPIRED`, err: "at character 21: conditions are joined by AND"},
		{in: `state=STATE_PENDING and customer=x`, err: "joined by AND"},
		{in: `state=STATE_PENDING customer=x`, err: "joined by AND"},
		{in: `state=STATE_PENDING AND`, err: "at character 24: a condition is missing"},
		{in: `AND state=STATE_PENDING`, err: "at character 1: no such field"},
		{in: `state=STATE_PENDING AND state=STATE_PENDING`, err: "state is asked for twice"},
		{in: `create_time>2026-01-31T00:00:00Z AND create_time>=2026-01-31T00:00:00Z`, err: "create_time is asked for twice"},
		{in: `create_time=2026-01-31T00:00:00Z`, err: "takes <, <=, > and >="},
		{in: `create_time>"yesterday"`, err: "at character 13: a time is written"},
		{in: `orderNumber=1`, err: "no such field"},
		{in: `amount>>1`, err: "at character 8: a value is missing"},
		{in: `amount>0`, err: "at character 8: must be a whole number of yen"},
		{in: `amount>1.5`, err: "must be a whole number of yen"},
		{in: `amount>1,000`, err: "must be a whole number of yen"},
		{in: `amount>１０００`, err: "must be a whole number of yen"},
		{in: `amount<1`, err: "no amount is less"},
		{in: `amount!=1`, err: "at character 7: this field takes =, <, <=, > and >="},
		{in: `amount:*`, err: "must be a whole number"},
		{in: `amount=5 AND amount>3`, err: "amount is asked for twice"},
		{in: `amount>3 AND amount>=5`, err: "amount is asked for twice"},
		{in: `fulfillment_state=SHIPPED`, err: "at character 19: must be FULFILLMENT_STATE_SHIPPED or FULFILLMENT_STATE_UNSPECIFIED"},
		{in: `order_state=open`, err: "must be CANCELED or OPEN"},
		{in: `order_state:*`, err: "takes = only"},
		{in: `delivery_method=""`, err: "the value is empty"},
		{in: `order_number="1396`, err: "at character 14: the quote is not closed"},
		{in: `order_number="\n"`, err: "may be escaped"},
		{in: `order_number=""`, err: "the value is empty"},
		{in: `order_number:*`, err: "takes = only"},
		{in: `attention=yes`, err: "takes :* only"},
		{in: `(state=STATE_PENDING)`, err: "no such field"},
		{in: `注文=1`, err: "at character 1: no such field"},
		{in: `order_number="注文" 注文`, err: "at character 19: conditions"},
	} {
		got, err := parseFilter(tc.in)
		switch {
		case tc.err == "" && err != nil:
			t.Errorf("%q: %v", tc.in, err)
		case tc.err != "" && (err == nil || !strings.Contains(err.Error(), tc.err)):
			t.Errorf("%q: %v, want %q", tc.in, err, tc.err)
		default:
			if d := cmp.Diff(tc.want, got, cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })); d != "" {
				t.Errorf("%q: %s", tc.in, d)
			}
		}
	}
}

// Any value comes back through quotes as it was.
func TestFilterQuotes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.StringN(1, 20, -1).Draw(t, "value")
		quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v)
		f, err := parseFilter(`state=STATE_PENDING AND customer="` + quoted + `"`)
		if err != nil || f.Customer != v {
			t.Fatalf("%q became %q, %v", v, f.Customer, err)
		}
	})
}

// FuzzFilter: whatever is written, the answer is a filter or a violation.
func FuzzFilter(f *testing.F) {
	for _, s := range []string{`state=STATE_AUTHORIZED AND order_number="1396"`, `create_time>"2026-01-31T09:00:00+09:00"`, `a:"\\`, "\xff=\"", `attention:*AND`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		_, err := parseFilter(s)
		var ours *fault
		if err != nil && (!errors.As(err, &ours) || len(ours.violations) != 1 || ours.violations[0].Field != "filter") {
			t.Errorf("%q: %v", s, err)
		}
	})
}

// FuzzPageToken: nobody but us can make a token, and ours opens with its own
// tenant and filter only.
func FuzzPageToken(f *testing.F) {
	k := newKeyring([]byte("a key of the tests, thirty-two bytes"))
	t1 := shop.Tenant{Shop: "first", Environment: shop.Test}
	id := payment.NewID(time.UnixMilli(1), 7)
	good := k.pageToken(t1, "state=STATE_PENDING", id)
	f.Add(good, "state=STATE_PENDING")
	f.Add(good+"A", "")
	f.Add("", "x")
	f.Add(good[:len(good)-1]+"\n", "state=STATE_PENDING")
	f.Fuzz(func(t *testing.T, token, filter string) {
		got, err := k.openPageToken(t1, filter, token)
		switch {
		case token == "":
			if err != nil || got != "" {
				t.Errorf("the first page: %q %v", got, err)
			}
		case err == nil && (token != good || filter != "state=STATE_PENDING" || got != id):
			t.Errorf("%q opens with %q", token, filter)
		}
		if _, err := k.openPageToken(shop.Tenant{Shop: "second", Environment: shop.Test}, filter, good); err == nil {
			t.Error("another shop opens it")
		}
	})
}

// FuzzBearer: a header is a token or UNAUTHENTICATED.
func FuzzBearer(f *testing.F) {
	for _, s := range []string{"Bearer sk_test_demo", "bearer x", "Bearer", "Basic YTpi", "Bearer \x00", "Bearer " + strings.Repeat("x", 300)} {
		f.Add(s)
	}
	a := &API{keys: newKeyring([]byte("a key of the tests, thirty-two bytes"))}
	f.Fuzz(func(t *testing.T, header string) {
		token, err := bearer([]string{header})
		if err == nil && (!visible(token) || len(token) > 256) {
			t.Errorf("%q gives %q", header, token)
		}
		if strings.HasPrefix(token, secretPrefix) {
			if p, err := a.authenticateSecret(token); err == nil {
				t.Errorf("%q is a secret of %+v", token, p)
			}
		}
	})
}
