// Package internal_test holds the rules of the house as tests: which room may
// know which, and what must not lie about. Each failure says why its rule exists.
package internal_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "kessai.dev/kessai"

// room is one or more folders under one rule. A folder ending in /... has its
// sub-folders with it, and they may know each other.
type room struct {
	name    string
	folders []string
	may     []string // the rooms it may import besides itself
	notStd  []string // packages of the standard library that it may not, with all below them
	why     string
}

// everything stands for all rooms.
const everything = "*"

// rooms is the import table: imports point down only. The first room that has
// a folder rules it, so the special stand before the general.
var rooms = []room{
	{
		name:    "words",
		folders: []string{"internal/money", "internal/card", "internal/shipping", "internal/shop", "internal/payment", "internal/wording"},
		notStd:  []string{"context", "net", "os", "database", "log"},
		why:     "the words of the trade are pure, so that every rule can be tested by a table and read without knowing the machinery",
	},
	{
		name:    "simulator",
		folders: []string{"internal/acquirer/simulator/..."},
		why:     "the simulator is another company: what it shared with the house it could not catch, since the rules have to exist twice",
	},
	{
		name:    "ports",
		folders: []string{"internal/ledger", "internal/session", "internal/acquirer"},
		may:     []string{"words"},
		why:     "a port is a contract in the words of the trade; knowing an implementation or another port it would bind them all",
	},
	{
		name:    "suite of ledger",
		folders: []string{"internal/ledger/ledgertest"},
		may:     []string{"words", "ports"},
		why:     "a suite knows the contract only, so that every implementation can run it",
	},
	{
		name:    "suite of session",
		folders: []string{"internal/session/sessiontest"},
		may:     []string{"words", "ports"},
		why:     "a suite knows the contract only, so that every implementation can run it",
	},
	{
		name:    "suite of acquirer",
		folders: []string{"internal/acquirer/acquirertest"},
		may:     []string{"words", "ports"},
		why:     "a suite knows the contract only, so that every implementation can run it",
	},
	{
		name:    "implementations of ledger",
		folders: []string{"internal/ledger/..."},
		may:     []string{"words", "ports"},
		why:     "an implementation knows its port; knowing another it could not be replaced",
	},
	{
		name:    "implementations of session",
		folders: []string{"internal/session/..."},
		may:     []string{"words", "ports"},
		why:     "an implementation knows its port; knowing another it could not be replaced",
	},
	{
		name:    "implementations of acquirer",
		folders: []string{"internal/acquirer/..."},
		may:     []string{"words", "ports"},
		why:     "an implementation knows its port; knowing another it could not be replaced",
	},
	{
		name:    "tripwire",
		folders: []string{"internal/tripwire"},
		may:     []string{"words"},
		why:     "what stops card numbers must not depend on what might carry them",
	},
	{
		name: "work",
		folders: []string{
			"internal/processor", "internal/vault", "internal/b2", "internal/event", "internal/registry", "internal/bulk", "internal/dispatch", "internal/doctor",
			"internal/webhook", "internal/explain", "internal/desk", "internal/reconcile", "internal/radar", "internal/report", "internal/moving", "internal/rounds", "internal/sheet",
		},
		may: []string{"words", "ports", "tripwire"},
		why: "work moves payments through the ports; knowing an implementation or a protocol it could not be tested without them",
	},
	{
		name:    "doors",
		folders: []string{"internal/api/...", "internal/checkout/...", "internal/demo/...", "internal/console/..."},
		may:     []string{"words", "ports", "work", "tripwire", "gen", "root"},
		why:     "doors translate and do not decide; only the server chooses implementations",
	},
	{
		name:    "server",
		folders: []string{"server"},
		may:     []string{everything},
		why:     "the server is where everything meets",
	},
	{
		name:    "client",
		folders: []string{"client/..."},
		may:     []string{"gen"},
		why:     "a client is what a shop has: the promise, and nothing of the inside",
	},
	{name: "gen", folders: []string{"gen/..."}, why: "generated code stands on its own"},
	{name: "root", folders: []string{"."}, why: "the root embeds files for others and knows nobody"},
	{
		name:    "tools",
		folders: []string{"tools/..."},
		may:     []string{everything},
		why:     "tools measure and generate; nothing that ships imports them",
	},
}

