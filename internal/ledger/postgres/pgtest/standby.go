package pgtest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// standbyName is what a standby calls itself at its primary.
const standbyName = "standby"

// StartStandby starts a server that follows primary, and ends with the test. From now on
// every commit of primary waits until the standby has it on disk. There is one at a time.
func StartStandby(t testing.TB, primary *Server, options ...Option) *Server {
	t.Helper()
	s := newServer(t, primary.in, options)
	s.settings = append(s.settings, primary.settings...)
	t.Cleanup(s.remove)
	primary.waitFor(standbyName) // so that the standby has the setting, too, as it should
	s.in.run(t, "pg_basebackup", "-d", primary.DSN("postgres")+"&application_name="+standbyName, "-D", s.data,
		"-R", "-C", "-S", standbyName, "--checkpoint=fast", "--no-sync")
	s.start()
	for primary.ask("SELECT count(*) > 0 FROM pg_stat_replication WHERE sync_state = 'sync'") != "true" {
		<-time.After(5 * time.Millisecond)
	}
	return s
}

// Promote makes a primary of a standby: it waits for no standby, and takes writes. That the
// old primary is gone is the caller's to see to.
func (s *Server) Promote() {
	s.t.Helper()
	s.waitFor("")
	if done := s.ask("SELECT pg_promote()"); done != "true" {
		s.fatal("promote", fmt.Errorf("pg_promote says %s", done))
	}
}

// waitFor has commits wait for the standby of a name; empty: for none.
func (s *Server) waitFor(standby string) {
	s.t.Helper()
	s.Exec("postgres", "ALTER SYSTEM SET synchronous_standby_names = '"+standby+"'")
	s.Exec("postgres", "SELECT pg_reload_conf()")
}

// ask gives the one value that a query has.
func (s *Server) ask(query string) string {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.DSN("postgres"))
	if err != nil {
		s.fatal("connect", err)
	}
	defer conn.Close(ctx) //nolint:errcheck // nothing is lost
	var value any
	if err := conn.QueryRow(ctx, query).Scan(&value); err != nil {
		s.fatal(query, err)
	}
	return fmt.Sprint(value)
}
