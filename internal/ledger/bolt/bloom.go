package bolt

import (
	"encoding/binary"
	"sync/atomic"

	"kessai.dev/kessai/internal/ledger"
)

// bloom answers "this key is new" without a look into the index. A key's bits
// all lie in one block of 64 bytes, so that asking costs one line of the
// processor's cache, also with many segments. Bits are set and read
// atomically: the indexer adds while others ask.
type bloom struct{ words []uint64 }

const (
	bitsPerKey   = 12 // one wrong "perhaps" in some 230
	probes       = 6
	wordsOfBlock = 8
)

func newBloom(keys int) *bloom {
	blocks := keys*bitsPerKey/(64*wordsOfBlock) + 1
	return &bloom{words: make([]uint64, blocks*wordsOfBlock)}
}

// place gives a key's block and the bits in it. Keys are digests already:
// their bits are as good as random.
func (b *bloom) place(key *ledger.Digest) (block []uint64, bits uint64) {
	n := uint64(len(b.words) / wordsOfBlock)
	i := binary.LittleEndian.Uint64(key[:]) % n
	return b.words[i*wordsOfBlock : (i+1)*wordsOfBlock], binary.LittleEndian.Uint64(key[8:])
}

func (b *bloom) add(key *ledger.Digest) {
	block, bits := b.place(key)
	for range probes {
		atomic.OrUint64(&block[bits>>6&7], 1<<(bits&63))
		bits >>= 9
	}
}

func (b *bloom) perhaps(key *ledger.Digest) bool {
	block, bits := b.place(key)
	for range probes {
		if atomic.LoadUint64(&block[bits>>6&7])&(1<<(bits&63)) == 0 {
			return false
		}
		bits >>= 9
	}
	return true
}
