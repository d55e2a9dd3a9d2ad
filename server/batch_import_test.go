package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// followed is one line of a batch that is followed.
type followed struct {
	Done, Total, Index int
	Row                importedRow
}

// follows imports a file as a stream, and gives what the lines said.
func (p *process) follows(key string, file []byte) (lines []followed) {
	p.t.Helper()
	body := `{"import":{"content":"` + base64.StdEncoding.EncodeToString(file) + `"}}`
	req, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.base+"/v1/payments:runBatch", strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+demoKey)
	req.Header.Set("Idempotency-Key", key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	for s := bufio.NewScanner(res.Body); s.Scan(); {
		var line struct{ Result *followed }
		if err := json.Unmarshal(s.Bytes(), &line); err != nil || line.Result == nil {
			p.t.Fatalf("%v: %s", err, s.Text())
		}
		lines = append(lines, *line.Result)
	}
	return lines
}

// A file from B2 is followed row by row, to its place in the file, and the same
// file again, whatever the key, changes nothing.
// R30 R34 P64 P65
func TestImportFollowed(t *testing.T) {
	sim, provider := besideSimulator(t, func(int64) {})
	p := spawn(t, t.TempDir(), "--provider", provider)
	const rows = 60
	p.orders(rows)
	status, content, err := p.raw("GET", "/v1/shipments:export", nil)
	if err != nil || status != 200 {
		t.Fatalf("%d %v %s", status, err, content)
	}
	file, want, bad := slipped(t, content)
	for _, verdict := range []string{"shipped", "unchanged"} {
		lines := p.follows(verdict, file)
		if len(lines) != rows+1 || lines[0].Total != rows || lines[0].Done != 0 {
			t.Fatalf("%d lines, %+v", len(lines), lines[:1])
		}
		counts := map[string]int{}
		for i, l := range lines[1:] {
			counts[l.Row.Verdict]++
			if l.Done != i+1 || l.Row.Line != l.Index+1 {
				t.Errorf("line %d: %+v", i+1, l)
			}
		}
		if counts[verdict] != len(want) || counts["refused"] != len(bad) {
			t.Errorf("%v", counts)
		}
	}
	registeredOnce(t, sim, want)
}
