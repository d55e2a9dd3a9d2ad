package internal_test

import (
	"go/ast"
	"go/parser"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// exception is a place that may do what others may not.
type exception struct {
	uses []string // "time.Now" is the function handed on, "time.Now()" a call
	why  string
}

// foundWorld are the places that may ask the machine for time or randomness
// themselves. Everything else has them handed in, so that a test can choose.
var foundWorld = map[string]exception{
	"client/webhook.go":                          {[]string{"time.Now()"}, "default of an option"},
	"client/options.go":                          {[]string{"time.Now()", "rand.Reader"}, "defaults of options"},
	"internal/acquirer/simulator/simulator.go":   {[]string{"time.Now", "rand.Reader"}, "defaults of options"},
	"internal/acquirer/webcollect/webcollect.go": {[]string{"time.Now"}, "default of an option"},
	"internal/api/chain.go":                      {[]string{"rand.Read()"}, "request ids, for logs only: no rule looks at them"},
	"internal/ledger/bolt/bolt.go":               {[]string{"time.Now"}, "default of an option"},
	"internal/ledger/bolt/keys.go":               {[]string{"rand.Read()"}, "keys that encrypt: whoever could choose them could read"},
	"internal/ledger/bolt/start.go":              {[]string{"time.Now()", "time.Since()"}, "how often an operator who waits for the start hears of it"},
	"internal/ledger/postgres/bell.go":           {[]string{"time.Now()"}, "how often the database is asked whether it has grown: no rule looks at it"},
	"internal/ledger/postgres/copy.go":           {[]string{"rand.Read()"}, "what this writer is called among others: no rule looks at it"},
	"internal/ledger/postgres/keys.go":           {[]string{"rand.Read()"}, "keys that encrypt: whoever could choose them could read"},
	"internal/ledger/postgres/leases.go":         {[]string{"rand.Read()"}, "what this holder is called among others: no rule looks at it"},
	"internal/ledger/postgres/postgres.go":       {[]string{"time.Now", "rand.Read()"}, "default of an option; what this writer is called among others"},
	"internal/ledger/postgres/scribe.go":         {[]string{"rand.Read()"}, "what this writer is called among others: no rule looks at it"},
	"internal/ledger/private.go":                 {[]string{"rand.Read()"}, "keys and nonces that encrypt: whoever could choose them could read"},
	"internal/ledger/standby/folder.go":          {[]string{"rand.Read()"}, "what a promotion is told by: whoever could choose it could pass for the standby"},
	"internal/ledger/standby/frame.go":           {[]string{"rand.Read()"}, "salts and nonces that encrypt: whoever could choose them could read"},
	"internal/session/bolt/store.go":             {[]string{"time.Now"}, "default of an option"},
	"internal/session/redis/store.go":            {[]string{"time.Now", "rand.Reader"}, "defaults of options"},
	"internal/vault/member.go":                   {[]string{"rand.Read"}, "members' words are secrets: whoever could choose them could use their cards"},
}

// worldly are the names, by import path, that only those places may use; nil is all.
var worldly = map[string][]string{
	"time":         {"Now", "Since", "Until"},
	"math/rand":    nil,
	"math/rand/v2": nil,
	"crypto/rand":  nil,
}

// Time and randomness come from the server.
func TestWorldIsHandedIn(t *testing.T) {
	used := map[string]bool{}
	for _, f := range goFiles(t) {
		if strings.HasSuffix(f, "_test.go") || isSuite(f) || strings.HasPrefix(f, "server/") || strings.HasPrefix(f, "tools/") || generated(f) {
			continue
		}
		for _, use := range uses(parse(t, f, parser.SkipObjectResolution), worldly) {
			used[f+" "+use] = true
			if !slices.Contains(foundWorld[f].uses, use) {
				t.Errorf("%s uses %s: take the clock or the source of randomness as an argument, or its rules cannot be tested at 23:59 (the default value of an option is listed in internal/house_calls_test.go, with a reason)", f, use)
			}
		}
	}
	for f, e := range foundWorld {
		for _, use := range e.uses {
			if !used[f+" "+use] || e.why == "" {
				t.Errorf("%s is listed as using %s and does not, or without a reason: the list must stay true", f, use)
			}
		}
	}
}

// isSuite reports whether a file belongs to a conformance suite.
func isSuite(f string) bool { return strings.HasSuffix(path.Dir(f), "test") }

// uses finds the uses of the given names of the given packages; a call ends in "()".
func uses(file *ast.File, of map[string][]string) []string {
	local := map[string]string{} // name in this file to import path
	for _, spec := range file.Imports {
		p, _ := strconv.Unquote(spec.Path.Value)
		if _, ok := of[p]; !ok {
			continue
		}
		name := strings.TrimSuffix(path.Base(p), "v2")
		if p == "math/rand/v2" {
			name = "rand"
		}
		if spec.Name != nil {
			name = spec.Name.Name
		}
		local[name] = p
	}
	var found []string
	called := map[ast.Expr]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			called[call.Fun] = "()"
		}
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		x, ok := sel.X.(*ast.Ident)
		if !ok || local[x.Name] == "" {
			return true
		}
		if names := of[local[x.Name]]; names == nil || slices.Contains(names, sel.Sel.Name) {
			found = append(found, x.Name+"."+sel.Sel.Name+called[sel])
		}
		return true
	})
	return found
}

