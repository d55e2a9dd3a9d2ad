package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// process is kessai as a process of its own, that can be killed.
type process struct {
	t    *testing.T
	cmd  *exec.Cmd
	base string // http://127.0.0.1:port
	grpc string // 127.0.0.1:port
	log  *bytes.Buffer
}

var announced = regexp.MustCompile(`^(kessai|grpc) +(\S+)`)

// spawn starts kessai on a data folder and free ports, and waits until it says
// where it is.
func spawn(t *testing.T, data string, args ...string) *process {
	t.Helper()
	kessai, err := exec.LookPath("kessai") // the test binary, by TestMain
	if err != nil {
		t.Fatal(err)
	}
	p := &process{t: t, log: &bytes.Buffer{}}
	p.cmd = exec.Command(kessai, append([]string{"--data", data, "--listen", "127.0.0.1:0", "--grpc-listen", "127.0.0.1:0", "--simulator-listen", "127.0.0.1:0"}, args...)...)
	p.cmd.Stderr = p.log
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		m := announced.FindStringSubmatch(lines.Text())
		switch {
		case m == nil:
			continue
		case m[1] == "kessai":
			p.base = m[2]
			continue
		}
		p.grpc = m[2]
		go func() { _, _ = io.Copy(io.Discard, out) }()
		return p
	}
	_ = p.cmd.Wait()
	t.Fatalf("kessai did not start: %s", p.log)
	return nil
}

// kill is SIGKILL: no handler runs, nothing is flushed.
func (p *process) kill() {
	if p.cmd.ProcessState == nil {
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
	}
}

// call is one REST call with the demo key.
func (p *process) call(method, path, key, body string) (int, map[string]any, error) {
	req, err := http.NewRequestWithContext(p.t.Context(), method, p.base+path, strings.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Authorization", "Bearer "+demoKey)
	req.Header.Set("Idempotency-Key", key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = res.Body.Close() }()
	var answer map[string]any
	err = json.NewDecoder(res.Body).Decode(&answer)
	return res.StatusCode, answer, err
}

func (p *process) must(method, path, key, body string) map[string]any {
	p.t.Helper()
	status, answer, err := p.call(method, path, key, body)
	if err != nil || status != 200 {
		p.t.Fatalf("%s %s: %d %v %v\n%s", method, path, status, answer, err, p.log)
	}
	return answer
}

// await watches a payment until it is as wanted.
func (p *process) await(name string, want func(map[string]any) bool) map[string]any {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 2*time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", p.base+"/v1/"+name+":watch", nil)
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+demoKey)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var line struct{ Result map[string]any }
	for dec := json.NewDecoder(res.Body); ; {
		line.Result = nil
		if err := dec.Decode(&line); err != nil {
			p.t.Fatalf("the watch ended: %v, last %v\n%s", err, line.Result, p.log)
		}
		if want(line.Result) {
			return line.Result
		}
	}
}

// P06 P18: killed between wish and fact, when the provider has authorized and
// its answer is on the way. The next process asks, and the retry under the
// same key gives the payment, authorized once.
func TestKillBetweenWishAndFact(t *testing.T) {
	data := t.TempDir()
	p := spawn(t, data)
	const body = `{"amount":5080,"orderNumber":"1396","cardToken":"SIMSTALL31S00000"}`
	gone := make(chan struct{})
	go func() {
		_, _, _ = p.call("POST", "/v1/payments", "a1", body)
		close(gone)
	}()
	name := ""
	for name == "" { // until the wish is in the books
		list := p.must("GET", "/v1/payments?filter="+`order_number%3D%221396%22`, "", "")
		if all, _ := list["payments"].([]any); len(all) == 1 {
			name, _ = all[0].(map[string]any)["name"].(string)
		}
	}
	p.kill()
	<-gone

	p = spawn(t, data)
	got := p.await(name, func(pay map[string]any) bool { return pay["pendingOperation"] == nil })
	if got["state"] != "STATE_AUTHORIZED" && got["state"] != "STATE_DECLINED" {
		t.Fatalf("%v", got)
	}
	again := p.must("POST", "/v1/payments", "a1", body)
	if again["name"] != name || again["state"] != got["state"] {
		t.Fatalf("the retry gave %v", again)
	}
	p.kill()
	verified(t, data)
}

// P99: a second process on the same books is refused, in words.
func TestOneProcessPerBooks(t *testing.T) {
	data := t.TempDir()
	spawn(t, data)
	kessai, err := exec.LookPath("kessai")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(kessai, "--data", data, "--listen", "127.0.0.1:0", "--grpc-listen", "127.0.0.1:0", "--simulator-listen", "127.0.0.1:0").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "another process") {
		t.Fatalf("%v: %s", err, out)
	}
}

// P98: no secret is in the log, the environment dump or the process list, and
// the keys of the data folder are readable by their owner only.
func TestSecretsStayInside(t *testing.T) {
	data := t.TempDir()
	p := spawn(t, data, "--log-level", "debug")
	p.must("POST", "/v1/payments", "a1", `{"amount":5080,"orderNumber":"1396","cardToken":"SIMAPPROVED00000","order":{"buyer":{"name":"黒猫 太郎","phone":"03-1234-5678","email":"taro@example.com"}}}`)
	list, err := os.ReadFile(filepath.Join("/proc", itoa(p.cmd.Process.Pid), "cmdline"))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, p.log)
	}
	for _, secret := range []string{demoKey, demoAccessKey, "SIMAPPROVED", "黒猫", "taro@", "1234-5678"} {
		if strings.Contains(p.log.String(), secret) || bytes.Contains(list, []byte(secret)) {
			t.Errorf("%q shows in log or process list:\n%s", secret, p.log)
		}
	}
	for _, name := range []string{"server.key", "ledger/master.key", "ledger/seal.key", "ledger/journal.db"} {
		info, err := os.Stat(filepath.Join(data, name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	verified(t, data)
}

// verified runs `kessai verify` on the books of a stopped process.
func verified(t *testing.T, data string) {
	t.Helper()
	kessai, err := exec.LookPath("kessai")
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(kessai, "verify", "--data", data).CombinedOutput(); err != nil {
		t.Fatalf("verify: %v\n%s", err, out)
	}
}
