package demo

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

const (
	base   = "http://127.0.0.1:8080"
	id     = payment.ID("01k9vvvv000000000001")
	secret = "cs_the-secret"
)

var (
	plain  = shop.Tenant{Shop: "demo", Environment: shop.Test}
	secure = shop.Tenant{Shop: "demo-3ds", Environment: shop.Test}
)

// backend stands for the payment's backend.
type backend struct {
	created []processor.Create
	keys    []string
	tenants []shop.Tenant
	err     error // of Create

	pays    map[shop.Tenant]*payment.Payment
	order   *payment.Order
	readErr error
	claims  int
}

func (b *backend) create(_ context.Context, t shop.Tenant, key string, cmd processor.Create) (*payment.Payment, error) {
	if b.err != nil {
		return nil, b.err
	}
	b.created, b.keys, b.tenants = append(b.created, cmd), append(b.keys, key), append(b.tenants, t)
	return &payment.Payment{ID: id}, nil
}

func (b *backend) get(_ context.Context, t shop.Tenant, wanted payment.ID) (*payment.Payment, *payment.Order, error) {
	if pay := b.pays[t]; b.readErr == nil && pay != nil && pay.ID == wanted {
		return pay, b.order, nil
	}
	if b.readErr != nil {
		return nil, nil, b.readErr
	}
	return nil, nil, ledger.ErrNotFound
}

func (b *backend) claim(context.Context, shop.Tenant, payment.ID) (bool, error) {
	b.claims++
	return b.claims == 1, nil
}

