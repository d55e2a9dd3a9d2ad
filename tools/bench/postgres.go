package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"

	"kessai.dev/kessai/tools/bench/proc"
)

// postgres is the same as ratio with the books in PostgreSQL, on this machine too.
// The floor has its books in a file of its own, so this sets no goal: it tells what
// sharing the books costs. PostgreSQL's own processor time is not in kessai's.
func postgres(ctx context.Context, b *bench) error {
	db, err := b.startPostgres()
	if err != nil {
		return err
	}
	defer db.stop()
	b.ledger, b.database = db.fresh, db.PID
	defer func() { b.ledger, b.database = nil, 0 }()
	for _, acquirer := range b.acquirers {
		results, err := b.against(ctx, acquirer, instant(acquirer), b.callers)
		if err != nil {
			return err
		}
		fmt.Printf("\n## kessai on PostgreSQL (%s, every commit synced, on this machine) by floor, acquirer %s (information only)\n\n", db.version, acquirer)
		printPoints("floor", "kessai", results)
		b.printRatios("floor", results, acquirer, false)
		fmt.Printf("\n| callers | server CPU µs/request | database CPU µs/request |\n|---:|---:|---:|\n")
		for i := range results {
			c := &results[i]
			fmt.Printf("| %d | %.0f | %.0f |\n", c.callers, c.typical(func(p pair) float64 { return p.test.server }), c.typical(func(p pair) float64 { return p.test.database }))
		}
	}
	return db.sizes()
}

// database is a running PostgreSQL.
type database struct {
	*proc.Process
	addr, folder, version string
	made                  int
}

func (b *bench) startPostgres() (*database, error) {
	logs, err := b.folder("postgres")
	if err != nil {
		return nil, err
	}
	addr, err := proc.Loopback()
	if err != nil {
		return nil, err
	}
	db := &database{addr: addr}
	if db.Process, db.folder, err = proc.Postgres(logs, addr); err != nil {
		db.stop()
		return nil, err
	}
	_, err = db.Wait(patience, func() (err error) {
		db.version, err = db.query("postgres", "SHOW server_version")
		return err
	})
	if err != nil {
		db.stop()
		return nil, err
	}
	return db, nil
}

func (d *database) stop() {
	if d.Process != nil {
		_ = d.Stop(10 * time.Second)
	}
	_ = os.RemoveAll(d.folder)
}

func (d *database) dsn(name string) string { return "postgres://postgres@" + d.addr + "/" + name }

func (d *database) query(name, sql string) (string, error) { return proc.SQL(d.addr, name, sql) }

// fresh gives an empty database.
func (d *database) fresh() (string, error) {
	d.made++
	name := fmt.Sprintf("books%d", d.made)
	_, err := d.query("postgres", "CREATE DATABASE "+name)
	return d.dsn(name), err
}

// sizes prints what the payments of the newest books take in the database, part by part,
// and what all books together have written to its log.
func (d *database) sizes() error {
	payments := 0.0
	for i := 1; i <= d.made; i++ {
		n, err := d.number(fmt.Sprintf("books%d", i), "SELECT count(*) FROM payments")
		if err != nil {
			return err
		}
		payments += n
	}
	log, err := d.number("postgres", "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')")
	if err != nil {
		return err
	}
	if err := d.sizesOf(fmt.Sprintf("books%d", d.made)); err != nil {
		return err
	}
	fmt.Printf("| log (WAL), tables made anew and checkpoints included | %.0f |\n", log/payments)
	return nil
}

// sizesOf prints what the payments of books take in the database, part by part.
func (d *database) sizesOf(books string) error {
	own, err := d.number(books, "SELECT count(*) FROM payments")
	if err != nil || own == 0 {
		return err
	}
	fmt.Printf("\n| of a payment in the database | bytes |\n|---|---:|\n")
	for _, part := range []struct{ name, sql string }{
		{"journal, records", "SELECT sum(pg_table_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'journal'::regclass"},
		{"journal, indexes", "SELECT sum(pg_indexes_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'journal'::regclass"},
		{"payments, with indexes", "SELECT pg_total_relation_size('payments')"},
		{"claims, with index", "SELECT pg_total_relation_size('claims')"},
		{"keys, with indexes", "SELECT pg_total_relation_size('payment_keys')"},
	} {
		n, err := d.number(books, part.sql)
		if err != nil {
			return err
		}
		fmt.Printf("| %s | %.0f |\n", part.name, n/own)
	}
	return nil
}

// number asks for one.
func (d *database) number(name, sql string) (float64, error) {
	out, err := d.query(name, sql)
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseFloat(out, 64)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", sql, err)
	}
	return n, nil
}
