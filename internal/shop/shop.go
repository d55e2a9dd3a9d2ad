// Package shop knows who sells: shops, their settings (R12–R19), their
// contracts with the provider, and who may call on their behalf.
package shop

import (
	"time"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shipping"
)

// ID names a shop.
type ID string

// Environment keeps test and real money apart: everything a payment touches
// belongs to one of the two (R12, P89).
type Environment string

// The two environments.
const (
	Test       Environment = "TEST"
	Production Environment = "PRODUCTION"
)

// Mode is the processing mode 処理区分 (R16).
type Mode string

// The two modes. Authorize is the default.
const (
	Authorize           Mode = "AUTHORIZE"
	AuthorizeAndCapture Mode = "AUTHORIZE_AND_CAPTURE"
)

// Tenant is a shop in one environment: the scope of order numbers,
// idempotency keys, lists and access keys.
type Tenant struct {
	Shop        ID
	Environment Environment
}

// Contract is an agreement with the provider. One or more shops point to it.
type Contract struct {
	ID         string
	TraderCode string // nine digits
	AccessKey  AccessKey
	Flags      Flags
	// AmountLimit is the most one payment may be, in yen; zero means money.Max.
	AmountLimit money.Yen
	// HoldDays is how many days a hold lasts, counted in Japan time to 23:59 of the last day.
	HoldDays int
}

// AccessKey is the provider's key for the contract. It never prints itself.
type AccessKey string

// String hides the key.
func (AccessKey) String() string { return "[access key]" }

// GoString hides the key from %#v.
func (AccessKey) GoString() string { return "[access key]" }

// MarshalText hides the key from every encoder.
func (AccessKey) MarshalText() ([]byte, error) { return []byte("[access key]"), nil }

// Reveal gives the key for the one place that computes check sums with it.
func (k AccessKey) Reveal() string { return string(k) }

// Flags are what the provider allows under a contract. The zero value allows
// the least.
type Flags struct {
	TestAllowed      bool // the TEST environment was applied for (R12)
	Vault            bool // cards on file (R15)
	ThreeDSecure     bool // 3-D Secure (R13)
	NoSecurityCode   bool // the security code may be left out (R14)
	AmountIncrease   bool // an amount may be raised (A074000002 otherwise)
	CaptureByCode99  bool // the merchant type may capture without a Yamato slip (E011010251 otherwise)
	NonPhysical      bool // lifts R06
	SeveralShipTos   bool // lifts R06's one destination
	SeveralShipments bool // an order may go in several parcels, each with its slip
	StoredCardAlone  bool // the server may charge a stored card without the shopper
	Reservation      bool // 予約販売: a stored card is authorized near its planned ship date
}

// Settings are the shop's own choices (R12–R19, R22).
type Settings struct {
	Mode         Mode
	Installments bool // more than the lump sum (R18)
	// InstallmentMinimum is the least amount, in yen, that may be paid in parts.
	InstallmentMinimum money.Yen
	Deliveries         []shipping.Method

	ThreeDSecure ThreeDSecure
	// RiskAmount is from which amount, in yen, 3-D Secure by risk is demanded;
	// zero: DefaultRiskAmount.
	RiskAmount     money.Yen
	NoSecurityCode bool // the security code is not asked for (R14); the contract must allow it
	Saving         Saving
	Methods        []PaymentMethod // in the order that the checkout shows (R20); none: one for cards

	Sender Sender // what B2 needs of the sender (R19)
	B2     B2
	// FeeRate is in hundredths of a percent, for settlement reports (R22).
	FeeRate int
	// NoRegistration: a lost order may not be registered from the log (R40).
	NoRegistration bool

	Care    Care
	Deposit Deposit
}

// Care is what is done about payments without anybody's asking. Zero fields mean
// what their comments say.
type Care struct {
	// ConfirmMinutes is how long the shop may take to say that it has an order
	// before its payment counts as lost (R39); zero: DefaultConfirmMinutes.
	ConfirmMinutes int
	Orphans        OrphanRule // what becomes of lost orders; empty: OrphansWait
	// OrphanHours is how old a lost order is when that is done; zero: DefaultOrphanHours.
	OrphanHours int
	// ReauthorizeDays: so many days before its end a hold is made anew; zero: never.
	ReauthorizeDays int
	// SlipDays: after so many days a held order with Yamato delivery and no slip is
	// told of (P71); zero: DefaultSlipDays.
	SlipDays int
	// CorrectionLimit: taking over a difference of more yen than this needs two
	// people (R42); zero: DefaultCorrectionLimit.
	CorrectionLimit money.Yen
	// RetentionDays: so many days after a payment ended its personal data is erased
	// (P103); zero: never.
	RetentionDays int
}

// OrphanRule is what becomes of payments whose order the shop never confirmed.
type OrphanRule string

