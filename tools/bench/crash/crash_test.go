package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"kessai.dev/kessai/tools/bench/harness"
)

// built is one server for all tests.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "kessai-crash-test-")
	if err != nil {
		return "", err
	}
	to := filepath.Join(dir, "kessai")
	cmd := exec.Command("go", "build", "-o", to, "./server")
	cmd.Dir = "../../.." // tests run in their package's folder
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	return to, cmd.Run()
})

func TestMain(m *testing.M) {
	code := m.Run()
	if program, err := built(); err == nil {
		_ = os.RemoveAll(filepath.Dir(program))
	}
	os.Exit(code)
}

func crash(t *testing.T, args ...string) {
	t.Helper()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	if err := harness.Crash(t.Context(), append([]string{"-server", program}, args...)); err != nil {
		t.Error(err)
	}
}

// A few of each: `make crash` runs many.

// P06 P18 P19: killed at random moments, the server loses nothing that was
// acknowledged, doubles nothing, and settles every open question.
func TestKills(t *testing.T) {
	for _, redis := range []string{"on", "off"} {
		t.Run("redis "+redis, func(t *testing.T) { crash(t, "-kills", "6", "-redis", redis) })
	}
}

// P07 P08: Redis may be wiped and may die.
func TestFlush(t *testing.T) { crash(t, "-flush", "-payments", strconv.Itoa(1500)) }

// P01 P02: of verbs at once each has its turn or is refused.
func TestLinear(t *testing.T) { crash(t, "-linear", "-rounds", "10") }
