package main

import (
	"path/filepath"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/ledger/postgres/pgtest"
)

// P103: a replica is one of a database, and a refusal never shows the password.
func TestReplicaFlag(t *testing.T) {
	const secret = "s3cret"
	for _, c := range []struct {
		ledger, replica string
		good            bool
	}{
		{"postgres://a/b", "", true},
		{"postgres://a/b", "postgres://u:" + secret + "@c/b", true},
		{"postgres://a/b", "postgresql://c/b?target_session_attrs=prefer-standby", true},
		{"postgres://a/b", "bolt:" + secret, false},
		{"bolt:books", "postgres://u:" + secret + "@c/b", false},
		{"", "postgres://u:" + secret + "@c/b", false},
	} {
		err := (&Flags{Ledger: c.ledger, LedgerReplica: c.replica}).checkReplica()
		if (err == nil) != c.good || err != nil && strings.Contains(err.Error(), secret) {
			t.Errorf("%s, %s: %v", c.ledger, c.replica, err)
		}
	}
}

// A server that is given a standby lists from it, and whoever has just paid there finds the
// payment in lists, exports and events; also while the standby replays nothing, and when it
// is gone.
func TestListsFromReplica(t *testing.T) {
	provider, primary := startServer(t), pgtest.Start(t, pgtest.NoSync)
	standby := pgtest.StartStandby(t, primary)
	p := spawn(t, t.TempDir(), "--ledger", primary.Database(t), "--ledger-replica", standby.DSN("test1"),
		"--key-dir", filepath.Join(t.TempDir(), "keys"), "--config", databaseConfig(t, "ZQXJKVW"),
		"--provider", "http://"+provider.simulatorAddr.String()+"/test_gateway")
	listed := func(when string, payments int) {
		t.Helper()
		if got := list(p.must("GET", "/v1/payments", "", "")["payments"]); len(got) != payments {
			t.Errorf("%s: %d payments, want %d", when, len(got), payments)
		}
		if got := list(p.must("GET", "/v1/events?types=payment.authorized", "", "")["events"]); len(got) != payments {
			t.Errorf("%s: %d events, want %d", when, len(got), payments)
		}
		code, file, err := p.raw("GET", "/v1/payments:export", nil)
		if rows := strings.Count(string(file), "\r\n") - 1; err != nil || code != 200 || rows != payments {
			t.Errorf("%s: %d %v, %d rows, want %d", when, code, err, rows, payments)
		}
	}
	p.pay("1")
	listed("the standby follows", 1)
	standby.Exec("postgres", `DO $$ BEGIN
		IF NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE application_name LIKE 'kessai%') THEN RAISE EXCEPTION 'nobody has listed here'; END IF;
	END $$`)
	standby.Exec("postgres", "SELECT pg_wal_replay_pause()")
	p.pay("2")
	listed("it replays nothing", 2)
	primary.Exec("postgres", "ALTER SYSTEM SET synchronous_standby_names = ''")
	primary.Exec("postgres", "SELECT pg_reload_conf()")
	standby.Kill()
	p.pay("3")
	listed("it is gone", 3)
}