func shopOf(t *testing.T, b *backend) http.Handler {
	t.Helper()
	random := uint64(0)
	h, err := New(Options{
		PublicURL: base, Plain: plain, Secure: secure, ProviderOrigins: []string{"https://provider.example"},
		Create: b.create, Get: b.get, Claim: b.claim, Secret: func(shop.Tenant, payment.ID) string { return secret },
		Clock:  func() time.Time { return time.Date(2026, 4, 1, 16, 0, 0, 0, time.UTC) },
		Random: func() uint64 { random += 1 << 24; return random }, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// ask gives status, address to go to, and body.
func ask(t *testing.T, h http.Handler, r *http.Request) (int, string, string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	answer := w.Result()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if policy := answer.Header.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("%s %s: policy %q", r.Method, r.URL, policy)
	}
	return answer.StatusCode, answer.Header.Get("Location"), string(body)
}

func get(t *testing.T, h http.Handler, target string) (int, string, string) {
	t.Helper()
	return ask(t, h, httptest.NewRequest(http.MethodGet, base+target, nil))
}

// filled is a whole order.
func filled() url.Values {
	return url.Values{
		"order": {"D0402-00000001"}, "yunomi": {"2"}, "jubako": {"1"},
		"name": {"山田 花子"}, "kana": {"ヤマダ ハナコ"}, "phone": {"03-1234-5678"}, "email": {"hanako@example.com"},
		"postal": {"100-0001"}, "prefecture": {"東京都"}, "city": {"千代田区"}, "address": {"千代田1-1"},
		"delivery": {"takkyubin"}, "customer": {"guest"}, "page": {"hosted"},
	}
}

func place(t *testing.T, h http.Handler, v url.Values, headers ...string) (int, string, string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, base+"/demo/orders", strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", base)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return ask(t, h, r)
}

func TestPages(t *testing.T) {
	h := shopOf(t, &backend{})
	for _, c := range []struct {
		path   string
		status int
		to     string
		says   []string
	}{
		{"/demo", 200, "", []string{"青磁の湯のみ", "Celadon tea cup", "¥1,280", "¥5,080", "¥12,000", "¥30,000", "<svg"}},
		{"/demo?yunomi=2", 200, "", []string{`name="yunomi" value="2"`, "カート（2）"}},
		{"/demo/cart", 200, "", []string{"カートは空です", "Your cart is empty"}},
		{"/demo/cart?add=yunomi", 303, "/demo/cart?order=D0402-00000001&yunomi=1", nil},
		{"/demo/cart?yunomi=2&add=yunomi&order=D0402-abcdefgh", 303, "/demo/cart?order=D0402-abcdefgh&yunomi=3", nil},
		{"/demo/cart?yunomi=1&secure=on", 303, "/demo/cart?order=S0402-00000002&secure=on&yunomi=1", nil},
		{"/demo/cart?yunomi=1&secure=on&order=D0402-abcdefgh", 303, "/demo/cart?order=S0402-00000003&secure=on&yunomi=1", nil},
		{"/demo/cart?yunomi=2&jubako=1&order=D0402-abcdefgh", 200, "", []string{"¥32,560", "D0402-abcdefgh", "山田 花子", `value="千代田1-1"`}},
		{"/demo/cart?yunomi=99&nothing=3&order=D0402-abcdefgh", 200, "", []string{"¥11,520"}},
		{"/demo/cart?yunomi=-1&order=D0402-abcdefgh", 200, "", []string{"Your cart is empty"}},
		{"/demo/own", 200, "", []string{`src="/demo/own.js"`, "cc-number"}},
		{"/demo/own.js", 200, "", []string{"KessaiCheckout"}},
		{"/demo/style.css", 200, "", []string{"color-scheme"}},
		{"/demo/elsewhere", 404, "", []string{"Page not found"}},
		{"/demo/own.html", 404, "", nil},
	} {
		status, to, body := get(t, h, c.path)
		if status != c.status || to != c.to {
			t.Errorf("%s: %d to %q; want %d to %q", c.path, status, to, c.status, c.to)
		}
		for _, text := range c.says {
			if !strings.Contains(body, text) {
				t.Errorf("%s does not say %q:\n%s", c.path, text, body)
			}
		}
	}
}

// No page runs anything that stands in it, and none has a style of its own: the
// policy would not let it.
func TestPagesAreStrict(t *testing.T) {
	held := &payment.Payment{ID: id, State: payment.Authorized}
	h := shopOf(t, &backend{pays: map[shop.Tenant]*payment.Payment{plain: held}})
	inline := regexp.MustCompile(`(?i)<script(?: type="module")?>|<style|\sstyle=|\son[a-z]+=|javascript:`)
	for _, path := range []string{"/demo", "/demo/cart?yunomi=1&order=D0402-abcdefgh", "/demo/own", "/demo/nowhere", "/demo/thanks?payment=" + id.Name()} {
		if _, _, body := get(t, h, path); inline.MatchString(body) {
			t.Errorf("%s has %q", path, inline.FindString(body))
		}
	}
}

func TestOrder(t *testing.T) {
	guest := processor.Create{
		Amount: 32_560, OrderNumber: "D0402-00000001", Delivery: "takkyubin", ReturnURI: base + "/demo/thanks",
		Order: &payment.Order{
			Lines: []payment.Line{{Name: "青磁の湯のみ", Quantity: 2, UnitAmount: 1_280, Kind: "physical"}, {Name: "漆の重箱", Quantity: 1, UnitAmount: 30_000, Kind: "physical"}},
			Buyer: &payment.Buyer{Name: "山田 花子", NameKana: "ヤマダ ハナコ", Phone: "03-1234-5678", Email: "hanako@example.com"},
			ShipTos: []payment.Address{{
				Name: "山田 花子", PostalCode: "100-0001", Prefecture: "東京都", City: "千代田区", Line1: "千代田1-1", Phone: "03-1234-5678",
			}},
			Total: 32_560,
		},
	}
	change := func(f func(*processor.Create)) processor.Create { c := guest; f(&c); return c }
	for _, c := range []struct {
		name   string
		set    url.Values
		tenant shop.Tenant
		to     string
		want   processor.Create
	}{
		{"guest", nil, plain, "/checkout/" + string(id) + "#" + secret, guest},
		{"member", url.Values{"customer": {"member"}}, plain, "/checkout/" + string(id) + "#" + secret, change(func(c *processor.Create) { c.Customer = "demo-member" })},
		{"3-D Secure", url.Values{"secure": {"on"}, "order": {"S0402-00000001"}}, secure, "/checkout/" + string(id) + "#" + secret, change(func(c *processor.Create) { c.OrderNumber = "S0402-00000001" })},
		{"own page", url.Values{"page": {"own"}}, plain, "/demo/own?payment=" + id.Name() + "#" + secret, change(func(c *processor.Create) { c.ReturnURI = base + "/demo/own" })},
		{"an amount of the browser's is not heard", url.Values{"amount": {"1"}, "total": {"1"}, "delivery": {"drone"}}, plain, "/checkout/" + string(id) + "#" + secret, change(func(c *processor.Create) { c.Delivery = "other" })},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := &backend{}
			v := filled()
			maps.Copy(v, c.set)
			status, to, _ := place(t, shopOf(t, b), v)
			if status != 303 || to != base+c.to || len(b.created) != 1 {
				t.Fatalf("%d to %q, %d payments", status, to, len(b.created))
			}
			if diff := cmp.Diff(c.want, b.created[0]); diff != "" || b.tenants[0] != c.tenant {
				t.Errorf("created by %v (-want +got):\n%s", b.tenants[0], diff)
			}
		})
	}
}

