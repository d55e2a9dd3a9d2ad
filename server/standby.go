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
	"kessai.dev/kessai/internal/ledger/standby"
)

type standbyCommand struct {
	Data       string `default:"./data" help:"Folder of the standby's books and keys; its own, not the primary's." type:"path"`
	Ledger     string `help:"The standby's books: bolt:PATH. Empty: bolt in --data." placeholder:"URL"`
	KeyDir     string `name:"key-dir" help:"Folder of server.key, vault.keys and shops.keys. Empty: --data." type:"path" placeholder:"DIR"`
	Ship       string `required:"" help:"The folder that the primary ships to." type:"path" placeholder:"DIR"`
	Keys       string `help:"A backup, or a folder laid out as the primary's --data, to take the keys from: once, and after each kessai rotate." type:"path" placeholder:"DIR" env:"-"`
	Once       bool   `help:"Take what there is, say how far it is, and leave." env:"-"`
	Promote    bool   `help:"Take what there is, and make books of it that kessai serves from. The primary must be gone." env:"-"`
	AcceptLoss bool   `name:"accept-loss" help:"With --promote: also when less can be read than the primary says it shipped." env:"-"`
}

// Run follows the primary until it is told to stop, or takes its place.
func (c *standbyCommand) Run(s *streams) (err error) {
	f := Flags{Data: c.Data, Ledger: c.Ledger, KeyDir: c.KeyDir}
	dir, err := f.ledgerDir()
	if err != nil {
		return err
	}
	if dir == "" {
		return errDatabaseShip
	}
	if err := c.bringKeys(f.keysDir(), dir); err != nil {
		return fmt.Errorf("--keys: %w", err)
	}
	books, err := ledgerbolt.OpenFollowing(dir)
	if err != nil {
		return fmt.Errorf("%w (a standby begins with the primary's keys alone: --keys)", err)
	}
	defer func() { err = errors.Join(err, books.Close()) }()
	follow, err := standby.NewFollow(c.Ship, books.ShipKey(), books, books.Identity().Public, time.Time{})
	if err != nil {
		return err
	}
	defer follow.Close()
	w := &watch{streams: s, ship: c.Ship, key: books.ShipKey(), follow: follow}
	switch {
	case c.Promote:
		return c.promote(w, books, dir)
	case c.Once:
		return w.look()
	}
	return w.always()
}

// keyFiles are the keys of an installation, as they lie in --data.
var keyFiles = []string{"server.key", keysFile, shopKeysFile}

// bringKeys copies the primary's keys. Those that can be rotated are replaced, the others must
// be the same.
func (c *standbyCommand) bringKeys(keys, books string) error {
	if c.Keys == "" {
		return nil
	}
	from := c.Keys
	if m, err := chooseBackup(from); err == nil {
		from = m.dir
	}
	if err := os.MkdirAll(keys, 0o700); err != nil {
		return err
	}
	if err := copyKeys(filepath.Join(from, "ledger"), books); err != nil {
		return err
	}
	for _, name := range keyFiles {
		key, err := os.ReadFile(filepath.Join(from, name))
		if errors.Is(err, fs.ErrNotExist) && name != "server.key" {
			continue // there are no cards on file, or no contracts, yet
		}
		if err := errors.Join(err, writeDurably(filepath.Join(keys, name), key)); err != nil {
			return err
		}
	}
	return nil
}

// watch follows, and says how far it is.
type watch struct {
	*streams
	ship   string
	key    []byte
	follow *standby.Follow
}

// look takes what there is and says how far it is. The error is that it cannot go on.
func (w *watch) look() error {
	err := w.follow.Catch(w.ctx)
	at, head := w.follow.At()
	text := "the primary has not yet shipped all it had when it began"
	p, failed := standby.ReadPrimary(w.ship, w.key)
	if failed == nil {
		text = fmt.Sprintf("of %d, which the primary shipped at %s", p.Records, p.Time.Format(time.RFC3339))
	} else if !errors.Is(failed, fs.ErrNotExist) {
		err = errors.Join(err, failed)
	}
	_, _ = fmt.Fprintf(w.out, "standby    record %d %s, head %v\n", at, text, head) // whoever reads it may be gone
	return err
}