// roomOf finds the room of a folder.
func roomOf(folder string) (*room, bool) {
	for i := range rooms {
		for _, f := range rooms[i].folders {
			tree, whole := strings.CutSuffix(f, "/...")
			if folder == f || whole && (folder == tree || strings.HasPrefix(folder, tree+"/")) {
				return &rooms[i], true
			}
		}
	}
	return nil, false
}

// forbidden says why a folder may not import a path, or "".
func forbidden(folder string, r *room, path string) string {
	inside, house := strings.CutPrefix(path, module+"/")
	if path == module {
		inside, house = ".", true
	}
	if !house {
		for _, std := range r.notStd {
			if path == std || strings.HasPrefix(path, std+"/") {
				if folder == "internal/card" && path == "log/slog" {
					return "" // how a card keeps itself out of logs
				}
				return r.why
			}
		}
		return ""
	}
	other, ok := roomOf(inside)
	switch {
	case !ok:
		return "that folder has no room"
	case r.name == "ports" && other.name == "ports":
		return r.why // not even its neighbour
	case other.name == "ports" && (strings.HasPrefix(r.name, "implementations of ") || strings.HasPrefix(r.name, "suite of ")):
		if inside != "internal/"+r.name[strings.LastIndex(r.name, " ")+1:] {
			return r.why // its own port only
		}
		return ""
	case strings.HasPrefix(r.name, "implementations of ") && other == r:
		if first(folder) != first(inside) {
			return r.why // its own sub-folders, not another implementation
		}
		return ""
	case other == r, slices.Contains(r.may, other.name), slices.Contains(r.may, everything):
		return ""
	}
	return r.why
}

// first gives the first three names of a path: port and implementation.
func first(folder string) string {
	parts := strings.SplitN(folder, "/", 4)
	return strings.Join(parts[:min(3, len(parts))], "/")
}

// Who may know whom.
func TestImports(t *testing.T) {
	packages := map[string]bool{}
	for _, f := range goFiles(t) {
		folder := filepath.ToSlash(filepath.Dir(f))
		if folder == "internal" && strings.HasSuffix(f, "_test.go") {
			continue // this test
		}
		r, ok := roomOf(folder)
		if !ok {
			t.Errorf("%s: the folder has no room in the import table of internal/house_test.go; give it one, so that it is decided who may know it", f)
			continue
		}
		if strings.HasSuffix(f, "_test.go") {
			continue // a test may know what it tests with
		}
		packages[folder] = true
		for _, spec := range parse(t, f, parser.ImportsOnly).Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if why := forbidden(folder, r, path); why != "" {
				t.Errorf("%s imports %q: %s", f, path, why)
			}
		}
	}
	for _, p := range []string{"internal/payment", "internal/ledger", "internal/session/redis", "server"} {
		if !packages[p] {
			t.Errorf("the walk did not see %s: the test looks in the wrong place", p)
		}
	}
}

