package main

import (
	"strings"
	"testing"
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
