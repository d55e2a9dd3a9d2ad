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

// What a primary that waits for its standby has acknowledged is there once the standby
// takes its place. A standby that is told to wait for nobody does so before it takes over.
func TestStandby(t *testing.T) {
	var addrs [2]string
	for i := range addrs {
		var err error
		if addrs[i], err = LastingPort(); err != nil {
			t.Fatal(err)
		}
	}
	sql := func(addr, statement string) string {
		t.Helper()
		out, err := SQL(addr, "postgres", statement)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	started := func(p *Process, folder string, err error) *Process {
		t.Helper()
		t.Cleanup(func() { _ = os.RemoveAll(folder) })
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(p.KillAll)
		return p
	}
	up := func(p *Process, addr string) {
		t.Helper()
		if _, err := p.Wait(time.Minute, func() error { _, err := SQL(addr, "postgres", "SELECT 1"); return err }); err != nil {
			t.Fatal(err)
		}
	}
	primary := started(Postgres(t.TempDir(), addrs[0]))
	up(primary, addrs[0])
	sql(addrs[0], "ALTER SYSTEM SET synchronous_standby_names = 'standby'")
	sql(addrs[0], "SELECT pg_reload_conf()")
	standby := started(Standby(t.TempDir(), addrs[1], addrs[0]))
	up(standby, addrs[1])
	sql(addrs[0], "CREATE TABLE a AS SELECT 7 AS b") // waits for the standby
	if state := sql(addrs[0], "SELECT sync_state FROM pg_stat_replication"); state != "sync" {
		t.Errorf("the standby is %q", state)
	}
	primary.KillAll()
	if err := Dial(addrs[0]); err == nil {
		t.Fatal("a killed server answers")
	}
	sql(addrs[1], "ALTER SYSTEM SET synchronous_standby_names = ''")
	sql(addrs[1], "SELECT pg_reload_conf()")
	sql(addrs[1], "SELECT pg_promote()")
	if b := sql(addrs[1], "INSERT INTO a VALUES (8); SELECT sum(b) FROM a"); b != "15" {
		t.Errorf("after the promotion there are %s", b)
	}
}

// A Cluster goes on with what its other nodes have when one is killed, and takes it back.
func TestRedisCluster(t *testing.T) {
	c, err := NewRedisCluster(t.TempDir(), 3)
	t.Cleanup(c.Close)
	if err != nil {
		t.Fatal(err)
	}
	c.Kill(1)
	if answer, err := RedisCommand(c.Addrs[1], "PING"); err == nil {
		t.Fatal("a killed node answers", answer)
	}
	if answer, err := RedisCommand(c.Addrs[2], "SET foo 1"); err != nil || answer != "+OK" { // slot 12182
		t.Errorf("a node that lives says %q, %v", answer, err)
	}
	if answer, err := RedisCommand(c.Addrs[0], "SET foo 1"); err != nil || !strings.HasPrefix(answer, "-MOVED") {
		t.Errorf("a node that has other slots says %q, %v", answer, err)
	}
	if err := c.Start(1); err != nil {
		t.Fatal(err)
	}
}
