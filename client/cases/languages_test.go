//go:build languages

package cases

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// program is one language's way through the steps.
type program struct {
	name    string   // also the value of ${run}
	folder  string   // below client/
	command []string // with % where the path of cases.json goes
	env     []string
}

var programs = []program{
	{"python", "python", []string{"../.cache/venv/bin/python", "cases.py", "%"}, []string{"PYTHONPATH=gen:src"}},
	{"php", "php", []string{"php", "cases.php", "%"}, nil},
	{"typescript-connect", "typescript", []string{"node", "cases.js", "%", "connect"}, nil},
	{"typescript-grpc", "typescript", []string{"node", "cases.js", "%", "grpc"}, nil},
	{"ruby", "ruby", []string{"ruby", "cases.rb", "%"}, nil},
	{"java", "java", []string{"sh", "-c", `exec java -XX:TieredStopAtLevel=1 -cp "target/classes:target/test-classes:$(cat target/classpath)" dev.kessai.client.Cases %`}, nil},
}

// TestLanguages makes every step in every language against one server. A
// language that is not installed is a failure.
func TestLanguages(t *testing.T) {
	server, all := start(t), steps(t)
	file, err := filepath.Abs("cases.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range programs {
		t.Run(p.name, func(t *testing.T) {
			began := time.Now()
			got := p.run(t, server, file)
			compare(t, p.name, all, got, began, time.Now())
		})
	}
}

// verifiers are the programs that verify webhooks.
var verifiers = []program{
	{"python", "python", []string{"../.cache/venv/bin/python", "webhooks.py", "%"}, []string{"PYTHONPATH=gen:src"}},
	{"php", "php", []string{"php", "webhooks.php", "%"}, nil},
	{"typescript", "typescript", []string{"node", "webhooks.js", "%"}, nil},
	{"ruby", "ruby", []string{"ruby", "webhooks.rb", "%"}, nil},
	{"java", "java", []string{"sh", "-c", `exec java -XX:TieredStopAtLevel=1 -cp "target/classes:target/test-classes:$(cat target/classpath)" dev.kessai.client.Webhooks %`}, nil},
}

// P74 P76 P78 P81: every language's verifier makes the same of every message.
func TestWebhooksInLanguages(t *testing.T) {
	file, err := filepath.Abs("webhooks.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range verifiers {
		t.Run(p.name, func(t *testing.T) {
			var got []struct{ Name, Result string }
			for line := range bytes.Lines(p.output(t, server{}, file)) {
				got = append(got, struct{ Name, Result string }{})
				if err := json.Unmarshal(line, &got[len(got)-1]); err != nil {
					t.Errorf("%q is no line of JSON: %v", line, err)
				}
			}
			for i, m := range messages(t) {
				if i >= len(got) || got[i].Name != m.Name || got[i].Result != m.Result {
					t.Errorf("%s: got %v, want %s", m.Name, got[min(i, len(got)):min(i+1, len(got))], m.Result)
				}
			}
		})
	}
}

// run starts the program and reads its lines.
func (p program) run(t *testing.T, to server, file string) []result {
	t.Helper()
	var results []result
	for line := range bytes.Lines(p.output(t, to, file)) {
		var r result
		if e := json.Unmarshal(line, &r); e != nil {
			t.Errorf("%q is no line of JSON: %v", line, e)
		}
		results = append(results, r)
	}
	return results
}

// output is what the program writes.
func (p program) output(t *testing.T, to server, file string) []byte {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	arguments := make([]string, len(p.command))
	for i, a := range p.command {
		arguments[i] = strings.ReplaceAll(a, "%", file)
	}
	cmd := exec.CommandContext(ctx, arguments[0], arguments[1:]...)
	cmd.Dir = filepath.Join("..", p.folder)
	cmd.Env = append(os.Environ(), append(p.env,
		"KESSAI_GRPC="+to.grpc, "KESSAI_URL="+to.url, "KESSAI_KEY="+to.key, "KESSAI_RUN="+p.name)...)
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	if err := cmd.Run(); err != nil {
		t.Errorf("%v: %v\n%s", arguments, err, problems.Bytes())
	}
	return out.Bytes()
}
