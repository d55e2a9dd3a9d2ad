package acquirer

import (
	"kessai.dev/kessai/internal/payment"
)

// Browser is what the provider wants of a shopper's browser. Nothing here asks
// the provider: it is arithmetic and reading.
type Browser interface {
	// Entry says how a page makes a card token. The error says that the merchant
	// cannot be told apart in this environment, or that its address is unknown.
	Entry(merchant Merchant, checks Checks) (Entry, error)

	// ReadReturn reads what the browser brought back from 3-D Secure, as it was
	// posted. The error says that it is no such form.
	ReadReturn(form map[string][]string) (payment.Return, error)
}

// Checks says what a token is bound to.
type Checks struct {
	Authentication bool // 3-D Secure
	SecurityCode   bool
	// Member binds the token to a member: the card is kept, unless Stored pays.
	Member *Member
	// Stored makes the token of a stored card of Member.
	Stored *StoredCard
}

// Entry is what the provider's script is given, under the script's own names.
type Entry struct {
	ScriptURI      string
	TraderCode     string
	AuthDiv        string // 0 none, 1 3-D Secure, 2 security code, 3 both
	OptServDiv     string // 01 with a member, else 00
	MemberID       string
	AuthKey        string
	CheckSum       string
	CardKey        string
	LastCreditDate string
}
