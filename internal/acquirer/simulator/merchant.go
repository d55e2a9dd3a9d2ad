package simulator

import (
	"errors"
	"fmt"
	"slices"
	"sort"
)

// Merchant is a contract with the provider: who may call, and what may be
// asked. The zero value may do nothing; FullMerchant may do everything.
type Merchant struct {
	TraderCode string `json:"traderCode"` // nine characters
	AccessKey  string `json:"accessKey"`
	Name       string `json:"name,omitempty"`

	Suspended         bool `json:"suspended,omitempty"`         // Z012000007
	API               bool `json:"api,omitempty"`               // else Z012000008
	Payments          bool `json:"payments,omitempty"`          // else A082000001
	Card              bool `json:"card,omitempty"`              // else A082000002
	FeaturePhone      bool `json:"featurePhone,omitempty"`      // device 3 on A01, else A012000001
	ThreeDSecure      bool `json:"threeDSecure,omitempty"`      // else A012000003
	Vault             bool `json:"vault,omitempty"`             // the option service: stored cards and reservations
	AmountChange      bool `json:"amountChange,omitempty"`      // else A072000001
	AmountIncrease    bool `json:"amountIncrease,omitempty"`    // else A074000002
	Shipment          bool `json:"shipment,omitempty"`          // Yamato slips, else E011010251
	SalesConfirmation bool `json:"salesConfirmation,omitempty"` // carrier code 99, else E011010251

	PayWays     []string `json:"payWays,omitempty"`     // empty: all of the protocol
	Limit       int64    `json:"limit,omitempty"`       // yen per payment
	HoldDays    int      `json:"holdDays,omitempty"`    // how long a hold can be captured; 0: for ever
	CancelDays  int      `json:"cancelDays,omitempty"`  // how long after authorization a settled charge can be given back; 0: for ever
	SettleDays  int      `json:"settleDays,omitempty"`  // 30 becomes 31 by itself after so many days; 0: only when an operator says so
	Concurrency int      `json:"concurrency,omitempty"` // calls at once, above it Z012000006; 0: no limit
	AllowedIPs  []string `json:"allowedIPs,omitempty"`  // empty: every address, else Z012000009
}

// FirstTraderCode and FirstAccessKey are the shop that is always there.
const (
	FirstTraderCode = "888889999"
	FirstAccessKey  = "1111111"
)

// FullMerchant is a merchant with every option of the contract: holds last 58
// days, settled charges can be given back for 90 days after authorization.
func FullMerchant(traderCode, accessKey string) Merchant {
	return Merchant{
		TraderCode: traderCode, AccessKey: accessKey,
		API: true, Payments: true, Card: true, FeaturePhone: true, ThreeDSecure: true, Vault: true,
		AmountChange: true, AmountIncrease: true, Shipment: true, SalesConfirmation: true,
		Limit: 9_999_999, HoldDays: 58, CancelDays: 90,
	}
}

// allPayWays is what the protocol knows: lump sum, instalments, revolving.
var allPayWays = []string{"1", "2", "3", "5", "6", "10", "12", "15", "18", "20", "24", "0"}

// allows reports whether the merchant may use a pay_way, already without its
// leading zero.
func (m Merchant) allows(payWay string) bool {
	if len(m.PayWays) > 0 {
		return slices.Contains(m.PayWays, payWay)
	}
	return slices.Contains(allPayWays, payWay)
}

// AddMerchant adds a merchant, or replaces the one with the same trader code.
func (s *Simulator) AddMerchant(m Merchant) error {
	if len(m.TraderCode) != 9 || !alphanumeric(m.TraderCode) {
		return fmt.Errorf("simulator: trader code %q is not nine characters", m.TraderCode)
	}
	if m.AccessKey == "" {
		return errors.New("simulator: a merchant needs an access key")
	}
	if err := s.books.commit([]put{{bucket: bucketMerchants, key: m.TraderCode, value: encode(m)}}); err != nil {
		return err
	}
	s.merchantsMu.Lock()
	defer s.merchantsMu.Unlock()
	s.merchants[m.TraderCode] = m
	return nil
}

// Merchants lists all merchants by trader code.
func (s *Simulator) Merchants() []Merchant {
	s.merchantsMu.RLock()
	defer s.merchantsMu.RUnlock()
	list := make([]Merchant, 0, len(s.merchants))
	for _, m := range s.merchants {
		list = append(list, m)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].TraderCode < list[j].TraderCode })
	return list
}

func (s *Simulator) merchant(traderCode string) (Merchant, bool) {
	s.merchantsMu.RLock()
	defer s.merchantsMu.RUnlock()
	m, ok := s.merchants[traderCode]
	return m, ok
}
