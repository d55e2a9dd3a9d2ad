package report

import (
	"slices"
	"time"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/sheet"
)

// maxAcceptance is how long an acceptance number may be (protocol 2).
const maxAcceptance = 23

// statementFormat is what the provider's statement looks like: the names are those
// of its screens and lists, of its protocol, and of our own export.
var statementFormat = sheet.Format{MaxBytes: MaxStatement, MaxRows: MaxStatementRows, Columns: []sheet.Column{
	{Key: "acceptance", Needed: "受付番号 (acceptance_number)", Names: []string{"受付番号", "決済受付番号", "決済ID", "決済番号", "取引ID", "order_no", "orderNo", "acceptance_number", "acceptance number", "acceptanceNumber"}},
	{Key: "amount", Needed: "金額 (amount)", Names: []string{"精算金額", "精算額", "売上金額", "決済金額", "取引金額", "利用金額", "ご利用金額", "金額", "settle_price", "settlePrice", "settled_amount", "amount"}},
	{Key: "day", Names: []string{"精算日", "精算確定日", "精算年月日", "計上日", "売上日", "売上確定日", "取引日", "日付", "settle_date", "settleDate", "date"}},
}}

// totals begin lines that only add others up.
var totals = []string{"合計", "総合計", "小計", "総計", "計", "total", "subtotal", "sum"}

// line is one row of a statement.
type line struct {
	number     int // in the file
	acceptance string
	amount     money.Yen
	day        time.Time // zero: it has none
	bad        string    // the word for why it cannot be read

	verdict Verdict
	text    string // the word of its text
	payment payment.ID
	books   money.Yen
}

// readStatement takes the file apart. Blank lines and lines of totals are passed
// over.
func readStatement(content []byte) ([]line, error) {
	var lines []line
	err := statementFormat.Read(content, func(r sheet.Row) error {
		if first := sheet.Fold(r.First()); first == "" || r.Get("acceptance") == "" && slices.Contains(totals, first) {
			return nil
		}
		lines = append(lines, lineOf(&r))
		return nil
	})
	return lines, err
}

func lineOf(r *sheet.Row) line {
	l := line{number: r.Line, acceptance: sheet.Name(r.Get("acceptance"))}
	var legible bool
	l.amount, legible = sheet.Yen(r.Get("amount"))
	switch day := r.Get("day"); {
	case r.Shifted():
		l.bad, l.amount = "shifted", 0
	case l.acceptance == "":
		l.bad = "number"
	case !legible:
		l.bad = "amount"
	case day != "":
		var ok bool
		if l.day, ok = sheet.Day(day); !ok {
			l.bad, l.day = "day", time.Time{}
		}
	}
	return l
}

func mangled(number string) bool { return sheet.Mangled(number) }

// digits reports whether a number is of digits alone and does not begin with a
// zero: what is left of it when a spreadsheet has taken it for a number.
func digits(number string) bool {
	for _, c := range number {
		if c < '0' || c > '9' {
			return false
		}
	}
	return number != "" && number[0] != '0'
}

func (l *line) becomes(v Verdict, text string) { l.verdict, l.text = v, text }

// row is what is told of the line.
func (l *line) row() StatementRow {
	words := statementTexts[l.text]
	return StatementRow{l.number, l.verdict, l.acceptance, l.payment, l.amount, l.books, words[0], words[1]}
}
