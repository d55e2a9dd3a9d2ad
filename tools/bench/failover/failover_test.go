package main

import (
	"os/exec"
	"path/filepath"
	"testing"

	"kessai.dev/kessai/tools/bench/harness"
)

// P06 P07 P08 P09 P18: three servers at 200 payments a second, while the primary, a node
// of Redis and a server are killed: nothing acknowledged is lost, nothing charged twice,
// every payment's calls fit one order, and each surviving server sells again within
// seconds. `make failover` runs it for longer.
func TestFailover(t *testing.T) {
	program := filepath.Join(t.TempDir(), "kessai")
	build := exec.Command("go", "build", "-o", program, "./server")
	build.Dir = "../../.." // tests run in their package's folder
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := harness.Failover(t.Context(), []string{"-server", program, "-seconds", "12", "-rate", "200"}); err != nil {
		t.Error(err)
	}
}
