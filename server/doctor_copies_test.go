package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/doctor"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/postgres/pgtest"
	"kessai.dev/kessai/internal/ledger/standby"
)

// looked gives the one step that a look makes.
func looked(t *testing.T, f Flags, now time.Time, look func(*examination) func(context.Context)) doctor.Step {
	t.Helper()
	x := &examination{c: &doctorCommand{Flags: f}, clock: func() time.Time { return now }}
	look(x)(t.Context())
	if len(x.steps) != 1 || x.steps[0].Result != doctor.Passed && (x.steps[0].Message.English == "" || x.steps[0].Message.Japanese == "") {
		t.Fatalf("%+v", x.steps)
	}
	return x.steps[0]
}

// R25 P96: the doctor says whether the folder of the standby has the books: while the server
// runs, after it was killed, and when a standby has taken over.
func TestDoctorLooksAtStandby(t *testing.T) {
	data, ship := t.TempDir(), t.TempDir()
	f := Flags{Data: data, Ship: ship}
	look := func(want doctor.Result, says string, after time.Duration) {
		t.Helper()
		s := looked(t, f, time.Now().Add(after), func(x *examination) func(context.Context) { return x.standby })
		if s.Result != want || !strings.Contains(s.Title.English+s.Message.English, says) {
			t.Errorf("%+v, want %s: %s", s, want, says)
		}
	}
	look(doctor.Skipped, "no books yet", 0)
	p := spawn(t, data, "--ship", ship)
	p.pay("1")
	p.shippedAll()
	look(doctor.Passed, "up to record ", 0)
	p.kill()
	look(doctor.Passed, "up to record ", 0)
	look(doctor.Warned, "on this machine only", time.Minute)
	key := shipKey(t, filepath.Join(data, "ledger", "master.key"))
	if err := standby.Promote(ship, key, standby.NewToken(), time.Now(), 0, ledger.Hash{}); err != nil {
		t.Fatal(err)
	}
	look(doctor.Failed, "taken these books over", 0)
	damaged := filepath.Join(t.TempDir(), "ledger")
	if err := os.Mkdir(damaged, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(damaged, "master.key"), []byte("canary"), 0o600); err != nil {
		t.Fatal(err)
	}
	f.Ledger = "bolt:" + damaged
	look(doctor.Failed, "cannot be read", 0)
	f.Ledger, f.Ship = "", t.TempDir()
	look(doctor.Skipped, "Nothing is in it yet", 0)
	f.Ledger = "postgres://u@h/d"
	look(doctor.Failed, "followed by the database's own standby", 0)
}

// R25 P103: the doctor says whether the replica has the books, and never shows its address.
func TestDoctorLooksAtReplica(t *testing.T) {
	provider, primary := startServer(t), pgtest.Start(t, pgtest.NoSync)
	replica := pgtest.StartStandby(t, primary)
	keys := filepath.Join(t.TempDir(), "keys")
	f := Flags{Data: t.TempDir(), KeyDir: keys, Ledger: primary.Database(t), LedgerReplica: replica.DSN("test1")}
	p := spawn(t, f.Data, "--ledger", f.Ledger, "--key-dir", keys, "--config", databaseConfig(t, "ZQXJKVW"),
		"--provider", "http://"+provider.simulatorAddr.String()+"/test_gateway")
	p.pay("1")
	look := func(want doctor.Result, says string) {
		t.Helper()
		s := looked(t, f, time.Now(), func(x *examination) func(context.Context) { return x.replica })
		if s.Result != want || !strings.Contains(s.Message.English, says) || strings.Contains(s.Message.English+s.Message.Japanese, "127.0.0.1") {
			t.Errorf("%+v, want %s: %s", s, want, says)
		}
	}
	look(doctor.Passed, "")
	replica.Exec("postgres", "SELECT pg_wal_replay_pause()")
	p.pay("2")
	look(doctor.Warned, "It lacks ")
	replica.Stop()
	look(doctor.Failed, "does not answer")
	f.LedgerReplica = primary.Database(t)
	look(doctor.Failed, "no standby of the database")
}
