package vault

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tink-crypto/tink-go/v2/keyset"

	"kessai.dev/kessai/internal/ledger"
)

// Reseal encrypts under the primary key every member's key that an older one
// has written, and gives how many they were. With drop it then removes the
// older keys from the file for good; do that only while nobody else makes
// members with this file. Interrupted, it can be called again.
func (k *Keys) Reseal(ctx context.Context, members ledger.Members, drop bool) (int, error) {
	total := 0
	for {
		older, err := k.older(ctx, members)
		if err != nil {
			return total, err
		}
		if len(older) == 0 {
			break
		}
		for _, key := range older {
			if err := k.reseal(ctx, members, key); err != nil {
				return total, err
			}
			total++
		}
	}
	if !drop {
		return total, nil
	}
	return total, k.dropOlder()
}

// older lists the members that a key other than the primary has written. They
// are collected first: nothing is written while the books are read.
func (k *Keys) older(ctx context.Context, members ledger.Members) ([]ledger.MemberKey, error) {
	handle, _ := k.current()
	primary, err := handle.Primary()
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	var keys []ledger.MemberKey
	err = members.EachMember(ctx, func(m ledger.Member) bool {
		if writtenBy(m.Secret) != primary.KeyID() {
			keys = append(keys, m.MemberKey)
		}
		return ctx.Err() == nil
	})
	return keys, errors.Join(err, ctx.Err())
}

// writtenBy reads the id of the key that a Tink ciphertext begins with.
func writtenBy(ciphertext []byte) uint32 {
	if len(ciphertext) < 5 {
		return 0
	}
	return binary.BigEndian.Uint32(ciphertext[1:5])
}

func (k *Keys) reseal(ctx context.Context, members ledger.Members, key ledger.MemberKey) error {
	for range maxRounds {
		m, err := members.Member(ctx, key)
		if err != nil {
			return err
		}
		member, err := k.open(&m)
		if err != nil {
			return err
		}
		if m.Secret, err = k.seal(&m, member.Key); err != nil {
			return err
		}
		if err = members.PutMember(ctx, m); !errors.Is(err, ledger.ErrStale) {
			return err
		}
	}
	return errMoving
}

// dropOlder removes every key but the primary.
func (k *Keys) dropOlder() error {
	handle, _ := k.current()
	m := keyset.NewManagerFromHandle(handle)
	for i := range handle.Len() {
		entry, err := handle.Entry(i)
		if err == nil && !entry.IsPrimary() {
			err = m.Delete(entry.KeyID())
		}
		if err != nil {
			return fmt.Errorf("vault: %w", err)
		}
	}
	return k.replace(m)
}

// writeWhole writes a file so that after a crash it is there whole, as it was
// or as it is now. Only its owner may read it.
func writeWhole(path string, data []byte) error {
	part := path + ".part"
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("vault: %w", err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(part, path)
	}
	if err == nil {
		err = syncDir(filepath.Dir(path))
	}
	if err != nil {
		return fmt.Errorf("vault: write %s: %w", path, err)
	}
	return nil
}

func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
