package simulator

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"
)

// waiter is a Sleep that says it has begun and ends when it is let.
func waiter(arrived, leave chan bool) func(context.Context, time.Duration) {
	return func(ctx context.Context, _ time.Duration) {
		arrived <- true
		select {
		case <-leave:
		case <-ctx.Done():
		}
	}
}

// Every token is 16 of A-Z and 0-9, and the table holds it once.
func TestScenarioTokens(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Scenarios() {
		if len(s.Token) != 16 || !only(s.Token, "", digit, upper) || !strings.HasPrefix(s.Token, "SIM") {
			t.Errorf("%q is no token", s.Token)
		}
		if seen[s.Token] || s.Meaning == "" || s.Japanese == "" {
			t.Errorf("%q: twice, or without words", s.Token)
		}
		seen[s.Token] = true
		for div, e := range s.on {
			if functionByDiv[div] == nil || e.say != "" && !strings.Contains(codesTSV, e.say+"\t") {
				t.Errorf("%s: %s %s", s.Token, div, e.say)
			}
		}
	}
}

// What A08 itself comes to with each scenario: the answer, and what E04 says
// at once, after a minute, and after a day.
func TestScenariosOfA08(t *testing.T) {
	type story struct{ answer, now, minute string }
	held := story{"", "4", "4"}
	stories := map[string]story{
		"SIMDECLINED00000": {"A082000010 G12", "11", "11"},
		"SIMDECLINEDLIMIT": {"A082000010 G55", "11", "11"},
		"SIMDECLINEDCVV00": {"A082000010 G44", "11", "11"},
		"SIMDECLINEDINST0": {"A082000010 G74", "11", "11"},
		"SIMHARDDECLINE00": {"A082000010 G61", "11", "11"},
		"SIMLOSTCARD00000": {"A082000010 G60", "11", "11"},
		"SIMISSUERBUSY000": {"A082000010 C12", "13", "13"},
		"SIMLOSTANSWER000": {"lost", "4", "4"},
		"SIMNOANSWER00000": {"lost", "", ""},
		"SIMSTALLNOTHING0": {"lost", "", ""},
		"SIMHTMLANSWER000": {"html 200", "4", "4"},
		"SIMHTML502000000": {"html 502", "", ""},
		"SIMHTML502HELD00": {"html 502", "4", "4"},
		"SIMEMPTYANSWER00": {"empty", "4", "4"},
		"SIMBADXML0000000": {"bad", "4", "4"},
		"SIMDOUBLEANSWER0": {"bad", "4", "4"},
		"SIMDUPLICATE0000": {"A082000003", "4", "4"}, // P14
		"SIMMAINTENANCE00": {"Z010000000", "", ""},
		"SIMBUSY000000000": {"Z012000005", "", ""},
		"SIMBUSYHELD00000": {"Z012000005", "4", "4"},
		"SIMSYSTEMERROR00": {"Z019999999", "4", "4"},
		"SIMTIMEOUT999000": {"A082000010 999", "13", "13"}, // P27
		"SIMTIMEOUT999HLD": {"A082000010 999", "4", "4"},   // P27
		"SIMLATEHOLD00000": {"lost", "", "4"},
		"SIMINPROGRESS000": {"lost", "21", "4"},
		"SIMREQUESTED0000": {"lost", "0", "0"},
		"SIMABORTED000000": {"lost", "20", "20"},
		"SIMUNKNOWNSTATE0": {"", "77", "4"},
		"SIMLOSTINQUIRY00": {"lost", "4", "4"},
	}
	for _, s := range Scenarios() {
		want, listed := stories[s.Token]
		if !listed {
			want = held
			if s.challenge {
				want = story{"", "21", "21"}
			}
		}
		t.Run(s.Token, func(t *testing.T) {
			w := newWorld(t)
			if got := w.outcome("A08", "token", s.Token); got != want.answer {
				t.Fatalf("answered %q, want %q", got, want.answer)
			}
			if s.Token == "SIMLOSTINQUIRY00" {
				w.unanswered("E04")
			}
			w.wantStatus("K1", want.now)
			later(LateHold - time.Second)(w)
			w.wantStatus("K1", want.now)
			later(time.Second)(w)
			w.wantStatus("K1", want.minute)
			// Again and again, whatever happened before.
			if got := w.outcome("A08", "order_no", "K2", "token", s.Token); got != want.answer {
				t.Fatalf("then %q, want %q", got, want.answer)
			}
			// A hold is a hold: it can be cancelled.
			if want.minute == "4" && s.on["A06"] == (effect{}) {
				w.ok("A06")
				w.wantStatus("K1", "40")
			}
		})
	}
}

// outcome puts an answer into words.
func (w *world) outcome(div string, changes ...string) string {
	w.t.Helper()
	status, body, err := w.raw(div, changes...)
	switch {
	case err != nil:
		return "lost"
	case strings.Contains(body, "<html>\r\n"):
		return "html " + map[int]string{200: "200", 502: "502"}[status]
	case status != http.StatusOK:
		return http.StatusText(status)
	case body == "":
		return "empty"
	case !strings.HasSuffix(body, "</return>\n") || strings.Count(body, "<return>") != 1:
		return "bad"
	}
	r := readAnswer(w.t, body)
	return strings.TrimSpace(r.ErrorCode + " " + r.CreditErrorCode)
}

