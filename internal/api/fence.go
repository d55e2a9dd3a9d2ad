package api

import (
	"net/http"
	"net/url"
)

// Fence lets through to h only what the demo key would be let through for:
// every listener on loopback and every shop in TEST, the provider a simulator
// on this machine, and caller, Host and page on loopback, without a proxy. All
// else gets 403 and a line of text.
func (a *API) Fence(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if a.demoAllowed() && fromRequest(r, "").loopback() {
			h.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write([]byte("403: this is for the machine that kessai runs on, without a proxy, while everything is in TEST\n"))
	})
}

// loopbackPage reports whether an Origin header names a page of this machine.
func loopbackPage(origin string) bool {
	u, err := url.Parse(origin)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && loopbackHost(u.Host)
}
