package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	ledgerbolt "kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/ledger/standby"
)

// restored is where restored books end.
type restored struct {
	records, shipped uint64 // shipped: of them, after the backup
	head             string
	from             string // the folder that they were shipped to; empty: a backup alone
}

func (r *restored) text() string {
	if r.from == "" {
		return ""
	}
	return fmt.Sprintf("shipped    %d of them after the backup, in %s\n", r.shipped, r.from)
}

var errTooNew = errors.New("the backup has entries after --until")

// restoreWith restores a backup, and if ship is given what was shipped after it, up to a moment
// if that is given: then of the newest backup that ends before it.
func restoreWith(ctx context.Context, from, ship string, until time.Time, to string) (*manifest, restored, error) {
	if until.IsZero() {
		m, err := chooseBackup(from)
		if err != nil {
			return nil, restored{}, err
		}
		r, err := m.restoreAnd(ctx, ship, until, to)
		return m, r, err
	}
	all, err := backups(from)
	if m, single := readManifest(from); single == nil {
		all, err = []*manifest{m}, nil
	}
	if err != nil {
		return nil, restored{}, err
	}
	for _, m := range slices.Backward(all) {
		if m.Time.After(until) {
			continue
		}
		r, err := m.restoreAnd(ctx, ship, until, to)
		if errors.Is(err, errTooNew) { // it was begun before, and ended after
			continue
		}
		return m, r, err
	}
	return nil, restored{}, fmt.Errorf("--from: there is no backup from before %s in %s", until.Format(time.RFC3339), from)
}

func (m *manifest) restoreAnd(ctx context.Context, ship string, until time.Time, to string) (restored, error) {
	r := restored{records: m.Records, head: m.Head, from: ship}
	if ship == "" {
		return r, m.restore(ctx, to, nil)
	}
	err := m.restore(ctx, to, func(dir string) error {
		if err := takeShipped(ctx, filepath.Join(dir, "ledger"), ship, until); err != nil {
			return err
		}
		report, err := ledgerbolt.Verify(ctx, filepath.Join(dir, "ledger"), nil)
		if err == nil && report.Fault != nil {
			err = fmt.Errorf("what came of backup and shipment does not verify: %w", report.Fault)
		}
		r.records, r.shipped, r.head = report.Records, report.Records-m.Records, fmt.Sprint(report.Head)
		return err
	})
	return r, err
}

// takeShipped brings restored books up to a moment, or to the end of what was shipped. Keys are
// taken as they are now: what was erased since the moment stays erased.
func takeShipped(ctx context.Context, dir, ship string, until time.Time) (err error) {
	if !until.IsZero() {
		g, err := ledgerbolt.Peek(dir)
		if err != nil {
			return err
		}
		if g.Last.After(until) {
			return errTooNew
		}
	}
	if _, err := ledgerbolt.Reopen(dir); err != nil {
		return err
	}
	books, err := ledgerbolt.OpenFollowing(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, books.Close()) }()
	before, _, err := books.At()
	if err != nil {
		return err
	}
	follow, err := standby.NewFollow(ship, books.ShipKey(), books, books.Identity().Public, until)
	if err != nil {
		return err
	}
	defer follow.Close()
	p, err := standby.ReadPrimary(ship, books.ShipKey()) // first: the primary may go on
	if err != nil {
		return err
	}
	if err := errors.Join(follow.Catch(ctx), follow.AllKeys()); err != nil {
		return err
	}
	if p.Records < before || !follow.Reached() && !follow.Has(p) {
		return fmt.Errorf("%s has %d records, the backup %d: it is not where these books were shipped to, or not all of it is there", ship, p.Records, before)
	}
	return errors.Join(books.Finish(books.Identity()), books.Close(), ledgerbolt.Settle(dir, nil))
}
