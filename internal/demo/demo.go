// Package demo is a small shop to buy from: what a storefront does on its own
// server, and nothing more. It keeps nothing between two requests: the cart is
// in the address, and what was bought is with the payment. It is served behind
// the fence of the demo key.
package demo

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// Options is what the shop is made of. Create, Get and Claim are what a shop's
// server would ask over the API.
type Options struct {
	// PublicURL is where browsers reach the server, without a slash at its end.
	PublicURL string
	// Plain and Secure are the two shops that it sells as; Secure demands 3-D Secure.
	Plain, Secure shop.Tenant
	// ProviderOrigins are where the provider's script comes from and sends cards to.
	ProviderOrigins []string

	// Create creates a payment under an idempotency key.
	Create func(ctx context.Context, t shop.Tenant, key string, cmd processor.Create) (*payment.Payment, error)
	// Get reads a payment and its order; ledger.ErrNotFound: not this tenant's.
	// The order is nil when it was erased.
	Get func(ctx context.Context, t shop.Tenant, id payment.ID) (*payment.Payment, *payment.Order, error)
	// Claim claims the conversion of a purchase, and reports whether this is the first time.
	Claim func(ctx context.Context, t shop.Tenant, id payment.ID) (claimed bool, err error)
	// Secret gives the payment's client secret.
	Secret func(t shop.Tenant, id payment.ID) string

	Clock  func() time.Time
	Random func() uint64 // for order numbers
	Logger *slog.Logger
}

//go:embed pages
var pages embed.FS

// files are sent as they are.
var files = map[string]string{"style.css": "text/css; charset=utf-8", "own.js": "text/javascript; charset=utf-8"}

// New makes the handler of /demo and everything below it.
func New(o Options) (http.Handler, error) {
	d := &door{o: o}
	var err error
	if d.pages, err = template.New("").Funcs(functions).ParseFS(pages, "pages/*.html"); err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /demo", d.serveShop)
	mux.HandleFunc("GET /demo/cart", d.serveCart)
	mux.HandleFunc("POST /demo/orders", d.serveOrder)
	mux.HandleFunc("GET /demo/thanks", d.serveThanks)
	mux.HandleFunc("GET /demo/own", d.serveOwn)
	for name, kind := range files {
		data, err := fs.ReadFile(pages, "pages/"+name)
		if err != nil {
			return nil, fmt.Errorf("demo: %w", err)
		}
		mux.HandleFunc("GET /demo/"+name, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			_, _ = w.Write(data)
		})
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { d.say(w, noPage) })
	return guarded(mux), nil
}

type door struct {
	o     Options
	pages *template.Template
}

// policy lets a page have its style and its pictures, and post to the shop,
// which sends on to the checkout.
const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// guarded sets what every answer has. Amounts and names are on these pages:
// nothing is kept by a cache.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", policy)
		h.Set("Referrer-Policy", "same-origin")
		h.Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}

// show writes a page, whole or not at all.
func (d *door) show(w http.ResponseWriter, status int, page string, data any) {
	var b bytes.Buffer
	if err := d.pages.ExecuteTemplate(&b, page, data); err != nil {
		d.o.Logger.Error("demo page", "page", page, "err", err)
		http.Error(w, "this page cannot be shown", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}

// say shows a notice.
func (d *door) say(w http.ResponseWriter, n notice) { d.show(w, n.Status, "notice.html", n) }

// find looks the payment up in both shops.
func (d *door) find(ctx context.Context, id payment.ID) (shop.Tenant, *payment.Payment, *payment.Order, error) {
	for _, t := range []shop.Tenant{d.o.Plain, d.o.Secure} {
		pay, order, err := d.o.Get(ctx, t, id)
		if errors.Is(err, ledger.ErrNotFound) {
			continue
		}
		return t, pay, order, err
	}
	return shop.Tenant{}, nil, nil, ledger.ErrNotFound
}

// checkout is the address of the payment's checkout page. The client secret
// stands in its fragment, which no server sees.
func (d *door) checkout(t shop.Tenant, id payment.ID) string {
	return d.o.PublicURL + "/checkout/" + string(id) + "#" + d.o.Secret(t, id)
}

var functions = template.FuncMap{
	// field is what the template of a text field needs.
	"field": func(name, label, english, value, auto string, faults map[string]string) map[string]any {
		return map[string]any{"Name": name, "Label": label, "English": english, "Value": value, "Auto": auto, "Fault": faults[name]}
	},
	"picture": func(id string) (template.HTML, error) {
		data, err := fs.ReadFile(pages, "pages/"+strings.ToLower(id)+".svg")
		return template.HTML(data), err //nolint:gosec // a file of ours
	},
}
