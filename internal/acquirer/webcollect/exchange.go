package webcollect

import (
	"context"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
)

const (
	contentType = "application/x-www-form-urlencoded; charset=UTF-8"
	userAgent   = "kessai"
	maxAnswer   = 512 << 10 // bytes; the longest is the page of a 3-D Secure challenge
)

// When it makes sense to come back.
const (
	retrySoon        = 5 * time.Second
	retryMaintenance = 5 * time.Minute
)

// call sends one body and reads the answer. The error is a
// *acquirer.NotSentError or an *UnknownError. It never repeats a request.
func (c *Connector) call(ctx context.Context, address string, f function, body form) (answer, error) {
	if err := ctx.Err(); err != nil {
		return answer{}, notSent(payment.ProviderUnreachable, "", "", retrySoon, f, "over before it began", err)
	}
	if err := c.enter(ctx); err != nil {
		return answer{}, notSent(payment.ProviderBusy, "", "", retrySoon, f, "no free place", err)
	}
	defer func() { <-c.places }()
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()

	s := new(sending)
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, s.trace()), http.MethodPost, address, strings.NewReader(body.encode()))
	if err != nil {
		return answer{}, notSent(payment.ProviderMisconfigured, "", "", 0, f, "no request could be built", err)
	}
	req.Header.Set("Content-Type", contentType)
	req.Header.Set("Accept", "*/*")
	req.Header.Set("User-Agent", userAgent)

	// RoundTrip follows no redirects and keeps no cookies.
	resp, err := c.transport.RoundTrip(req)
	if err != nil {
		if !s.abandon() {
			return answer{}, notSent(payment.ProviderUnreachable, "", "", retrySoon, f, "no connection", err)
		}
		return answer{}, &UnknownError{Function: f.div, What: "the connection ended without an answer", Err: err}
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return answer{}, &UnknownError{Function: f.div, Status: resp.StatusCode, What: "not an answer of the gateway"} // P20
	}
	text, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	switch {
	case err != nil:
		return answer{}, &UnknownError{Function: f.div, Status: resp.StatusCode, What: "the answer broke off", Err: err}
	case len(text) > maxAnswer:
		return answer{}, &UnknownError{Function: f.div, Status: resp.StatusCode, What: "the answer is too long"}
	}
	a, err := read(text)
	if err != nil {
		return answer{}, &UnknownError{Function: f.div, Status: resp.StatusCode, What: "the answer is unreadable", Err: err}
	}
	return a, nil
}

// enter takes a place among those under way, or gives up when ctx ends or the
// call's time has passed (P93).
func (c *Connector) enter(ctx context.Context) error {
	select {
	case c.places <- struct{}{}:
		return nil
	default:
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	select {
	case c.places <- struct{}{}:
		if err := ctx.Err(); err != nil { // both at once: the time is over
			<-c.places
			return err
		}
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// notSent builds the error; its text carries nothing of the cause, which may
// be unwrapped.
func notSent(reason payment.Reason, code, field string, retry time.Duration, f function, what string, cause error) *acquirer.NotSentError {
	e := &acquirer.NotSentError{Reason: reason, Code: code, Field: field, Retry: retry}
	if what != "" {
		e.Err = &quietError{text: f.div + ": " + what, cause: cause}
	}
	return e
}
