package main

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"sync"

	"kessai.dev/kessai/internal/registry"
)

// shopKeysFile is the key file of contracts' access keys, in the folder of keys.
const shopKeysFile = "shops.keys"

// openShops takes what the config file begins with into the books, and serves
// what they have from then on.
func (s *server) openShops(ctx context.Context) error {
	keys, err := registry.OpenKeys(ctx, filepath.Join(s.flags.keysDir(), shopKeysFile), s.books)
	if err != nil {
		return err
	}
	s.shops, err = registry.Open(ctx, registry.Options{
		Books: s.books, Payments: s.books, Keys: keys, Live: s.directory, Clock: s.clock, Random: rand.Reader, Logger: s.logger,
		NoReturn: s.publicURL == "",
	})
	if err != nil {
		return err
	}
	if s.flags.inDatabase() {
		s.followShops(ctx)
	}
	return needsPublicURL(s.directory.Now(), s.publicURL)
}

// followShops serves by what other processes change, too, until the stop.
func (s *server) followShops(ctx context.Context) {
	follow, end := context.WithCancel(context.WithoutCancel(ctx))
	var done sync.WaitGroup
	done.Go(func() { s.shops.Run(follow) })
	s.closer(func() error {
		end()
		done.Wait()
		return nil
	})
}
