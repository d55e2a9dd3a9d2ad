package shipping

import (
	"fmt"

	"kessai.dev/kessai/internal/money"
)

// The provider's limits on slips and orders (P38, protocol section 10). They are
// refused here, before anything is sent.
const (
	// MaxSlips is how many slips one order may have.
	MaxSlips = 99
	// MaxBundleOrders is how many orders one slip may carry, all to one consignee
	// (同梱).
	MaxBundleOrders = 3
	// MaxBundle is what the orders of one slip may come to together. An order
	// that travels alone has no such limit.
	MaxBundle money.Yen = 300_000
)

// LimitFault says which limit is passed, for a caller who translates it. The
// words are stable.
type LimitFault string

// The limits.
const (
	LimitSlips          LimitFault = "slips"           // more than MaxSlips on an order
	LimitBundleOrders   LimitFault = "bundle_orders"   // more than MaxBundleOrders on a slip
	LimitBundleAmount   LimitFault = "bundle_amount"   // more than MaxBundle on a slip
	LimitBundleReceiver LimitFault = "bundle_receiver" // orders of several consignees on a slip
	LimitAmount         LimitFault = "amount"          // an amount that no order has
)

// LimitError is a limit that is passed.
type LimitError struct {
	Fault LimitFault
	Got   int64 // slips, orders or yen; with LimitBundleReceiver and LimitAmount the order's place, from 1
	Max   int64 // 0 where there is none
}

// Error says in English what is passed, and what to do.
func (e *LimitError) Error() string {
	switch e.Fault {
	case LimitSlips:
		return fmt.Sprintf("the order would have %d slips, and the provider takes %d: send the rest as another order", e.Got, e.Max)
	case LimitBundleOrders:
		return fmt.Sprintf("%d orders share the slip, and it may carry %d: send the rest with another slip", e.Got, e.Max)
	case LimitBundleAmount:
		return fmt.Sprintf("the orders of the slip come to %d yen, and it may carry %d: send one of them with another slip", e.Got, e.Max)
	case LimitBundleReceiver:
		return fmt.Sprintf("order %d of the slip goes to somebody else: give it a slip of its own", e.Got)
	}
	return fmt.Sprintf("the amount of order %d of the slip is no amount", e.Got)
}

// Japanese says the same in Japanese.
func (e *LimitError) Japanese() string {
	switch e.Fault {
	case LimitSlips:
		return fmt.Sprintf("この注文の送り状は%d件になり、上限の%d件を超えます。残りは別の注文として発送してください", e.Got, e.Max)
	case LimitBundleOrders:
		return fmt.Sprintf("この送り状には%d件の注文が付いており、同梱の上限の%d件を超えます。残りは別の送り状で発送してください", e.Got, e.Max)
	case LimitBundleAmount:
		return fmt.Sprintf("この送り状の注文の合計は%d円で、同梱の上限の%d円を超えます。1件は別の送り状で発送してください", e.Got, e.Max)
	case LimitBundleReceiver:
		return fmt.Sprintf("この送り状の%d件目の注文は、お届け先が異なります。別の送り状を発行してください", e.Got)
	}
	return fmt.Sprintf("この送り状の%d件目の注文の金額に誤りがあります", e.Got)
}

// JudgeSlips reports whether an order may have n slips, those on their way to
// the provider included (P38). The error is a *LimitError.
func JudgeSlips(n int) error {
	if n > MaxSlips {
		return &LimitError{LimitSlips, int64(n), MaxSlips}
	}
	return nil
}

// Bundled is one order of those that share a slip.
type Bundled struct {
	Amount   money.Yen // 0: not known
	Receiver Receiver  // what is not known may be left out
}

// JudgeBundle reports whether the orders, each given once, may share a slip: at
// most three, to one consignee, and together at most 300,000 yen (P38). One
// order alone always may. What is not known of an order is not held against it:
// an amount of 0 adds nothing, and a receiver without a name goes by the
// prefecture. The error is a *LimitError.
func JudgeBundle(orders []Bundled) error {
	if fault := judgeBundle(orders); fault != nil {
		return fault
	}
	return nil
}

func judgeBundle(orders []Bundled) *LimitError {
	sum := int64(0)
	for i, o := range orders {
		if o.Amount != 0 && !o.Amount.Valid() {
			return &LimitError{LimitAmount, int64(i + 1), 0}
		}
		sum += int64(o.Amount)
	}
	switch n := len(orders); {
	case n < 2:
		return nil
	case n > MaxBundleOrders:
		return &LimitError{LimitBundleOrders, int64(n), MaxBundleOrders}
	case sum > int64(MaxBundle):
		return &LimitError{LimitBundleAmount, sum, int64(MaxBundle)}
	}
	for i, a := range orders {
		for _, b := range orders[:i] {
			if a.Receiver.identity().compare(b.Receiver.identity()) == unlike {
				return &LimitError{LimitBundleReceiver, int64(i + 1), 0}
			}
		}
	}
	return nil
}
