package proc

import (
	"os"
	"strings"
	"testing"
	"time"
)

func TestProcess(t *testing.T) {
	p, err := Start("shell", t.TempDir(), "sh", "-c", "echo ready; exec sleep 60")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Wait(10*time.Second, func() error {
		if !strings.Contains(p.Tail(), "ready") {
			return os.ErrNotExist
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if n, err := RSSAnon(p.PID); err != nil || n <= 0 {
		t.Errorf("RssAnon %d, %v", n, err)
	}
	p.Kill()
	if err := p.Stop(time.Second); err != nil {
		t.Errorf("stop after kill: %v", err)
	}
	if CPU(p.PID) != 0 {
		t.Error("a dead process uses CPU")
	}
}

func TestStopAsksAndThenKills(t *testing.T) {
	for _, c := range []struct {
		name, script string
		ok           bool
	}{
		{"it goes when asked", "trap 'exit 0' TERM; echo ready; while :; do sleep 0.01; done", true},
		{"it does not", "trap '' TERM; echo ready; while :; do sleep 0.01; done", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Start("shell", t.TempDir(), "sh", "-c", c.script)
			if err != nil {
				t.Fatal(err)
			}
			defer p.Kill()
			_, err = p.Wait(10*time.Second, func() error {
				if !strings.Contains(p.Tail(), "ready") {
					return os.ErrNotExist
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if err := p.Stop(500 * time.Millisecond); (err == nil) != c.ok {
				t.Errorf("stop: %v", err)
			}
		})
	}
}

func TestWaitSaysWhyAProcessEnded(t *testing.T) {
	p, err := Start("shell", t.TempDir(), "sh", "-c", "echo no such luck; exit 3")
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Wait(10*time.Second, func() error { return os.ErrNotExist })
	if err == nil || !strings.Contains(err.Error(), "no such luck") {
		t.Errorf("%v", err)
	}
}

func TestCPUCountsOurWork(t *testing.T) {
	mine, all := CPU(os.Getpid()), Busy()
	for x := 0; CPU(os.Getpid())-mine < 0.05; x++ {
		_ = x * x
	}
	if Busy()-all < 0.03 {
		t.Error("the machine has done less than this process")
	}
}

// PostgreSQL runs here as it does for a shop, and ends when it is asked to.
func TestPostgres(t *testing.T) {
	addr, err := Loopback()
	if err != nil {
		t.Fatal(err)
	}
	p, folder, err := Postgres(t.TempDir(), addr)
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Wait(time.Minute, func() error { return Dial(addr) }); err != nil {
		t.Error(err)
	}
	if err := p.Stop(time.Minute); err != nil {
		t.Error(err)
	}
}
