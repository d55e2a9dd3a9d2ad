package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"

	"kessai.dev/kessai/internal/payment"
)

// Limits of a record. Append refuses what is larger, Decode what claims to be.
const (
	MaxBody    = 256 << 10 // bytes of an encoded event
	MaxPrivate = 1 << 20   // bytes of its private part, encrypted
	MaxClaims  = 16        // claims of an entry
)

// Adjacent stands in Record.Previous for "the record right before this one in
// the journal": an entry's second event does not know the number its first
// one will get.
const Adjacent = ^uint64(0)

// format is the version of the encoding below. An older one must always be
// read; what has ever been released is kept in testdata.
const format = 1

// Hash is a SHA-256 of a chain.
type Hash [sha256.Size]byte

// String is the hash in hexadecimal, as an operator would note it down.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Head is where a payment's chain ends: what a next record is linked to.
type Head struct {
	Version  int    // how many events
	Sequence uint64 // journal number of the last one
	Hash     Hash   // hash of the last one
}

// Record is one event as the journal keeps it. Hash covers the hash of the
// payment's record before and everything else here, the private part as
// ciphertext: with the key erased, the chain still verifies.
type Record struct {
	Hash     Hash
	Previous uint64 // journal number of the payment's record before; 0: none
	Payment  payment.ID
	Number   int // of the event within the payment: 1, 2, 3 …
	Claims   []Claimed
	Body     []byte // the event
	Private  []byte // its private part, encrypted; nil: none
}

// Claimed is a claim as the journal keeps it, on the first record of its entry.
type Claimed struct {
	Kind KeyKind
	Key  Digest
	Over *Ref
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// The layout, big-endian: crc of all that follows (4), hash (32), format (1),
// previous (8), payment (20), number (4), count of claims (1), the claims,
// length of the body (4), body, private part to the end.
const (
	offsetHash   = 4
	offsetFormat = offsetHash + sha256.Size
	fixed        = offsetFormat + 1 + 8 + payment.IDLength + 4 + 1 + 4
	sizeClaim    = 1 + len(Digest{}) + 1
	sizeOver     = payment.IDLength + 4
)

// Encode computes r.Hash, with before as the hash of the payment's record
// before (zero: none), and gives the record's bytes.
func (r *Record) Encode(before Hash) []byte {
	b := make([]byte, offsetFormat, fixed+len(r.Claims)*(sizeClaim+sizeOver)+len(r.Body)+len(r.Private))
	b = append(b, format)
	b = binary.BigEndian.AppendUint64(b, r.Previous)
	b = append(b, r.Payment...)
	b = binary.BigEndian.AppendUint32(b, uint32(r.Number))
	b = append(b, byte(len(r.Claims)))
	for i := range r.Claims {
		b = r.Claims[i].append(b)
	}
	b = binary.BigEndian.AppendUint32(b, uint32(len(r.Body)))
	b = append(b, r.Body...)
	b = append(b, r.Private...)
	r.Hash = chain(before, b)
	copy(b[offsetHash:], r.Hash[:])
	binary.BigEndian.PutUint32(b, crc32.Checksum(b[offsetHash:], castagnoli))
	return b
}

func (c *Claimed) append(b []byte) []byte {
	b = append(append(b, byte(c.Kind)), c.Key[:]...)
	if c.Over == nil {
		return append(b, 0)
	}
	b = append(append(b, 1), c.Over.Payment...)
	return binary.BigEndian.AppendUint32(b, uint32(c.Over.Version))
}

func chain(before Hash, encoded []byte) (sum Hash) {
	h := sha256.New()
	h.Write(before[:])
	h.Write(encoded[offsetFormat:])
	h.Sum(sum[:0])
	return sum
}

// HashOf gives the hash a whole record carries.
func HashOf(encoded []byte) Hash { return Hash(encoded[offsetHash:offsetFormat]) }

// Linked reports whether encoded, a whole record, carries the hash that
// follows from before.
func Linked(before Hash, encoded []byte) bool {
	return len(encoded) >= fixed && chain(before, encoded) == HashOf(encoded)
}

// Decode reads a record. It returns an error for anything Encode does not
// write. The result shares memory with b.
func Decode(b []byte) (*Record, error) {
	if len(b) < fixed || len(b) > fixed+MaxClaims*(sizeClaim+sizeOver)+MaxBody+MaxPrivate {
		return nil, fmt.Errorf("record of %d bytes", len(b))
	}
	if binary.BigEndian.Uint32(b) != crc32.Checksum(b[offsetHash:], castagnoli) {
		return nil, errors.New("checksum is wrong")
	}
	d := decoder{rest: b[offsetHash:]}
	r := &Record{Hash: Hash(d.take(sha256.Size))}
	if f := d.byte(); f != format {
		return nil, fmt.Errorf("format %d is not known", f)
	}
	r.Previous = d.uint64()
	r.Payment = d.id()
	r.Number = d.number()
	r.Claims = d.claims()
	r.Body = d.take(d.length(MaxBody))
	r.Private = d.private()
	if d.err != nil {
		return nil, d.err
	}
	if (r.Number == 1) != (r.Previous == 0) {
		return nil, fmt.Errorf("event %d cannot follow record %d", r.Number, r.Previous)
	}
	return r, nil
}

// Event decodes the event, without its private part.
func (r *Record) Event() (payment.Event, error) {
	var e payment.Event
	if err := json.Unmarshal(r.Body, &e); err != nil {
		return e, fmt.Errorf("event %d of %s: %w", r.Number, r.Payment, err)
	}
	if e.Sequence != r.Number {
		return e, fmt.Errorf("event %d of %s calls itself event %d", r.Number, r.Payment, e.Sequence)
	}
	if e.ID != "" && e.ID != r.Payment {
		return e, fmt.Errorf("event %d of %s belongs to %s", r.Number, r.Payment, e.ID)
	}
	return e, nil
}
