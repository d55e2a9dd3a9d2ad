package simulator

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.etcd.io/bbolt"
)

// Transaction is an order as the merchant page shows it.
type Transaction struct {
	TraderCode     string    `json:"traderCode"`
	OrderNo        string    `json:"orderNo"`
	Status         int       `json:"status"`
	Words          string    `json:"words"` // the provider's words for the status
	English        string    `json:"english"`
	Amount         int64     `json:"amount"`
	ApprovalNumber string    `json:"approvalNumber,omitempty"`
	ApprovedAt     time.Time `json:"approvedAt,omitzero"`
	Slips          []string  `json:"slips,omitempty"`
	Buyer          string    `json:"buyer"` // masked
	CreatedAt      time.Time `json:"createdAt"`
	Scenario       string    `json:"scenario,omitempty"`
	Hidden         bool      `json:"hidden,omitempty"` // E04 does not find it yet
	Lapsed         bool      `json:"lapsed,omitempty"` // the hold can no longer be captured

	// ThreeDSecure is the RES_CODE that A09 brought; "open" while the buyer is
	// at the issuer's; empty without 3-D Secure. The words are Japanese, English.
	ThreeDSecure      string    `json:"threeDSecure,omitempty"`
	ThreeDSecureWords [2]string `json:"threeDSecureWords,omitzero"`
}

// Transactions lists orders, newest first, at most so many. A search is a part
// of the order number, or a whole slip number.
func (s *Simulator) Transactions(search string, limit int) ([]Transaction, error) {
	list, now := []Transaction{}, s.Now()
	err := s.books.db.View(func(tx *bbolt.Tx) error {
		orders := tx.Bucket([]byte(bucketOrders))
		cursor := tx.Bucket([]byte(bucketTimeline)).Cursor()
		for k, key := cursor.Last(); k != nil && len(list) < limit; k, key = cursor.Prev() {
			var t transaction
			if err := decode(orders.Get(key), &t); err != nil {
				return err
			}
			if !strings.Contains(t.OrderNo, search) && !slices.Contains(t.Slips, search) {
				continue
			}
			m, _ := s.merchant(t.Trader)
			t.age(m, now)
			list = append(list, t.seen(m, now))
		}
		return nil
	})
	return list, err
}

func (t *transaction) seen(m Merchant, now time.Time) Transaction {
	slips := t.Slips
	if t.Other != "" {
		slips = []string{t.Other}
	}
	words := statusWords[t.Status]
	threeD, threeDWords := t.ThreeD, resWords[t.ThreeD]
	if t.Status == statusInProgress && t.Challenge != "" {
		threeD, threeDWords = "open", [2]string{"認証待ち", "waits for the buyer"}
	}
	return Transaction{
		TraderCode: t.Trader, OrderNo: t.OrderNo, Status: t.Status, Words: words[0], English: words[1],
		Amount: t.Amount, ApprovalNumber: t.Approval, ApprovedAt: t.ApprovedAt, Slips: slips, Buyer: t.Buyer,
		CreatedAt: t.CreatedAt, Scenario: t.Scenario, Hidden: !t.visible(now), Lapsed: t.lapsed(m, now),
		ThreeDSecure: threeD, ThreeDSecureWords: threeDWords,
	}
}

// ErrNoOrder says that there is no such order, ErrNoChallenge that it does not
// wait for its buyer, ErrNoAnswer that nobody does that on the issuer's page.
var (
	ErrNoOrder     = errors.New("simulator: no such order")
	ErrNoChallenge = errors.New("simulator: the order does not wait for 3-D Secure")
	ErrNoAnswer    = errors.New("simulator: the answer is authenticate, fail or cancel, or a resCode of four digits")
)

// Settle is the provider's batch: a captured order becomes settled (30 to 31).
// It fails with ErrNoOrder, or when the order is not captured.
func (s *Simulator) Settle(traderCode, orderNo string) error {
	return s.change(traderCode, orderNo, func(c *call, t *transaction) ([]put, error) {
		if t.Status != statusShipped {
			return nil, fmt.Errorf("simulator: order %s is %d, not 30", orderNo, t.Status)
		}
		t.Status, t.SettledAt = statusSettled, c.now
		return nil, nil
	})
}

// SetStatus does what somebody at the provider's own screens could do, unknown
// to the shop: the order has this status now. A cancelled one loses its slips.
func (s *Simulator) SetStatus(traderCode, orderNo string, status int) error {
	if _, known := statusWords[status]; !known {
		return fmt.Errorf("simulator: no status %d", status)
	}
	return s.change(traderCode, orderNo, func(c *call, t *transaction) (puts []put, err error) {
		if t.Status, t.Shown = status, nil; status == statusCanceled {
			puts, t.CanceledAt = c.dropShipment(t), c.now
		}
		return puts, nil
	})
}

// change works on an order under its lock.
func (s *Simulator) change(traderCode, orderNo string, work func(*call, *transaction) ([]put, error)) error {
	s.gate.RLock()
	defer s.gate.RUnlock()
	m, known := s.merchant(traderCode)
	if !known {
		return fmt.Errorf("simulator: no merchant %q", traderCode)
	}
	c := &call{s: s, merchant: m, form: form{"order_no": orderNo}, now: s.Now()}
	defer c.release()
	if c.load(); c.tx == nil {
		return ErrNoOrder
	}
	puts, err := work(c, c.tx)
	if err != nil {
		return err
	}
	return s.books.commit(append(puts, c.tx.puts()...))
}
