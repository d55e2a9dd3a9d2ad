package ledger

import (
	"encoding/binary"
	"fmt"
	"math"

	"kessai.dev/kessai/internal/payment"
)

// decoder takes a record apart. After the first error it gives zeroes; what it
// allocates is bounded by what it was given.
type decoder struct {
	rest []byte
	err  error
}

func (d *decoder) fail(format string, args ...any) {
	if d.err == nil {
		d.err = fmt.Errorf(format, args...)
	}
	d.rest = nil
}

func (d *decoder) take(n int) []byte {
	if d.err != nil || n > len(d.rest) {
		d.fail("record ends %d bytes too early", n-len(d.rest))
		return make([]byte, min(n, 64))
	}
	b := d.rest[:n:n]
	d.rest = d.rest[n:]
	return b
}

func (d *decoder) byte() byte     { return d.take(1)[0] }
func (d *decoder) uint32() uint32 { return binary.BigEndian.Uint32(d.take(4)) }
func (d *decoder) uint64() uint64 { return binary.BigEndian.Uint64(d.take(8)) }

func (d *decoder) id() payment.ID {
	id := payment.ID(d.take(payment.IDLength))
	if !id.Valid() {
		d.fail("%q is no payment", string(id))
	}
	return id
}

func (d *decoder) number() int {
	n := d.uint32()
	if n == 0 || n > math.MaxInt32 {
		d.fail("event number %d", n)
	}
	return int(n)
}

func (d *decoder) length(most int) int {
	n := d.uint32()
	if n > uint32(most) {
		d.fail("a part of %d bytes", n)
		return 0
	}
	return int(n)
}

func (d *decoder) claims() []Claimed {
	n := int(d.byte())
	if n == 0 || d.err != nil {
		return nil
	}
	if n > MaxClaims {
		d.fail("%d claims", n)
		return nil
	}
	claims := make([]Claimed, n)
	for i := range claims {
		c := &claims[i]
		c.Kind, c.Key = KeyKind(d.byte()), Digest(d.take(len(Digest{})))
		switch over := d.byte(); over {
		case 0:
		case 1:
			c.Over = &Ref{Payment: d.id(), Version: d.number()}
		default:
			d.fail("claim of form %d", over)
		}
	}
	return claims
}

// private is what is left.
func (d *decoder) private() []byte {
	n := len(d.rest)
	switch {
	case n == 0:
		return nil
	case n > MaxPrivate || n < overhead:
		d.fail("a private part of %d bytes", n)
		return nil
	}
	return d.take(n)
}
