package api

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"connectrpc.com/connect/v2"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
	vaultv1 "kessai.dev/kessai/gen/kessai/vault/v1"
	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/api/strictjson"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/vault"
)

// Times after which it makes sense to come back.
const (
	retrySoon    = time.Second     // the first call with the key is at work
	retryPending = 5 * time.Second // the provider has not answered; the sweep asks
	retryBooks   = 5 * time.Second
)

// fault is an error as callers see it.
type fault struct {
	other      codes.Code // in place of the reason's own code
	reason     paymentv1.ErrorReason
	text       string // English, for the developer of a storefront
	ja         string // Japanese in place of the reason's own, where it says more of what to do
	violations []payment.Violation
	metadata   map[string]string
	retry      time.Duration
	cause      error // for our log only (P20)
}

// code is the canonical code. A reason that is no error's word comes from a
// state that does not allow what was asked.
func (f *fault) code() codes.Code {
	switch c := reasons[f.reason].code; {
	case f.other != codes.OK:
		return f.other
	case c != codes.OK:
		return c
	}
	return codes.FailedPrecondition
}

// Error gives the English text.
func (f *fault) Error() string { return reasonWord(f.reason) + ": " + f.text }

// booksError marks an error that Payments gave.
type booksError struct{ err error }

func (e *booksError) Error() string { return e.err.Error() }
func (e *booksError) Unwrap() error { return e.err }

// classify is the only place where an error becomes a code and a reason.
func (a *API) classify(ctx context.Context, c *call, err error) *fault {
	if err == nil {
		return nil
	}
	var (
		ours    *fault
		invalid *payment.InvalidError
		refusal *payment.Refusal
		reused  *processor.KeyReusedError
		running *processor.RunningError
		notSent *acquirer.NotSentError
		used    *vault.InUseError
		books   *booksError
	)
	switch {
	case errors.As(err, &ours):
		return ours
	case errors.As(err, &invalid):
		return invalidFields(invalid.Violations)
	case errors.As(err, &refusal):
		return a.refused(refusal)
	case errors.As(err, &reused):
		return keyReused(c.method, reused)
	case errors.As(err, &running):
		return &fault{
			reason: paymentv1.ErrorReason_ERROR_REASON_REQUEST_RUNNING,
			text:   "the first call with this idempotency key is still running; come back with the same key", retry: max(running.RetryAfter, retrySoon),
		}
	case errors.As(err, &used):
		return inUse(used)
	case errors.As(err, &notSent):
		return didNothing(notSent)
	case errors.Is(err, ledger.ErrNotFound):
		return notFound(c.method)
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		return &fault{reason: paymentv1.ErrorReason_ERROR_REASON_CALL_CANCELED, text: "the caller left before the answer; read the payment to see how it stands"}
	case ctx.Err() != nil && errors.Is(err, context.DeadlineExceeded):
		return &fault{reason: paymentv1.ErrorReason_ERROR_REASON_DEADLINE_EXCEEDED, text: "the caller's deadline passed before the answer; read the payment to see how it stands"}
	case errors.As(err, &books):
		return &fault{
			reason: paymentv1.ErrorReason_ERROR_REASON_BOOKS_UNAVAILABLE, text: "the books cannot be used now",
			retry: retryBooks, cause: books.err,
		}
	}
	return &fault{reason: paymentv1.ErrorReason_ERROR_REASON_INTERNAL, text: "a fault in kessai; the log has the details under request " + c.id, cause: err}
}

// fromPayments marks what Payments gave: what is none of its known errors is a
// trouble of the books.
func fromPayments(err error) error {
	if err == nil {
		return nil
	}
	return &booksError{err}
}

// refused turns a refusal into an error that names what would be allowed, and
// when.
func (a *API) refused(r *payment.Refusal) *fault {
	f := &fault{reason: reasonOf(r.Reason), text: r.Text, ja: r.Japanese, metadata: map[string]string{}}
	if !r.RetryAt.IsZero() {
		f.retry = max(r.RetryAt.Sub(a.o.Clock()), retrySoon)
	} else if r.Reason == payment.OperationPending {
		f.retry = retryPending
	}
	if len(r.Allowed) > 0 {
		f.metadata["allowed"] = allowedVerbs(r.Allowed)
	}
	if r.Other != "" {
		f.metadata["payment"] = r.Other.Name()
	}
	for _, m := range r.Missing {
		f.violations = append(f.violations, payment.Violation{Field: m, Text: "is a condition of capture that is not met"})
	}
	return f
}

