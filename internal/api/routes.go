package api

import (
	"net/http"
	slashes "path"
	"regexp"
	"slices"
	"strings"

	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"kessai.dev/kessai/internal/api/rpcbridge"
)

// queryRoutes are the REST routes, as "GET /v1/payments", that take query
// parameters: reads that have fields outside the path, and calls whose body is
// one field. The gateway does not look at the query of any other, so that a
// misspelt parameter would go unseen.
func queryRoutes(services []service) map[string]bool {
	out := map[string]bool{}
	for _, s := range services {
		for _, name := range methodNames(s.desc) {
			d, ok := rpcbridge.Descriptor(rpcbridge.FullMethod(s.desc.ServiceName, name))
			if !ok {
				continue
			}
			rule, ok := proto.GetExtension(d.Options(), annotations.E_Http).(*annotations.HttpRule)
			if !ok || rule == nil {
				continue
			}
			verb, path := route(rule)
			out[verb+" "+path] = rule.GetBody() != "*" && fieldsOutside(path, rule.GetBody(), d.Input()) > 0
		}
	}
	return out
}

func route(r *annotations.HttpRule) (verb, path string) {
	switch {
	case r.GetGet() != "":
		return http.MethodGet, r.GetGet()
	case r.GetPatch() != "":
		return http.MethodPatch, r.GetPatch()
	case r.GetDelete() != "":
		return http.MethodDelete, r.GetDelete()
	}
	return http.MethodPost, r.GetPost()
}

// fieldsOutside counts the fields that neither path nor body give.
func fieldsOutside(path, body string, d protoreflect.MessageDescriptor) int {
	n := 0
	for i := range d.Fields().Len() {
		name := string(d.Fields().Get(i).Name())
		if name != body && !strings.Contains(path, "{"+name+"=") && !strings.Contains(path, "{"+name+"}") {
			n++
		}
	}
	return n
}

// places are what a path's template has in braces: "{name=payments/*}".
var places = regexp.MustCompile(`\{[^}=]+=([^}]+)\}`)

// allowed gives the HTTP methods that a path takes, in order; none: there is no such path.
// Routes are those of queryRoutes.
func allowed(routes map[string]bool, of string) (verbs []string) {
	of, custom, _ := strings.Cut(of, ":")
	for route := range routes {
		verb, template, _ := strings.Cut(route, " ")
		pattern, own, _ := strings.Cut(places.ReplaceAllString(template, "$1"), ":")
		if is, _ := slashes.Match(pattern, of); is && own == custom {
			verbs = append(verbs, verb)
		}
	}
	slices.Sort(verbs)
	return slices.Compact(verbs)
}
