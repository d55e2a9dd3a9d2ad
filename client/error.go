package client

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// domain is the domain of every ErrorInfo that kessai sends.
const domain = "kessai"

// Error is every error of every call. An error says that nothing was done, that
// the caller may not, or, when Unknown is set, that nobody can say yet.
//
//	var failure *client.Error
//	if errors.As(err, &failure) && failure.Reason == client.ReasonOrderNumberTaken { … }
//	if errors.Is(err, client.ReasonOrderNumberTaken) { … }
//
// status.Code and status.FromError of grpc-go understand it, and when a
// time or a cancellation ended the call, errors.Is finds the context's error.
type Error struct {
	// Code is the canonical code.
	Code codes.Code
	// Reason is kessai's one word. Empty: the error is not kessai's but the
	// connection's, a proxy's or this package's.
	Reason Reason
	// Message says in English what happened, for developers.
	Message string
	// MessageJA says it in Japanese, for the people of the shop.
	MessageJA string
	// Violations are the fields at fault, and the conditions that are missing.
	Violations []Violation
	// RetryAfter is how long kessai asks to wait before asking again. Zero: it
	// did not say.
	RetryAfter time.Duration
	// Metadata has what the reason is about, such as the payment that holds an
	// order number.
	Metadata map[string]string
	// IdempotencyKey is the key that all tries had, also when it was made here:
	// a call with the same key and the same request goes on where this one
	// ended. Empty for calls that move no money.
	IdempotencyKey string
	// Tries is how often the call was sent.
	Tries int
	// Unknown is set when the call may have been carried out: it moves money,
	// a try of it may have reached kessai, and no answer came. Ask again with
	// IdempotencyKey, or look the order number up.
	Unknown bool

	status *status.Status
	cause  error
}

// Violation is one field at fault.
type Violation struct {
	// Field is its path as the schema writes it, such as "card_token".
	Field string
	// Description says in English what is wrong.
	Description string
}

// Reason is kessai's one word for why, the enum ErrorReason without its prefix.
// It is an error so that errors.Is can look for it. The set is open: a newer
// kessai has more words than the constants here.
type Reason string

// Error is the word.
func (r Reason) Error() string { return string(r) }

// Error gives code, reason and message. It has no key in it.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "kessai: %s", e.Code)
	if e.Reason != "" {
		fmt.Fprintf(&b, " (%s)", string(e.Reason))
	}
	fmt.Fprintf(&b, ": %s", e.Message)
	for _, v := range e.Violations {
		fmt.Fprintf(&b, "; %s: %s", v.Field, v.Description)
	}
	if e.Unknown {
		b.WriteString("; it may have been carried out: ask again with the same idempotency key")
	}
	return b.String()
}

// Is reports whether target is the error's Reason.
func (e *Error) Is(target error) bool {
	reason, ok := target.(Reason)
	return ok && reason != "" && reason == e.Reason
}

// Unwrap is the context's error when a time or a cancellation ended the last
// try, else nil.
func (e *Error) Unwrap() error { return e.cause }

// GRPCStatus is the status as kessai sent it.
func (e *Error) GRPCStatus() *status.Status { return e.status }

// newError reads an error of grpc-go. ctx is the caller's.
func newError(ctx context.Context, err error) *Error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	st, _ := status.FromError(err)
	e := &Error{Code: st.Code(), Message: st.Message(), status: st}
	switch e.Code {
	case codes.Canceled:
		e.cause = ctx.Err()
	case codes.DeadlineExceeded:
		e.cause = context.DeadlineExceeded
	}
	for _, detail := range st.Details() {
		e.add(detail)
	}
	return e
}

// add takes one detail of google.rpc; it passes over what it does not know.
func (e *Error) add(detail any) {
	switch d := detail.(type) {
	case *errdetails.ErrorInfo:
		if d.GetDomain() == domain {
			e.Reason, e.Metadata = Reason(d.GetReason()), d.GetMetadata()
		}
	case *errdetails.LocalizedMessage:
		if strings.HasPrefix(d.GetLocale(), "ja") {
			e.MessageJA = d.GetMessage()
		}
	case *errdetails.RetryInfo:
		e.RetryAfter = d.GetRetryDelay().AsDuration()
	case *errdetails.BadRequest:
		for _, v := range d.GetFieldViolations() {
			e.Violations = append(e.Violations, Violation{Field: v.GetField(), Description: v.GetDescription()})
		}
	case *errdetails.PreconditionFailure:
		for _, v := range d.GetViolations() {
			e.Violations = append(e.Violations, Violation{Field: v.GetSubject(), Description: v.GetDescription()})
		}
	}
}

// refuse is an error of this package: nothing was sent.
func refuse(format string, args ...any) *Error {
	st := status.Newf(codes.InvalidArgument, format, args...)
	return &Error{Code: st.Code(), Message: st.Message(), status: st}
}
