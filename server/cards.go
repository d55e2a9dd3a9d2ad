package main

import (
	"context"
	"path/filepath"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/vault"
)

// keysFile is the key file of members' secrets, in the folder of keys.
const keysFile = "vault.keys"

// openVault opens the cards on file. Registering one is a payment, so the vault
// asks the processor, which asks the vault for stored cards: the way back is
// taken when both are there.
func (s *server) openVault(ctx context.Context) error {
	keys, err := vault.OpenKeys(ctx, filepath.Join(s.flags.keysDir(), keysFile), s.books)
	if err != nil {
		return err
	}
	s.vault = vault.New(vault.Options{
		Members: s.books, Payments: s.books, Provider: s.provider, Browser: s.provider, Directory: s.directory,
		Keys: keys, Clock: s.clock, Logger: s.logger,
		Create: func(ctx context.Context, c processor.Caller, r payment.Request, cmd processor.Create) (processor.Result, error) {
			return s.processor.Create(ctx, c, r, cmd)
		},
	})
	return nil
}
