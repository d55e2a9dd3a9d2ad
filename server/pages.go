package main

import (
	"net/http"
	"net/url"

	"kessai.dev/kessai/internal/acquirer/webcollect"
	"kessai.dev/kessai/internal/checkout"
)

// pages are what browsers are shown: the checkout, the way to 3-D Secure and
// back, and the demo shop if there is one.
func (s *server) pages(mux *http.ServeMux) error {
	door, err := checkout.New(checkout.Options{Payments: s.processor, Logger: s.logger, ProviderOrigins: s.providerOrigins()})
	if err != nil {
		return err
	}
	for _, path := range []string{"/checkout/", "/assets/", "/3ds/"} {
		mux.Handle(path, s.canonical(door))
	}
	return nil
}

// providerOrigins are where the provider's script comes from, and where it takes
// cards to.
func (s *server) providerOrigins() []string {
	test := s.testBase
	if test == "" {
		test = webcollect.DefaultTestBase
	}
	origins := []string{origin(test)}
	if !allTest(s.directory) {
		origins = append(origins, origin(webcollect.DefaultProductionBase))
	}
	return origins
}

func origin(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// canonical sends a browser that came by another name of this machine, such as
// localhost, to the one that 3-D Secure comes back to: what a page keeps belongs
// to its origin. The fragment goes along.
func (s *server) canonical(next http.Handler) http.Handler {
	public, err := url.Parse(s.publicURL)
	if s.publicURL == "" || err != nil || !loopback(public.Hostname()) {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet && r.Host != public.Host && loopbackHost(r.Host) {
			w.Header().Set("Cache-Control", "no-store")
			http.Redirect(w, r, s.publicURL+r.URL.RequestURI(), http.StatusTemporaryRedirect)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func loopbackHost(host string) bool {
	u, err := url.Parse("//" + host)
	return err == nil && loopback(u.Hostname())
}
