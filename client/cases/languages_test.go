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

// run starts the program and reads its lines.
func (p program) run(t *testing.T, to server, file string) []result {
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
	err := cmd.Run()
	var results []result
	for line := range bytes.Lines(out.Bytes()) {
		var r result
		if e := json.Unmarshal(line, &r); e != nil {
			t.Errorf("%q is no line of JSON: %v", line, e)
		}
		results = append(results, r)
	}
	if err != nil {
		t.Errorf("%v: %v\n%s", arguments, err, problems.Bytes())
	}
	return results
}