// How often a standby looks for more, and how often after something was wrong.
const (
	followEvery = 300 * time.Millisecond
	followAgain = 5 * time.Second
	tellEvery   = 10 * time.Second
)

// always follows until it is told to stop. What is wrong is told, and looked at again: a folder
// may be away, and a primary that starts anew mends the end of what it shipped.
func (w *watch) always() error {
	told := ""
	var last time.Time
	for {
		pause := followEvery
		err := w.follow.Catch(w.ctx)
		if w.ctx.Err() != nil {
			return nil
		}
		if err != nil {
			pause = followAgain
			if err.Error() != told {
				_, _ = fmt.Fprintln(w.err, "standby:", err) // whoever reads it may be gone
				told = err.Error()
			}
		}
		if now := time.Now(); now.Sub(last) >= tellEvery {
			last = now
			_ = w.look() // said above
		}
		select {
		case <-time.After(pause):
		case <-w.ctx.Done():
			return nil
		}
	}
}

// lifeWait is how long a primary is watched for signs of life: it gives one every second.
const lifeWait = 4 * time.Second

// promote makes books of what was followed. The primary is kept from going on by what is left in
// the folder, wherever it can read that.
func (c *standbyCommand) promote(w *watch, books *ledgerbolt.Following, dir string) error {
	if err := w.gone(); err != nil {
		return err
	}
	err := w.look()
	var damage *standby.Damage
	if err != nil && !errors.As(err, &damage) {
		return err
	}
	if err := c.enough(w, damage); err != nil {
		return err
	}
	records, head := w.follow.At()
	token := standby.NewToken()
	if err := standby.Promote(w.ship, w.key, token, time.Now(), records, head); err != nil {
		return err
	}
	if err := errors.Join(books.Finish(books.Identity()), books.Close(), ledgerbolt.Settle(dir, token)); err != nil {
		return fmt.Errorf("%w\nit is not promoted yet: run the same command again", err)
	}
	_, err = fmt.Fprintf(w.out, "promoted   %d records, head %v\nproved     every record's chain and every seal, as they came\nNow start kessai with this --data. What the old primary acknowledged in its last second may be at the provider and not in these books; see that it never starts again (docs/operations.md).\n", records, head)
	return err
}

// gone refuses while the primary lives.
func (w *watch) gone() error {
	before, err := standby.ReadPrimary(w.ship, w.key)
	if errors.Is(err, fs.ErrNotExist) || err == nil && before.Ended {
		return nil
	}
	if err != nil {
		return err
	}
	watched, cancel := context.WithTimeout(w.ctx, lifeWait)
	defer cancel()
	for {
		select {
		case <-time.After(followEvery):
		case <-watched.Done():
			return context.Cause(w.ctx)
		}
		after, err := standby.ReadPrimary(w.ship, w.key)
		if err != nil {
			return err
		}
		if after.Beat != before.Beat || after.Run != before.Run {
			return errors.New("the primary still ships: stop it first, since two that go on could both charge one order")
		}
	}
}

// enough refuses when less could be read than was shipped.
func (c *standbyCommand) enough(w *watch, damage *standby.Damage) error {
	at, _ := w.follow.At()
	p, err := standby.ReadPrimary(w.ship, w.key)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = errors.New("the primary never shipped all it had")
	case err == nil && !w.follow.Has(p):
		err = fmt.Errorf("of what the primary shipped, %d records and what belongs to them, only %d records can be read, or not all of the rest", p.Records, at)
		if damage != nil {
			err = errors.Join(err, damage)
		}
	}
	if err == nil || c.AcceptLoss {
		return nil
	}
	return fmt.Errorf("%w (--accept-loss goes on with what there is)", err)
}
