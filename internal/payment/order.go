package payment

import "kessai.dev/kessai/internal/money"

// Order is what the shopper buys and who they are: personal data. It is kept
// encrypted under the payment's own key (Event.Private), apart from the books'
// chain, and is never changed (R36, R37, R39).
type Order struct {
	Lines   []Line    `json:"lines,omitempty"`
	Buyer   *Buyer    `json:"buyer,omitempty"`
	ShipTos []Address `json:"shipTo,omitempty"`
	Total   money.Yen `json:"total,omitempty"`
}

// Line is one line of the order.
type Line struct {
	Name       string    `json:"name"`
	Quantity   int       `json:"quantity"`
	UnitAmount money.Yen `json:"unit"`
	Kind       string    `json:"kind,omitempty"` // "physical" (default), "download", "service", "subscription" (R06)
}

// Buyer is who pays.
type Buyer struct {
	Name     string `json:"name,omitempty"`
	NameKana string `json:"kana,omitempty"`
	Phone    string `json:"phone,omitempty"`
	Email    string `json:"email,omitempty"`
}

// Address is where the parcel goes.
type Address struct {
	Name       string `json:"name,omitempty"`
	PostalCode string `json:"zip,omitempty"`
	Prefecture string `json:"pref,omitempty"`
	City       string `json:"city,omitempty"`
	Line1      string `json:"line1,omitempty"`
	Line2      string `json:"line2,omitempty"`
	Phone      string `json:"phone,omitempty"`
}
