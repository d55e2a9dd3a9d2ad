package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	ledgerbolt "kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/registry"
	"kessai.dev/kessai/internal/vault"
)

type rotateCommand struct {
	Data   string `default:"./data" help:"Folder of the books and keys of a stopped server." type:"path"`
	Ledger string `help:"The books: bolt:PATH. Empty: bolt in --data. Books in a database are copied to files first (kessai ledger copy)." placeholder:"URL"`
	KeyDir string `name:"key-dir" help:"Folder of vault.keys and shops.keys. Empty: --data." type:"path" placeholder:"DIR"`
}

// Run makes new keys for members' secrets and for contracts' access keys,
// encrypts them anew under these and drops the old ones. Interrupted, it can be
// run again.
func (c *rotateCommand) Run(s *streams) (err error) {
	f := Flags{Data: c.Data, Ledger: c.Ledger, KeyDir: c.KeyDir}
	dir, err := f.ledgerDir()
	if err != nil {
		return err
	}
	if dir == "" { // a server that goes on with the old key would write what nobody can read
		return errors.New("--ledger: whether every server on a database is stopped cannot be seen from here, and one that runs would go on with the old keys: stop them all, copy the books to files (kessai ledger copy), rotate there, and copy them back")
	}
	books, err := ledgerbolt.Open(ledgerbolt.Options{Dir: dir, Logger: newLogger(s.err, "warn")})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, books.Close()) }()
	keys, err := vault.OpenKeys(s.ctx, filepath.Join(f.keysDir(), keysFile), books)
	if err != nil {
		return err
	}
	if err := keys.Rotate(); err != nil {
		return err
	}
	members, err := keys.Reseal(s.ctx, books, true)
	if err != nil {
		return err
	}
	shopKeys := filepath.Join(f.keysDir(), shopKeysFile)
	contracts, err := registry.Rotate(s.ctx, shopKeys, books, time.Now)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "members    %d, encrypted anew under a new key; the old one is gone from %s\ncontracts  %d, the same in %s\n",
		members, filepath.Join(f.keysDir(), keysFile), contracts, shopKeys)
	return err
}
