package api

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/descriptorpb"

	"kessai.dev/kessai/internal/api/rpcbridge"
)

// What a page of a shop may send and read, and how long a browser remembers
// that it may. Credentials are never allowed: a client secret comes in a header
// that only the page's own program can set.
const (
	corsAnybody = "*"
	corsMaxAge  = "7200" // seconds; what most browsers take at most
	corsHeaders = "Authorization, Content-Type, Content-Encoding, Idempotency-Key, " +
		"Connect-Protocol-Version, Connect-Timeout-Ms, Connect-Accept-Encoding, Connect-Content-Encoding, " +
		"Grpc-Timeout, Grpc-Encoding, Grpc-Accept-Encoding, X-Grpc-Web, X-User-Agent"
	corsExposed = "Grpc-Status, Grpc-Message, Grpc-Status-Details-Bin, " + requestHeader + ", Retry-After, Idempotency-Replayed"
)

// pageRoute is one address that a client secret may call, by these methods.
type pageRoute struct {
	path    *regexp.Regexp
	methods []string
}

// pageRoutes are the addresses of all methods that a client secret may call, as
// RPC and over REST, and no others.
func pageRoutes(services []service) []pageRoute {
	var out []pageRoute
	for _, s := range services {
		for _, name := range methodNames(s.desc) {
			full := rpcbridge.FullMethod(s.desc.ServiceName, name)
			d, ok := rpcbridge.Descriptor(full)
			if !ok || !scopes[full].secret {
				continue
			}
			methods := []string{http.MethodPost}
			if o, ok := d.Options().(*descriptorpb.MethodOptions); ok && o.GetIdempotencyLevel() == descriptorpb.MethodOptions_NO_SIDE_EFFECTS {
				methods = append(methods, http.MethodGet) // Connect's reads
			}
			out = append(out, pageRoute{regexp.MustCompile("^" + regexp.QuoteMeta(full) + "$"), methods})
			if rule, ok := proto.GetExtension(d.Options(), annotations.E_Http).(*annotations.HttpRule); ok && rule != nil {
				verb, path := route(rule)
				out = append(out, pageRoute{pathForm(path), []string{verb}})
			}
		}
	}
	return out
}

func methodNames(desc *grpc.ServiceDesc) []string {
	var names []string
	for _, m := range desc.Methods {
		names = append(names, m.MethodName)
	}
	for _, s := range desc.Streams {
		names = append(names, s.StreamName)
	}
	return names
}

// pathForm turns "/v1/{name=payments/*}:confirm" into an expression.
func pathForm(path string) *regexp.Regexp {
	before, rest, found := strings.Cut(path, "{")
	if !found {
		return regexp.MustCompile("^" + regexp.QuoteMeta(path) + "$")
	}
	variable, after, _ := strings.Cut(rest, "}")
	_, pattern, _ := strings.Cut(variable, "=")
	inner := strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, "[^/:]+")
	return regexp.MustCompile("^" + regexp.QuoteMeta(before) + inner + regexp.QuoteMeta(after) + "$")
}

// forPages lets pages of any shop call what a client secret may call: it answers
// their preflights, and marks as readable the answers to callers who show a
// client secret of ours. Nothing else is ever marked: a page that got hold of a
// key cannot use it from a browser.
func (a *API) forPages(routes []pageRoute, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Origin") == "" {
			next.ServeHTTP(w, r)
			return
		}
		asked := r.Header.Get("Access-Control-Request-Method")
		switch {
		case r.Method != http.MethodOptions && takes(routes, r.URL.Path, r.Method) && a.showsSecret(r):
			w.Header().Set("Access-Control-Allow-Origin", corsAnybody)
			w.Header().Set("Access-Control-Expose-Headers", corsExposed)
		case r.Method == http.MethodOptions && asked != "" && takes(routes, r.URL.Path, asked):
			h := w.Header()
			h.Set("Access-Control-Allow-Origin", corsAnybody)
			h.Set("Access-Control-Allow-Methods", asked)
			h.Set("Access-Control-Allow-Headers", corsHeaders)
			h.Set("Access-Control-Max-Age", corsMaxAge)
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func takes(routes []pageRoute, path, method string) bool {
	for i := range routes {
		if slices.Contains(routes[i].methods, method) && routes[i].path.MatchString(path) {
			return true
		}
	}
	return false
}

// showsSecret reports whether the request carries a client secret that we made.
// One that has ended counts, so that a page can read that it has.
func (a *API) showsSecret(r *http.Request) bool {
	token, err := bearer(r.Header.Values("Authorization"))
	if err != nil || !strings.HasPrefix(token, secretPrefix) {
		return false
	}
	_, err = a.openSecret(token)
	return err == nil
}