// What a later call comes to: its first answer, what E04 then says, and the
// answer of the same call again.
func TestScenariosOfLaterCalls(t *testing.T) {
	for _, c := range []struct {
		token, div, first, status, second string
	}{
		{"SIMHALFADJUST000", "A07", "A077000001 G97", "17", "A073000001"},
		{"SIMLOSTADJUST000", "A07", "lost", "4", "A074000001"},
		{"SIMDROPADJUST000", "A07", "lost", "4", ""},
		{"SIMREFUSEADJUST0", "A07", "A076000001 G55", "4", "A076000001 G55"},
		{"SIMLOSTCAPTURE00", "E01", "lost", "30", "E012000001"},
		{"SIMDROPCAPTURE00", "E01", "lost", "4", ""},
		{"SIMREFUSECAPTURE", "E01", "E011010351", "4", "E011010351"},
		{"SIMLOCKCAPTURE00", "E01", "E013000001", "4", ""},
		{"SIMLOSTUNSHIP000", "E02", "lost", "4", "E021010351"},
		{"SIMLOCKUNSHIP000", "E02", "E023000001", "30", ""},
		{"SIMLOSTCANCEL000", "A06", "lost", "40", "A062010003"},
		{"SIMDROPCANCEL000", "A06", "lost", "4", ""},
		{"SIMCANCELERROR00", "A06", "A062010005", "4", ""},
		{"SIMREFUSECANCEL0", "A06", "A062010003", "4", "A062010003"},
		{"SIMLOSTREAUTH000", "A11", "lost", "4", ""},
		{"SIMDROPREAUTH000", "A11", "lost", "4", ""},
		{"SIMREFUSEREAUTH0", "A11", "A112000004 G54", "4", "A112000004 G54"},
	} {
		t.Run(c.token, func(t *testing.T) {
			w := newWorld(t)
			w.ok("A08", "token", c.token)
			before := w.ok("E04").trade()
			if c.div == "E02" {
				w.ok("E01")
			}
			if got := w.outcome(c.div); got != c.first {
				t.Fatalf("first %q, want %q", got, c.first)
			}
			w.wantStatus("K1", c.status)
			after := w.ok("E04").trade()
			if changed := after.Approval != before.Approval; c.div == "A11" && changed != (c.token == "SIMLOSTREAUTH000") {
				t.Errorf("approval changed: %v", changed)
			}
			if got := w.outcome(c.div); got != c.second {
				t.Fatalf("then %q, want %q", got, c.second)
			}
		})
	}
}

// While a payment is under way nothing else is lawful on it: not another
// payment of the number, not a cancel, not a capture; and afterwards all is.
func TestUnderWay(t *testing.T) {
	for token, unknown := range map[string]bool{"SIMLATEHOLD00000": true, "SIMINPROGRESS000": false, "SIMREQUESTED0000": false} {
		t.Run(token, func(t *testing.T) {
			w := newWorld(t)
			w.unanswered("A08", "token", token)
			cancel := "A062010003"
			if unknown {
				cancel = "A062010001"
			}
			w.refused("Z012000004", "A08")
			w.refused(cancel, "A06")
			w.refused("A073000001", "A07")
			w.refused("A112000002", "A11")
			w.refused("E011010351", "E01")
			later(LateHold)(w)
			if token == "SIMREQUESTED0000" {
				w.refused("Z012000004", "A08")
				w.refused("A062010003", "A06")
				return
			}
			w.refused("A082000003", "A08")
			w.ok("A07")
			w.ok("E01")
			w.ok("A06")
			w.wantStatus("K1", "40")
		})
	}
}

// A stalled answer comes after 31 seconds, a dropped one never; the work is
// there, or not, while one waits.
func TestStall(t *testing.T) {
	w := newWorld(t)
	w.ok("A08", "token", "SIMSTALL31S00000")
	w.unanswered("A08", "order_no", "K2", "token", "SIMSTALLNOTHING0")
	w.ok("A08", "order_no", "K3", "token", "SIMSLOW050MS0000")
	if len(w.slept) != 3 || w.slept[0] != 31*time.Second || w.slept[1] != 31*time.Second || w.slept[2] != 50*time.Millisecond {
		t.Fatal(w.slept)
	}
	arrived, leave := make(chan bool), make(chan bool)
	w.sleep = waiter(arrived, leave)
	done := make(chan reading)
	go func() { done <- w.call("A08", "order_no", "K4", "token", "SIMSTALL31S00000") }()
	<-arrived
	w.wantStatus("K4", "4")
	w.ok("A07", "order_no", "K4") // nothing is locked meanwhile
	close(leave)
	<-done
}

// A shop's own contract changes nothing for scenarios.
func TestScenariosNeedNoOption(t *testing.T) {
	m := Merchant{TraderCode: other, AccessKey: "1", API: true, Payments: true, Card: true, AmountChange: true}
	w := newWorld(t, func(o *Options) { o.Merchants = []Merchant{m} })
	w.ok("A08", "trader_code", other, "pay_way", "24")
	w.ok("A07", "trader_code", other, "new_price", "9000")
	w.ok("A08", "trader_code", other, "order_no", "K2", "token", "SIMCHALLENGE0000")
}
