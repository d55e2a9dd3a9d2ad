package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Deliveries keeps what is on its way to the shops' endpoints: how far each one
// has been told of the journal, and the events that it did not take yet. The events
// themselves are in the books; losing this means that some are sent again.
// Implementations are safe for concurrent use, and every one passes
// ledgertest.RunDeliveries.
type Deliveries interface {
	// Course gives how far an endpoint is; false: nothing was ever settled for it.
	Course(ctx context.Context, e EndpointKey) (Course, bool, error)
	// Settle makes a change durable, whole or not at all, before it returns nil. A
	// change that DeliveryChange.Check refuses writes nothing.
	Settle(ctx context.Context, c DeliveryChange) error
	// Deliveries gives those of an endpoint by their numbers.
	Deliveries(ctx context.Context, q DeliveryQuery) ([]Delivery, error)
	// Due gives those that wait for a try no later than until, soonest first, at
	// most limit (1 to 1,000).
	Due(ctx context.Context, e EndpointKey, until time.Time, limit int) ([]Delivery, error)
	// Courses gives how far every endpoint is that has something here.
	Courses(ctx context.Context) (map[EndpointKey]Course, error)
	// Forget removes all that there is of an endpoint; none: nothing happens.
	Forget(ctx context.Context, e EndpointKey) error
}

// EndpointKey is what an endpoint is found by.
type EndpointKey struct {
	Tenant shop.Tenant
	ID     string
}

// Course is how far an endpoint is.
type Course struct {
	// Cursor: every event of the journal up to this number arrived, is kept as a
	// delivery, or is none of the endpoint's.
	Cursor  uint64
	Success time.Time // when a delivery last arrived
	Failure time.Time // when one last failed
	Reason  string    // why, in words for the operator; never what the endpoint answered
	Streak  int       // failures since the last success
	Death   time.Time // when one was last given up
	// Waiting and Dead are how many deliveries are kept: the implementation counts
	// them, and Settle does not look at them.
	Waiting, Dead int
	// Calls is how many changes came without a course: from others than whoever brings
	// the endpoint its events, who sees by it that they did. It is counted, too.
	Calls int
}

// DeliveryState is what becomes of a delivery that did not arrive.
type DeliveryState string

// The states. What arrived is not kept.
const (
	DeliveryWaiting DeliveryState = "WAITING" // it is tried again
	DeliveryDead    DeliveryState = "DEAD"    // it was given up
)

// Delivery is an event that an endpoint did not take.
type Delivery struct {
	Number  uint64 // the event's place in the journal
	Event   string // its id
	Type    string
	Payment payment.ID
	Body    []byte    // what is sent
	Time    time.Time // when it happened
	State   DeliveryState
	Tries   int
	Status  int       // of the latest try over HTTP; 0: there was no answer
	Reason  string    // why that one failed
	Since   time.Time // seven days begin here
	Next    time.Time // of the next try
}

// DeliveryChange is what became of an endpoint's deliveries.
type DeliveryChange struct {
	Endpoint EndpointKey
	Course   *Course    // nil: as it was
	Begin    uint64     // the cursor, if there is no course, nor was one
	Put      []Delivery // new, or in place of the one with that number
	Done     []uint64   // they arrived, or are not wanted: they are not kept
	// Since is what Delivery.Since was of those that are Done: one that somebody put anew
	// meanwhile stays. Those that are not in it go in any case.
	Since map[uint64]time.Time
}

// Ends reports whether a change takes away what is kept under a number.
func (c *DeliveryChange) Ends(kept *Delivery) bool {
	since, only := c.Since[kept.Number]
	return !only || since.Equal(kept.Since)
}

// DeliveryQuery asks for a page of deliveries.
type DeliveryQuery struct {
	Endpoint EndpointKey
	State    DeliveryState // empty: any
	After    uint64        // only numbers above this
	Limit    int           // at most so many; 1 to 1,000
}

// Limits of what is kept for endpoints.
const (
	MaxDeliveryBody = 16 << 10 // bytes
	maxEndpointID   = 64
)

// Check reports what is wrong with a change in itself: an endpoint of nobody, a
// delivery without number, event or body, in no state or put twice.
func (c *DeliveryChange) Check() error {
	if err := c.Endpoint.Check(); err != nil {
		return err
	}
	seen := map[uint64]bool{}
	for _, n := range c.Done {
		seen[n] = true
	}
	for i := range c.Put {
		d := &c.Put[i]
		switch {
		case d.Number == 0 || d.Event == "" || len(d.Body) == 0 || len(d.Body) > MaxDeliveryBody || !isText(d.Event, d.Type, d.Reason, string(d.Payment)):
			return fmt.Errorf("ledger: delivery %d is none: %q of %d bytes", d.Number, d.Event, len(d.Body))
		case d.State != DeliveryWaiting && d.State != DeliveryDead:
			return fmt.Errorf("ledger: a delivery in state %q", d.State)
		case seen[d.Number]:
			return fmt.Errorf("ledger: a change has delivery %d twice", d.Number)
		}
		seen[d.Number] = true
	}
	if c.Course != nil && !isText(c.Course.Reason) {
		return errors.New("ledger: a reason that is no text")
	}
	return nil
}

// Check reports an endpoint that belongs to nobody or has no name.
func (e *EndpointKey) Check() error {
	for _, part := range [...]string{string(e.Tenant.Shop), string(e.Tenant.Environment), e.ID} {
		if part == "" || len(part) > maxMemberPart || !isText(part) {
			return errors.New("ledger: an endpoint that belongs to nobody")
		}
	}
	if len(e.ID) > maxEndpointID {
		return fmt.Errorf("ledger: an endpoint's id of %d bytes", len(e.ID))
	}
	return nil
}

// Settled is the course after a change of it, but for what is counted of deliveries. Known:
// there was one.
func (c *DeliveryChange) Settled(was Course, known bool) Course {
	switch {
	case c.Course != nil:
		now := *c.Course
		now.Waiting, now.Dead, now.Calls = was.Waiting, was.Dead, was.Calls
		return now
	case !known:
		was.Cursor = c.Begin
	}
	was.Calls++
	return was
}

// Bytes gives the key in one piece. Its parts are led by their length, so that no
// two run into one another (P12).
func (e *EndpointKey) Bytes() []byte {
	return append(append(TrailKey(e.Tenant), byte(len(e.ID))), e.ID...)
}
