package postgres

import (
	"math"
	"strings"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// row is a payment's row in the table payments: where its chain ends, and what a list
// passes over it by. What a list finds is loaded and matched.
type row struct {
	id          string
	version     int
	first, last uint64
	hash        ledger.Hash
	listed
}

// listed is what lists ask for. It is comparable: verify does.
type listed struct {
	shop, environment, customer, delivery, foreign string
	created, amount                                int64
	state                                          int
	flags                                          int
	care                                           bool
}

// What is true of a payment or not.
const (
	flagAttention    = 1 << iota // an operator must look
	flagUnanswered               // a question is open
	flagRegistration             // it only registers a card
	flagConfirmed                // the shop has shown that it has the order
	flagTold                     // it was told that the shop has not
	flagShipped                  // the shop has sent it
	flagCanceled                 // the shop canceled its order
)

func listedOf(p *payment.Payment) listed {
	l := listed{
		shop: column(string(p.Tenant.Shop)), environment: column(string(p.Tenant.Environment)),
		customer: column(p.Customer), delivery: column(p.Delivery), foreign: column(p.Foreign),
		created: nanos(p.Created), amount: int64(p.Amount), state: int(p.State), care: !p.NextCare().IsZero(),
	}
	for flag, is := range map[int]bool{
		flagAttention: p.Attention != "", flagUnanswered: p.Question() != nil, flagRegistration: p.Registration,
		flagConfirmed: p.Confirmed(), flagTold: p.Unconfirmed, flagShipped: p.Shipped, flagCanceled: p.OrderCanceled,
	} {
		if is {
			l.flags |= flag
		}
	}
	return l
}

// column makes of a text what a column of text takes. Both what is kept and what is asked
// for go through it.
func column(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

// nanos is a moment in nanoseconds. One that these cannot hold, such as the year 9999, is
// the outermost that they can.
func nanos(t time.Time) int64 {
	switch {
	case t.After(time.Unix(0, math.MaxInt64)):
		return math.MaxInt64
	case t.Before(time.Unix(0, math.MinInt64)):
		return math.MinInt64
	}
	return t.UnixNano()
}
