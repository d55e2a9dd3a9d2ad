package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	ledgerbolt "kessai.dev/kessai/internal/ledger/bolt"
	ledgerpostgres "kessai.dev/kessai/internal/ledger/postgres"
)

// books is the ledger with all that the house keeps in it, wherever it is.
type books interface {
	ledger.Ledger
	ledger.Journal
	ledger.Sealed
	ledger.Shops
	ledger.Members
	// Err is nil, or why nothing can be written now.
	Err() error
	// Verify proves the books while they are in use.
	Verify(ctx context.Context, progress func(records uint64)) (ledger.Report, error)
}

// deliveries is what is on its way to the shops' endpoints. It is closed before the books.
type deliveries interface {
	ledger.Deliveries
	io.Closer
}

// openBooks opens the books: in files of this process alone, or in a database.
func (s *server) openBooks(ctx context.Context) error {
	dir, err := s.flags.ledgerDir()
	if err != nil {
		return err
	}
	if dir == "" {
		return s.openDatabase(ctx)
	}
	l, err := ledgerbolt.Open(ledgerbolt.Options{Dir: dir, Clock: s.clock, Logger: s.logger})
	if err != nil {
		return err
	}
	s.books, s.lists, s.openDeliveries = l, l, func() (deliveries, error) { return ledgerbolt.OpenDeliveries(dir) }
	s.closer(l.Close)
	return nil
}

func (s *server) openDatabase(ctx context.Context) error {
	o := s.flags.database()
	o.Clock, o.Logger, o.ReplicaDSN = s.clock, s.logger, s.flags.LedgerReplica
	l, err := ledgerpostgres.Open(ctx, o)
	if err != nil {
		return fmt.Errorf("--ledger: %w", err)
	}
	s.books, s.lists, s.openDeliveries = l, l.Listing(), func() (deliveries, error) { return l.OpenDeliveries(), nil }
	s.closer(l.Close)
	return nil
}

// elsewhere is how long a call of another process, or of one that was cut off from the
// books, may last after its wish: one waits for its place at the provider as long as it may
// take there.
func (s *server) elsewhere() time.Duration {
	if s.flags.inDatabase() {
		return 2 * acquirer.CallTimeout
	}
	return 0 // files are locked for as long as their process lives
}

// ledgerDir is the folder of embedded books; empty: they are in a database.
func (f *Flags) ledgerDir() (string, error) {
	dir, bolt := strings.CutPrefix(f.Ledger, "bolt:")
	switch {
	case f.Ledger == "":
		return filepath.Join(f.Data, "ledger"), nil
	case bolt && dir != "":
		return dir, nil
	case isDatabase(f.Ledger):
		return "", nil
	}
	return "", errors.New("--ledger: want bolt:PATH or postgres://user@host1,host2/database") // what was given may hold a password
}

func isDatabase(s string) bool {
	return strings.HasPrefix(s, "postgres://") || strings.HasPrefix(s, "postgresql://")
}

// checkReplica refuses a replica of books that have none. What was given may hold a password.
func (f *Flags) checkReplica() error {
	if f.LedgerReplica != "" && (!isDatabase(f.LedgerReplica) || !f.inDatabase()) {
		return errors.New("--ledger-replica: want postgres://user@host/database, a standby of the database that --ledger names")
	}
	return nil
}

// inDatabase reports whether other processes can reach the books.
func (f *Flags) inDatabase() bool {
	dir, err := f.ledgerDir()
	return err == nil && dir == ""
}

// database says where the books are that are no files.
func (f *Flags) database() ledgerpostgres.Options {
	host, _ := os.Hostname() // it is for people
	return ledgerpostgres.Options{DSN: f.Ledger, Keys: f.keysDir(), Process: fmt.Sprint(host, " ", os.Getpid())}
}

// keysDir is the folder of server.key and the other key files, which all processes of one
// installation must have alike.
func (f *Flags) keysDir() string {
	if f.KeyDir != "" {
		return f.KeyDir
	}
	return f.Data
}
