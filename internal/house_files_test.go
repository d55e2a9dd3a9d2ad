package internal_test

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// topLevel is all that may lie at the root: it is the first page of the house.
var topLevel = []string{
	"proto", "gen", "server", "client", "internal", "docs", "tools",
	"buf.yaml", "buf.gen.yaml", "go.mod", "go.sum", "Makefile",
	"README.md", "README.ja.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "SECURITY.md",
	".gitignore", ".gitattributes", ".ci", ".github",
}

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	ignored := ignoredAtTop(t)
	for _, e := range entries {
		if !slices.Contains(topLevel, e.Name()) && !ignored[e.Name()] && e.Name() != "node_modules" {
			t.Errorf("%s at the top: the root is a table of contents; put it into one of the rooms, or into .gitignore", e.Name())
		}
	}
}

// aimless are folder names that say nothing of what is in them.
var aimless = []string{"util", "utils", "common", "shared", "helper", "helpers", "base", "model", "models", "types", "mock", "mocks"}

func TestFolderNames(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range files(t, written) {
		for folder := path.Dir(f); folder != "."; folder = path.Dir(folder) {
			if !seen[folder] && slices.Contains(aimless, path.Base(folder)) && !strings.Contains(folder, "gen/") {
				t.Errorf("%s: a folder is named after what it does; %q draws in whatever has no place", folder, path.Base(folder))
			}
			seen[folder] = true
		}
	}
}

// sourceEndings are the files that people write and read as code.
var sourceEndings = []string{".go", ".ts", ".tsx", ".js", ".mjs", ".py", ".php", ".rb", ".java", ".sh", ".css", ".proto"}

// generated reports whether a tool writes the file.
func generated(f string) bool {
	return strings.HasPrefix(f, "gen/") || strings.Contains(f, "/gen/") || strings.Contains(f, "/dist/")
}

// written reports whether people write the file as code.
func written(f string) bool { return slices.Contains(sourceEndings, path.Ext(f)) && !generated(f) }

// maxLines is where a file has become two.
const maxLines = 400

// tables are files that are long because the world is.
var tables = map[string]string{}

func TestFileLength(t *testing.T) {
	for _, f := range files(t, written) {
		if strings.Contains(path.Base(f), "test.") || strings.HasPrefix(f, "proto/") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(root, f))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Count(string(data), "\n")
		if _, table := tables[f]; !table && lines > maxLines {
			t.Errorf("%s has %d lines: past %d a file holds two things; find the room that is missing (a table is listed in internal/house_files_test.go, with a reason)", f, lines, maxLines)
		}
	}
	for f, why := range tables {
		if _, err := os.Stat(filepath.Join(root, f)); err != nil || why == "" {
			t.Errorf("%s is listed as a table: %v; the list must stay true", f, err)
		}
	}
}

// The repository stands alone: who clones it has nothing beside it.
func TestStandsAlone(t *testing.T) {
	// Put together here, so that this file does not hold what it looks for.
	elsewhere := []string{".." + "/shared", "/work" + "/main", "/work" + "/shared", "/root" + "/"}
	readable := append([]string{".md", ".yaml", ".yml", ".json", ".toml", ".xml", ".txt", ".txtar", ".mod", ""}, sourceEndings...)
	all := files(t, func(f string) bool { return slices.Contains(readable, path.Ext(f)) })
	if len(all) < 50 {
		t.Fatalf("only %d files seen: the test looks in the wrong place", len(all))
	}
	for _, f := range all {
		data, err := os.ReadFile(filepath.Join(root, f))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range elsewhere {
			if strings.Contains(string(data), e) {
				t.Errorf("%s points at %s: whoever clones the repository does not have that; carry the fact over instead", f, e)
			}
		}
	}
}

// Every call of the promise is in the documentation.
func TestCallsAreDocumented(t *testing.T) {
	var docs strings.Builder
	for _, f := range files(t, func(f string) bool { return strings.HasPrefix(f, "docs/") && path.Ext(f) == ".md" }) {
		data, err := os.ReadFile(filepath.Join(root, f))
		if err != nil {
			t.Fatal(err)
		}
		docs.Write(data)
	}
	calls := 0
	for _, f := range files(t, func(f string) bool { return strings.HasPrefix(f, "proto/") && path.Ext(f) == ".proto" }) {
		data, err := os.ReadFile(filepath.Join(root, f))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			rest, ok := strings.CutPrefix(strings.TrimSpace(line), "rpc ")
			if !ok {
				continue
			}
			calls++
			name, _, _ := strings.Cut(rest, "(")
			if !containsWord(docs.String(), strings.TrimSpace(name)) {
				t.Errorf("%s: no page of docs/ names %s: a call that is not written down is not promised (docs/api.md has them by curl)", f, strings.TrimSpace(name))
			}
		}
	}
	if calls == 0 {
		t.Error("no call was found in proto/: the test looks in the wrong place")
	}
}

// containsWord reports whether text has the word, not as part of a longer one.
func containsWord(text, word string) bool {
	letter := func(i int) bool {
		return i >= 0 && i < len(text) && (text[i] >= 'a' && text[i] <= 'z' || text[i] >= 'A' && text[i] <= 'Z')
	}
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		at += i
		if !letter(at-1) && !letter(at+len(word)) {
			return true
		}
		at += len(word)
	}
}
