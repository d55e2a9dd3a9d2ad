package report

import (
	"bytes"
	"context"
	"encoding/csv"
	"strconv"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/sheet"
	"kessai.dev/kessai/internal/shop"
)

// exportPiece is how large a piece of the file is, more or less.
const exportPiece = 32 << 10

// settledHeader is the file's first line. Columns are added at the end and never
// moved: somebody's sheet counts them.
var settledHeader = []string{"精算日", "日時", "決済", "注文番号", "受付番号", "種別", "金額", "手数料率(%)", "手数料", "差引額"}

// Export writes a settlement as CSV, a row for each change of each payment, and
// calls send with one piece after the other; whoever gets one may keep it. The file
// is UTF-8 with its mark and CRLF, so that spreadsheets read it, and MatchStatement
// does, too. The columns 金額, 手数料 and 差引額 add up to the total of Settlement, to
// the yen. The error is the books', ctx's, or send's.
func (s *Settlements) Export(ctx context.Context, t shop.Tenant, span Span, send func([]byte) error) error {
	var buffer bytes.Buffer
	buffer.WriteString("\uFEFF")
	w := csv.NewWriter(&buffer)
	w.UseCRLF = true
	flush := func() error {
		w.Flush()
		piece := bytes.Clone(buffer.Bytes())
		buffer.Reset()
		if err := w.Error(); err != nil || len(piece) == 0 {
			return err
		}
		return send(piece)
	}
	if err := w.Write(settledHeader); err != nil {
		return err
	}
	err := s.Rows(ctx, t, span, func(r *SettledRow) error {
		if err := w.Write(r.cells()); err != nil || buffer.Len() < exportPiece {
			return err
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

// FileName is what the file of a span is called.
func (s Span) FileName() string {
	const form = "20060102"
	return "settlement-" + s.From.Format(form) + "-" + s.To.Format(form) + ".csv"
}

// cells are a row of the file. Yen and percents are plain numbers, also below
// nothing: a spreadsheet is to add them up.
func (r *SettledRow) cells() []string {
	yen := func(y money.Yen) string { return strconv.Itoa(int(y)) }
	return []string{
		r.Day.Format("2006/01/02"), r.Time.In(shop.Tokyo).Format("2006/01/02 15:04:05"), r.Payment.Name(), sheet.Harmless(r.OrderNumber), sheet.Harmless(r.Acceptance), r.word(),
		yen(r.Amount), percent(r.Rate), yen(r.Fee), yen(r.Amount - r.Fee),
	}
}

func (r *SettledRow) word() string {
	switch {
	case r.First:
		return "精算"
	case r.Amount < 0:
		return "返金"
	}
	return "増額"
}

// percent writes hundredths of a percent.
func percent(rate int) string {
	fraction := strconv.Itoa(100 + rate%100)[1:]
	return strconv.Itoa(rate/100) + "." + fraction
}
