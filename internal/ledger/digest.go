package ledger

import (
	"crypto/sha256"
	"encoding/binary"
)

// Digest stands for a claimed key in the journal and in indexes: 128 bits of a
// SHA-256. Two keys with one digest would take 2^64 keys to find, so nothing
// looks for them.
type Digest [16]byte

// Digest gives the key's digest. Every part is led by its length, so that no
// two keys run into one another (P12).
func (k *Key) Digest() Digest {
	b := append(make([]byte, 0, 160), "kessai key 1"...)
	b = append(b, byte(k.Kind))
	for _, part := range [...]string{string(k.Tenant.Shop), string(k.Tenant.Environment), k.Value} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(part)))
		b = append(b, part...)
	}
	sum := sha256.Sum256(b)
	return Digest(sum[:len(Digest{})])
}
