package postgres

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/ledger/postgres/pgtest"
)

// run runs statements on the books' own tables.
func run(t *testing.T, l *Ledger, statements string, args ...any) {
	t.Helper()
	var mode []any
	if len(args) == 0 {
		mode = []any{pgx.QueryExecModeSimpleProtocol}
	}
	if _, err := l.pool.Exec(context.Background(), statements, append(mode, args...)...); err != nil {
		t.Fatalf("%s: %v", statements, err)
	}
}

// story writes a few payments: paid, challenged, one order after the other, erased.
func story(t *testing.T, l *Ledger) {
	t.Helper()
	author := ledgertest.NewAuthor(1)
	for i := range 12 {
		e := author.Open(fmt.Sprint("o", i), fmt.Sprint("r", i), []byte("YAMADA Hanako"))
		steps := []ledger.Entry{e, author.Next(e.After, ledgertest.Authorized(e.After))}
		for _, e := range steps {
			if err := l.Append(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		}
		if i == 5 {
			if err := l.Erase(t.Context(), e.Payment); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// P87, P95: whatever somebody changes in the tables is found.
func TestTampered(t *testing.T) {
	dsn := library(t)
	for _, statement := range []string{
		"UPDATE journal SET record = set_byte(record, 80, 255 - get_byte(record, 80)) WHERE seq = 7",
		"UPDATE journal SET record = (SELECT record FROM journal WHERE seq = 8) WHERE seq = 7",
		"UPDATE journal SET kind = 'x' WHERE seq = 7",
		"UPDATE journal SET number = 9 WHERE seq = 7",
		"UPDATE journal SET time = time + 1 WHERE seq = 7",
		"UPDATE journal SET payment = (SELECT payment FROM journal WHERE seq = 1) WHERE seq = 9",
		"DELETE FROM journal WHERE seq = 7",
		"DELETE FROM journal WHERE seq = (SELECT last FROM books)",
		"INSERT INTO journal SELECT last + 1, 'x', 1, 'x', 0, '' FROM books",
		"UPDATE books SET head = seal_hash",
		"UPDATE books SET last = last - 1",
		"UPDATE books SET public_key = seal_hash",
		"DELETE FROM seals",
		"UPDATE seals SET seal = set_byte(seal, 60, 255 - get_byte(seal, 60))",
		"UPDATE payments SET state = state + 1 WHERE first = 1",
		"UPDATE payments SET care = NOT care WHERE first = 1",
		"UPDATE payments SET amount = 1 WHERE first = 1",
		"UPDATE payments SET last = 1, version = 1 WHERE first = 1",
		"UPDATE payments SET hash = (SELECT hash FROM payments WHERE first = 4) WHERE first = 1",
		"DELETE FROM payments WHERE first = 1",
		"INSERT INTO payments SELECT 'x', version, first, last, hash, shop, environment, customer, delivery, foreign_number, created, amount, state, flags, care FROM payments WHERE first = 1",
		"DELETE FROM claims WHERE seq = 1",
		"UPDATE claims SET turn = 2 WHERE seq = 1",
		"UPDATE claims SET payment = (SELECT id FROM payments WHERE first = 4) WHERE seq = 1",
		"INSERT INTO claims VALUES ('\\x01', 1, 'x', 1, 1)",
		"DELETE FROM payment_keys WHERE payment = (SELECT payment FROM journal WHERE seq = 1)",
		"UPDATE payment_keys SET personal = (SELECT personal FROM payment_keys WHERE payment = (SELECT payment FROM journal WHERE seq = 4)) WHERE payment = (SELECT payment FROM journal WHERE seq = 1)",
	} {
		t.Run(statement, func(t *testing.T) {
			l := open(t, dsn, t.TempDir(), nil)
			story(t, l)
			l.sealNow(t)
			proven(t, l)
			run(t, l, statement)
			report, err := l.Verify(t.Context(), nil)
			if err == nil && report.Fault == nil {
				t.Errorf("it is not found: %+v", report)
			}
			t.Log(err, report.Fault)
		})
	}
}

// sealNow seals as the writer does; nothing else may be under way.
func (l *Ledger) sealNow(t *testing.T) {
	t.Helper()
	again := &Ledger{options: l.options, pool: l.pool, keys: l.keys, writing: l.writing}
	defer again.disconnect()
	if err := again.carry(nil, true); err != nil {
		t.Fatal(err)
	}
}

// P87: books whose end is damaged do not open.
func TestDamagedEnd(t *testing.T) {
	dsn := library(t)
	for _, statement := range []string{
		"UPDATE books SET last = last + 1",
		"UPDATE books SET head = seal_hash",
		"DELETE FROM journal WHERE seq = (SELECT last FROM books) - 1",
		"UPDATE journal SET record = '\\x00' WHERE seq = (SELECT last FROM books)",
		"UPDATE books SET sealed = 1",
	} {
		dir := t.TempDir()
		l := open(t, dsn, dir, func(o *Options) { o.SealEvery = time.Hour })
		story(t, l)
		run(t, l, statement)
		if again, err := Open(t.Context(), optionsOf(t, dsn, dir, nil)); err == nil {
			_ = again.Close()
			t.Errorf("%s: opened", statement)
		}
		run(t, l, "UPDATE books SET last = sealed, head = seal_hash") // its own writer has nothing to seal
	}
}

// P103: nothing private is in the files of the server in clear, its log of changes
// included.
func TestClearTextOnTheServer(t *testing.T) {
	s := pgtest.Start(t, pgtest.NoSync)
	l := open(t, s.Database(t), t.TempDir(), nil)
	story(t, l)
	s.Exec("postgres", "CHECKPOINT")
	files := 0
	err := filepath.WalkDir(s.Data(), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if bytes.Contains(content, []byte("YAMADA")) {
			t.Errorf("%s has it", path)
		}
		files++
		return err
	})
	if err != nil || files < 100 {
		t.Fatal(files, err)
	}
}

// Processes that start together on an empty database all find the same books; keys that
// do not fit, or are missing, are refused.
func TestStart(t *testing.T) {
	dsn := library(t)
	shared, other := t.TempDir(), t.TempDir()
	o := optionsOf(t, dsn, shared, nil)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			l, err := Open(t.Context(), o)
			if err != nil {
				t.Errorf("open: %v", err)
				return
			}
			if err := l.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
		})
	}
	group.Wait()
	refused := func(what string, change func(*Options)) {
		t.Helper()
		changed := o
		change(&changed)
		l, err := Open(t.Context(), changed)
		if err == nil {
			_ = l.Close()
			t.Errorf("%s: opened", what)
		} else if strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: the error shows the password: %v", what, err)
		}
	}
	refused("no keys", func(o *Options) { o.Keys = "" })
	refused("missing keys", func(o *Options) { o.Keys = other })
	if err := makeKey(filepath.Join(other, masterFile)); err != nil {
		t.Fatal(err)
	}
	refused("a missing seal key", func(o *Options) { o.Keys = other })
	if err := makeKey(filepath.Join(other, sealFile)); err != nil {
		t.Fatal(err)
	}
	refused("other keys", func(o *Options) { o.Keys = other })
	refused("no address", func(o *Options) { o.DSN = "postgres://u:s3cret@%zz/x" })
	refused("a bad address", func(o *Options) { o.DSN = "postgres://u:s3cret@h:port/x" })
	refused("asynchronous commits", func(o *Options) { o.DSN += "&synchronous_commit=off" })
	refused("nobody there", func(o *Options) {
		o.DSN, o.Patience = "postgres://u:s3cret@127.0.0.1:1/x", time.Millisecond
	})
	refused("a standby", func(o *Options) { o.DSN += "&default_transaction_read_only=on" })
}

