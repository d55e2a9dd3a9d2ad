package vault

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
)

// Keys encrypt members' authentication keys where they lie: a Tink keyset of
// AES-256-GCM keys, of which the primary writes and all read. Safe for
// concurrent use. They never print themselves.
type Keys struct {
	path string

	mu     sync.RWMutex
	handle *keyset.Handle
	cipher tink.AEAD
}

// ErrUnreadable means a member whose key the key file does not open: it is
// another file, or the record is not what was written.
var ErrUnreadable = errors.New("vault: the key file does not open a member's key")

// OpenKeys reads the key file. Only when there is no member yet does it make one
// that is missing: the keys of members would be lost with it, so a missing file
// is an error then, and so is one that does not open a member's key.
func OpenKeys(ctx context.Context, path string, members ledger.Members) (*Keys, error) {
	first, err := anyMember(ctx, members)
	if err != nil {
		return nil, err
	}
	k := &Keys{path: path}
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, os.ErrNotExist) && first == nil:
		return k, k.add(keyset.NewManager())
	case errors.Is(err, os.ErrNotExist):
		return nil, fmt.Errorf("vault: %s is missing, and there are members whose keys it opens: restore it from its backup", path)
	case err != nil:
		return nil, fmt.Errorf("vault: %w", err)
	}
	handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(text)))
	if err != nil {
		return nil, fmt.Errorf("vault: %s does not hold a keyset", path) // without the cause: it may cite the file
	}
	if err := k.use(handle); err != nil {
		return nil, err
	}
	if first != nil {
		if _, err := k.open(first); err != nil {
			return nil, fmt.Errorf("vault: %s is not the key file that the members' keys were written with", path)
		}
	}
	return k, nil
}

// anyMember gives some member, or nil when there is none.
func anyMember(ctx context.Context, members ledger.Members) (*ledger.Member, error) {
	var first *ledger.Member
	err := members.EachMember(ctx, func(m ledger.Member) bool {
		first = &m
		return false
	})
	return first, err
}

// Rotate makes a new key that writes from now on; the old ones go on reading.
// The file is on disk before it returns.
func (k *Keys) Rotate() error {
	k.mu.RLock()
	m := keyset.NewManagerFromHandle(k.handle)
	k.mu.RUnlock()
	return k.add(m)
}

// add makes a key, makes it the primary and writes the file.
func (k *Keys) add(m *keyset.Manager) error {
	id, err := m.Add(aead.AES256GCMKeyTemplate())
	if err == nil {
		err = m.SetPrimary(id)
	}
	if err != nil {
		return fmt.Errorf("vault: make a key: %w", err)
	}
	return k.replace(m)
}

// replace writes the keyset of m and uses it from now on.
func (k *Keys) replace(m *keyset.Manager) error {
	handle, err := m.Handle()
	if err != nil {
		return fmt.Errorf("vault: %w", err)
	}
	var text bytes.Buffer
	if err := insecurecleartextkeyset.Write(handle, keyset.NewJSONWriter(&text)); err != nil {
		return fmt.Errorf("vault: %w", err)
	}
	if err := writeWhole(k.path, text.Bytes()); err != nil {
		return err
	}
	return k.use(handle)
}

func (k *Keys) use(handle *keyset.Handle) error {
	cipher, err := aead.New(handle)
	if err != nil {
		return errors.New("vault: " + k.path + " holds a keyset of another kind")
	}
	k.mu.Lock()
	k.handle, k.cipher = handle, cipher
	k.mu.Unlock()
	return nil
}

func (k *Keys) current() (*keyset.Handle, tink.AEAD) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.handle, k.cipher
}

// seal encrypts a key for its member alone.
func (k *Keys) seal(m *ledger.Member, secret acquirer.MemberKey) ([]byte, error) {
	_, cipher := k.current()
	return cipher.Encrypt([]byte(secret.Reveal()), whose(m))
}

// open gives the member as the provider knows it, or ErrUnreadable.
func (k *Keys) open(m *ledger.Member) (acquirer.Member, error) {
	_, cipher := k.current()
	secret, err := cipher.Decrypt(m.Secret, whose(m))
	if err != nil {
		return acquirer.Member{}, ErrUnreadable
	}
	return acquirer.Member{ID: m.ProviderID, Key: acquirer.MemberKey(secret)}, nil
}

// whose binds a secret to its member, so that records cannot be swapped.
func whose(m *ledger.Member) []byte {
	b := []byte("kessai member 1")
	for _, s := range []string{string(m.Tenant.Environment), string(m.Tenant.Shop), m.Contract, m.Customer, m.ProviderID} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	return b
}

// String hides the keys.
func (*Keys) String() string { return "[member keys]" }

// GoString hides the keys from %#v.
func (*Keys) GoString() string { return "[member keys]" }

// LogValue hides the keys from logs.
func (*Keys) LogValue() slog.Value { return slog.StringValue("[member keys]") }
