package registry

import (
	"context"
	"fmt"
	"time"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"

	"kessai.dev/kessai/internal/ledger"
)

// Rotate makes a new key, encrypts every contract's access key and every
// endpoint's secrets anew under it, and then drops the older keys from the file for good. It gives how many
// contracts there are. Nobody else may have the books meanwhile. Interrupted,
// it can be called again.
func Rotate(ctx context.Context, path string, books ledger.Shops, clock func() time.Time) (int, error) {
	k, err := OpenKeys(ctx, path, books)
	if err != nil {
		return 0, err
	}
	if k, err = k.renewed(); err != nil {
		return 0, err
	}
	r := (&Registry{o: Options{Books: books, Keys: k, Clock: clock}}).empty()
	if err := r.load(ctx); err != nil {
		return 0, err
	}
	for id := range r.contracts {
		if err := r.reseal(ctx, id); err != nil {
			return 0, err
		}
	}
	for t := range r.endpoints {
		if err := r.resealEndpoints(ctx, t); err != nil {
			return 0, err
		}
	}
	return len(r.contracts), k.dropOlder()
}

// renewed gives the keys with a new one, which writes from now on.
func (k *Keys) renewed() (*Keys, error) {
	m := keyset.NewManagerFromHandle(k.handle)
	id, err := m.Add(aead.AES256GCMKeyTemplate())
	if err == nil {
		err = m.SetPrimary(id)
	}
	if err != nil {
		return nil, fmt.Errorf("registry: make a key: %w", err)
	}
	handle, err := m.Handle()
	if err != nil {
		return nil, fmt.Errorf("registry: %w", err)
	}
	return writeKeys(k.path, handle)
}

// dropOlder removes every key but the primary from the file.
func (k *Keys) dropOlder() error {
	m := keyset.NewManagerFromHandle(k.handle)
	for i := range k.handle.Len() {
		entry, err := k.handle.Entry(i)
		if err == nil && !entry.IsPrimary() {
			err = m.Delete(entry.KeyID())
		}
		if err != nil {
			return fmt.Errorf("registry: %w", err)
		}
	}
	handle, err := m.Handle()
	if err == nil {
		_, err = writeKeys(k.path, handle)
	}
	return err
}

// reseal writes a contract anew, and says so in the trail of each tenant that
// points to it.
func (r *Registry) reseal(ctx context.Context, id string) error {
	d, err := r.contracts[id].document(r.o.Keys, r.o.Clock())
	if err != nil {
		return err
	}
	revision := ledger.Revision{Documents: []ledger.Document{d}}
	for t, known := range r.tenants {
		if known.contract == id {
			revision.Trail = append(revision.Trail, ledger.AuditEntry{
				Tenant: t, Time: r.o.Clock(), Actor: house, Resource: "contracts/" + id, Action: updated,
				Fields: []ledger.AuditField{{Field: "encryption", After: "a new key"}},
			})
		}
	}
	if len(revision.Trail) == 0 {
		return fmt.Errorf("registry: no shop points to contract %q yet: start the server once, and rotate then", id)
	}
	return r.o.Books.Revise(ctx, revision)
}
