package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// TestDependenciesAreExplained: who reads docs/adr/dependencies.md has read of
// everything that was chosen.
func TestDependenciesAreExplained(t *testing.T) {
	page, err := os.ReadFile("../docs/adr/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	explained := map[string]bool{}
	for _, word := range strings.FieldsFunc(string(page), func(r rune) bool { return strings.ContainsRune("| ,`();\n", r) }) {
		explained[word] = true
	}
	for file, name := range map[string]*regexp.Regexp{
		"../go.mod":                         regexp.MustCompile(`(?m)^\t([a-z0-9.]+\.[a-z]+/\S+)(?: v\S+)?$`),
		"../tools/go.mod":                   regexp.MustCompile(`(?m)^\t([a-z0-9.]+\.[a-z]+/\S+)(?: v\S+)?$`),
		"../tools/bench/go.mod":             regexp.MustCompile(`(?m)^\t((?:github|go\.etcd|google)\S+)(?: v\S+)?$`),
		"../tools/package.json":             regexp.MustCompile(`"(@?[a-z/-]+)": "[0-9^~]`),
		"../tools/e2e/package.json":         regexp.MustCompile(`"(@?[a-z/-]+)": "[0-9^~]`),
		"../client/typescript/package.json": regexp.MustCompile(`"(@[a-z/-]+|typescript)": "[0-9^~]`),
		"../client/python/requirements.txt": regexp.MustCompile(`(?m)^([a-z-]+)==`),
		"../client/ruby/kessai.gemspec":     regexp.MustCompile(`add_dependency '([a-z-]+)'`),
		"../client/java/pom.xml":            regexp.MustCompile(`(?s)<artifactId>((?:grpc|protobuf-java)[a-z-]*)</artifactId>`),
	} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		names := name.FindAllStringSubmatch(string(text), -1)
		if len(names) == 0 {
			t.Errorf("%s: no dependency was found, so the pattern is wrong", file)
		}
		for _, n := range names {
			if !explained[n[1]] {
				t.Errorf("%s depends on %s, and docs/adr/dependencies.md does not say what it saves us", file, n[1])
			}
		}
	}
}

// TestOperationsNamesEverything: each flag with its variable and default, and
// each metric, is on the page of those who run it.
func TestOperationsNamesEverything(t *testing.T) {
	raw, err := os.ReadFile("../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(raw)
	flags, metrics := 0, 0
	inspect(t, "../server/config.go", func(n ast.Node) {
		f, ok := n.(*ast.Field)
		if !ok || f.Tag == nil {
			return
		}
		flags++
		tag := reflect.StructTag(strings.Trim(f.Tag.Value, "`"))
		name := tag.Get("name")
		if name == "" {
			name = strings.ToLower(upper.ReplaceAllString(f.Names[0].Name, "$1-$2"))
		}
		variable := "KESSAI_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
		for _, want := range []string{"`--" + name + "`", "`" + variable + "`", tag.Get("default")} {
			if !strings.Contains(page, want) {
				t.Errorf("docs/operations.md does not have %s of the flag --%s", want, name)
			}
		}
	})
	inspect(t, "../server/observe.go", func(n ast.Node) {
		if l, ok := n.(*ast.BasicLit); ok && strings.HasPrefix(l.Value, `"kessai_`) {
			metrics++
			if name := strings.Trim(l.Value, `"`); !strings.Contains(page, "`"+name) {
				t.Errorf("docs/operations.md does not have the metric %s", name)
			}
		}
	})
	if flags == 0 || metrics == 0 {
		t.Fatalf("%d flags and %d metrics were found: the test looks in the wrong place", flags, metrics)
	}
}

var upper = regexp.MustCompile(`([a-z])([A-Z])`)

func inspect(t *testing.T, path string, visit func(ast.Node)) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		visit(n)
		return true
	})
}

var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// TestLinks: a link within the repository leads somewhere.
func TestLinks(t *testing.T) {
	pages := files(t, func(f string) bool { return strings.HasSuffix(f, ".md") })
	links := 0
	for _, page := range pages {
		text, err := os.ReadFile(filepath.Join(root, page))
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range link.FindAllStringSubmatch(string(text), -1) {
			to, anchor, _ := strings.Cut(l[1], "#")
			if strings.Contains(to, "://") || strings.HasPrefix(to, "mailto:") {
				continue
			}
			links++
			target := filepath.Join(root, filepath.Dir(page), to)
			if to == "" {
				target = filepath.Join(root, page)
			}
			if fault := deadEnd(target, anchor); fault != "" {
				t.Errorf("%s links to %s: %s", page, l[1], fault)
			}
		}
	}
	if links < 50 {
		t.Errorf("only %d links seen: the test looks in the wrong place", links)
	}
}

// deadEnd says what is wrong with a file and a heading in it, or "".
func deadEnd(target, anchor string) string {
	if _, err := os.Stat(target); err != nil {
		return "it is not there"
	}
	if anchor == "" {
		return ""
	}
	text, err := os.ReadFile(target)
	if err != nil {
		return err.Error()
	}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") && slug(strings.TrimLeft(line, "# ")) == anchor {
			return ""
		}
	}
	return "it has no such heading"
}

// slug is what a heading is called in a link.
func slug(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case unicode.IsLetter(r) || unicode.IsNumber(r) || r == '-' || r == '_':
			return unicode.ToLower(r)
		}
		return -1
	}, strings.TrimSpace(heading))
}
