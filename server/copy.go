package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kessai.dev/kessai/internal/ledger"
	ledgerbolt "kessai.dev/kessai/internal/ledger/bolt"
	ledgerpostgres "kessai.dev/kessai/internal/ledger/postgres"
)

type ledgerCommand struct {
	Copy copyCommand `cmd:"" help:"Copy the books between bolt and a database, and prove the copy; all servers must be stopped. Interrupted, run it again."`
}

type copyCommand struct {
	From string `required:"" help:"The books: bolt:PATH or postgres://…" placeholder:"URL"`
	To   string `required:"" help:"Where they go, which must be empty: bolt:PATH or postgres://…" placeholder:"URL"`
	Keys string `name:"key-dir" help:"Folder of master.key and seal.key of books in a database; bolt has them in its own folder." type:"path" placeholder:"DIR"`
}

// Run copies the books, and ends with status 1 when the copy does not prove to be the same.
func (c *copyCommand) Run(s *streams) error {
	from, err := shelfOf("--from", c.From, c.Keys)
	if err != nil {
		return err
	}
	to, err := shelfOf("--to", c.To, c.Keys)
	if err != nil {
		return err
	}
	began := time.Now()
	records, head, err := copyBooks(s, from, to)
	fmt.Fprintln(s.err)
	if err != nil {
		return fmt.Errorf("%w\nwhat was copied so far is no books yet; run the same command again, and it goes on", err)
	}
	if err := copyDeliveries(s.ctx, from, to); err != nil {
		return fmt.Errorf("the books are copied, what is on its way to endpoints is not: %w", err)
	}
	report, err := to.verify(s.ctx, func(n uint64) { fmt.Fprintf(s.err, "\r%d of %d records proved", n, records) })
	fmt.Fprintln(s.err)
	if err != nil {
		return err
	}
	if report.Fault == nil && (report.Records != records || report.Head != head) {
		report.Fault = &ledger.Fault{Sequence: report.Records, What: "the copy does not end like the books it was made from"}
	}
	fmt.Fprintf(s.out, "records    %d\npayments   %d\nmembers    %d, with %d cards\nshops      %d documents, %d changes\nhead       %v\ntook       %s\n",
		report.Records, report.Payments, report.Members, report.Cards, report.Documents, report.Changes, report.Head, time.Since(began).Round(time.Millisecond))
	return verdict(s, report)
}

// copyBooks copies keys and books.
func copyBooks(s *streams, from, to *bookshelf) (records uint64, head ledger.Hash, err error) {
	source, done, err := from.source(s.ctx)
	if err != nil {
		return 0, head, err
	}
	defer done()
	if err := copyKeys(from.keys, to.keys); err != nil {
		return 0, head, err
	}
	target, done, err := to.target(s.ctx)
	if err != nil {
		return 0, head, err
	}
	defer done()
	records, head, err = ledger.Copy(s.ctx, source, target, func(n uint64) { fmt.Fprintf(s.err, "\r%d records", n) })
	if grows, ok := source.(interface{ Grown() (bool, error) }); ok && err == nil {
		grown, failed := grows.Grown()
		if err = failed; grown {
			err = errors.New("the books were written to while they were copied: stop all servers, empty the target and copy again")
		}
	}
	return records, head, err
}

// copyDeliveries copies what is on its way to endpoints. It lies beside the books, and comes
// once they can be opened.
func copyDeliveries(ctx context.Context, from, to *bookshelf) (err error) {
	source, done, err := from.deliveries(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	target, done2, err := to.deliveries(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done2()) }()
	return ledger.CopyDeliveries(ctx, source, target)
}

func (b *bookshelf) deliveries(ctx context.Context) (ledger.Deliveries, func() error, error) {
	if b.dir == "" {
		l, err := ledgerpostgres.Open(ctx, b.database)
		if err != nil {
			return nil, nil, err
		}
		d := l.OpenDeliveries()
		return d, func() error { return errors.Join(d.Close(), l.Close()) }, nil
	}
	d, err := ledgerbolt.OpenDeliveries(b.dir)
	if err != nil {
		return nil, nil, err
	}
	return d, d.Close, nil
}

// bookshelf is where books lie, or shall lie.
type bookshelf struct {
	dir      string // of bolt; empty: a database
	database ledgerpostgres.Options
	keys     string // folder of the key files
}

func shelfOf(flag, url, keys string) (*bookshelf, error) {
	if dir, ok := strings.CutPrefix(url, "bolt:"); ok && dir != "" {
		return &bookshelf{dir: dir, keys: dir}, nil
	}
	if !strings.HasPrefix(url, "postgres://") && !strings.HasPrefix(url, "postgresql://") {
		return nil, fmt.Errorf("%s: books are bolt:PATH or postgres://user@host/database", flag)
	}
	if keys == "" {
		return nil, fmt.Errorf("%s: books in a database need --key-dir, the folder of master.key and seal.key", flag)
	}
	return &bookshelf{database: ledgerpostgres.Options{DSN: url, Keys: keys, Process: "copy"}, keys: keys}, nil
}

func (b *bookshelf) source(ctx context.Context) (ledger.Source, func(), error) {
	if b.dir == "" {
		c, err := ledgerpostgres.OpenSource(ctx, b.database)
		if err != nil {
			return nil, nil, err
		}
		return c, c.Close, nil
	}
	c, err := ledgerbolt.OpenSource(b.dir)
	return c, func() { c.Close() }, err
}

func (b *bookshelf) target(ctx context.Context) (ledger.Target, func(), error) {
	if b.dir == "" {
		c, err := ledgerpostgres.OpenTarget(ctx, b.database)
		if err != nil {
			return nil, nil, err
		}
		return c, c.Close, nil
	}
	c, err := ledgerbolt.OpenTarget(b.dir)
	return c, func() { _ = c.Close() }, err // what was put is on disk
}

func (b *bookshelf) verify(ctx context.Context, progress func(uint64)) (ledger.Report, error) {
	if b.dir == "" {
		return ledgerpostgres.Verify(ctx, b.database, progress)
	}
	return ledgerbolt.Verify(ctx, b.dir, progress)
}

// copyKeys puts the key files where the copy looks for them. Those that are there must be
// the same.
func copyKeys(from, to string) error {
	for _, name := range []string{"master.key", "seal.key"} {
		key, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			return fmt.Errorf("the keys of the books: %w", err)
		}
		have, err := os.ReadFile(filepath.Join(to, name))
		switch {
		case errors.Is(err, os.ErrNotExist):
			if err = os.MkdirAll(to, 0o700); err == nil {
				err = writeDurably(filepath.Join(to, name), key)
			}
		case err == nil && strings.TrimSpace(string(have)) != strings.TrimSpace(string(key)):
			err = fmt.Errorf("%s is another key than that of the books to copy", filepath.Join(to, name))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
