package payment

import (
	"strings"
	"time"
)

// Refusal says that we do not ask the provider for this, because it would be
// wrong. Nothing was written and nothing was sent.
type Refusal struct {
	Reason Reason
	Text   string // English, for the developer of a storefront
	// Japanese says what to do where it is more than the reason itself says;
	// may be empty.
	Japanese string
	Allowed  []Operation // what the payment does allow now
	RetryAt  time.Time   // when it makes sense to ask again; zero: not by waiting
	Missing  []string    // the capture conditions that are missing (R27)
	Other    ID          // the payment that stands in the way (P09)
}

// Error is the English text.
func (r *Refusal) Error() string { return string(r.Reason) + ": " + r.Text }

// Violation is one field that cannot be as it is.
type Violation struct {
	Field string // proto path: "order.lines[0].quantity"
	Text  string // English: what is wrong and what would be right
}

// InvalidError says which fields of a request cannot be as they are. Nothing
// was written and nothing was sent.
type InvalidError struct{ Violations []Violation }

// Error lists the violations.
func (e *InvalidError) Error() string {
	parts := make([]string, len(e.Violations))
	for i, v := range e.Violations {
		parts[i] = v.Field + ": " + v.Text
	}
	return "invalid request: " + strings.Join(parts, "; ")
}
