package bolt

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// row is what is known of a payment without reading the journal: where its
// chain ends, and enough to pass over it in a list.
type row struct {
	version  uint32
	sequence uint64 // of its last record
	tenant   uint64 // hashes: a wrong match is found out when the payment is loaded
	customer uint32
	created  int64 // nanoseconds
	state    payment.State
	flags    flags
}

type flags uint8

const (
	flagCare         flags = 1 << iota // NextCare is not zero
	flagAttention                      // an operator must look
	flagUnanswered                     // a question is open
	flagRegistration                   // it only registers a card
	flagConfirmed                      // the shop has shown that it has the order
	flagTold                           // it was told that the shop has not
)

const rowSize = 4 + 8 + 8 + 4 + 8 + 1 + 1

func rowOf(p *payment.Payment, sequence uint64) row {
	r := row{
		version: uint32(p.Version), sequence: sequence,
		tenant: tenantHash(p.Tenant), customer: customerHash(p.Customer),
		created: p.Created.UnixNano(), state: p.State,
	}
	if !p.NextCare().IsZero() {
		r.flags |= flagCare
	}
	if p.Attention != "" {
		r.flags |= flagAttention
	}
	if p.Question() != nil {
		r.flags |= flagUnanswered
	}
	if p.Registration {
		r.flags |= flagRegistration
	}
	if p.Confirmed() {
		r.flags |= flagConfirmed
	}
	if p.Unconfirmed {
		r.flags |= flagTold
	}
	return r
}

func (r *row) encode() []byte {
	b := binary.BigEndian.AppendUint32(make([]byte, 0, rowSize), r.version)
	b = binary.BigEndian.AppendUint64(b, r.sequence)
	b = binary.BigEndian.AppendUint64(b, r.tenant)
	b = binary.BigEndian.AppendUint32(b, r.customer)
	b = binary.BigEndian.AppendUint64(b, uint64(r.created))
	return append(b, byte(r.state), byte(r.flags))
}

func decodeRow(b []byte) (row, error) {
	if len(b) != rowSize {
		return row{}, fmt.Errorf("ledger: index row of %d bytes", len(b))
	}
	return row{
		version: binary.BigEndian.Uint32(b), sequence: binary.BigEndian.Uint64(b[4:]),
		tenant: binary.BigEndian.Uint64(b[12:]), customer: binary.BigEndian.Uint32(b[20:]),
		created: int64(binary.BigEndian.Uint64(b[24:])), state: payment.State(b[32]), flags: flags(b[33]),
	}, nil
}

func tenantHash(t shop.Tenant) uint64 {
	h := fnv.New64a()
	h.Write([]byte(t.Shop))
	h.Write([]byte{0})
	h.Write([]byte(t.Environment))
	return h.Sum64()
}

func customerHash(customer string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(customer))
	return h.Sum32()
}

// sieve passes over payments that cannot meet a query. What it lets through
// is loaded and matched.
type sieve struct {
	tenant        uint64
	customer      uint32
	byCustomer    bool
	states        uint16 // a bit per state; 0: any
	flags         flags  // all of these
	without       flags  // none of these
	after, before int64  // exclusive; 0: open
}

func newSieve(q *ledger.Query) sieve {
	s := sieve{
		tenant: tenantHash(q.Tenant), customer: customerHash(q.Filter.Customer), byCustomer: q.Filter.Customer != "",
		after: nanos(q.Filter.CreatedAfter), before: nanos(q.Filter.CreatedBefore),
	}
	for _, state := range q.Filter.States {
		s.states |= 1 << state
	}
	if q.Filter.Attention {
		s.flags |= flagAttention
	}
	if q.Filter.Unanswered {
		s.flags |= flagUnanswered
	}
	if !q.Filter.Registrations {
		s.without = flagRegistration
	}
	s.whether(q.Filter.Confirmed, flagConfirmed)
	s.whether(q.Filter.Told, flagTold)
	return s
}

// whether passes over rows by one flag.
func (s *sieve) whether(w ledger.Whether, f flags) {
	switch w {
	case ledger.Is:
		s.flags |= f
	case ledger.IsNot:
		s.without |= f
	}
}

// nanos is a bound in nanoseconds; 0: open. One that nanoseconds cannot hold, such
// as the year 9999, is the outermost that they can.
func nanos(t time.Time) int64 {
	switch {
	case t.IsZero():
		return 0
	case t.After(time.Unix(0, math.MaxInt64)):
		return math.MaxInt64
	case t.Before(time.Unix(0, math.MinInt64)):
		return math.MinInt64
	}
	return t.UnixNano()
}

func (s *sieve) passes(r *row) bool {
	return r.tenant == s.tenant &&
		(!s.byCustomer || r.customer == s.customer) &&
		(s.states == 0 || s.states&(1<<r.state) != 0) &&
		r.flags&s.flags == s.flags && r.flags&s.without == 0 &&
		(s.after == 0 || r.created > s.after) &&
		(s.before == 0 || r.created < s.before)
}
