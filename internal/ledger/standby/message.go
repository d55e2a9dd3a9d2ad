package standby

import (
	"encoding/binary"
	"errors"
	"fmt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// The first byte of a frame's plaintext says what it is.
const (
	kindOpen   = 'o' // where a segment begins: number and running hash (open)
	kindBatch  = 'r' // records with their seals (batch)
	kindPieces = 'p' // what lies beside the journal (pieces)
	kindKeys   = 'k' // which files of keys have changed: numbers of 8 bytes
	kindStored = 's' // payments' keys, in a file of keys
)

var errMessage = errors.New("a frame does not say what it should")

// mark is a place in the journal: after which record, and the running hash there.
type mark struct {
	after uint64
	head  ledger.Hash
}

func (m mark) append(b []byte) []byte {
	return append(binary.BigEndian.AppendUint64(b, m.after), m.head[:]...)
}

func (m mark) encode() []byte { return m.append([]byte{kindOpen}) }

// batch is records after a place, as far as end, and the seals over them; the first may be of
// the place itself, which was sealed later.
type batch struct {
	after   uint64
	records [][]byte
	seals   [][]byte
	end     mark
}

func (b *batch) encode() []byte {
	out := binary.BigEndian.AppendUint64([]byte{kindBatch}, b.after)
	out = appendList(b.end.append(out), b.records)
	return appendList(out, b.seals)
}

func appendList(b []byte, list [][]byte) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(list))) //nolint:gosec // a frame is bounded
	for _, x := range list {
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(x))), x...) //nolint:gosec // a frame is bounded
	}
	return b
}

// pieces are part of what lies beside the journal. More follow until one says last; then what
// the shops are fits together.
type pieces struct {
	time int64 // when they were read, in nanoseconds
	last bool
	list []ledger.Piece
}

func (p *pieces) encode() []byte {
	b := []byte{kindPieces, 0}
	if p.last {
		b[1] = 1
	}
	b = binary.BigEndian.AppendUint64(b, uint64(p.time)) //nolint:gosec // there and back
	parts := make([][]byte, 0, 3*len(p.list))
	for i := range p.list {
		parts = append(parts, []byte{byte(p.list[i].Kind)}, p.list[i].Key, p.list[i].Record)
	}
	return appendList(b, parts)
}

func encodeChunks(list []uint64) []byte {
	b := []byte{kindKeys}
	for _, n := range list {
		b = binary.BigEndian.AppendUint64(b, n)
	}
	return b
}

func encodeStored(list []ledger.PaymentKeys) []byte {
	parts := make([][]byte, 0, 4*len(list))
	for i := range list {
		k := &list[i]
		parts = append(parts, []byte(k.Payment), k.Personal, k.Secret, k.Forgotten)
	}
	return appendList([]byte{kindStored}, parts)
}

// parser takes a plaintext apart; the first error stays.
type parser struct {
	rest []byte
	err  error
}

func (p *parser) take(n int) []byte {
	if p.err != nil || n < 0 || n > len(p.rest) {
		p.err = errMessage
		return nil
	}
	b := p.rest[:n:n]
	p.rest = p.rest[n:]
	return b
}

func (p *parser) uint64() uint64 {
	if b := p.take(8); b != nil {
		return binary.BigEndian.Uint64(b)
	}
	return 0
}

func (p *parser) uint32() uint32 {
	if b := p.take(4); b != nil {
		return binary.BigEndian.Uint32(b)
	}
	return 0
}

func (p *parser) list() (list [][]byte) {
	for n := p.uint32(); n > 0 && p.err == nil; n-- {
		list = append(list, p.take(int(p.uint32())))
	}
	return list
}

func (p *parser) mark() (m mark) {
	m.after = p.uint64()
	copy(m.head[:], p.take(len(m.head)))
	return m
}

// end is the error, or that something is left over.
func (p *parser) end() error {
	if p.err == nil && len(p.rest) > 0 {
		p.err = errMessage
	}
	return p.err
}

// decode reads a frame: a mark, *batch, *pieces, []uint64 or []ledger.PaymentKeys.
func decode(plain []byte) (any, error) {
	if len(plain) == 0 {
		return nil, errMessage
	}
	p := &parser{rest: plain[1:]}
	switch plain[0] {
	case kindOpen:
		m := p.mark()
		return m, p.end()
	case kindBatch:
		b := &batch{after: p.uint64(), end: p.mark(), records: p.list(), seals: p.list()}
		if p.err == nil && b.end.after != b.after+uint64(len(b.records)) {
			return nil, errMessage
		}
		return b, p.end()
	case kindPieces:
		return p.pieces()
	case kindKeys:
		var list []uint64
		for len(p.rest) > 0 && p.err == nil {
			list = append(list, p.uint64())
		}
		return list, p.end()
	case kindStored:
		return p.stored()
	}
	return nil, fmt.Errorf("%w: kind %q is of a newer version", errMessage, plain[0])
}

func (p *parser) pieces() (*pieces, error) {
	out := &pieces{}
	if b := p.take(1); b != nil {
		out.last = b[0] == 1
	}
	out.time = int64(p.uint64()) //nolint:gosec // there and back
	parts := p.list()
	if p.end() != nil || len(parts)%3 != 0 {
		return nil, errMessage
	}
	for ; len(parts) > 0; parts = parts[3:] {
		if len(parts[0]) != 1 {
			return nil, errMessage
		}
		out.list = append(out.list, ledger.Piece{Kind: ledger.PieceKind(parts[0][0]), Key: parts[1], Record: parts[2]})
	}
	return out, nil
}

func (p *parser) stored() ([]ledger.PaymentKeys, error) {
	parts := p.list()
	if p.end() != nil || len(parts)%4 != 0 {
		return nil, errMessage
	}
	var list []ledger.PaymentKeys
	for ; len(parts) > 0; parts = parts[4:] {
		id := payment.ID(parts[0])
		if !id.Valid() {
			return nil, errMessage
		}
		list = append(list, ledger.PaymentKeys{Payment: id, StoredKeys: ledger.StoredKeys{Personal: orNil(parts[1]), Secret: orNil(parts[2]), Forgotten: orNil(parts[3])}})
	}
	return list, nil
}

func orNil(b []byte) []byte {
	if len(b) == 0 {
		return nil
	}
	return b
}
