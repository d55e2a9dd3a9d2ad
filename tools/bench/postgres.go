package main

import (
	"context"
	"fmt"
	"os"
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
	b.ledger = db.fresh
	defer func() { b.ledger = nil }()
	for _, acquirer := range b.acquirers {
		results, err := b.against(ctx, acquirer, instant(acquirer), b.callers)
		if err != nil {
			return err
		}
		fmt.Printf("\n## kessai on PostgreSQL (%s, every commit synced, on this machine) by floor, acquirer %s (information only)\n\n", db.version, acquirer)
		printPoints("floor", "kessai", results)
		b.printRatios("floor", results, acquirer, false)
	}
	return nil
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
