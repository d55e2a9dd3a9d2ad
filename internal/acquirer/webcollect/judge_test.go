package webcollect

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
)

func isNotSent(t *testing.T, err error, reason payment.Reason, field string) *acquirer.NotSentError {
	t.Helper()
	var e *acquirer.NotSentError
	if !errors.As(err, &e) {
		t.Errorf("%v: want not sent", err)
		return new(acquirer.NotSentError)
	}
	if e.Reason != reason || e.Field != field {
		t.Errorf("%v: %s (%s), want %s (%s)", err, e.Reason, e.Field, reason, field)
	}
	return e
}

func isUnknown(t *testing.T, fact payment.Fact, err error) *UnknownError {
	t.Helper()
	var sent *acquirer.NotSentError
	var e *UnknownError
	if errors.As(err, &sent) || !errors.As(err, &e) || fact != (payment.Fact{}) {
		t.Errorf("%+v, %v: want unknown", fact, err)
		return new(UnknownError)
	}
	return e
}

const threeDToken = "0123456789abcdef0123456789abcdef"

// The facts, over the wire.
func TestFacts(t *testing.T) {
	no := func(reason payment.Reason, code string, hard bool) payment.Fact {
		return payment.Fact{Outcome: payment.No, Reason: reason, Code: code, Hard: hard}
	}
	yes := payment.Fact{Outcome: payment.Yes}
	tests := []struct {
		name, answer string
		wish         acquirer.Wish
		want         payment.Fact
	}{
		{"approved", approved, authorize("A1"), payment.Fact{Outcome: payment.Yes, Approval: "1234567"}},
		{"approved, empty elements", approved + "<threeDToken></threeDToken><threeDAuthHtml/><creditErrorCode/>", authorize("A1"), payment.Fact{Outcome: payment.Yes, Approval: "1234567"}},
		{
			"challenge", good + "<threeDToken>" + threeDToken + "</threeDToken><threeDAuthHtml>&lt;![CDATA[&lt;html&gt;&lt;b&gt;&amp;amp;&lt;/html&gt;]]&gt;</threeDAuthHtml>", authorize("A1"),
			payment.Fact{Outcome: payment.Challenge, ChallengeToken: threeDToken, ChallengeHTML: "<html><b>&amp;</html>"},
		},
		{
			"challenge, genuine CDATA", good + "<threeDToken>" + threeDToken + "</threeDToken><threeDAuthHtml><![CDATA[<html>]]></threeDAuthHtml>", authorize("A1"),
			payment.Fact{Outcome: payment.Challenge, ChallengeToken: threeDToken, ChallengeHTML: "<html>"},
		},
		{"declined", failing("A082000010", "G12"), authorize("A1"), no(payment.CardDeclined, "A082000010/G12", false)},
		{"hard", failing("A082000010", "G61"), authorize("A1"), no(payment.CardInvalid, "A082000010/G61", true)},
		{"declined, no credit code", failing("A082000010", ""), authorize("A1"), no(payment.CardDeclined, "A082000010", false)},
		{"captured", good + "<slipUrlPc></slipUrlPc>", wish(payment.OpCapture, "A1"), yes},
		{"adjusted", good, adjust("A1"), yes},
		{"half", failing("A077000001", "G95"), adjust("A1"), payment.Fact{Outcome: payment.Half, Reason: payment.AmountChangeHalfDone, Code: "A077000001"}}, // P22
		{"new amount refused", failing("A076000001", "G61"), adjust("A1"), no(payment.CardInvalid, "A076000001/G61", false)},                                // hard is for authorizations
		{"canceled", good, wish(payment.OpCancel, "A1"), yes},
		{"too late", failing("A062010004", ""), wish(payment.OpCancel, "A1"), no(payment.TooLate, "A062010004", false)}, // P31
		{"held anew", approved, wish(payment.OpReauthorize, "A1"), payment.Fact{Outcome: payment.Yes, Approval: "1234567"}},
		{"not anew", failing("A112000002", ""), wish(payment.OpReauthorize, "A1"), no(payment.WrongState, "A112000002", false)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := saying(t, tt.answer).Perform(t.Context(), merchant, tt.wish)
			if err != nil || got != tt.want {
				t.Errorf("%+v, %v; want %+v", got, err, tt.want)
			}
		})
	}
}

