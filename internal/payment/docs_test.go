package payment

import (
	"bytes"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/shop"
)

var update = flag.Bool("update", false, "write the tables of docs/payments.md anew")

const docsFile = "../../docs/payments.md"

// R26 R35: the tables that people read are the ones that Decide and Apply use.
func TestDocumentedTransitions(t *testing.T) {
	documented(t, "transitions", verbTable()+"\n"+effectTable())
}

// P48: so is what a result of 3-D Secure leads to.
func TestDocumentedResults(t *testing.T) {
	documented(t, "results", resultTable())
}

// resultTable shows which results are taken to the provider, by the shop's
// choice.
func resultTable() string {
	var b strings.Builder
	b.WriteString("| result | OFF | ON | BY_RISK |\n| --- | --- | --- | --- |\n")
	for _, c := range Classes() {
		b.WriteString("| `" + string(c) + "` |")
		for _, s := range []shop.ThreeDSecure{shop.ThreeDSecureOff, shop.ThreeDSecureOn, shop.ThreeDSecureByRisk} {
			b.WriteString(map[bool]string{true: " goes on |", false: " ends |"}[Accepts(s, c)])
		}
		b.WriteString("\n")
	}
	return b.String()
}

// documented holds the part of the page between two marks against the code.
func documented(t *testing.T, mark, want string) {
	t.Helper()
	docsBegin, docsEnd := "<!-- "+mark+" -->\n", "<!-- /"+mark+" -->"
	page, err := os.ReadFile(docsFile)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := bytes.Cut(page, []byte(docsBegin))
	have, after, ends := bytes.Cut(rest, []byte(docsEnd))
	if !begins || !ends {
		t.Fatalf("%s has no tables between %q and %q", docsFile, docsBegin, docsEnd)
	}
	if string(have) == want {
		return
	}
	if !*update {
		t.Fatalf("%s tells other %s than the code; run go test ./internal/payment -run TestDocumented -update\nthe code says:\n%s", docsFile, mark, want)
	}
	page = slices.Concat(before, []byte(docsBegin), []byte(want), []byte(docsEnd), after)
	if err := os.WriteFile(docsFile, page, 0o644); err != nil { //nolint:gosec // a page that everybody reads
		t.Fatal(err)
	}
}

// verbTable shows from which states each operation may be asked.
func verbTable() string {
	return table("asked in state →", Operations(), Operation.String, func(op Operation, s State) string {
		if allowedFrom(op, s) {
			return "yes"
		}
		return ""
	})
}

// effectTable shows where each fact about the current attempt leads.
func effectTable() string {
	var kinds []Kind
	for k := range effects {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)
	return table("fact in state →", kinds, func(k Kind) string { return string(k) }, func(k Kind, s State) string {
		if to, ok := effects[k][s]; ok {
			return to.String()
		}
		return ""
	})
}

// table renders one row for each of rows and one column for each state.
func table[R any](head string, rows []R, name func(R) string, cell func(R, State) string) string {
	var b strings.Builder
	line := func(cells []string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	heads, rule := []string{head}, []string{"---"}
	for _, s := range States() {
		heads, rule = append(heads, s.String()), append(rule, "---")
	}
	line(heads)
	line(rule)
	for _, r := range rows {
		cells := []string{"**" + name(r) + "**"}
		for _, s := range States() {
			cells = append(cells, cell(r, s))
		}
		line(cells)
	}
	return b.String()
}
