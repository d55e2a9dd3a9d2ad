package ledger

import (
	"encoding/json"
	"fmt"
	"time"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// deliveryRecord is a delivery as it is kept. The JSON names of this file are kept
// for ever.
type deliveryRecord struct {
	Number  uint64        `json:"n"`
	Event   string        `json:"id"`
	Type    string        `json:"type"`
	Payment payment.ID    `json:"payment,omitempty"`
	Body    []byte        `json:"body"`
	Time    time.Time     `json:"t,omitzero"`
	State   DeliveryState `json:"state"`
	Tries   int           `json:"tries,omitempty"`
	Status  int           `json:"status,omitempty"`
	Reason  string        `json:"reason,omitempty"`
	Since   time.Time     `json:"since,omitzero"`
	Next    time.Time     `json:"next,omitzero"`
}

type courseRecord struct {
	Shop        shop.ID          `json:"shop"`
	Environment shop.Environment `json:"env"`
	ID          string           `json:"id"`
	Cursor      uint64           `json:"cursor,omitempty"`
	Success     time.Time        `json:"success,omitzero"`
	Failure     time.Time        `json:"failure,omitzero"`
	Reason      string           `json:"reason,omitempty"`
	Streak      int              `json:"streak,omitempty"`
	Death       time.Time        `json:"death,omitzero"`
	Waiting     int              `json:"waiting,omitempty"`
	Dead        int              `json:"dead,omitempty"`
	Calls       int              `json:"calls,omitempty"`
}

// Encode gives the bytes to keep.
func (d *Delivery) Encode() ([]byte, error) {
	r := deliveryRecord(*d)
	body, err := json.Marshal(&r)
	if err != nil {
		return nil, fmt.Errorf("ledger: delivery: %w", err)
	}
	return summed(body), nil
}

// DecodeDelivery reads what Encode wrote.
func DecodeDelivery(b []byte) (Delivery, error) {
	var r deliveryRecord
	if err := readSummed(b, &r); err != nil {
		return Delivery{}, fmt.Errorf("ledger: delivery: %w", err)
	}
	return Delivery(r), nil
}

// Encode gives the bytes to keep of an endpoint's course.
func (c *Course) Encode(e EndpointKey) ([]byte, error) {
	body, err := json.Marshal(&courseRecord{
		Shop: e.Tenant.Shop, Environment: e.Tenant.Environment, ID: e.ID,
		Cursor: c.Cursor, Success: c.Success, Failure: c.Failure, Reason: c.Reason, Streak: c.Streak, Death: c.Death, Waiting: c.Waiting, Dead: c.Dead, Calls: c.Calls,
	})
	if err != nil {
		return nil, fmt.Errorf("ledger: course: %w", err)
	}
	return summed(body), nil
}

// DecodeCourse reads what Course.Encode wrote.
func DecodeCourse(b []byte) (EndpointKey, Course, error) {
	var r courseRecord
	if err := readSummed(b, &r); err != nil {
		return EndpointKey{}, Course{}, fmt.Errorf("ledger: course: %w", err)
	}
	return EndpointKey{Tenant: shop.Tenant{Shop: r.Shop, Environment: r.Environment}, ID: r.ID}, Course{
		Cursor: r.Cursor, Success: r.Success, Failure: r.Failure, Reason: r.Reason, Streak: r.Streak, Death: r.Death, Waiting: r.Waiting, Dead: r.Dead, Calls: r.Calls,
	}, nil
}
