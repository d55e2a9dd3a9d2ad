package webcollect

import (
	"time"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// judge turns an answer into what it proves. done makes the fact of a
// success; a failure goes by the table of codes.
func (c *Connector) judge(f function, a answer, done func(answer) (payment.Fact, error)) (payment.Fact, error) {
	switch {
	case a.returnCode == "0" && a.errorCode == "" && a.credit == "":
		return done(a)
	case a.returnCode == "1" && a.errorCode != "" && a.root.get("crdCResCd") == "" && a.root.get("threeDToken") == "":
		return c.refused(f, a)
	}
	// Success with an error code, failure without one or with an approval, or
	// return code 2, the "waits for approval" of another kind of payment (P24).
	return payment.Fact{}, unknownAnswer(f, a, "the answer contradicts itself")
}

// refused goes by the table of codes.
func (c *Connector) refused(f function, a answer) (payment.Fact, error) {
	r := rule(f, a.errorCode, a.credit)
	switch r.class {
	case classDecline, classRefuse:
		return payment.Fact{
			Outcome: payment.No, Reason: r.reason, Code: codes(a.errorCode, a.credit),
			Hard: r.hard && f.authorizes(),
		}, nil
	case classDone:
		if a.credit == "" {
			return yes(a)
		}
	case classHalf:
		return payment.Fact{Outcome: payment.Half, Reason: r.reason, Code: printable(a.errorCode)}, nil
	case classNotSent:
		return payment.Fact{}, notSent(r.reason, a.errorCode, r.parameter, c.retry(a.errorCode, r.reason), f, "", nil)
	}
	return payment.Fact{}, unknownAnswer(f, a, "the code does not say")
}

// retry is when to come back after the provider refused to begin.
func (c *Connector) retry(code string, reason payment.Reason) time.Duration {
	switch {
	case reason == payment.OutsideServiceHours:
		now := c.clock()
		if reopens, ok := shop.ServiceReopens(now); ok {
			return reopens.Sub(now)
		}
		return retryMaintenance // our clocks disagree
	case code == "Z010000000":
		return retryMaintenance
	case reason == payment.ProviderBusy:
		return retrySoon
	}
	return 0
}

func unknownAnswer(f function, a answer, what string) *UnknownError {
	return &UnknownError{Function: f.div, Status: 200, Code: printable(a.errorCode), Credit: printable(a.credit), What: what}
}

// printable lets a code through that looks like one, so that no text of an
// unreadable answer comes into errors, logs or the books.
func printable(code string) string {
	if len(code) > 10 {
		return "?"
	}
	for _, c := range []byte(code) {
		if !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z') {
			return "?"
		}
	}
	return code
}

// plain reports whether s is 1 to limit visible ASCII characters: an approval
// number, a token.
func plain(s string, limit int) bool {
	if s == "" || len(s) > limit {
		return false
	}
	for _, c := range []byte(s) {
		if c <= ' ' || c > '~' || c == '<' || c == '>' {
			return false
		}
	}
	return true
}
