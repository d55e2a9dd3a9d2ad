package b2

// Alphabet is what a column may hold.
type Alphabet uint8

// The alphabets.
const (
	Text      Alphabet = iota // full- and half-width characters
	Half                      // half-width: letters, digits and signs
	Kana                      // half-width katakana, letters and digits
	Digits                    // digits only
	Phone                     // digits and hyphens, a digit first
	Postal                    // 7 digits, or 8 characters with the hyphen
	Reference                 // letters, digits, - and _
	Day                       // YYYY/MM/DD
)

// Column is one column of the basic layout (基本レイアウト), protocol section 11.
type Column struct {
	Number   int // from 1
	Name     string
	Full     int // most full-width characters; 0 where only half-width ones go
	Half     int // most half-width characters, which are bytes in CP932
	Alphabet Alphabet
	Required Family // the sum of the families that need it
	// Identity marks whom and where: never cut, and refused rather than
	// printed with a 〓.
	Identity bool
}

// The columns that this package fills or judges.
const (
	colReference    = 1
	colSlipType     = 2
	colCool         = 3
	colSlip         = 4
	colShipDate     = 5
	colDeliveryDate = 6
	colWindow       = 7
	colToPhone      = 9
	colToPostal     = 11
	colToAddress    = 12
	colToBuilding   = 13
	colToCompany    = 14
	colToName       = 16
	colToKana       = 17
	colFromPhone    = 20
	colFromPostal   = 22
	colFromAddress  = 23
	colFromBuilding = 24
	colFromName     = 25
	colFromKana     = 26
	colGoods        = 28
	colGoods2       = 30
	colNote         = 33
	colBilling      = 40
	colBillingClass = 41
	colFreight      = 42
	colRegister     = 43
	colMerchant     = 44
	colAcceptance   = 45
)

// The two widths of the layout.
const (
	Columns95 = 95
	Columns97 = 97 // with 連携管理番号 and 通知メールアドレス
)

// Columns is the table of all 97 columns; the older layout is its first 95.
func Columns() []Column { return append([]Column(nil), layout[:]...) }

// Header gives the names of the first 95 or all 97 columns. B2 skips the line
// by its number and does not read it.
func Header(columns int) []string {
	names := make([]string, columns)
	for i := range names {
		names[i] = layout[i].Name
	}
	return names
}
