package payment

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ID names a payment: 20 characters of lower-case base32hex, 45 bits of
// milliseconds and then 55 random ones, so that ids sort by time. They are
// never re-used, not even after a restore (P95).
type ID string

// IDLength is the length of every ID.
const IDLength = 20

const base32hex = "0123456789abcdefghijklmnopqrstuv"

// NewID makes the id of a payment created at t from 55 bits of random.
func NewID(t time.Time, random uint64) ID {
	var b [IDLength]byte
	ms := uint64(t.UnixMilli())
	for i := 8; i >= 0; i-- {
		b[i] = base32hex[ms&31]
		ms >>= 5
	}
	for i := IDLength - 1; i >= 9; i-- {
		b[i] = base32hex[random&31]
		random >>= 5
	}
	return ID(b[:])
}

// Valid reports whether id has the form of an id.
func (id ID) Valid() bool {
	if len(id) != IDLength {
		return false
	}
	for i := range len(id) {
		if c := id[i]; !(c >= '0' && c <= '9' || c >= 'a' && c <= 'v') {
			return false
		}
	}
	return true
}

// Name is the resource name, "payments/{id}".
func (id ID) Name() string { return "payments/" + string(id) }

// ParseName reads a resource name.
func ParseName(name string) (ID, bool) {
	s, ok := strings.CutPrefix(name, "payments/")
	return ID(s), ok && ID(s).Valid()
}

// Acceptance gives the acceptance number (受付番号) of an attempt: the id in
// capitals, plus "-2", "-3" … from the second attempt on. It keeps to the
// provider's 23 characters and alphabet, and no two attempts of any payment
// share one (P15).
func (id ID) Acceptance(attempt int) string {
	s := strings.ToUpper(string(id))
	if attempt > 1 {
		s += "-" + strconv.Itoa(attempt)
	}
	return s
}

// ParseAcceptance finds the payment and the attempt of an acceptance number.
func ParseAcceptance(s string) (ID, int, error) {
	head, tail, suffixed := strings.Cut(s, "-")
	id, n := ID(strings.ToLower(head)), 1
	if suffixed {
		n, _ = strconv.Atoi(tail)
	}
	if !id.Valid() || id.Acceptance(n) != s {
		return "", 0, fmt.Errorf("%q is no acceptance number of ours", s)
	}
	return id, n, nil
}

// Time is when the payment of a valid id was created, to the millisecond.
func (id ID) Time() time.Time {
	var ms int64
	for i := range 9 {
		ms = ms<<5 | int64(strings.IndexByte(base32hex, id[i]))
	}
	return time.UnixMilli(ms)
}
