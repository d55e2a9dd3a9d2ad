// Package checkout is the door for shoppers' browsers: the hosted payment page
// with its files, and the way to 3-D Secure and back. It needs no cookie, and
// nothing in it looks at a client's address (R11).
package checkout

import (
	"context"
	"log/slog"
	"net/http"
	"strings"

	"kessai.dev/kessai/internal/payment"
)

// Payments is what the door asks of payments.
type Payments interface {
	// Return takes what a browser brought back from 3-D Secure and gives the
	// payment as it stands then; without a form it changes nothing.
	// ledger.ErrNotFound: nobody made the id; *payment.InvalidError, beside the
	// payment: the form is not about it.
	Return(ctx context.Context, challengeID string, form map[string][]string) (*payment.Payment, error)
	// Challenge gives the provider's page for the browser, or no page when the
	// challenge is not open (any more). ledger.ErrNotFound: nobody made the id.
	Challenge(ctx context.Context, challengeID string) (pay *payment.Payment, html string, err error)
}

// Options is what the door is made of.
type Options struct {
	Payments Payments
	Logger   *slog.Logger
	// ProviderOrigins are where the provider's script comes from and sends cards
	// to, such as "https://api.kuronekoyamato.co.jp". No other origin may have
	// code in the page or hear from it.
	ProviderOrigins []string
}

// New makes the handler of /checkout/{payment}, /assets/, /3ds/challenge/{id}
// and /3ds/return/{id}; other paths are answered with a page that says so.
func New(o Options) (http.Handler, error) {
	files, err := loadAssets()
	if err != nil {
		return nil, err
	}
	d := &door{o: o, files: files, policy: pagePolicy(o.ProviderOrigins)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /checkout/{payment}", d.servePage)
	mux.HandleFunc("GET /assets/{name}", d.serveAsset)
	mux.HandleFunc("GET /3ds/challenge/{id}", d.serveChallenge)
	mux.HandleFunc("GET /3ds/return/{id}", d.serveRevisit)
	mux.HandleFunc("POST /3ds/return/{id}", d.serveReturn)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { writeNotice(w, notFound) })
	return guarded(mux), nil
}

type door struct {
	o      Options
	files  map[string]*asset
	policy string // of the payment page
}

// guarded sets what every answer has: nothing is kept by a cache unless it says
// so itself, no address of ours is told to others, nobody shows it in a frame.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", barePolicy)
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}

// Policies of what a browser may do with an answer.
const (
	barePolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
	// The provider's page runs without an origin: it can leave, and do nothing here.
	challengePolicy = "sandbox allow-forms allow-scripts allow-top-navigation; frame-ancestors 'none'"
)

// pagePolicy lets the payment page run our code and the provider's, and talk to
// both, and nothing else.
func pagePolicy(provider []string) string {
	origins := strings.Join(append([]string{"'self'"}, provider...), " ")
	return "default-src 'none'; script-src " + origins + "; connect-src " + origins +
		"; style-src 'self'; img-src 'self' data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
}

// servePage gives the payment page. It is the same for every payment: the client
// secret is in the fragment, which no server sees.
func (d *door) servePage(w http.ResponseWriter, r *http.Request) {
	if !payment.ID(r.PathValue("payment")).Valid() {
		writeNotice(w, notFound)
		return
	}
	w.Header().Set("Content-Security-Policy", d.policy)
	d.files["index.html"].serve(w, r)
}

func (d *door) serveAsset(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	file, ok := d.files[name]
	if !ok || name == "index.html" {
		writeNotice(w, notFound)
		return
	}
	w.Header().Set("Cache-Control", "no-cache") // kept, and asked for anew by its ETag
	if name == helper {
		w.Header().Set("Access-Control-Allow-Origin", "*") // a module that any shop's page may load
	}
	file.serve(w, r)
}
