package main

import (
	"context"
	"fmt"
	"time"

	"kessai.dev/kessai/internal/ledger"
	ledgerbolt "kessai.dev/kessai/internal/ledger/bolt"
	ledgerpostgres "kessai.dev/kessai/internal/ledger/postgres"
)

type verifyCommand struct {
	Data   string `default:"./data" help:"Folder of the books and keys, of a stopped server or of a backup." type:"path"`
	Ledger string `help:"The books: bolt:PATH, or a database, postgres://user@host/database, in use or not. Empty: bolt in --data." placeholder:"URL"`
	KeyDir string `name:"key-dir" help:"Folder of master.key and seal.key of books in a database. Empty: --data." type:"path" placeholder:"DIR"`
}

// Run proves the books, read-only. It prints what it found and ends with
// status 1 at the first thing that is wrong.
func (c *verifyCommand) Run(s *streams) error {
	f := Flags{Data: c.Data, Ledger: c.Ledger, KeyDir: c.KeyDir}
	dir, err := f.ledgerDir()
	if err != nil {
		return err
	}
	began := time.Now()
	report, err := proveBooks(s.ctx, &f, dir, func(records uint64) { fmt.Fprintf(s.err, "\r%d records", records) })
	fmt.Fprintln(s.err)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "records    %d\npayments   %d\nmembers    %d, with %d cards\nshops      %d documents, %d changes\nseals      %d, up to record %d\nunsealed   %d\nhead       %v\ntook       %s\n",
		report.Records, report.Payments, report.Members, report.Cards, report.Documents, report.Changes, report.Seals, report.Sealed, report.Unsealed, report.Head, time.Since(began).Round(time.Millisecond))
	return verdict(s, report)
}

func proveBooks(ctx context.Context, f *Flags, dir string, progress func(records uint64)) (ledger.Report, error) {
	if dir == "" {
		return ledgerpostgres.Verify(ctx, f.database(), progress)
	}
	return ledgerbolt.Verify(ctx, dir, progress)
}

func verdict(s *streams, report ledger.Report) error {
	if report.Fault != nil {
		fmt.Fprintf(s.out, "WRONG      %v\n", report.Fault)
		return exitStatus(1)
	}
	for _, note := range report.Notes {
		fmt.Fprintf(s.out, "note       %s\n", note)
	}
	_, err := fmt.Fprintln(s.out, "right      every record, chain, seal and amount")
	return err
}
