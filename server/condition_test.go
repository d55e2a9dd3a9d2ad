package main

import (
	"io"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// P96: whoever asks how the server is does not wait for the folder of the backups, which
// here hangs as a network's does; nor is a backup that was there forgotten meanwhile.
func TestHealthDoesNotWaitForBackups(t *testing.T) {
	dir := t.TempDir()
	s := startServer(t, func(f *Flags) { f.Backup, f.BackupEvery = dir, 24*time.Hour })
	for math.IsInf(s.backupAge(), 1) { // the first one
		<-time.After(time.Millisecond)
	}
	hangs := filepath.Join(dir, backupPrefix+"hangs")
	if err := os.Mkdir(hangs, 0o700); err != nil {
		t.Fatal(err)
	}
	fifo := filepath.Join(hangs, manifestFile)
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // whoever reads there goes on, before the server stops
		if err := os.Rename(fifo, fifo+".old"); err != nil {
			t.Error(err)
		}
		end, err := os.OpenFile(fifo+".old", os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		_ = end.Close()
	})
	client := &http.Client{Timeout: 10 * time.Second} // else it would wait for ever
	for path, want := range map[string]string{"/livez": `{"status":"LIVE"}`, "/healthz": `{"status":"SERVING"}`, "/readyz": `{"status":"READY"}`} {
		res, err := client.Get("http://" + s.addr.String() + path)
		if err != nil {
			t.Error(err)
			continue
		}
		text, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err != nil || strings.TrimSpace(string(text)) != want {
			t.Errorf("%s: %s %v", path, text, err)
		}
	}
}
