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

	"kessai.dev/kessai/internal/doctor"
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

// P96: a disk that will soon be full is told of while payments are still taken; the one that
// has least room counts, and one of which nothing is known does not.
func TestDiskLow(t *testing.T) {
	elsewhere := filepath.Join(t.TempDir(), "books")
	rooms := map[string]uint64{elsewhere: doctor.LowSpace - 1}
	free := func(dir string) (uint64, bool) {
		room, known := rooms[dir]
		return room, known
	}
	s := startServer(t, func(f *Flags) { f.Ledger, f.freeSpace = "bolt:"+elsewhere, free })
	for path, want := range map[string]string{"/healthz": `"SERVING"`, "/readyz": `"reason":"DISK_LOW"`, "/metrics": "kessai_disk_free_bytes 1.073741823e+09\n"} {
		res, err := http.Get("http://" + s.addr.String() + path)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err != nil || res.StatusCode != http.StatusOK || !strings.Contains(string(text), want) {
			t.Errorf("%s: %d %s %v", path, res.StatusCode, text, err)
		}
	}
	for _, x := range []struct {
		rooms map[string]uint64
		low   bool
	}{
		{map[string]uint64{elsewhere: doctor.LowSpace}, false},
		{map[string]uint64{elsewhere: doctor.LowSpace, s.flags.Data: 0}, true},
		{nil, false},
	} {
		one := &space{folders: []string{s.flags.Data, elsewhere}, free: func(dir string) (uint64, bool) {
			room, known := x.rooms[dir]
			return room, known
		}}
		if one.look(); one.low() != x.low || math.IsNaN(one.gauge()) != (x.rooms == nil) {
			t.Errorf("%v: low %v, %v bytes", x.rooms, one.low(), one.gauge())
		}
	}
}
