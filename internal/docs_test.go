package internal_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var updateDocs = flag.Bool("update", false, "write the proofs of docs/rules.md and docs/trust.md anew")

// claims are the pages that say what is proven: for every number one row,
// which ends in how it stands and in its proofs.
var claims = []struct {
	page   string
	letter string
	count  int
}{
	{"../docs/rules.md", "R", 43},
	{"../docs/trust.md", "P", 103},
}

// How a row says that its rule stands.
const (
	stands = "stands"
	partly = "partly"
	notYet = "not yet"
)

var (
	claimRow = regexp.MustCompile(`(?m)^\| ([RP]\d{2,3}) \|.*\| (stands|partly|not yet) \| (.*) \|$`)
	anyRow   = regexp.MustCompile(`(?m)^\| [RP]\d+ \|.*$`)
	ticked   = regexp.MustCompile("`([^`]+)`")
	marked   = regexp.MustCompile(`\b[RP]\d{2,3}\b`)
)

// TestClaimsAreProven holds what the pages claim against the tests: each proof
// that a row names must be there and name the number itself; what stands, wholly
// or partly, has a proof, and what is not yet has none.
func TestClaimsAreProven(t *testing.T) {
	proofs := proofsByNumber(t)
	for _, c := range claims {
		page, err := os.ReadFile(c.page)
		if err != nil {
			t.Fatal(err)
		}
		if *updateDocs {
			page = claimRow.ReplaceAllFunc(page, func(row []byte) []byte { return withProofs(row, proofs) })
			if err := os.WriteFile(c.page, page, 0o644); err != nil { //nolint:gosec // a page that everybody reads
				t.Fatal(err)
			}
		}
		rows := claimRow.FindAllStringSubmatch(string(page), -1)
		if n := len(anyRow.FindAllString(string(page), -1)); n != len(rows) {
			t.Errorf("%s: of %d rows %d end in how they stand and in their proofs", c.page, n, len(rows))
		}
		var numbers []string
		for _, r := range rows {
			numbers = append(numbers, r[1])
			for _, fault := range checkClaim(r[1], r[2], r[3], proofs[r[1]]) {
				t.Errorf("%s, %s: %s", c.page, r[1], fault)
			}
		}
		if want := everyNumber(c.letter, c.count); !slices.Equal(numbers, want) {
			t.Errorf("%s must have every number once and in order; it has %v", c.page, numbers)
		}
	}
}

// checkClaim gives what is wrong with one row.
func checkClaim(number, state, claimed string, proofs map[string]bool) (faults []string) {
	names := ticked.FindAllStringSubmatch(claimed, -1)
	for _, n := range names {
		if !proofs[n[1]] {
			faults = append(faults, fmt.Sprintf("%s is not there, or no comment of it names %s", n[1], number))
		}
	}
	switch {
	case state != notYet && len(names) == 0:
		faults = append(faults, "is said to stand and names no proof; -update writes those there are")
	case state == notYet && len(proofs) > 0:
		faults = append(faults, fmt.Sprintf("is said to be not yet, and %v prove some of it", slices.Sorted(maps.Keys(proofs))))
	}
	return faults
}

func everyNumber(letter string, count int) (all []string) {
	for i := range count {
		all = append(all, fmt.Sprintf("%s%02d", letter, i+1))
	}
	return all
}

func withProofs(row []byte, proofs map[string]map[string]bool) []byte {
	m := claimRow.FindSubmatchIndex(row)
	var names []string
	for _, n := range slices.Sorted(maps.Keys(proofs[string(row[m[2]:m[3]])])) {
		names = append(names, "`"+n+"`")
	}
	if len(names) == 0 {
		names = []string{"–"}
	}
	return slices.Concat(row[:m[6]], []byte(strings.Join(names, ", ")), row[m[7]:])
}

// proofsByNumber finds, for every number that a comment in a test or a suite
// names, the functions that it belongs to: "payment.TestJudge". A script of
// the command line counts as a whole.
func proofsByNumber(t *testing.T) map[string]map[string]bool {
	t.Helper()
	found := map[string]map[string]bool{}
	add := func(text, proof string) {
		for _, number := range marked.FindAllString(text, -1) {
			if found[number] == nil {
				found[number] = map[string]bool{}
			}
			found[number][proof] = true
		}
	}
	for _, dir := range []string{".", "../server", "../client", "../tools/e2e/scenarios"} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case path == otherCompany:
				return filepath.SkipDir
			case d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && d.Name() != "." && d.Name() != ".."):
				return filepath.SkipDir
			case strings.HasSuffix(path, ".txtar"):
				return addScript(path, "#", add)
			case strings.HasPrefix(filepath.ToSlash(path), "../tools/e2e/scenarios/"):
				return addScript(path, "/", add)
			case isTest(path):
				return addFunctions(path, add)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// otherCompany is the simulator: what its tests prove is true of the stand-in,
// not of kessai.
var otherCompany = filepath.FromSlash("acquirer/simulator")

// suites are the cases that every implementation of a port runs.
var suites = []string{"ledger/ledgertest", "session/sessiontest", "acquirer/acquirertest"}

// isTest reports whether a file is a test, or belongs to a suite.
func isTest(path string) bool {
	return strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, ".go") && slices.Contains(suites, filepath.ToSlash(filepath.Dir(path)))
}

// addScript takes the comments of a script, which begin with mark.
func addScript(path, mark string, add func(text, proof string)) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	script, _, _ := strings.Cut(string(text), "\n-- ")
	for line := range strings.Lines(script) {
		if strings.HasPrefix(strings.TrimSpace(line), mark) {
			add(line, strings.TrimPrefix(path, "../"))
		}
	}
	return nil
}

// addFunctions takes the comments on and inside the functions of a file. In a
// _test.go only tests count, not what helps them.
func addFunctions(path string, add func(text, proof string)) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || strings.HasSuffix(path, "_test.go") && !testName(f.Name.Name) {
			continue
		}
		begins := f.Pos()
		if f.Doc != nil {
			begins = f.Doc.Pos()
		}
		proof := strings.TrimPrefix(filepath.Dir(path), "../") + "." + f.Name.Name
		for _, c := range file.Comments {
			if c.Pos() >= begins && c.End() <= f.End() {
				add(c.Text(), proof)
			}
		}
	}
	return nil
}

func testName(name string) bool {
	return strings.HasPrefix(name, "Test") || strings.HasPrefix(name, "Fuzz") || strings.HasPrefix(name, "Example")
}