// Tests neither skip nor sleep.
func TestTestsNeitherSkipNorSleep(t *testing.T) {
	for _, f := range goFiles(t) {
		if !strings.HasSuffix(f, "_test.go") && !isSuite(f) {
			continue
		}
		file := parse(t, f, parser.SkipObjectResolution)
		if sleeps(file) {
			t.Errorf("%s sleeps: that is too short on a busy machine and too long on any other; wait for the event, or use testing/synctest", f)
		}
		for _, use := range skips(file) {
			t.Errorf("%s calls %s: a green run that ran nothing is a lie; a missing part fails and says what to install", f, use)
		}
	}
}

// sleeps reports whether a file calls time.Sleep outside synctest.Test, inside
// which time is not the machine's.
func sleeps(file *ast.File) bool {
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
			switch identName(sel.X) + "." + sel.Sel.Name {
			case "synctest.Test":
				return false
			case "time.Sleep":
				found = true
			}
		}
		return true
	})
	return found
}

// skips finds calls of Skip, SkipNow and Skipf, except on rapid's T, where they
// draw another case.
func skips(file *ast.File) []string {
	var found []string
	var visit func(n ast.Node, drawn map[string]bool)
	visit = func(n ast.Node, drawn map[string]bool) {
		ast.Inspect(n, func(m ast.Node) bool {
			switch m := m.(type) {
			case *ast.FuncDecl:
				if m.Body != nil {
					visit(m.Body, rapidNames(m.Type, drawn))
				}
				return false
			case *ast.FuncLit:
				visit(m.Body, rapidNames(m.Type, drawn))
				return false
			case *ast.CallExpr:
				sel, ok := m.Fun.(*ast.SelectorExpr)
				if !ok || !slices.Contains([]string{"Skip", "SkipNow", "Skipf"}, sel.Sel.Name) {
					return true
				}
				if x, ok := sel.X.(*ast.Ident); ok && !drawn[x.Name] {
					found = append(found, x.Name+"."+sel.Sel.Name)
				}
			}
			return true
		})
	}
	visit(file, nil)
	return found
}

// rapidNames adds to the names that hold a *rapid.T those of a function's
// parameters, and takes away those that hold something else.
func rapidNames(f *ast.FuncType, outer map[string]bool) map[string]bool {
	names := map[string]bool{}
	for name, is := range outer {
		names[name] = is
	}
	for _, field := range f.Params.List {
		star, ok := field.Type.(*ast.StarExpr)
		is := false
		if ok {
			sel, ok := star.X.(*ast.SelectorExpr)
			is = ok && sel.Sel.Name == "T" && identName(sel.X) == "rapid"
		}
		for _, name := range field.Names {
			names[name.Name] = is
		}
	}
	return names
}

func identName(e ast.Expr) string {
	if id, ok := e.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}
