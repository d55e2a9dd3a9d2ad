package wording_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"kessai.dev/kessai/internal/wording"
)

// rooms are the folders whose faults reach callers as they are.
var rooms = []string{"api", "api/strictjson", "payment", "processor", "vault", "registry", "shop", "dispatch", "shipping", "doctor", "moving", "sheet", "report", "desk", "radar", "webhook", "explain", "bulk"}

// says are the functions and methods that give a fault a text, and which of
// their arguments it is (from 0; -1 is the last).
var says = map[string]int{
	"fail": -1, "when": -1, "invalidField": -1, "invalid": -1, "say": -1, "fault": -1, "malformed": -1, "noCard": -1, "must": 2, "refuse": -2,
}

// Every text that a field or a refusal is given in the source is in the
// catalogue: nothing can be said in one language only.
func TestEverythingIsSaidInJapanese(t *testing.T) {
	found := 0
	for _, room := range rooms {
		for _, s := range textsOf(t, filepath.Join("..", filepath.FromSlash(room))) {
			found++
			if isJapanese(&ast.BasicLit{Value: s.text}) || strings.HasPrefix(s.text, providersNo) {
				continue
			}
			if wide(s.text) {
				t.Errorf("%s: %q is only taken by an entry for words that a call lists: add it to internal/wording", s.at, s.text)
			}
			if kind, ja := wording.Say(s.text); kind == wording.Other || ja == "" {
				t.Errorf("%s: %q has no Japanese: add it to internal/wording", s.at, s.text)
			}
		}
	}
	if found < 200 {
		t.Errorf("only %d texts were found: the source is written otherwise now", found)
	}
}

// What the catalogue says is Japanese, tells what to do in a sentence, has the
// places of its English, and each entry is what its own English leads to.
func TestCatalogue(t *testing.T) {
	place := regexp.MustCompile(`\{[1-9]\}`)
	for _, e := range wording.Entries() {
		if !strings.ContainsFunc(e.Japanese, func(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana) }) {
			t.Errorf("%q: %q is not Japanese", e.English, e.Japanese)
		}
		for _, p := range place.FindAllString(e.Japanese, -1) {
			if !strings.Contains(e.English, p) {
				t.Errorf("%q: %s is not in the English", e.English, p)
			}
		}
		sample := place.ReplaceAllString(e.English, "Ω")
		if got := wording.Japanese(sample); got != place.ReplaceAllString(e.Japanese, "Ω") {
			t.Errorf("%q: an earlier entry takes it: %q", e.English, got)
		}
	}
}

// What nobody has a word for is still said in Japanese.
func TestUnknownText(t *testing.T) {
	if kind, ja := wording.Say("an odd thing"); kind != wording.Other || ja == "" || wording.Japanese("an odd thing") != "" {
		t.Errorf("%s %q", kind, ja)
	}
}

// providersNo begins what the provider refused, whose Japanese is its reason's
// (api.TestReasonsAreComplete).
const providersNo = "the provider refused"

// wide reports whether a text that is whole in the source would only be said by
// the entries that take everything.
func wide(text string) bool {
	_, ja := wording.Say(text)
	rest, found := strings.CutPrefix(text, "must be ")
	return found && !strings.Contains(text, "Ω") && ja == rest+" のいずれかを指定してください。"
}

// ofRoom are names that say something else elsewhere: says of one room only, and
// says that one room does not mean so (its texts have both languages beside).
func ofRoom(dir, name string) (at int, ok bool) {
	switch room := filepath.Base(dir); {
	case room == "sheet" && name == "unreadable":
		return -1, true
	case room == "moving" && name == "say":
		return 0, false
	}
	at, ok = says[name]
	return at, ok
}

type said struct{ at, text string }