// The rules. Waiting for an operator is the default.
const (
	OrphansWait     OrphanRule = "WAIT"
	OrphansRegister OrphanRule = "REGISTER" // the order is registered, dated by the log
	OrphansCancel   OrphanRule = "CANCEL"   // the money is released or given back
)

// What zero fields of Care mean.
const (
	DefaultConfirmMinutes            = 30
	DefaultOrphanHours               = 24
	DefaultSlipDays                  = 7
	DefaultCorrectionLimit money.Yen = 100_000
)

// Deposit is when the provider pays out what was settled, for forecasts. The
// zero value is filled in by OrDefault.
type Deposit struct {
	ClosingDays []int // of the month; 31: its last day
	PayDays     int   // days from a closing day to the deposit
}

// DefaultFeeRate is the manual's fee: 5 % (R22).
const DefaultFeeRate = 500

// Sender is who sends, as B2 prints it (R19).
type Sender struct {
	Name, NameKana                string
	PostalCode, Address, Building string
	Phone                         string
	BillingCode, BillingClass     string // 請求先顧客コード, 請求先分類コード
	FreightNumber                 string // 運賃管理番号
}

// B2 is how files for 送り状発行システム B2 are written (R29).
type B2 struct {
	Columns   int    // 95 (also for 0) or 97
	Header    bool   // the names of the columns as first line
	QuoteAll  bool   // every cell between quotes
	SlipType  string // 送り状種類; empty: "0", 発払い
	Registers bool   // B2 registers the slips at the provider, and we do not (P69)
}

// ThreeDSecure is the shop's choice of 3-D Secure (R13 and beyond).
type ThreeDSecure string

// The choices. Off is the default.
const (
	ThreeDSecureOff    ThreeDSecure = "OFF"
	ThreeDSecureOn     ThreeDSecure = "ON"
	ThreeDSecureByRisk ThreeDSecure = "BY_RISK"
)

// DefaultRiskAmount is from which amount 3-D Secure by risk is demanded when
// the shop does not say.
const DefaultRiskAmount money.Yen = 10_000

// Saving is the shop's choice of cards on file (R15).
type Saving string

// The choices. SavingNever is the default.
const (
	SavingNever  Saving = "NEVER"
	SavingChosen Saving = "MEMBER_CHOOSES" // the checkout shows a box
	SavingAlways Saving = "ALWAYS"         // every card of a member is kept
)

// PaymentMethod is one way to pay that the checkout shows (R20).
type PaymentMethod struct {
	ID          string
	Name        string
	Description string // HTML, already sanitised
	Kind        string // "card" is paid here; "other" is settled by the shop itself
	Stopped     bool
}

// The kinds of payment methods. Cards are the one kind that kessai settles
// (R07); what is of the other kind the shop settles by itself.
const (
	KindCard  = "card"
	KindOther = "other"
)

// Shop is one seller under one contract per environment.
type Shop struct {
	ID        ID
	Name      string
	Contracts map[Environment]Contract
	Settings  Settings
}

// Delivery finds a delivery method of the shop by its bare id.
func (s *Shop) Delivery(id string) (shipping.Method, bool) {
	for _, m := range s.Settings.Deliveries {
		if m.ID == id {
			return m, true
		}
	}
	return shipping.Method{}, false
}

// Limit is the most one payment may be under the contract, in yen.
func (c *Contract) Limit() money.Yen {
	if c.AmountLimit.Valid() {
		return c.AmountLimit
	}
	return money.Max
}

// Tokyo is the zone of every rule about days and hours. It is fixed: Japan
// keeps no summer time.
var Tokyo = time.FixedZone("Asia/Tokyo", 9*60*60)

// HoldExpiry is when a hold made at t lapses: 23:59:59 Japan time of the last
// of the contract's hold days (P84).
func (c *Contract) HoldExpiry(t time.Time) time.Time {
	const ahead, day = 9 * 60 * 60, 24 * 60 * 60 // Japan time has no other hours: no calendar is needed
	made := (t.Unix() + ahead) / day
	return time.Unix((made+int64(c.HoldDays)+1)*day-1-ahead, 0).In(Tokyo)
}

// ServiceReopens tells whether t lies in the hours, 23:00 to 01:00 Japan time,
// in which the provider refuses amount changes and re-authorizations
// (A070000000, A110000000), and if so when it serves again (P37).
func ServiceReopens(t time.Time) (time.Time, bool) {
	j := t.In(Tokyo)
	switch {
	case j.Hour() >= 23:
		return time.Date(j.Year(), j.Month(), j.Day()+1, 1, 0, 0, 0, Tokyo), true
	case j.Hour() < 1:
		return time.Date(j.Year(), j.Month(), j.Day(), 1, 0, 0, 0, Tokyo), true
	}
	return time.Time{}, false
}
