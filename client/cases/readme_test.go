//go:build languages

package cases

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// readme is how the payment that a language's README shows is run: the code
// goes after before, to standard input.
type readme struct {
	name    string
	before  string
	command []string
	env     []string
}

var readmes = []readme{
	{name: "python", command: []string{"../.cache/venv/bin/python", "-"}, env: []string{"PYTHONPATH=gen:src"}},
	{name: "ruby", command: []string{"ruby", "-Ilib", "-Igen", "-"}},
	{name: "typescript", command: []string{"node", "--input-type=module", "-"}},
	{
		name:    "php",
		before:  `<?php spl_autoload_register(static fn ($c) => require 'src/' . strtr($c, ['Kessai\\Client\\' => '']) . '.php');`,
		command: []string{"php"},
	},
	{
		name:   "java",
		before: "import dev.kessai.client.*;\nimport dev.kessai.payment.v1.*;\nimport io.grpc.*;\n",
		command: []string{"sh", "-c", `cat > "$0/Readme.java" && exec java -XX:TieredStopAtLevel=1 ` +
			`-cp "target/classes:$(cat target/classpath)" "$0/Readme.java"`, "%"},
	},
}

// TestReadmes makes the payment that each README shows.
func TestReadmes(t *testing.T) {
	server := start(t)
	for _, r := range readmes {
		t.Run(r.name, func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join("..", r.name, "README.md"))
			if err != nil {
				t.Fatal(err)
			}
			code := strings.NewReplacer("127.0.0.1:9090", server.grpc, "http://127.0.0.1:8080", server.url,
				"1396", "readme-"+r.name).Replace(firstCode(t, string(raw)))
			if r.name == "java" {
				code = inMain(code)
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			arguments := append([]string{}, r.command...)
			for i := range arguments {
				arguments[i] = strings.ReplaceAll(arguments[i], "%", t.TempDir())
			}
			cmd := exec.CommandContext(ctx, arguments[0], arguments[1:]...)
			cmd.Dir = filepath.Join("..", r.name)
			cmd.Env = append(os.Environ(), r.env...)
			cmd.Stdin = strings.NewReader(r.before + code)
			out, err := cmd.CombinedOutput()
			if err != nil || !strings.Contains(string(out), "payments/") {
				t.Errorf("%v, it printed:\n%s", err, out)
			}
		})
	}
}

// firstCode is the first block of code.
func firstCode(t *testing.T, text string) string {
	t.Helper()
	_, rest, _ := strings.Cut(text, "```")
	_, rest, _ = strings.Cut(rest, "\n")
	code, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("no block of code")
	}
	return code
}

// inMain makes a program of Java's statements; imports stay in front.
func inMain(code string) string {
	var imports, body strings.Builder
	for line := range strings.Lines(code) {
		if strings.HasPrefix(line, "import ") {
			imports.WriteString(line)
		} else {
			body.WriteString(line)
		}
	}
	return imports.String() + "class Readme { public static void main(String[] args) {\n" + body.String() + "}}\n"
}