// P16, P20, P21, P24, P27: what proves nothing is unknown for every call.
func TestUnknownAnswers(t *testing.T) {
	answers := map[string]string{
		"code 2":                   "<returnCode>2</returnCode><errorCode></errorCode>", // P24
		"code 2 with error":        "<returnCode>2</returnCode><errorCode>A082000010</errorCode>",
		"success with error":       "<returnCode>0</returnCode><errorCode>A082000010</errorCode>",
		"success with credit code": good + "<creditErrorCode>G12</creditErrorCode>",
		"failure without error":    "<returnCode>1</returnCode><errorCode></errorCode>",
		"failure, credit only":     "<returnCode>1</returnCode><errorCode></errorCode><creditErrorCode>G12</creditErrorCode>",
		"failure with approval":    failing("A082000010", "G12") + "<crdCResCd>1234567</crdCResCd>",
		"strange code":             failing("Q123456789", ""),
		"code of markup":           failing("&lt;b&gt;", ""),
		"system error":             failing("Z019999999", ""),
		"gateway time-out":         failing("Z012000005", ""),
		"under way":                failing("Z012000004", ""),
		"another call's code":      failing("A012060001", ""),
	}
	for name, answer := range answers {
		for _, w := range []acquirer.Wish{authorize("A1"), complete(t, back()), charge("A1"), wish(payment.OpCapture, "A1"), adjust("A1"), wish(payment.OpCancel, "A1"), wish(payment.OpReauthorize, "A1")} {
			if name == "another call's code" && w.Authorization != nil && w.Authorization.Stored != nil {
				continue // it is this one's
			}
			fact, err := saying(t, answer).Perform(t.Context(), merchant, w)
			if e := isUnknown(t, fact, err); strings.Contains(e.Error(), "<") {
				t.Errorf("%s: %v", name, e)
			}
		}
	}
	for _, inner := range []string{ // of an authorization
		good, good + "<crdCResCd></crdCResCd>", approved + "<threeDToken>" + threeDToken + "</threeDToken>",
		good + "<threeDToken>" + threeDToken + "</threeDToken>", good + "<threeDAuthHtml>x</threeDAuthHtml>",
		good + "<threeDToken>short</threeDToken><threeDAuthHtml>x</threeDAuthHtml>",
		good + "<crdCResCd>" + strings.Repeat("1", 65) + "</crdCResCd>", good + "<crdCResCd>1&#10;2</crdCResCd>",
		failing("A082000003", ""), // P14
		failing("A082000010", "C50"), failing("A082000010", "999"), failing("A082000004", "999"), failing("A082000010", "X1"),
	} {
		fact, err := saying(t, inner).Perform(t.Context(), merchant, authorize("A1"))
		isUnknown(t, fact, err)
	}
	fact, err := saying(t, failing("A062010003", "")).Perform(t.Context(), merchant, wish(payment.OpCancel, "A1"))
	if e := isUnknown(t, fact, err); e.ProviderCode() != "A062010003" {
		t.Errorf("code %q", e.ProviderCode())
	}
}

// P20: another status than 200 is unknown, a redirect is not followed, and the
// page comes into no error.
func TestStatuses(t *testing.T) {
	for _, status := range []int{201, 204, 301, 302, 307, 308, 400, 403, 404, 429, 500, 502, 503, 504} {
		calls := 0
		c := connector(t, func(w http.ResponseWriter, r *http.Request) {
			calls++
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(status)
			if status != 204 {
				_, _ = io.WriteString(w, "<return>"+approved+"</return>") // even then
			}
		})
		fact, err := c.Perform(t.Context(), merchant, authorize("A1"))
		if e := isUnknown(t, fact, err); e.Status != status || calls != 1 || strings.Contains(err.Error(), "return") {
			t.Errorf("status %d: %v after %d calls", status, err, calls)
		}
	}
	for name, text := range unreadable {
		c := connector(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) })
		fact, err := c.Perform(t.Context(), merchant, authorize("A1"))
		if e := isUnknown(t, fact, err); strings.ContainsAny(e.Error(), "<>") {
			t.Errorf("%s: %v", name, err)
		}
	}
	c := connector(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "<return>"+approved+"</return>"+strings.Repeat(" ", maxAnswer))
	})
	fact, err := c.Perform(t.Context(), merchant, authorize("A1"))
	isUnknown(t, fact, err)
}

// What the provider refuses to begin, and when to come back.
func TestNotSentByProvider(t *testing.T) {
	tests := []struct {
		code   string
		wish   acquirer.Wish
		reason payment.Reason
		field  string
		retry  time.Duration
	}{
		{"Z012000009", authorize("A1"), payment.ProviderMisconfigured, "", 0}, // P92
		{"Z012000007", wish(payment.OpCancel, "A1"), payment.ProviderMisconfigured, "", 0},
		{"Z012000006", authorize("A1"), payment.ProviderBusy, "", retrySoon},        // P93
		{"Z010000000", authorize("A1"), payment.ProviderBusy, "", retryMaintenance}, // P93
		{"A081010702", authorize("A1"), payment.InvalidRequest, "buyer_tel", 0},     // P94
		{"A081010202", authorize("A1"), payment.ProviderMisconfigured, "trader_code", 0},
		{"A070000000", adjust("A1"), payment.OutsideServiceHours, "", retryMaintenance}, // at noon: the clocks disagree
	}
	for _, tt := range tests {
		_, err := saying(t, failing(tt.code, "")).Perform(t.Context(), merchant, tt.wish)
		if e := isNotSent(t, err, tt.reason, tt.field); e.Code != tt.code || e.Retry != tt.retry {
			t.Errorf("%s: %+v", tt.code, e)
		}
	}
}