// didNothing is the provider's or the network's fault before anything was done.
func didNothing(e *acquirer.NotSentError) *fault {
	f := &fault{reason: reasonOf(e.Reason), retry: e.Retry, metadata: map[string]string{}}
	switch e.Reason {
	case payment.ProviderMisconfigured:
		f.text = "the provider does not accept this shop's settings; nothing was done and an operator must mend them"
		f.cause = e
	case payment.InvalidRequest:
		f.text = "the provider does not take a field of the request; nothing was done"
	case payment.OutsideServiceHours:
		f.text = "the provider does not serve this now; nothing was done"
	case payment.ProviderBusy:
		f.text = "the provider is busy or in maintenance; nothing was done"
	default:
		f.text = "the provider cannot be reached; nothing was sent"
		f.cause = e
	}
	if f.code() == codes.Unavailable && f.retry == 0 {
		f.retry = retryPending
	}
	if e.Code != "" {
		f.metadata["providerCode"] = e.Code
	}
	return f
}

// unreadable is a message that cannot be decoded.
func unreadable(err error) error {
	if je, ok := errors.AsType[*strictjson.Error](err); ok {
		return badJSON(je)
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if ce, ok := errors.AsType[*connect.Error](err); ok && ce.Code() == connect.CodeResourceExhausted || status.Code(err) == codes.ResourceExhausted {
		return tooLarge()
	}
	return malformed("the request message cannot be decoded")
}

func badJSON(e *strictjson.Error) *fault {
	f := malformed(e.Error())
	if e.Value {
		f.reason = paymentv1.ErrorReason_ERROR_REASON_INVALID_REQUEST
	}
	if e.Field != "" {
		f.violations = []payment.Violation{{Field: e.Field, Text: e.Text}}
	}
	return f
}

func invalidFields(v []payment.Violation) *fault {
	parts := make([]string, len(v))
	for i := range v {
		parts[i] = v[i].Field + ": " + v[i].Text
	}
	return &fault{reason: paymentv1.ErrorReason_ERROR_REASON_INVALID_REQUEST, text: strings.Join(parts, "; "), violations: v}
}

func invalidField(field, text string) *fault {
	return invalidFields([]payment.Violation{{Field: field, Text: text}})
}

func malformed(text string) *fault {
	return &fault{reason: paymentv1.ErrorReason_ERROR_REASON_MALFORMED_REQUEST, text: text}
}

func tooLarge() *fault {
	return &fault{reason: paymentv1.ErrorReason_ERROR_REASON_REQUEST_TOO_LARGE, text: fmt.Sprintf("the request is larger than %d bytes", maxBody)}
}

func notFound(method string) *fault {
	what := "payment"
	switch service, _, _ := strings.Cut(method[1:], "/"); service {
	case vaultv1.VaultService_ServiceDesc.ServiceName:
		what = "payment, customer or card"
	case shopv1.ShopService_ServiceDesc.ServiceName:
		what = "contract, payment method, delivery method, access key or webhook endpoint"
	}
	return &fault{reason: paymentv1.ErrorReason_ERROR_REASON_NOT_FOUND, text: "there is no such " + what + ", or not for this key"}
}

// inUse names the payments that need a card (P56).
func inUse(e *vault.InUseError) *fault {
	names := make([]string, len(e.Payments))
	for i, id := range e.Payments {
		names[i] = id.Name()
	}
	f := &fault{reason: paymentv1.ErrorReason_ERROR_REASON_CARD_IN_USE, text: "payments that are not over need the card: capture or cancel them first"}
	if len(names) == 0 {
		f.text = "a reservation at the provider needs the card"
		return f
	}
	f.metadata = map[string]string{"payments": strings.Join(names, ",")}
	return f
}

func unknownMethod(code codes.Code, text string) *fault {
	return &fault{other: code, reason: paymentv1.ErrorReason_ERROR_REASON_UNKNOWN_METHOD, text: text}
}

func unauthenticated(text string) *fault {
	return &fault{reason: paymentv1.ErrorReason_ERROR_REASON_UNAUTHENTICATED, text: text}
}

func secretExpired() *fault {
	return &fault{reason: paymentv1.ErrorReason_ERROR_REASON_CLIENT_SECRET_EXPIRED, text: "the client secret ended 24 hours after its payment was created"}
}

func scopeMissing(text string) *fault {
	return &fault{reason: paymentv1.ErrorReason_ERROR_REASON_SCOPE_MISSING, text: text}
}

func fenced() *fault {
	return &fault{
		reason: paymentv1.ErrorReason_ERROR_REASON_DEMO_KEY_FENCED,
		text:   "the demo key works on loopback only, without a proxy or a page from elsewhere, while the provider is the simulator and every shop is in TEST",
	}
}

func shuttingDown() *fault {
	return &fault{reason: paymentv1.ErrorReason_ERROR_REASON_SHUTTING_DOWN, text: "this process is stopping, and what takes long has to end: begin it again", retry: retryBooks}
}