// The same order posted twice has the same idempotency key, and anything
// changed has another.
func TestOrderKey(t *testing.T) {
	b := &backend{}
	h := shopOf(t, b)
	place(t, h, filled())
	place(t, h, filled())
	if b.keys[0] != b.keys[1] {
		t.Errorf("twice the same order: %q and %q", b.keys[0], b.keys[1])
	}
	seen := map[string]string{b.keys[0]: "the first"}
	for name, value := range map[string]string{
		"order": "D0402-00000002", "yunomi": "3", "sencha": "1", "name": "山田 太郎", "kana": "", "phone": "0312345678", "email": "a@b.c",
		"postal": "", "prefecture": "大阪府", "city": "北区", "address": "1", "delivery": "other", "customer": "member", "page": "own",
	} {
		v := filled()
		v.Set(name, value)
		place(t, h, v)
		key := b.keys[len(b.keys)-1]
		if seen[key] != "" {
			t.Errorf("another %s has the key of %s", name, seen[key])
		}
		seen[key] = name
	}
}

// R02: what looks like a card number goes no further, and does not come back.
func TestOrderFaults(t *testing.T) {
	for field, value := range map[string]string{
		"name": " ", "kana": strings.Repeat("ア", 21), "phone": "03-x", "email": "nobody", "postal": "100-00010", "prefecture": strings.Repeat("東", 21),
		"city": "4111 1111 1111 1111", "address": strings.Repeat("番", 51),
	} {
		b := &backend{}
		v := filled()
		v.Set(field, value)
		status, _, body := place(t, shopOf(t, b), v)
		if status != 422 || len(b.created) != 0 || !strings.Contains(body, `data-testid="fault-`+field+`"`) || strings.Contains(body, "4111") {
			t.Errorf("%s %q: %d, %d payments\n%s", field, value, status, len(b.created), body)
		}
		if !strings.Contains(body, `name="yunomi" value="2"`) {
			t.Errorf("%s: the cart is lost", field)
		}
	}
}

// A page of another site cannot order.
func TestOrderFromElsewhere(t *testing.T) {
	for _, headers := range [][]string{
		{"Origin", "https://evil.example"},
		{"Origin", ""},
		{"Origin", "null"},
		{"Origin", "http://127.0.0.1:9999"},
		{"Sec-Fetch-Site", "cross-site"},
		{"Sec-Fetch-Site", "none"},
	} {
		b := &backend{}
		if status, _, _ := place(t, shopOf(t, b), filled(), headers...); status != 403 || len(b.created) != 0 {
			t.Errorf("%v: %d, %d payments", headers, status, len(b.created))
		}
	}
}

func TestOrderRefused(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		says   string
	}{
		{&payment.Refusal{Reason: payment.OrderNumberTaken}, 409, "no need to pay again"},
		{errors.New("disk /dev/sdb is gone"), 503, "never charged twice"},
		{context.Canceled, 503, ""},
	} {
		status, _, body := place(t, shopOf(t, &backend{err: c.err}), filled())
		if status != c.status || !strings.Contains(body, c.says) || strings.Contains(body, "sdb") {
			t.Errorf("%v: %d\n%s", c.err, status, body)
		}
	}
	v := filled()
	v.Del("yunomi")
	v.Del("jubako")
	if status, to, _ := place(t, shopOf(t, &backend{}), v); status != 303 || !strings.HasPrefix(to, "/demo/cart") {
		t.Errorf("nothing in the cart: %d to %q", status, to)
	}
	if status, _, _ := place(t, shopOf(t, &backend{}), url.Values{"name": {strings.Repeat("a", 70<<10)}}); status != 400 {
		t.Errorf("a form too large: %d", status)
	}
}

