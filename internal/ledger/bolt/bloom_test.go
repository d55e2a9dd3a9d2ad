package bolt

import (
	"encoding/binary"
	"testing"

	"kessai.dev/kessai/internal/ledger"
)

// A filter never says "new" of a key it has, and seldom "perhaps" of one it
// has not: a wrong "new" would be a second charge, a wrong "perhaps" a look-up.
func TestBloom(t *testing.T) {
	const n = 100_000
	b := newBloom(n)
	key := func(i uint64) ledger.Digest {
		k := ledger.Key{Kind: ledger.KeyOrder, Value: string(binary.BigEndian.AppendUint64(nil, i))}
		return k.Digest()
	}
	for i := range uint64(n) {
		k := key(i)
		b.add(&k)
	}
	wrong := 0
	for i := range uint64(n) {
		if k := key(i); !b.perhaps(&k) {
			t.Fatalf("key %d is lost", i)
		}
		if k := key(n + i); b.perhaps(&k) {
			wrong++
		}
	}
	t.Logf("%d of %d wrong", wrong, n)
	if wrong > n/100 {
		t.Errorf("%d of %d unknown keys might be there", wrong, n)
	}
}
