package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// lockKeys lets one process at a time read the folder of keys, or make them: of several
// that begin at the same moment each would have keys of its own.
func (s *server) lockKeys(context.Context) (err error) {
	if s.keysLock, err = lockFolder(s.flags.keysDir()); err != nil {
		return fmt.Errorf("--key-dir: %w", err)
	}
	s.closer(func() error { return s.unlockKeys(context.Background()) })
	return nil
}

func (s *server) unlockKeys(context.Context) error {
	unlock := s.keysLock
	if s.keysLock = nil; unlock == nil {
		return nil
	}
	return unlock()
}

func (s *server) openSecret(context.Context) (err error) {
	s.key, err = secret(filepath.Join(s.flags.keysDir(), "server.key"))
	return err
}

// secret reads the installation's key, or makes it at the first start: client
// secrets and page tokens are derived from it.
func secret(path string) ([]byte, error) {
	key, err := os.ReadFile(path)
	switch {
	case err == nil && len(key) == 32:
		return key, nil
	case err == nil:
		return nil, fmt.Errorf("%s: has %d bytes, not 32; restore it from a backup", path, len(key))
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	key = make([]byte, 32)
	_, _ = rand.Read(key)
	return key, writeDurably(path, key)
}

// writeDurably writes a new file whole or not at all, readable by its owner only.
func writeDurably(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }() // nothing is left once it is renamed
	_, err = f.Write(content)
	if err = errors.Join(err, f.Chmod(0o600), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// serverTLS is TLS 1.2 or newer (R09), or nil without a certificate.
func serverTLS(f *Flags) (*tls.Config, error) {
	if f.TLSCert == "" {
		return nil, nil //nolint:nilnil // none is a setting, not a fault
	}
	cert, err := tls.LoadX509KeyPair(f.TLSCert, f.TLSKey)
	if err != nil {
		return nil, fmt.Errorf("--tls-cert, --tls-key: %w", err)
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{cert}}, nil
}

type keyCommand struct {
	Live bool `help:"A key for PRODUCTION (sk_live_…); otherwise for TEST (sk_test_…)."`
}

// Run prints a new key, once, and the hash that the config file wants.
func (c *keyCommand) Run(s *streams) error {
	prefix := "sk_test_"
	if c.Live {
		prefix = "sk_live_"
	}
	key := prefix + rand.Text()
	hash := sha256.Sum256([]byte(key))
	_, err := fmt.Fprintf(s.out, "key     %s\nsha256  %s\n\nGive the key to the storefront; it is not kept here. Put the hash into \"keys\" of the config file.\n", key, hex.EncodeToString(hash[:]))
	return err
}
