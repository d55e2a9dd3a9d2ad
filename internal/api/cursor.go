package api

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/binary"

	"kessai.dev/kessai/internal/shop"
)

// cursor names a place in the journal for one tenant. It is one block of AES under
// a key of its own: the place, and as many bytes that must be zero. So nobody can
// make one, and nobody learns from it how busy other shops are.
func (k keyring) cursor(t shop.Tenant, n uint64) string {
	var block [aes.BlockSize]byte
	binary.BigEndian.PutUint64(block[:], n)
	k.cursors(t).Encrypt(block[:], block[:])
	return base64.RawURLEncoding.EncodeToString(block[:])
}

// openCursor reads one; false: it is none of this tenant's.
func (k keyring) openCursor(t shop.Tenant, s string) (uint64, bool) {
	block, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(block) != aes.BlockSize {
		return 0, false
	}
	k.cursors(t).Decrypt(block, block)
	return binary.BigEndian.Uint64(block), binary.BigEndian.Uint64(block[8:]) == 0
}

func (k keyring) cursors(t shop.Tenant) cipher.Block {
	block, _ := aes.NewCipher(seal(k.page, "event cursor", string(t.Shop), string(t.Environment))) // 32 bytes: cannot fail
	return block
}
