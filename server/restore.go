package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	ledgerbolt "kessai.dev/kessai/internal/ledger/bolt"
)

type restoreCommand struct {
	From  string    `required:"" help:"A backup, or the folder of backups, of which the newest is taken, or the newest before --until." type:"path" placeholder:"DIR"`
	To    string    `required:"" help:"The data folder to make; it must be empty or not there." type:"path" placeholder:"DIR"`
	Ship  string    `help:"The folder that the books were shipped to: what came after the backup is taken from there." type:"path" placeholder:"DIR"`
	Until time.Time `help:"With --ship: up to this moment, such as 2026-11-23T12:00:00+09:00, and not to the end." placeholder:"TIME" env:"-"`
}

// Run makes a data folder of a backup, and of what was shipped after it, and proves it. Nothing is
// there until all of it is.
func (c *restoreCommand) Run(s *streams) error {
	if !c.Until.IsZero() && c.Ship == "" {
		return errors.New("--until needs --ship: a backup has its own moment")
	}
	m, more, err := restoreWith(s.ctx, c.From, c.Ship, c.Until, c.To)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "restored   %s\nmade       %s\nrecords    %d\n%shead       %s\nproved     every record, chain, seal and amount\nBefore you open: what was paid after it is at the provider and not in these books (docs/operations.md).\n",
		m.dir, m.Time.Format(time.RFC3339), more.records, more.text(), more.head)
	return err
}

type drillCommand struct {
	From   string `required:"" help:"A backup, or the folder of backups, of which the newest is taken." type:"path" placeholder:"DIR"`
	Data   string `default:"./data" help:"Folder of the books in use, to tell how far the backup lies behind." type:"path"`
	Ledger string `help:"The books in use: bolt:PATH. Empty: bolt in --data." placeholder:"URL"`
	Ship   string `help:"The folder that the books are shipped to: it is tried, too." type:"path" placeholder:"DIR"`
}

// Run restores a backup into a folder of its own, proves it, says how much would
// be lost, and removes it again.
func (c *drillCommand) Run(s *streams) (err error) {
	live, err := c.live(s.ctx)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "kessai-drill-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	began := time.Now()
	m, more, err := restoreWith(s.ctx, c.From, c.Ship, time.Time{}, filepath.Join(dir, "data"))
	if err != nil {
		return err
	}
	if c.Ship != "" { // which went on meanwhile
		if live, err = c.live(s.ctx); err != nil {
			return err
		}
	}
	if live < more.records {
		return fmt.Errorf("the books in use end at record %d, before the backup's %d: they are not the books that were backed up", live, more.records)
	}
	_, err = fmt.Fprintf(s.out, "backup     %s\nage        %s\nrecords    %d\n%sbehind     %d records, which would be lost here\nrestored   in %s, and proved: every record, chain, seal and amount\n",
		m.dir, began.Sub(m.Time).Round(time.Second), more.records, more.text(), live-more.records, time.Since(began).Round(time.Millisecond))
	return err
}

// live is the number of the last entry of the books in use.
func (c *drillCommand) live(ctx context.Context) (uint64, error) {
	a, err := askServer(ctx, c.Data, errand{})
	if !errors.Is(err, errNoServer) {
		return a.Records, err
	}
	dir, err := (&Flags{Data: c.Data, Ledger: c.Ledger}).ledgerDir()
	if err != nil {
		return 0, err
	}
	if dir == "" {
		return 0, errDatabaseBackup
	}
	g, err := ledgerbolt.Peek(dir)
	return g.Records, err
}

func chooseBackup(from string) (*manifest, error) {
	m, err := readManifest(from)
	if !errors.Is(err, fs.ErrNotExist) {
		return m, err
	}
	all, err := backups(from)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("--from: there is no backup in %s", from)
	}
	if err != nil {
		return nil, err
	}
	return all[len(all)-1], nil
}

// newestBackup is when the newest backup in a folder was made; zero: none can be seen there.
func newestBackup(dir string) time.Time {
	all, err := backups(dir)
	if err != nil || len(all) == 0 {
		return time.Time{}
	}
	return all[len(all)-1].Time
}

// restore copies the files, each of which must be as the manifest says, proves the
// books, lets then, if given, go on with them, and gives the folder its name last.
func (m *manifest) restore(ctx context.Context, to string, then func(dir string) error) (err error) {
	if err := refuseFull(to); err != nil {
		return err
	}
	partial := to + ".partial"
	if err := errors.Join(os.RemoveAll(partial), os.MkdirAll(filepath.Dir(to), 0o700), os.Mkdir(partial, 0o700)); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(partial))
		}
	}()
	for _, f := range m.Files {
		if err := errors.Join(ctx.Err(), f.restore(m.dir, partial)); err != nil {
			return err
		}
	}
	if err := m.prove(ctx, partial); err != nil {
		return err
	}
	if then != nil {
		if err := then(partial); err != nil {
			return err
		}
	}
	for _, dir := range []string{filepath.Join(partial, "ledger"), partial} {
		if err := syncFolder(dir); err != nil {
			return err
		}
	}
	if err := os.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return errors.Join(os.Rename(partial, to), syncFolder(filepath.Dir(to)))
}

func refuseFull(to string) error {
	entries, err := os.ReadDir(to)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("--to: %s is not empty: nothing is ever overwritten", to)
	}
	return err
}

func (f *backupFile) restore(from, to string) error {
	path := filepath.Join(to, filepath.FromSlash(f.Name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	w, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	n, sum, err := digest(filepath.Join(from, filepath.FromSlash(f.Name)), w)
	if err = errors.Join(err, w.Sync(), w.Close()); err != nil {
		return err
	}
	if n != f.Bytes || sum != f.SHA256 {
		return fmt.Errorf("%s is not the file that was backed up: its hash differs from the manifest's", f.Name)
	}
	return nil
}
