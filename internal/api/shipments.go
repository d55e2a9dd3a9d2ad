package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/b2"
	"kessai.dev/kessai/internal/dispatch"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// Dispatch exports to B2 and imports from it: a *dispatch.Desk, or a stand-in in
// tests. Its errors are *dispatch.IncompleteError, *b2.FileError,
// *payment.InvalidError and the caller's own context; any other means that the
// books could not be read.
type Dispatch interface {
	Export(ctx context.Context, c processor.Caller, r dispatch.ExportRequest) (dispatch.Export, error)
	Import(ctx context.Context, c processor.Caller, content []byte, dryRun bool, progress func(done, total int, row dispatch.Row)) (dispatch.Report, error)
}

// errNoDispatch is of an installation without B2.
func errNoDispatch() *fault {
	return unknownMethod(codes.Unimplemented, "this installation has no B2")
}

// Headers of an exported file, since its body has no room for them: how many rows
// it has, and how many findings the same call has with Accept: application/json.
const (
	rowsHeader     = "B2-Rows"
	findingsHeader = "B2-Findings"
)

// dressB2 names an exported file after its day.
func dressB2(a *API, _, out proto.Message, h http.Header) string {
	if file, ok := out.(*paymentv1.ExportShipmentsResponse); ok {
		h.Set(rowsHeader, strconv.Itoa(int(file.GetRowCount())))
		h.Set(findingsHeader, strconv.Itoa(len(file.GetFindings())))
	}
	return "b2-" + a.o.Clock().In(shop.Tokyo).Format("20060102") + ".csv"
}

// ExportShipments gives the orders that wait for a slip as B2's CSV (R29).
func (s *paymentService) ExportShipments(ctx context.Context, r *paymentv1.ExportShipmentsRequest) (*paymentv1.ExportShipmentsResponse, error) {
	if s.a.o.Dispatch == nil {
		return nil, errNoDispatch()
	}
	var ask dispatch.ExportRequest
	var err error
	if ask.Filter, err = parseFilter(r.GetFilter()); err != nil {
		return nil, err
	}
	if r.GetShipDate() != "" {
		if ask.ShipDate, err = time.ParseInLocation(time.DateOnly, r.GetShipDate(), shop.Tokyo); err != nil {
			return nil, invalidField("ship_date", "must be a day in Japan, YYYY-MM-DD")
		}
	}
	x, err := s.a.o.Dispatch.Export(ctx, callFrom(ctx).who.caller(), ask)
	if err != nil {
		return nil, exportFault(err)
	}
	out := &paymentv1.ExportShipmentsResponse{Content: x.Content, RowCount: int32(x.Rows)} //nolint:gosec // at most dispatch.MaxExport
	for i := range x.Findings {
		f := &x.Findings[i]
		out.Findings = append(out.Findings, &paymentv1.ExportFinding{
			Payment: f.Payment.Name(), OrderNumber: f.OrderNumber, Kind: f.Kind, Column: int32(f.Column), //nolint:gosec // 1 to 97
			Message: f.English, MessageJa: f.Japanese, Refused: f.Refused,
		})
	}
	return out, nil
}

// exportFault names the settings that are missing (R19).
func exportFault(err error) error {
	var lacks *dispatch.IncompleteError
	if !errors.As(err, &lacks) {
		return fromPayments(err)
	}
	f := &fault{
		other: codes.FailedPrecondition, reason: paymentv1.ErrorReason_ERROR_REASON_INVALID_REQUEST,
		text: lacks.Error() + "; fill them in with UpdateSettings, then export again",
		ja:   "B2出力に必要なショップ設定が未入力です（" + strings.Join(lacks.Missing, "、") + "）。ショップ設定を入力してから、もう一度出力してください。",
	}
	for _, m := range lacks.Missing {
		f.violations = append(f.violations, payment.Violation{Field: "settings." + m, Text: "is needed for B2"})
	}
	return f
}

// ImportShipments ships each order that a row names, and captures it (R30). It
// answers when the last row is done, which may take minutes for a long file; a
// caller who does not want to wait so long takes RunBatch, or sends the same file
// again.
func (s *paymentService) ImportShipments(ctx context.Context, r *paymentv1.ImportShipmentsRequest) (*paymentv1.ImportShipmentsResponse, error) {
	if s.a.o.Dispatch == nil {
		return nil, errNoDispatch()
	}
	ctx, cancel := s.a.untilStop(ctx)
	defer cancel()
	report, err := s.a.o.Dispatch.Import(ctx, callFrom(ctx).who.caller(), r.GetContent(), r.GetDryRun(), nil)
	switch {
	case err != nil && s.a.stopped():
		return nil, shuttingDown() // the file goes on where it ended
	case err != nil:
		return nil, importFault(err)
	}
	out := &paymentv1.ImportShipmentsResponse{Warnings: fileWarnings(report.Warnings)}
	for i := range report.Rows {
		out.Rows = append(out.Rows, importedRow(&report.Rows[i]))
	}
	for _, v := range dispatch.Verdicts() {
		if n := report.Count(v); n > 0 {
			out.Counts = append(out.Counts, &paymentv1.VerdictCount{Verdict: string(v), Count: int32(n)}) //nolint:gosec // the file's size bounds them
		}
	}
	return out, nil
}

// importFault says why a file was not taken, in the words of b2.
func importFault(err error) error {
	var bad *b2.FileError
	if !errors.As(err, &bad) {
		return fromPayments(err)
	}
	f := invalidField("content", bad.English()+"; no row was acted on")
	f.ja = bad.Japanese() + "。どの行も処理していません。"
	f.metadata = map[string]string{"finding": string(bad.Kind)}
	return f
}

// importedRow is a row of an import as callers see it.
func importedRow(r *dispatch.Row) *paymentv1.ImportedRow {
	out := &paymentv1.ImportedRow{
		Line: int32(r.Line), Verdict: string(r.Verdict), Reference: r.Reference, SlipNumber: r.Slip, //nolint:gosec // the file's size bounds it
		Message: r.English, MessageJa: r.Japanese, Reason: r.Reason,
	}
	if r.Payment != "" {
		out.Payment = r.Payment.Name()
	}
	return out
}

// fileWarnings are findings about lines of a file.
func fileWarnings(findings []shipping.Finding) []*paymentv1.SlipWarning {
	var out []*paymentv1.SlipWarning
	for _, f := range findings {
		w := &paymentv1.SlipWarning{Kind: string(f.Kind), Message: f.English(), MessageJa: f.Japanese()}
		for _, at := range f.Rows {
			w.Places = append(w.Places, int32(at+1)) //nolint:gosec // a line
		}
		for _, s := range f.Suggestions {
			w.Suggestions = append(w.Suggestions, string(s.Slip))
		}
		out = append(out, w)
	}
	return out
}
