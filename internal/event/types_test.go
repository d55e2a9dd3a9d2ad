package event

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/payment"
)

var update = flag.Bool("update", false, "write the tables of docs/events.md anew")

const docsFile = "../../docs/events.md"

// kinds reads the kinds of events from where they are declared, so that one that
// is added cannot be forgotten here.
func kinds(t *testing.T) []payment.Kind {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../payment/event.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var list []payment.Kind
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || !strings.HasPrefix(spec.Names[0].Name, "Kind") {
			return true
		}
		text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, payment.Kind(text))
		return true
	})
	if len(list) < 30 {
		t.Fatalf("found only %d kinds", len(list))
	}
	return list
}

// P29 P32: every kind of event is told, or there is a reason why it is not; the last
// row of each kind is without a condition, so that none falls through.
func TestEveryKindHasARow(t *testing.T) {
	known := kinds(t)
	for _, k := range known {
		last := -1
		for i := range rows {
			if rows[i].kind == k {
				last = i
			}
		}
		if last < 0 {
			t.Errorf("%s has no row", k)
		} else if rows[last].when != nil || rows[last].charges {
			t.Errorf("the last row of %s does not take everything", k)
		}
	}
	for i := range rows {
		if r := &rows[i]; !slices.Contains(known, r.kind) || r.says == "" {
			t.Errorf("row %+v is about no kind, or says nothing", r.kind)
		}
	}
}

// P32: a wish and what nobody knows are not told.
func TestOnlyFactsAreTold(t *testing.T) {
	told := kindsOf(nil)
	for _, k := range []payment.Kind{payment.KindAsked, payment.KindUnanswered, payment.KindReleased, payment.KindProposed} {
		if slices.Contains(told, k) {
			t.Errorf("%s is told", k)
		}
	}
}

// The page tells the table that is used.
func TestDocumentedTypes(t *testing.T) {
	documented(t, "types", typeTable())
	documented(t, "untold", untoldTable())
}

func typeTable() string {
	var b strings.Builder
	b.WriteString("| type | meaning | from |\n| --- | --- | --- |\n")
	for i := range rows {
		if r := &rows[i]; r.typ != "" {
			fmt.Fprintf(&b, "| `%s` | %s | `%s` |\n", r.typ, r.says, r.kind)
		}
	}
	return b.String()
}

func untoldTable() string {
	var b strings.Builder
	b.WriteString("| event of a payment | why |\n| --- | --- |\n")
	for i := range rows {
		if r := &rows[i]; r.typ == "" {
			fmt.Fprintf(&b, "| `%s` | %s |\n", r.kind, r.says)
		}
	}
	return b.String()
}

// documented holds the part of the page between two marks against the code.
func documented(t *testing.T, mark, want string) {
	t.Helper()
	begin, end := "<!-- "+mark+" -->\n", "<!-- /"+mark+" -->"
	page, err := os.ReadFile(docsFile)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := bytes.Cut(page, []byte(begin))
	have, after, ends := bytes.Cut(rest, []byte(end))
	if !begins || !ends {
		t.Fatalf("%s has no table between %q and %q", docsFile, begin, end)
	}
	if string(have) == want {
		return
	}
	if !*update {
		t.Fatalf("%s tells other %s than the code; run go test ./internal/event -run TestDocumented -update\nthe code says:\n%s", docsFile, mark, want)
	}
	page = slices.Concat(before, []byte(begin), []byte(want), []byte(end), after)
	if err := os.WriteFile(docsFile, page, 0o644); err != nil {
		t.Fatal(err)
	}
}
