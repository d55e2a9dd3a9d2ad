package b2

// Cool is column 3, クール区分.
type Cool string

// The kinds of cooling. CoolNone is written as a blank.
const (
	CoolNone    Cool = ""
	CoolFrozen  Cool = "1"
	CoolChilled Cool = "2"
)

// Party is somebody at an address.
type Party struct {
	Name       string
	Kana       string // any kana: written in half-width katakana
	Company    string // and department; of the receiver only
	Phone      string
	PostalCode string // 7 digits, with a hyphen or without
	Prefecture string
	City       string
	Line1      string // town and house number
	Line2      string // building and room
}

// Sender is the shop (R19): who sends, and who pays B2.
type Sender struct {
	Party
	BillingCode  string // 請求先顧客コード, at most 12 digits
	BillingClass string // 請求先分類コード, blank or 3 digits
	Freight      string // 運賃管理番号, 2 digits
}

// Shipment is one parcel to be: what becomes one row (R29).
type Shipment struct {
	Reference    string // the payment's id or the order number: letters, digits, - and _, at most 50
	SlipType     string // a code of the list in Options.Types
	Cool         Cool
	ShipDate     Date   // today to 30 days on
	DeliveryDate Date   // none: B2 chooses
	Soonest      bool   // 最短日, in place of DeliveryDate
	Window       string // 配達時間帯; blank: none
	To           Party
	From         Sender
	Goods        [2]string // 品名; the first is required of parcels and packets
	Note         string    // 記事
	// Acceptance are up to three acceptance numbers (受付番号), written only if
	// Options.Merchant says that B2 registers slips itself.
	Acceptance []string
}

// Options say how rows are written. The zero Options are 95 columns, no header,
// quotes only where needed, today's slip types, and web collect left to us.
type Options struct {
	Columns  int  // 95 (also for 0) or 97
	Header   bool // the names of the columns as first line
	QuoteAll bool
	Types    []SlipType // nil: Today()
	// Merchant is the shop's trader code. If set, columns 43 to 47 tell B2 to
	// register the slips at web collect itself, and then nobody else may: P69.
	// Blank, the default, leaves them blank, and we register with E01.
	Merchant string
	// Today bounds the planned ship date: today to 30 days on. No day: unbounded.
	Today Date
	// CutAll cuts names and addresses too, and tells; by default only goods,
	// notes and other words are cut, and the rest refuses its row.
	CutAll bool
}

func (o *Options) columns() int {
	if o.Columns == 0 {
		return Columns95
	}
	return o.Columns
}

func (o *Options) types() []SlipType {
	if o.Types == nil {
		return Today()
	}
	return o.Types
}

// Report is what became of one shipment.
type Report struct {
	Number    int // of the shipment, from 1, in the order of Write
	Line      int // of the file, from 1, the header counted; 0 if the row was not written
	Reference string
	Findings  []Finding
}

// Refused reports whether the row was not written.
func (r *Report) Refused() bool { return refuses(r.Findings) }