// What the shopper reads is what is certain, read by the shop's server.
func TestThanks(t *testing.T) {
	attempt := payment.Attempt{Number: 1, Card: card.Hint{LastFour: "0001"}}
	open := attempt
	open.Open = &payment.Question{Operation: payment.OpAuthorize}
	five := []payment.Attempt{attempt, attempt, attempt, attempt, attempt}
	for _, c := range []struct {
		state    payment.State
		attempts []payment.Attempt
		want     string
		back     bool
	}{
		{payment.Authorized, []payment.Attempt{attempt}, "paid", false},
		{payment.Captured, []payment.Attempt{attempt}, "paid", false},
		{payment.Settled, []payment.Attempt{attempt}, "paid", false},
		{payment.Pending, nil, "unpaid", true},
		{payment.Pending, []payment.Attempt{open}, "confirming", false},
		{payment.Authenticating, []payment.Attempt{open}, "confirming", false},
		{payment.Authenticating, []payment.Attempt{attempt}, "authenticating", true},
		{payment.Declined, []payment.Attempt{attempt}, "declined", true},
		{payment.Declined, five, "over", false},
		{payment.Canceled, nil, "over", false},
		{payment.Expired, []payment.Attempt{attempt}, "over", false},
	} {
		for _, tenant := range []shop.Tenant{plain, secure} {
			pay := &payment.Payment{ID: id, State: c.state, Attempts: c.attempts, Amount: 32_560, Opening: payment.Opening{OrderNumber: "D0402-00000001"}}
			b := &backend{pays: map[shop.Tenant]*payment.Payment{tenant: pay}}
			status, _, body := get(t, shopOf(t, b), "/demo/thanks?payment="+id.Name())
			if status != 200 || !strings.Contains(body, `data-state="`+c.want+`"`) || !strings.Contains(body, "D0402-00000001") || !strings.Contains(body, "¥32,560") {
				t.Errorf("%v of %v: %d\n%s", c.state, tenant, status, body)
			}
			if back := strings.Contains(body, `href="/checkout/`+string(id)+`"`); back != c.back {
				t.Errorf("%v: a way back to the checkout: %v", c.state, back)
			}
			if (b.claims > 0) != (c.want == "paid") || strings.Contains(body, secret) {
				t.Errorf("%v: claimed %d times", c.state, b.claims)
			}
		}
	}
}

// R08 P102: the conversion is yielded once; a reload says so, and what only
// looks does not take it.
func TestThanksCountOnce(t *testing.T) {
	b := &backend{
		pays:  map[shop.Tenant]*payment.Payment{secure: {ID: id, State: payment.Authorized}},
		order: &payment.Order{Lines: []payment.Line{{Name: "<b>鉄瓶</b>", Quantity: 2, UnitAmount: 12_000}}},
	}
	h := shopOf(t, b)
	ask(t, h, httptest.NewRequest(http.MethodHead, base+"/demo/thanks?payment="+id.Name(), nil))
	for i, want := range []string{"now", "before", "before"} {
		_, _, body := get(t, h, "/demo/thanks?payment="+id.Name())
		if !strings.Contains(body, `data-counted="`+want+`"`) || !strings.Contains(body, "&lt;b&gt;鉄瓶") {
			t.Errorf("visit %d: want %s\n%s", i+1, want, body)
		}
	}
}

func TestThanksForNothing(t *testing.T) {
	for _, c := range []struct {
		query  string
		err    error
		status int
	}{
		{"", nil, 404},
		{"?payment=" + string(id), nil, 404},
		{"?payment=payments/nobody", nil, 404},
		{"?payment=" + id.Name(), nil, 404},
		{"?payment=" + id.Name(), errors.New("books"), 503},
	} {
		if status, _, _ := get(t, shopOf(t, &backend{readErr: c.err}), "/demo/thanks"+c.query); status != c.status {
			t.Errorf("%q: %d; want %d", c.query, status, c.status)
		}
	}
}
