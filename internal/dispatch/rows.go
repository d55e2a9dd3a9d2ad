package dispatch

import (
	"context"
	"encoding/hex"
	"errors"
	"log/slog"
	"slices"
	"strconv"
	"strings"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shipping"
)

// method is what an import's rows are in the books.
const method = "ImportShipments"

// errNone means a reference that has not the form of a payment's number, or names none.
var errNone = ledger.ErrNotFound

func none(err error) bool { return errors.Is(err, errNone) }

// byNumber finds a payment by its id, or by an acceptance number (受付番号).
func (b *batch) byNumber(ctx context.Context, reference string) (*payment.Payment, error) {
	if id := payment.ID(strings.ToLower(reference)); id.Valid() {
		pay, _, err := b.desk.o.Payments.Preview(ctx, b.caller, id, payment.Ship{Carrier: shipping.CarrierYamato})
		if pay != nil {
			return pay, nil // what it refuses comes with its slip
		}
		return nil, err
	}
	return b.desk.o.Payments.ByAcceptance(ctx, b.caller, strings.ToUpper(reference))
}

// carryOut ships an order by its row, or says why not.
func (b *batch) carryOut(ctx context.Context, it *item) {
	before, _ := b.now(ctx, it)
	if it.over || before == nil {
		return
	}
	hands := b.desk.hands
	select {
	case hands <- struct{}{}:
		defer func() { <-hands }()
	case <-ctx.Done():
		return
	}
	if b.byB2(it) && !b.toRecord(before, it) {
		b.adopt(ctx, it)
		return
	}
	after, err := b.command(ctx, it, before)
	if err == nil && b.registers && awaits(after, it.row.Slip) {
		it.end(Pending, textNotYet)
		return
	}
	b.conclude(ctx, it, before, after, err)
}

// toRecord reports whether the order is still to be marked as shipped with the slip that
// B2 registers: nothing of that is sent, and nobody prints the label again meanwhile (R30, P69).
func (b *batch) toRecord(p *payment.Payment, it *item) bool {
	return b.registers && p.Yamato && !awaits(p, it.row.Slip)
}

func awaits(p *payment.Payment, slip shipping.Slip) bool {
	return slices.Contains(p.AwaitedSlips(), string(slip))
}

func (b *batch) byB2(it *item) bool { return b.registers || it.row.ByB2 }

// now looks at the payment as it stands, with what shipping it would be refused
// for, and ends the row if there is nothing to do: the order has the slip, or had
// it and was corrected since.
func (b *batch) now(ctx context.Context, it *item) (*payment.Payment, error) {
	pay, _, err := b.desk.o.Payments.Preview(ctx, b.caller, it.pay.ID, it.wish())
	if pay == nil {
		b.conclude(ctx, it, it.pay, nil, err)
		return nil, err
	}
	it.pay = pay
	switch {
	case b.has(pay, it.row.Slip):
		it.end(Unchanged, text{})
	case registered(pay) != "" && b.wasTakenOff(ctx, it):
		it.end(Refused, replacedText(registered(pay)))
	}
	return pay, err
}

func (it *item) wish() payment.Ship {
	return payment.Ship{Carrier: shipping.CarrierYamato, Slip: string(it.row.Slip)}
}

// has reports whether the order is shipped with the slip already, and captured
// by it as far as it can be.
func (b *batch) has(p *payment.Payment, slip shipping.Slip) bool {
	for _, s := range p.Shipments {
		if s.Slip == string(slip) {
			return s.Registered || !p.Yamato && p.Shipped && (p.State == payment.Captured || p.State == payment.Settled || !b.code99)
		}
	}
	return false
}

// registered gives the latest slip that the provider has, or "".
func registered(p *payment.Payment) string {
	for i := len(p.Shipments) - 1; i >= 0; i-- {
		if p.Shipments[i].Registered {
			return p.Shipments[i].Slip
		}
	}
	return ""
}

// wasTakenOff reports whether the order had the slip, and another one took its
// place: a file that was imported before must not bring the wrong one back (R28).
func (b *batch) wasTakenOff(ctx context.Context, it *item) bool {
	history, err := b.desk.o.Payments.History(ctx, b.caller, it.pay.ID)
	if err != nil {
		b.conclude(ctx, it, it.pay, nil, err)
		return false
	}
	for i := range history {
		if e := &history[i]; e.Kind == payment.KindUnregistered && e.Slip == string(it.row.Slip) {
			return true
		}
	}
	return false
}

// wasDone reports whether the row was carried out once, whatever became of that since: an
// order that was canceled and held anew is not shipped again by an old file.
func (b *batch) wasDone(ctx context.Context, it *item) bool {
	history, err := b.desk.o.Payments.History(ctx, b.caller, it.pay.ID)
	return err != nil || slices.ContainsFunc(history, func(e payment.Event) bool {
		return e.Kind == payment.KindRegistered && e.Slip == string(it.row.Slip) || e.Kind == payment.KindCaptured && !it.pay.Yamato
	})
}

