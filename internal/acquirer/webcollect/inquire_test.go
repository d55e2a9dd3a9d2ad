package webcollect

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
)

func result(number, status, amount, rest string) string {
	return "<resultData><orderNo>" + number + "</orderNo><deviceDiv>2</deviceDiv><settleDate></settleDate><settlePrice>" + amount +
		"</settlePrice><settleMethodDiv>0</settleMethodDiv><settleMethod>9</settleMethod><statusInfo>" + status + "</statusInfo>" + rest + "</resultData>"
}

func results(list ...string) string {
	return good + fmt.Sprintf("<resultCount>%d</resultCount>", len(list)) + strings.Join(list, "")
}

// P23, P25: every status in our words; 30 is not 31, and a number nobody knows
// leaves the question open.
func TestStandings(t *testing.T) {
	known := map[int]payment.Standing{
		0: payment.StandingNone, 1: payment.StandingNone, 20: payment.StandingNone, 21: payment.StandingNone,
		4: payment.StandingHeld, 5: payment.StandingReserved, 30: payment.StandingCaptured, 31: payment.StandingSettled, 40: payment.StandingCanceled,
		11: payment.StandingFailed, 12: payment.StandingFailed, 13: payment.StandingFailed, 14: payment.StandingFailed,
		15: payment.StandingAttention, 16: payment.StandingAttention, 17: payment.StandingAttention,
	}
	for n := range 1000 {
		want, ok := known[n]
		if !ok {
			want = payment.StandingWaiting
		}
		if got := standing(strconv.Itoa(n)); got != want {
			t.Errorf("%d is %d, want %d", n, got, want)
		}
	}
}

func TestInquire(t *testing.T) {
	const anew = "<crdCResCd>1234567</crdCResCd><crdCResDate>20260401115900</crdCResDate>"
	held := payment.Trade{Standing: payment.StandingHeld, Amount: 3000, Approval: "1234567", ApprovedAt: "20260401115900", Code: "4"}
	with := func(t payment.Trade, change func(*payment.Trade)) payment.Trade { change(&t); return t }
	tests := []struct {
		name, answer string
		want         payment.Trade
	}{
		{"nothing", results(), payment.Trade{}},
		{"held", results(result("A1", "4", "3000", anew)), held},
		{"in progress", results(result("A1", "21", "3000", "")), payment.Trade{Standing: payment.StandingNone, Amount: 3000, Code: "21"}},
		{"failed, no amount", results(result("A1", "13", "", "")), payment.Trade{Standing: payment.StandingFailed, Code: "13"}},
		{"unknown status", results(result("A1", "77", "3000", "")), payment.Trade{Standing: payment.StandingWaiting, Amount: 3000, Code: "77"}},
		{
			"several slips", results(result("A1", "30", "3000", anew+"<slipNo>123456789013</slipNo><slipNo>123456789024</slipNo><slipNo></slipNo><extraSlipNo>A1</extraSlipNo>")),
			with(held, func(t *payment.Trade) {
				t.Standing, t.Code, t.Slips = payment.StandingCaptured, "30", []string{"123456789013", "123456789024", "A1"}
			}),
		},
		{
			"a reservation", results(result("A1", "5", "3000", anew+"<scheduledShippingDate>20261224</scheduledShippingDate>")),
			with(held, func(t *payment.Trade) {
				t.Standing, t.Code, t.ShipDate = payment.StandingReserved, "5", "2026-12-24"
			}),
		},
		{"not a card", results(strings.Replace(result("A1", "4", "3000", ""), "Div>0<", "Div>1<", 1)), payment.Trade{Standing: payment.StandingWaiting, Amount: 3000, Code: "4"}},
		{"failed, then held", results(result("A1", "13", "3000", ""), result("A1", "4", "3000", anew)), held},
		{"held, then failed", results(result("A1", "4", "3000", anew), result("A1", "20", "3000", "")), held},
		{"twice the same", results(result("A1", "4", "3000", anew), result("A1", "4", "3000", anew)), held},
		{"two failed", results(result("A1", "13", "3000", ""), result("A1", "11", "3000", "")), payment.Trade{Standing: payment.StandingFailed, Amount: 3000, Code: "11"}},
		{"held and canceled", results(result("A1", "40", "3000", anew), result("A1", "4", "3000", anew)), payment.Trade{Standing: payment.StandingWaiting, Code: "40,4"}},
		{"two amounts", results(result("A1", "4", "3000", anew), result("A1", "4", "2000", anew)), payment.Trade{Standing: payment.StandingWaiting, Code: "4,4"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := saying(t, tt.answer).Inquire(t.Context(), merchant, "A1")
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
}

// An answer that does not fit the question is an error: above all it is never
// "no such trade".
func TestInquireErrors(t *testing.T) {
	answers := map[string]string{
		"no count":           good,
		"count without":      good + "<resultCount>1</resultCount>",
		"result uncounted":   good + "<resultCount>0</resultCount>" + result("A1", "4", "3000", ""),
		"count of words":     good + "<resultCount>none</resultCount>",
		"negative":           good + "<resultCount>-1</resultCount>",
		"another number":     results(result("A2", "4", "3000", "")),
		"no number":          results(result("", "4", "3000", "")),
		"one of another":     results(result("A1", "4", "3000", ""), result("A2", "4", "3000", "")),
		"no status":          results(result("A1", "", "3000", "")),
		"status of words":    results(result("A1", "held", "3000", "")),
		"held, no amount":    results(result("A1", "4", "", "")),
		"held, odd amount":   results(result("A1", "4", "3,000", "")), // P83
		"status twice":       results(result("A1", "4", "3000", "<statusInfo>40</statusInfo>")),
		"code 2":             "<returnCode>2</returnCode><resultCount>0</resultCount>",
		"approval markup":    results(result("A1", "4", "3000", "<crdCResCd>&lt;b&gt;</crdCResCd>")),
		"date markup":        results(result("A1", "4", "3000", "<crdCResDate>&lt;b&gt;</crdCResDate>")),
		"ship date of words": results(result("A1", "5", "3000", "<scheduledShippingDate>Xmas</scheduledShippingDate>")),
		"system error":       failing("Z019999999", ""),
		"gateway timed out":  failing("Z012000005", ""),
	}
	for name, answer := range answers {
		got, err := saying(t, answer).Inquire(t.Context(), merchant, "A1")
		if err == nil || got.Code != "" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	_, err := saying(t, failing("Z012000009", "")).Inquire(t.Context(), merchant, "A1")
	if unsent := new(acquirer.NotSentError); !errors.As(err, &unsent) || unsent.Reason != payment.ProviderMisconfigured {
		t.Errorf("%v", err)
	}
}
