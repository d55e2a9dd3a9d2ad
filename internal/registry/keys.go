package registry

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

// Keys encrypt contracts' access keys and endpoints' secrets where they lie: a Tink keyset of
// AES-256-GCM keys in a file of its own, beside the books and in another
// backup. It is not the file of members' keys: rotating that one drops its old
// keys once every member is written anew, and would take the contracts with it;
// and who restores one of the two needs not have the other. They never print
// themselves.
type Keys struct {
	path   string
	handle *keyset.Handle
	cipher tink.AEAD
}

// ErrUnreadable means a secret that the key file does not open: it is another
// file, or the document is not what was written.
var ErrUnreadable = errors.New("the key file does not open the contract's access key, or the endpoint's secret: restore it from its backup")

// OpenKeys reads the key file. Only when there is no contract in the books yet
// does it make one that is missing, on disk before it returns.
func OpenKeys(ctx context.Context, path string, books ledger.Shops) (*Keys, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return makeKeys(ctx, path, books)
	}
	if err != nil {
		return nil, fmt.Errorf("registry: %w", err)
	}
	handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(text)))
	if err != nil {
		return nil, fmt.Errorf("registry: %s does not hold a keyset", path) // without the cause: it may cite the file
	}
	return useKeys(path, handle)
}

func makeKeys(ctx context.Context, path string, books ledger.Shops) (*Keys, error) {
	sealed := false
	err := books.EachDocument(ctx, func(d ledger.Document) bool {
		sealed = d.Kind == ledger.DocumentContract
		return !sealed
	})
	if err != nil {
		return nil, err
	}
	if sealed {
		return nil, fmt.Errorf("registry: %s is missing, and there are contracts whose access keys it opens: restore it from its backup", path)
	}
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("registry: make a key: %w", err)
	}
	return writeKeys(path, handle)
}

// writeKeys puts the keys on disk before it gives them for use.
func writeKeys(path string, handle *keyset.Handle) (*Keys, error) {
	var text bytes.Buffer
	if err := insecurecleartextkeyset.Write(handle, keyset.NewJSONWriter(&text)); err != nil {
		return nil, fmt.Errorf("registry: %w", err)
	}
	if err := writeWhole(path, text.Bytes()); err != nil {
		return nil, fmt.Errorf("registry: write %s: %w", path, err)
	}
	return useKeys(path, handle)
}

func useKeys(path string, handle *keyset.Handle) (*Keys, error) {
	cipher, err := aead.New(handle)
	if err != nil {
		return nil, fmt.Errorf("registry: %s holds a keyset of another kind", path)
	}
	return &Keys{path: path, handle: handle, cipher: cipher}, nil
}

// seal encrypts an access key for its contract alone.
func (k *Keys) seal(contract string, secret shop.AccessKey) ([]byte, error) {
	return k.cipher.Encrypt([]byte(secret.Reveal()), boundTo(contract))
}

// open gives the access key; none was sealed: none.
func (k *Keys) open(contract string, sealed []byte) (shop.AccessKey, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	secret, err := k.cipher.Decrypt(sealed, boundTo(contract))
	if err != nil {
		return "", ErrUnreadable
	}
	return shop.AccessKey(secret), nil
}

// boundTo binds a secret to its contract, so that documents cannot be swapped.
func boundTo(contract string) []byte { return []byte("kessai contract 1 " + contract) }

// writeWhole writes a file so that after a crash it is there whole, as it was or
// as it is now. Only its owner may read it.
func writeWhole(path string, data []byte) error {
	part := path + ".part"
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// String hides the keys.
func (*Keys) String() string { return "[contract keys]" }

// GoString hides the keys from %#v.
func (*Keys) GoString() string { return "[contract keys]" }

// LogValue hides the keys from logs.
func (*Keys) LogValue() slog.Value { return slog.StringValue("[contract keys]") }
