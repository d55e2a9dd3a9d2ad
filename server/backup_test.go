package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// tool runs a command of kessai and gives what it printed.
func tool(t *testing.T, args ...string) (string, error) {
	t.Helper()
	kessai, err := exec.LookPath("kessai")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(kessai, args...).CombinedOutput()
	return string(out), err
}

func must(t *testing.T, args ...string) string {
	t.Helper()
	out, err := tool(t, args...)
	if err != nil {
		t.Fatalf("kessai %v: %v\n%s", args, err, out)
	}
	return out
}

// P95 P96: a backup of a running server, made while payments come in, is whole,
// verifies, and a drill leaves nothing behind. What is restored of it serves, and
// no acceptance number comes again, although order numbers and keys do.
func TestBackupWhileServing(t *testing.T) {
	provider := startServer(t)
	data, shelf, restored := t.TempDir(), filepath.Join(t.TempDir(), "backups"), filepath.Join(t.TempDir(), "data")
	trial := t.TempDir()
	t.Setenv("TMPDIR", trial)
	url := "http://" + provider.simulatorAddr.String() + "/test_gateway"
	p := spawn(t, data, "--provider", url)
	kept := p.pay("1")
	used := map[string]bool{kept["acceptanceNumber"].(string): true}
	copied := make(chan string)
	go func() {
		out, err := tool(t, "backup", "--data", data, "--to", shelf)
		copied <- fmt.Sprint(out, err)
	}()
	var out string
	for i := 2; out == "" || i < 12; i++ {
		used[p.pay(fmt.Sprint(i))["acceptanceNumber"].(string)] = true
		select {
		case out = <-copied:
		default:
		}
	}
	if !strings.Contains(out, "proved") {
		t.Fatal(out)
	}
	used[p.pay("last")["acceptanceNumber"].(string)] = true
	all, err := backups(shelf)
	if err != nil || len(all) != 1 || all[0].Records == 0 || all[0].Head == "" {
		t.Fatalf("%v %v", all, err)
	}
	if drilled := must(t, "drill", "--from", shelf, "--data", data); !strings.Contains(drilled, "behind") || strings.Contains(drilled, "behind     0") {
		t.Errorf("the drill: %s", drilled)
	}
	if left, err := os.ReadDir(trial); err != nil || len(left) != 0 {
		t.Errorf("the drill left %v %v", left, err)
	}
	if out, err := tool(t, "restore", "--from", shelf, "--to", data); err == nil || !strings.Contains(out, "not empty") {
		t.Errorf("onto a folder in use: %v %s", err, out)
	}
	p.kill()

	must(t, "restore", "--from", shelf, "--to", restored)
	verified(t, restored)
	p = spawn(t, restored, "--provider", url)
	if got := p.must("GET", "/v1/"+kept["name"].(string), "", ""); got["acceptanceNumber"] != kept["acceptanceNumber"] {
		t.Errorf("what was backed up: %v", got)
	}
	for _, order := range []string{"last", "new"} {
		if n := p.pay(order)["acceptanceNumber"].(string); used[n] {
			t.Errorf("%s was used before", n)
		}
	}
	p.kill()
	verified(t, restored)
	must(t, "backup", "--data", restored, "--to", shelf) // no server runs, and a socket of the one that was killed lies there
	if all, err = backups(shelf); err != nil || len(all) != 2 {
		t.Fatalf("%v %v", all, err)
	}
}

// P87: a backup that was changed is refused, and nothing is left of the try.
func TestChangedBackupIsRefused(t *testing.T) {
	provider := startServer(t)
	data, shelf := t.TempDir(), t.TempDir()
	p := spawn(t, data, "--provider", "http://"+provider.simulatorAddr.String()+"/test_gateway")
	p.pay("1")
	p.kill()
	must(t, "backup", "--data", data, "--to", shelf)
	m, err := chooseBackup(shelf)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(m.dir, "ledger", "journal.db")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)/2] ^= 1
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	if out, err := tool(t, "restore", "--from", shelf, "--to", filepath.Join(home, "data")); err == nil || !strings.Contains(out, "not the file that was backed up") {
		t.Errorf("%v %s", err, out)
	}
	if left, err := os.ReadDir(home); err != nil || len(left) != 0 {
		t.Errorf("%v %v", left, err)
	}
}

// P96: with --backup the server makes the first one by itself, and tells its age.
func TestBackupByItself(t *testing.T) {
	provider := startServer(t)
	data, shelf := t.TempDir(), t.TempDir()
	p := spawn(t, data, "--provider", "http://"+provider.simulatorAddr.String()+"/test_gateway", "--backup", shelf)
	for {
		if all, err := backups(shelf); err != nil {
			t.Fatal(err)
		} else if len(all) > 0 {
			break
		}
	}
	soon(t, "the age of the backup in /metrics", func() bool {
		text := p.metrics()
		return strings.Contains(text, "kessai_backup_age_seconds ") && !strings.Contains(text, "kessai_backup_age_seconds +Inf")
	})
	p.kill()
	verified(t, data)
}

// P96: the oldest go first; what is not a whole backup is neither counted nor
// taken; what a process that died left is cleared away; and a failure leaves
// nothing and is no backup.
func TestBackupsAreKept(t *testing.T) {
	dir := t.TempDir()
	now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	for i := range 4 {
		at := now.Add(time.Duration(i) * time.Hour)
		folder := filepath.Join(dir, backupPrefix+at.Format(backupTime))
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprintf(`{"time":%q,"head":"00","records":%d}`, at.Format(time.RFC3339), i)
		if err := os.WriteFile(filepath.Join(folder, manifestFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, other := range []string{backupPrefix + "notes", partialPrefix + "died"} {
		if err := os.Mkdir(filepath.Join(dir, other), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := prune(dir, 2); err != nil {
		t.Fatal(err)
	}
	all, err := backups(dir)
	if err != nil || len(all) != 2 || all[0].Records != 2 || all[1].Records != 3 {
		t.Fatalf("%v %v", all, err)
	}
	if _, err := os.Stat(filepath.Join(dir, backupPrefix+"notes")); err != nil {
		t.Error(err)
	}
	if newest := newestBackup(dir); !newest.Equal(now.Add(3 * time.Hour)) {
		t.Errorf("the newest is of %s", newest)
	}
	full := errors.New("disk full")
	if _, err := makeBackup(context.Background(), dir, dir, now, func(string) error { return full }); !errors.Is(err, full) {
		t.Error(err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, partialPrefix+"*")); err != nil || len(left) != 0 {
		t.Errorf("%v %v", left, err)
	}
	if newest := newestBackup(t.TempDir()); !newest.IsZero() {
		t.Errorf("without a backup: %s", newest)
	}
}

// metrics reads /metrics.
func (p *process) metrics() string {
	p.t.Helper()
	w, err := http.Get(p.base + "/metrics")
	if err != nil {
		p.t.Fatal(err)
	}
	text, err := io.ReadAll(w.Body)
	if err = errors.Join(err, w.Body.Close()); err != nil {
		p.t.Fatal(err)
	}
	return string(text)
}