// P37: between 23:00 and 01:00 in Japan amounts are not changed and holds not
// renewed; all else goes on.
func TestNightWindow(t *testing.T) {
	times := map[string]time.Duration{ // UTC
		"2026-04-01T13:59:59Z": 0, "2026-04-01T14:00:00Z": 2 * time.Hour, "2026-04-01T15:30:00Z": 30 * time.Minute,
		"2026-04-01T15:59:59Z": time.Second, "2026-04-01T16:00:00Z": 0, "2026-03-31T14:30:00Z": 90 * time.Minute,
	}
	for text, wait := range times {
		now, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		c := saying(t, approved)
		c.clock = func() time.Time { return now }
		for _, w := range []acquirer.Wish{adjust("A1"), wish(payment.OpReauthorize, "A1")} {
			_, err := c.Perform(t.Context(), merchant, w)
			if wait == 0 {
				if err != nil {
					t.Errorf("%s: %v", text, err)
				}
				continue
			}
			if e := isNotSent(t, err, payment.OutsideServiceHours, ""); e.Retry != wait {
				t.Errorf("%s: come back in %s, want %s", text, e.Retry, wait)
			}
		}
		for _, w := range []acquirer.Wish{authorize("A1"), wish(payment.OpCancel, "A1"), wish(payment.OpCapture, "A1")} {
			if _, err := c.Perform(t.Context(), merchant, w); err != nil {
				t.Errorf("%s: %v", text, err)
			}
		}
		if got := c.retry("A070000000", payment.OutsideServiceHours); wait != 0 && got != wait {
			t.Errorf("%s: the provider's own refusal says %s", text, got)
		}
	}
}

// What is no operation ends without a fact and without a call.
func TestNotOffered(t *testing.T) {
	c := connector(t, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("sent: %s", r.URL.Path) })
	for _, op := range []payment.Operation{0, 99} {
		fact, err := c.Perform(t.Context(), merchant, wish(op, "A1"))
		if !errors.Is(err, ErrNotOffered) || fact != (payment.Fact{}) {
			t.Errorf("%d: %+v, %v", op, fact, err)
		}
		isNotSent(t, err, payment.InvalidRequest, "")
	}
}

// The rest of the protocol ends in the same three ways.
func TestShipmentAnswers(t *testing.T) {
	s, err := saying(t, good+"<slipUrlPc>https://example.test/pc</slipUrlPc><slipUrlMobile>https://example.test/m</slipUrlMobile>").EnterShipment(t.Context(), merchant, "A1", "123456789013")
	if want := (Shipment{payment.Fact{Outcome: payment.Yes}, "https://example.test/pc", "https://example.test/m"}); err != nil || s != want {
		t.Errorf("%+v, %v", s, err)
	}
	s, err = saying(t, failing("E012000003", "")).EnterShipment(t.Context(), merchant, "A1", "123456789013")
	if err != nil || s.Outcome != payment.No || s.Reason != payment.Bundled { // P38
		t.Errorf("%+v, %v", s, err)
	}
	s, err = saying(t, failing("E012000001", "")).EnterShipment(t.Context(), merchant, "A1", "123456789013")
	isUnknown(t, s.Fact, err) // P62, P69
	f, err := saying(t, failing("E022000001", "")).CancelShipment(t.Context(), merchant, "A1", "123456789013")
	isUnknown(t, f, err)
	f, err = saying(t, failing("E032000001", "")).Reschedule(t.Context(), merchant, "A1", noon)
	if err != nil || f.Reason != payment.NotAllowedByContract {
		t.Errorf("%+v, %v", f, err)
	}
	if _, err := saying(t, good+"<ipAddress>here</ipAddress>").CallerAddress(t.Context(), merchant); err == nil {
		t.Error("an address that is none")
	}
	if _, err := saying(t, failing("H011010202", "")).CallerAddress(t.Context(), merchant); err == nil {
		t.Error("a refusal gave an address")
	} else {
		isNotSent(t, err, payment.ProviderMisconfigured, "trader_code")
	}
}
