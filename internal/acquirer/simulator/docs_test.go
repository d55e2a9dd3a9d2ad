package simulator

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
)

const docsPath = "../../../docs/simulator.md"

// The tables of the documentation are the program's own.
func TestDocs(t *testing.T) {
	old, err := os.ReadFile(docsPath)
	if err != nil {
		t.Fatal(err)
	}
	text := old
	for name, table := range map[string]string{"scenarios": scenarioTable(), "cards": cardTable(), "faults": faultTable()} {
		section := regexp.MustCompile(`(?s)(<!-- ` + name + `[^>]*-->\n).*?(<!-- end -->)`)
		if !section.Match(text) {
			t.Fatalf("no place for %s", name)
		}
		text = section.ReplaceAll(text, []byte("${1}"+table+"${2}"))
	}
	if *update {
		if err := os.WriteFile(docsPath, text, 0o644); err != nil {
			t.Fatal(err)
		}
	} else if !bytes.Equal(text, old) {
		t.Error("docs/simulator.md is not what the program does: go test -run TestDocs -update")
	}
	// Every path of the operator's that is written down exists.
	w := newWorld(t)
	for _, path := range regexp.MustCompile("`(/admin/[a-z/]+)` \\|").FindAllStringSubmatch(string(text), -1) {
		rec := httptest.NewRecorder()
		w.Handler().ServeHTTP(rec, httptest.NewRequest("POST", path[1], strings.NewReader("{}")))
		if rec.Code == 404 {
			t.Errorf("%s is documented, but not there", path[1])
		}
	}
}

func scenarioTable() string {
	var b strings.Builder
	b.WriteString("\n| token | what happens |\n| --- | --- |\n")
	for _, s := range Scenarios() {
		fmt.Fprintf(&b, "| `%s` | %s |\n", s.Token, s.Meaning)
	}
	return b.String() + "\n"
}

func cardTable() string {
	var b strings.Builder
	b.WriteString("\n| card | what it does | with 3-D Secure |\n| --- | --- | --- |\n")
	for class, c := range cardClasses {
		fmt.Fprintf(&b, "| `%012d`xxxx | %s | %s |\n", class, c.description, c.threeD())
	}
	return b.String() + "\n"
}

func faultTable() string {
	var b strings.Builder
	b.WriteString("\n| kind | rate on a bad day | what happens |\n| --- | --- | --- |\n")
	bad := RudeFaults(0)
	for _, kind := range faultOrder {
		fmt.Fprintf(&b, "| `%s` | %v | %s |\n", kind, bad.Rates[string(kind)], faultMeanings[kind])
	}
	return b.String() + "\n"
}
