package cases

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// server is a kessai of its own, with its simulator, on the loopback.
type server struct {
	grpc string // host:port
	url  string // http://host:port
	key  string
}

// folder is where the server's program lies while the tests run.
var folder string

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "kessai-cases"); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

// build makes the server's program, once.
var build = sync.OnceValues(func() (string, error) {
	binary := filepath.Join(folder, "kessai")
	out, err := exec.Command("go", "build", "-o", binary, "kessai.dev/kessai/server").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return binary, nil
})

// start builds and runs the server and waits until it says that it is ready.
func start(t *testing.T) server {
	t.Helper()
	binary, err := build()
	if err != nil {
		t.Fatalf("the server does not build: %v", err)
	}
	door, grpc, simulator := freePort(t), freePort(t), freePort(t)
	var log bytes.Buffer
	run := exec.Command(binary, "--listen", door, "--grpc-listen", grpc,
		"--simulator-listen", simulator, "--data", filepath.Join(t.TempDir(), "data"))
	run.Stdout, run.Stderr = &log, &log
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	exited := make(chan error, 1)
	go func() { exited <- run.Wait() }()
	t.Cleanup(func() {
		_ = run.Process.Signal(os.Interrupt)
		select {
		case <-exited:
		case <-time.After(20 * time.Second):
			_ = run.Process.Kill()
			t.Error("the server did not stop when asked to")
		}
		if t.Failed() {
			t.Logf("the server said:\n%s", withoutCalls(log.String()))
		}
	})
	tick, deadline := time.NewTicker(50*time.Millisecond), time.After(60*time.Second)
	defer tick.Stop()
	for {
		select {
		case err := <-exited:
			exited <- err
			t.Fatalf("the server ended: %v", err)
		case <-deadline:
			t.Fatal("the server is not ready after a minute")
		case <-tick.C:
			res, err := http.Get("http://" + door + "/healthz")
			if err != nil {
				continue
			}
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return server{grpc: grpc, url: "http://" + door, key: "sk_test_demo"}
			}
		}
	}
}

// withoutCalls leaves out the line that each call gives.
func withoutCalls(log string) string {
	var b strings.Builder
	for line := range strings.Lines(log) {
		if !strings.Contains(line, `"level":"INFO","msg":"call"`) {
			b.WriteString(line)
		}
	}
	return b.String()
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}
