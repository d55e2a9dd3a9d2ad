package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	ledgerpostgres "kessai.dev/kessai/internal/ledger/postgres"
)

// fullPostgres compares full books in a database with empty ones in the same. It sets no
// goal: the database's machine is this one, too.
func fullPostgres(ctx context.Context, b *bench) error {
	if b.preload == 0 {
		fmt.Printf("\n## Full books in PostgreSQL by empty ones: left out, as -preload is 0\n")
		return nil
	}
	db, err := b.startPostgres()
	if err != nil {
		return err
	}
	defer db.stop()
	full, keys, err := b.fillDatabase(ctx, db)
	if err != nil {
		return fmt.Errorf("preload: %w", err)
	}
	b.database = db.PID
	defer func() { b.ledger, b.database = nil, 0 }()
	callers := []int{64, 256, 1024}
	out := make([]comparison, len(callers))
	for rep := range b.reps {
		if err := b.fullDatabaseRound(ctx, db, full, keys, callers, rep, out); err != nil {
			return err
		}
	}
	fmt.Printf("\n## %d payments in the books in PostgreSQL (%s), by empty books there, acquirer 0 ms (information only)\n\n", b.preload, db.version)
	printPoints("empty", "full", out)
	fmt.Printf("\n| callers | authorizations/s, full by empty | database CPU µs/request, empty | full |\n|---:|---:|---:|---:|\n")
	for i := range out {
		c := &out[i]
		fmt.Printf("| %d | %.2f | %.0f | %.0f |\n", c.callers, c.ratio(rps),
			c.typical(func(p pair) float64 { return p.base.database }), c.typical(func(p pair) float64 { return p.test.database }))
	}
	return db.sizesOf(full)
}

// fillDatabase writes payments through the product's own ledger, as fill does. Only the
// syncs are left out. It gives the database's name and the folder of its keys.
func (b *bench) fillDatabase(ctx context.Context, db *database) (name, keys string, err error) {
	if keys, err = b.folder("data"); err != nil {
		return "", "", err
	}
	name = "filled"
	for _, sql := range []string{"CREATE DATABASE " + name, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"} {
		if _, err := db.query("postgres", sql); err != nil {
			return "", "", err
		}
	}
	books, err := ledgerpostgres.Open(ctx, ledgerpostgres.Options{DSN: db.dsn(name), Keys: keys})
	if err != nil {
		return "", "", err
	}
	began := time.Now()
	fmt.Fprintf(os.Stderr, "bench: writing %d payments into PostgreSQL\n", b.preload)
	if err := errors.Join(enterAll(ctx, books, b.preload), books.Close()); err != nil {
		return "", "", err
	}
	for _, sql := range []string{"ALTER SYSTEM RESET fsync", "SELECT pg_reload_conf()", "VACUUM ANALYZE", "CHECKPOINT"} {
		if _, err := db.query(name, sql); err != nil {
			return "", "", err
		}
	}
	fmt.Fprintf(os.Stderr, "bench: done in %s\n", time.Since(began).Round(time.Second))
	return name, keys, nil
}

func (b *bench) fullDatabaseRound(ctx context.Context, db *database, full, keys string, callers []int, rep int, out []comparison) error {
	if err := b.flushRedis(); err != nil {
		return err
	}
	dir, err := b.folder("data")
	if err != nil {
		return err
	}
	b.ledger = db.fresh
	base, err := b.startKessai(dir, instant(0))
	if err != nil {
		return err
	}
	defer base.stop()
	b.ledger = func() (string, error) { return db.dsn(full), nil }
	test, err := b.startKessai(keys, instant(0))
	if err != nil {
		return err
	}
	defer test.stop()
	return b.alternate(ctx, base, test, callers, rep, out)
}