// The table refuses what it is there to refuse.
func TestImportTable(t *testing.T) {
	tests := []struct {
		folder, path string
		allowed      bool
	}{
		{"internal/payment", "time", true},
		{"internal/payment", "context", false},
		{"internal/payment", "net/http", false},
		{"internal/payment", "os", false},
		{"internal/payment", "database/sql", false},
		{"internal/payment", "log/slog", false},
		{"internal/card", "log/slog", true},
		{"internal/payment", module + "/internal/money", true},
		{"internal/payment", module + "/internal/ledger", false},
		{"internal/ledger", module + "/internal/payment", true},
		{"internal/ledger", module + "/internal/session", false},
		{"internal/ledger", module + "/internal/ledger/bolt", false},
		{"internal/ledger/bolt", module + "/internal/ledger", true},
		{"internal/ledger/bolt", module + "/internal/session", false},
		{"internal/ledger/bolt", module + "/internal/ledger/postgres", false},
		{"internal/ledger/bolt", module + "/internal/ledger/bolt/segment", true},
		{"internal/ledger/ledgertest", module + "/internal/ledger/bolt", false},
		{"internal/ledger/postgres", module + "/internal/ledger/ledgertest", false},
		{"internal/acquirer/webcollect", module + "/internal/acquirer/simulator", false},
		{"internal/acquirer/simulator", module + "/internal/card", false},
		{"internal/acquirer/simulator", module + "/internal/acquirer", false},
		{"internal/acquirer/simulator", module + "/internal/acquirer/simulator/page", true},
		{"internal/processor", module + "/internal/session", true},
		{"internal/processor", module + "/internal/session/redis", false},
		{"internal/processor", module + "/internal/api", false},
		{"internal/processor", module + "/gen/kessai/payment/v1", false},
		{"internal/api", module + "/internal/processor", true},
		{"internal/api", module + "/gen/kessai/payment/v1", true},
		{"internal/api", module + "/internal/ledger/bolt", false},
		{"client", module + "/internal/payment", false},
		{"client", module + "/gen/kessai/payment/v1", true},
		{"server", module + "/internal/ledger/bolt", true},
		{"server", module + "/internal/nowhere", false},
	}
	for _, test := range tests {
		r, ok := roomOf(test.folder)
		if !ok {
			t.Fatalf("%s has no room", test.folder)
		}
		if why := forbidden(test.folder, r, test.path); (why == "") != test.allowed {
			t.Errorf("%s importing %s: allowed %v (%s), want %v", test.folder, test.path, why == "", why, test.allowed)
		}
	}
}

// Every package says what it is for.
func TestPackageDocs(t *testing.T) {
	documented := map[string]bool{}
	for _, f := range goFiles(t) {
		if strings.HasSuffix(f, "_test.go") || strings.HasPrefix(f, "gen/") {
			continue
		}
		folder := filepath.ToSlash(filepath.Dir(f))
		doc := parse(t, f, parser.PackageClauseOnly|parser.ParseComments).Doc
		documented[folder] = documented[folder] || doc != nil && len(strings.Fields(doc.Text())) > 3
	}
	for folder, ok := range documented {
		if !ok {
			t.Errorf("%s has no package comment: a reader decides by it whether this is the room to look in", folder)
		}
	}
}

// goFiles lists all Go files of the repository, as slashed paths from its root.
func goFiles(t *testing.T) []string {
	t.Helper()
	return files(t, func(path string) bool { return strings.HasSuffix(path, ".go") })
}

// root is the repository, from the folder of this test.
const root = ".."

// outside are folders that hold nothing written by us.
var outside = []string{"node_modules", "__pycache__", "target", "testdata"}

// files walks the repository. What git ignores at the top, and hidden folders
// other than those of continuous integration, are not part of it.
func files(t *testing.T, want func(path string) bool) []string {
	t.Helper()
	ignored := ignoredAtTop(t)
	var found []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil || rel == "." {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			hidden := strings.HasPrefix(d.Name(), ".") && d.Name() != ".ci" && d.Name() != ".github"
			if hidden || slices.Contains(outside, d.Name()) || ignored[rel] {
				return filepath.SkipDir
			}
			return nil
		}
		if want(rel) {
			found = append(found, rel)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// ignoredAtTop is what .gitignore names with a leading slash.
func ignoredAtTop(t *testing.T) map[string]bool {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, ".gitignore"))
	if err != nil {
		t.Fatal(err)
	}
	ignored := map[string]bool{".git": true}
	for line := range strings.Lines(string(data)) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "/"); ok {
			ignored[strings.TrimSuffix(name, "/")] = true
		}
	}
	return ignored
}

func parse(t *testing.T, file string, mode parser.Mode) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, mode)
	if err != nil {
		t.Fatal(fmt.Errorf("%s: %w", file, err))
	}
	return f
}