// textsOf reads what the package in a folder says.
func textsOf(t *testing.T, dir string) (list []said) {
	t.Helper()
	set, files, values := token.NewFileSet(), []*ast.File(nil), map[string]ast.Expr{}
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paths {
		if strings.HasSuffix(p, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, p, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
		ast.Inspect(f, func(n ast.Node) bool {
			if v, ok := n.(*ast.ValueSpec); ok {
				for i, name := range v.Names {
					if i < len(v.Values) {
						values[name.Name] = v.Values[i]
					}
				}
			}
			return true
		})
	}
	r := reader{values: values}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			for _, e := range given(dir, n) {
				if text, ok := r.text(e, 0); ok {
					list = append(list, said{set.Position(e.Pos()).String(), text})
				}
			}
			return true
		})
	}
	return list
}

// given are the expressions at a node that are said to callers.
func given(dir string, n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.CallExpr:
		name := nameOf(n.Fun)
		at, ok := ofRoom(dir, name)
		switch {
		case !ok || len(n.Args) == 0:
		case name == "refuse" && len(n.Args) == 1:
			return n.Args
		case name == "refuse" && len(n.Args) >= 2 && nameOf(n.Args[0]) != "" && unicode.IsUpper(rune(nameOf(n.Args[0])[0])):
			if len(n.Args) == 3 && isJapanese(n.Args[2]) {
				return nil // its own Japanese stands beside it
			}
			return n.Args[1:2]
		case name == "refuse":
		case at >= 0 && at < len(n.Args):
			return n.Args[at : at+1]
		case at == -1:
			return n.Args[len(n.Args)-1:]
		}
	case *ast.CompositeLit:
		name := nameOf(n.Type)
		var text ast.Expr
		for i, e := range n.Elts {
			kv, keyed := e.(*ast.KeyValueExpr)
			switch {
			case !keyed && name == "Violation" && i == 1:
				text = e
			case !keyed:
			case nameOf(kv.Key) == "Japanese":
				return nil
			case nameOf(kv.Key) == "Text":
				text = kv.Value
			}
		}
		switch name {
		case "Violation", "Refusal", "Fault", "Error", "":
			if text != nil {
				return []ast.Expr{text}
			}
		}
		if list, ok := n.Type.(*ast.ArrayType); ok && nameOf(list.Elt) == "Violation" {
			var all []ast.Expr
			for _, e := range n.Elts {
				if v, ok := e.(*ast.CompositeLit); ok && v.Type == nil && len(v.Elts) == 2 {
					if _, keyed := v.Elts[1].(*ast.KeyValueExpr); !keyed {
						all = append(all, v.Elts[1])
					}
				}
			}
			return all
		}
	}
	return nil
}

func isJapanese(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && strings.ContainsFunc(l.Value, func(r rune) bool { return unicode.In(r, unicode.Hiragana) }) {
			found = true
		}
		return true
	})
	return found
}

func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// reader works out what a text looks like when it is said.
type reader struct{ values map[string]ast.Expr }

var verb = regexp.MustCompile(`%[sdqvc]`)

// text gives a sample; false: no part of it is written here, and it is found
// where it is written.
func (r reader) text(e ast.Expr, depth int) (string, bool) {
	if depth > 4 {
		return "", false
	}
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return strings.ReplaceAll(verb.ReplaceAllString(s, "Ω"), "%%", "%"), err == nil && s != ""
	case *ast.ParenExpr:
		return r.text(e.X, depth)
	case *ast.BinaryExpr:
		a, known := r.text(e.X, depth+1)
		b, also := r.text(e.Y, depth+1)
		if !known {
			a = "Ω"
		}
		if !also {
			b = "Ω"
		}
		return a + b, known || also
	case *ast.Ident:
		if v, ok := r.values[e.Name]; ok {
			return r.text(v, depth+1)
		}
	case *ast.CallExpr:
		if slices.Contains([]string{"Sprintf", "Errorf", "New"}, nameOf(e.Fun)) && len(e.Args) > 0 {
			return r.text(e.Args[0], depth+1)
		}
	}
	return "", false
}

// ExampleSay shows a fault in both languages.
func ExampleSay() {
	kind, ja := wording.Say("must be 1 to 9999999 yen")
	fmt.Println(kind, ja)
	// Output: OUT_OF_RANGE 1～9999999円で指定してください。
}