// P97: partitions are made ahead while a backup reads the journal for hours, and neither
// waits for the other; an old partition is read like a new one.
func TestPartitions(t *testing.T) {
	dsn := library(t)
	l := open(t, dsn, t.TempDir(), func(o *Options) { o.Width, o.Attempt = 20, 2*time.Second })
	story(t, l)
	backup, err := l.pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer backup.Rollback(context.Background()) //nolint:errcheck // it reads
	if _, err := backup.Exec(t.Context(), "LOCK TABLE journal IN ACCESS SHARE MODE"); err != nil {
		t.Fatal(err)
	}
	author := ledgertest.NewAuthor(2)
	for i := range 40 {
		if err := l.Append(t.Context(), author.Open(fmt.Sprint("b", i), fmt.Sprint("b", i), nil)); err != nil {
			t.Fatal(err)
		}
	}
	var partitions, made int
	if err := l.pool.QueryRow(t.Context(), "SELECT count(*), (SELECT partitions FROM books) FROM pg_inherits WHERE inhparent = 'journal'::regclass").Scan(&partitions, &made); err != nil {
		t.Fatal(err)
	}
	if last, err := l.Last(t.Context()); err != nil || partitions != made || uint64(made) != last/20+2 {
		t.Errorf("%d partitions, %d by the books, %d records, %v", partitions, made, last, err)
	}
	proven(t, l)
}

// Books are proved from outside, with their keys and without; a database that has none is
// left as it is.
func TestVerifyFromOutside(t *testing.T) {
	dsn := library(t)
	dir := t.TempDir()
	l := open(t, dsn, dir, nil)
	story(t, l)
	for _, keys := range []string{dir, ""} {
		o := optionsOf(t, dsn, dir, nil)
		o.Keys = keys
		report, err := Verify(t.Context(), o, nil)
		if err != nil || report.Fault != nil || report.Payments != 12 || (len(report.Notes) == 0) != (keys != "") {
			t.Errorf("keys in %q: %+v, %v", keys, report, err)
		}
	}
	run(t, l, "UPDATE payment_keys SET personal = set_byte(personal, 40, 255 - get_byte(personal, 40)) WHERE length(personal) > 8")
	if report, err := Verify(t.Context(), optionsOf(t, dsn, dir, nil), nil); err != nil || report.Fault == nil {
		t.Errorf("damaged keys: %+v, %v", report, err)
	}
	if report, err := Verify(t.Context(), optionsOf(t, dsn, t.TempDir(), nil), nil); err == nil {
		t.Errorf("there is nothing: %+v", report)
	}
}