// command ships under a key of file and line. That key remembers a refusal of the
// provider for ever, and is not carried on after anything else has happened to the
// payment; somebody who imports the file again, after mending what was wrong or because
// nothing had been sent, wants it asked again. That is a key of its own at each standing
// of the payment: what was refused, or taken back, was not done.
func (b *batch) command(ctx context.Context, it *item, before *payment.Payment) (*payment.Payment, error) {
	request := payment.Request{Method: method, Key: hex.EncodeToString(b.file.Digest[:]) + ":" + strconv.Itoa(it.row.Line), Digest: it.row.Digest[:]}
	result, err := b.desk.o.Payments.Command(ctx, b.caller, request, it.pay.ID, it.wish())
	var refusal *payment.Refusal
	again := errors.As(err, &refusal) || err == nil && result.Undone && !b.wasDone(ctx, it)
	if result.Replayed && again && result.Payment != nil && result.Payment.Question() == nil && !b.has(result.Payment, it.row.Slip) {
		request.Key += ":" + strconv.Itoa(before.Version)
		result, err = b.desk.o.Payments.Command(ctx, b.caller, request, it.pay.ID, it.wish())
	}
	return result.Payment, err
}

// conclude says what became of a row: by the payment first, since what it shows
// is certain, then by the error.
func (b *batch) conclude(ctx context.Context, it *item, before, after *payment.Payment, err error) {
	var (
		refusal *payment.Refusal
		unsent  *acquirer.NotSentError
		invalid *payment.InvalidError
		running *processor.RunningError
		reused  *processor.KeyReusedError
	)
	switch {
	case it.over:
	case after != nil && b.has(after, it.row.Slip):
		it.end(Shipped, b.aside(after))
	case after != nil && after.Question() != nil, errors.As(err, &refusal) && refusal.Reason == payment.OperationPending, errors.As(err, &running):
		it.end(Pending, b.pending(ctx, it))
	case errors.As(err, &refusal):
		it.end(Refused, refusalText(before, refusal))
	case errors.As(err, &unsent):
		it.end(Failed, unsentText(unsent))
	case errors.As(err, &invalid):
		it.end(Refused, text{string(payment.InvalidRequest), invalid.Error(), "送り状番号を登録できません。内容を確認してください"})
	case errors.As(err, &reused):
		it.end(Refused, textReused)
	case none(err):
		it.end(Refused, textUnknown)
	case err == nil:
		it.end(Refused, replacedText(registered(after)))
	case ctx.Err() != nil:
		// Nobody waits any more: the row is told when the file comes again.
	default:
		b.desk.o.Logger.LogAttrs(ctx, slog.LevelError, "a row of an import could not be carried out", slog.String("payment", string(it.pay.ID)), slog.Int("line", it.row.Line), slog.Any("error", err))
		it.end(Failed, textBooks)
	}
}

// aside tells of an order whose delivery method is not Yamato's: it is shipped
// with the slip, which the provider does not get (P70).
func (b *batch) aside(p *payment.Payment) text {
	switch {
	case p.Yamato:
		return text{}
	case b.code99:
		return textNotYamato
	}
	return textNotCaptured
}

// pending says that nobody knows yet; with the provider's code, if it gave one
// that says nothing certain, since most often the slip is another order's (P62).
func (b *batch) pending(ctx context.Context, it *item) text {
	history, err := b.desk.o.Payments.History(ctx, b.caller, it.pay.ID)
	if n := len(history); err == nil && n > 0 {
		if last := &history[n-1]; last.Kind == payment.KindUnanswered && last.Code != "" {
			return unclearText(last.Code)
		}
	}
	return textPending
}

// adopt asks the provider for a slip that B2 registers by itself (P69).
func (b *batch) adopt(ctx context.Context, it *item) {
	after, err := b.desk.o.Payments.Adopt(ctx, b.caller, it.pay.ID, it.row.Slip)
	var refusal *payment.Refusal
	switch {
	case err != nil && ctx.Err() != nil:
	case errors.As(err, &refusal):
		it.end(Pending, textPending)
	case err != nil && !none(err):
		it.end(Failed, textNotAsked)
	case err != nil:
		it.end(Refused, textUnknown)
	case b.has(after, it.row.Slip):
		it.end(Shipped, text{})
	case after.Question() != nil:
		it.end(Pending, b.pending(ctx, it))
	case !after.Held():
		it.end(Refused, stateText(after))
	case after.Attention != "":
		it.end(Refused, reasonText(payment.NeedsAttention))
	default:
		it.end(Pending, textNotYet)
	}
}

// plan is the slips that a dry run would have shipped an order with.
type plan map[shipping.Slip]bool

// rehearse says what would become of a row; nothing is written.
func (b *batch) rehearse(ctx context.Context, it *item, planned plan) {
	before, err := b.now(ctx, it)
	if it.over || before == nil {
		return
	}
	slip := it.row.Slip
	switch {
	case b.byB2(it) && before.Held():
		it.end(WouldShip, textWouldAsk)
	case err != nil:
		b.conclude(ctx, it, before, nil, err)
	case planned[slip]:
		it.end(Unchanged, text{})
	case len(planned) > 0 && before.Yamato && !b.several:
		it.end(Refused, anotherText(planned.any()))
	default:
		planned[slip] = true
		it.end(WouldShip, b.aside(before))
	}
}

func (p plan) any() string {
	for slip := range p {
		return string(slip)
	}
	return ""
}
