package demo

import (
	"net/http"
	"strings"
)

// serveOwn is a payment page of the shop itself, with kessai's helper in it.
// It is the same for every payment: name and secret are in the address, the
// secret behind its #. Its form is sent nowhere; the helper reads it.
func (d *door) serveOwn(w http.ResponseWriter, _ *http.Request) {
	origins := strings.Join(append([]string{"'self'"}, d.o.ProviderOrigins...), " ")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src "+origins+"; connect-src "+origins+
		"; style-src 'self'; img-src 'self' data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'")
	w.Header().Set("Referrer-Policy", "no-referrer")
	d.show(w, http.StatusOK, "own.html", nil)
}
