package webcollect

import (
	"errors"
	"strconv"
)

// ErrNotOffered says that the connector has no call for an operation. It
// comes inside a *acquirer.NotSentError: nothing was sent.
var ErrNotOffered = errors.New("the connector does not offer this operation")

// UnknownError says that nobody knows what became of a call: time-out, broken
// connection, unreadable answer, or a code that does not say (P16, P20, P21,
// P27). An inquiry decides. Its text is safe for logs and callers: function,
// HTTP status and the provider's codes, never anything that was sent or read.
type UnknownError struct {
	Function string // function_div: "A08"
	Status   int    // HTTP status, 0 if there was none
	Code     string // errorCode, if the provider spoke
	Credit   string // creditErrorCode, if there was one
	What     string // in a few fixed words
	Err      error  // the cause, not part of the text
}

// Error is the text for logs.
func (e *UnknownError) Error() string {
	s := "result unknown: " + e.Function + ": " + e.What
	if e.Status != 0 && e.Status != 200 {
		s += ", HTTP " + strconv.Itoa(e.Status)
	}
	if e.Code != "" {
		s += ", " + e.ProviderCode()
	}
	return s
}

// Unwrap gives the cause. Its text is for a debugger, not for a log.
func (e *UnknownError) Unwrap() error { return e.Err }

// ProviderCode is the provider's code as shown to the shop, or "".
func (e *UnknownError) ProviderCode() string { return codes(e.Code, e.Credit) }

// codes joins the two codes of an answer: "A082000010/G61".
func codes(code, credit string) string {
	if code == "" || credit == "" {
		return code
	}
	return code + "/" + credit
}

// quietError keeps a cause without showing it.
type quietError struct {
	text  string
	cause error
}

func (e *quietError) Error() string { return e.text }
func (e *quietError) Unwrap() error { return e.cause }
