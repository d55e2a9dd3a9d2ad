package api

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/bulk"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shipping"
)

// slipField is where an error about a slip points, in the call for one payment
// and so in an item's error, too.
const slipField = "shipment.slip_number"

// batchResult shows what became of an item: the payment without its order, as
// lists do, or the error that the call for one payment gives.
func (a *API) batchResult(ctx context.Context, j *job, index int, r bulk.Result) *paymentv1.BatchResult {
	if r.Err == nil {
		return &paymentv1.BatchResult{Payment: a.view(j.call, r.Payment)}
	}
	f := notBegun()
	if !errors.Is(r.Err, bulk.ErrNotBegun) {
		f = a.classify(ctx, j.call, fromPayments(r.Err))
	}
	if index < len(j.parcels) {
		f.aboutSlip(j.parcels[index].Slip, j.suggestions(index))
	}
	if f.cause != nil {
		a.o.Logger.LogAttrs(ctx, slog.LevelError, "item of a batch", slog.String("request", j.call.id), slog.String("payment", j.names[index]),
			slog.String("reason", reasonWord(f.reason)), slog.String("cause", f.cause.Error()))
	}
	st := f.status(j.call.id).Proto()
	return &paymentv1.BatchResult{Error: &paymentv1.BatchError{Code: st.GetCode(), Message: st.GetMessage(), Details: st.GetDetails()}}
}

// notBegun is the item that this call did nothing for.
func notBegun() *fault {
	return &fault{
		reason: paymentv1.ErrorReason_ERROR_REASON_REQUEST_RUNNING, retry: retrySoon,
		text: "not begun, since the batch's time was up: send the same batch again with the same idempotency key, and it goes on here",
		ja:   "時間内に処理を始められませんでした。同じ内容を同じIdempotency-Keyでもう一度送信すると、続きから処理します。",
	}
}

// suggestions are what the look through the slips found for an item.
func (j *job) suggestions(index int) []shipping.Suggestion {
	for _, w := range j.warnings {
		if slices.Equal(w.Places, []int{index}) && len(w.Suggestions) > 0 {
			return w.Suggestions
		}
	}
	return nil
}

// aboutSlip makes an error about one payment's slip say what may have been meant
// (P60).
func (a *API) aboutSlip(ctx context.Context, err error, slip string) error {
	c := callFrom(ctx)
	f := a.classify(ctx, c, err)
	if f == nil || !f.blamesSlip() {
		return err
	}
	var suggestions []shipping.Suggestion
	if a.o.Bulk != nil {
		suggestions, _ = a.o.Bulk.Suggest(ctx, c.who.caller(), slip) // a help: the error stands without
	}
	f.aboutSlip(slip, suggestions)
	return f
}

func (f *fault) blamesSlip() bool {
	return slices.ContainsFunc(f.violations, func(v payment.Violation) bool { return v.Field == slipField })
}

// aboutSlip adds what is wrong with the slip in Japanese, and what may have been
// meant, to an error that blames it.
func (f *fault) aboutSlip(slip string, suggestions []shipping.Suggestion) {
	var wrong *shipping.SlipError
	switch number, err := shipping.ParseSlip(slip); {
	case !f.blamesSlip():
		return
	case errors.As(err, &wrong):
		f.ja = wrong.Japanese() + "。"
	case number.Placeholder():
		f.ja = "0が12桁の番号は仮の番号です。送り状の番号を入力してください。"
	}
	if len(suggestions) == 0 {
		return
	}
	meant := slipNumbers(suggestions)
	english, japanese := "; did you mean "+strings.Join(meant, " or ")+"?", "もしかして："+strings.Join(meant, "、")
	f.text, f.ja = f.text+english, f.ja+japanese
	f.violations = slices.Clone(f.violations)
	for i := range f.violations {
		if f.violations[i].Field == slipField {
			f.violations[i].Text += english
		}
	}
	if f.metadata == nil {
		f.metadata = map[string]string{}
	}
	f.metadata["suggestions"] = strings.Join(meant, ",")
}

func slipNumbers(list []shipping.Suggestion) []string {
	var out []string
	for _, s := range list {
		out = append(out, string(s.Slip))
	}
	return out
}

// slipWarnings shows what looks wrong with the slips of a batch.
func slipWarnings(list []bulk.Warning) []*paymentv1.SlipWarning {
	var out []*paymentv1.SlipWarning
	for _, w := range list {
		m := &paymentv1.SlipWarning{Kind: string(w.Kind), Message: w.English(), MessageJa: w.Japanese(), Suggestions: slipNumbers(w.Suggestions)}
		for _, at := range w.Places {
			m.Places = append(m.Places, int32(at+1)) //nolint:gosec // at most 1,000
		}
		out = append(out, m)
	}
	return out
}
