package simulator

import (
	"io"
	"mime"
	"net"
	"net/http"
	"strings"
)

// maxBody is far above what the longest lawful request needs.
const maxBody = 64 << 10

// Handler serves the gateway under /test_gateway/<name>.api and /api/<name>,
// beside it the browser's token library, the issuer's pages under /issuer/,
// the merchant page at / and the operator's calls under /admin/. Under /api/,
// the production side, every test card and scenario token is refused.
func (s *Simulator) Handler() http.Handler {
	admin := s.adminHandler()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, gateway := functionName(r.URL.Path)
		switch {
		case isTokenPath(r.URL.Path):
			s.serveTokenPath(w, r)
		case r.URL.Path == issuerChallenge || r.URL.Path == issuerAnswer:
			s.serveIssuer(w, r)
		case gateway:
			s.serveGateway(w, r, name)
		case strings.HasPrefix(r.URL.Path, "/admin/"):
			admin.ServeHTTP(w, r)
		case r.URL.Path == "/" && (r.Method == http.MethodGet || r.Method == http.MethodHead):
			s.servePage(w, r)
		default:
			http.NotFound(w, r)
		}
	})
}

// functionName takes the function's name out of a gateway path (protocol 1).
func functionName(path string) (string, bool) {
	if name, ok := strings.CutPrefix(path, "/test_gateway/"); ok {
		name, suffixed := strings.CutSuffix(name, ".api")
		if !suffixed {
			name = "" // no function is called so: Z012000003
		}
		return name, true
	}
	return strings.CutPrefix(path, productionRoot)
}

func (s *Simulator) serveGateway(w http.ResponseWriter, r *http.Request, name string) {
	c := &call{
		s: s, path: name, post: r.Method == http.MethodPost, host: r.Host, address: remoteIP(r), form: form{},
		production: onProduction(r.URL.Path),
	}
	if c.post {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			// Half a request: nothing was done, and nothing can be answered
			// to a caller that broke off.
			c.broken = true
		} else if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err == nil &&
			kind == "application/x-www-form-urlencoded" {
			c.form = parseForm(string(body))
		}
	}
	s.deliver(w, r, s.serve(c))
}

func remoteIP(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
