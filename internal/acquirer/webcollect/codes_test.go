package webcollect

import (
	"strings"
	"testing"

	"kessai.dev/kessai/internal/payment"
)

// The table is whole: 1,178 codes, and so many of each class. A change of a
// class changes a total, and must be meant.
func TestCodesTotals(t *testing.T) {
	totals := map[class]int{}
	lines := strings.Split(strings.TrimRight(codesTSV, "\n"), "\n")[1:]
	reasons := map[payment.Reason]bool{}
	for _, r := range knownReasons {
		reasons[r] = true
	}
	for _, line := range lines {
		f := strings.Split(line, "\t")
		totals[class(f[3])]++
		if f[6] == "" {
			t.Errorf("%s has no meaning", f[0])
		}
		needsReason := map[string]bool{"decline": true, "refuse": true, "half": true, "not-sent": true}[f[3]]
		if needsReason != (f[4] != "") || needsReason && !reasons[payment.Reason(f[4])] {
			t.Errorf("%s: class %s with reason %q", f[0], f[3], f[4])
		}
		if f[5] != "" && (f[5] != "hard" || f[3] != "decline") {
			t.Errorf("%s: hard is for declines only", f[0])
		}
	}
	if len(lines) != 1178 || len(errorCodes) != 1087 || len(creditCodes) != 69 {
		t.Errorf("%d lines, %d error codes, %d credit codes", len(lines), len(errorCodes), len(creditCodes))
	}
	want := map[class]int{
		classNotSent: 882, classUnknown: 122, classDecline: 111, classRefuse: 39, classAuthentication: 22, classHalf: 1, classDone: 1,
	}
	for c, n := range want {
		if totals[c] != n {
			t.Errorf("class %s: %d codes, want %d", c, totals[c], n)
		}
	}
}

var knownReasons = []payment.Reason{
	payment.CardDeclined, payment.CardLimitExceeded, payment.CardExpired, payment.CardInvalid, payment.CardNotAccepted,
	payment.SecurityCodeWrong, payment.InstallmentsNotAllowed, payment.TokenInvalid, payment.AuthenticationFailed,
	payment.VaultFull, payment.AmountNotAllowed, payment.ProviderRefused, payment.ProviderMisconfigured,
	payment.ProviderBusy, payment.InvalidRequest, payment.OutsideServiceHours, payment.TooLate,
	payment.NotAllowedByContract, payment.Bundled, payment.WrongState, payment.EtagMismatch, payment.AmountChangeHalfDone, payment.AmountUnchanged,
}

// What not-sent may say is what the port allows it to say.
func TestNotSentReasons(t *testing.T) {
	for code, r := range errorCodes {
		if r.class != classNotSent {
			continue
		}
		switch r.reason {
		case payment.ProviderBusy, payment.ProviderMisconfigured, payment.InvalidRequest, payment.OutsideServiceHours:
		default:
			t.Errorf("%s: not sent because of %s", code, r.reason)
		}
	}
}

// Every input check of a function that is called is not-sent, but for those
// that speak of the trade's or the merchant's state, or of the amount's limit.
func TestInputChecks(t *testing.T) {
	apart := map[string]class{
		"A011010572": classDecline, "A081010572": classDecline, "A071010472": classRefuse, "E011010251": classRefuse, "E021010251": classRefuse,
		"E011010351": classUnknown, "E021010351": classUnknown, "E031010351": classRefuse,
	}
	for _, f := range called {
		for code, r := range errorCodes {
			if !strings.HasPrefix(code, f.div+"101") {
				continue
			}
			want, ok := apart[code]
			if !ok {
				want = classNotSent
			}
			if r.class != want || r.function != f.div {
				t.Errorf("%s: %s of %s, want %s", code, r.class, r.function, want)
			}
			if r.parameter == "" && code != "A011012571" && code != "A081011506" && code != "A081011571" { // a choice of fields, and the one whose name nobody knows
				t.Errorf("%s names no field", code)
			}
		}
	}
}

var called = []function{creditStored, infoGet, infoUpdate, infoDelete, creditToken, creditToken3D, creditCancel, changePrice, reAuth, shipmentEntry, shipmentCancel, changeDate, tradeInfo, traderIP}

// P14, P16, P27: what must not be taken for a no.
func TestUnknownCodes(t *testing.T) {
	unknown := map[function][]string{
		creditStored:   {"A012010001", "A012040001", "A012070001", "A012080001", "A012090001", "Z012000004", "Z012000005", "Z019999999"},
		infoGet:        {"A033000001", "Z012000005", "Z019999999"},
		infoUpdate:     {"A043000003", "A045000001", "Z012000005", "Z019999999"},
		infoDelete:     {"A054000001", "Z012000005", "Z019999999"},
		creditToken3D:  {"A092000001", "A092000002", "Z012000004", "Z012000005", "Z012000011", "Z019999999"},
		creditToken:    {"A082000003", "A082000006", "A082000012", "Z012000004", "Z012000005", "Z012000011", "Z019999999"},
		creditCancel:   {"A062010003", "A062010005", "A062010007", "A062030001", "Z012000004", "Z012000005", "Z019999999"},
		changePrice:    {"A075000001", "Z012000005", "Z019999999"},
		reAuth:         {"A112000003", "Z012000005", "Z019999999"},
		shipmentEntry:  {"E011010351", "E012000001", "E013000001", "Z012000005", "Z019999999"},
		shipmentCancel: {"E021010351", "E022000001", "E023000001", "Z019999999"},
		changeDate:     {"E033000001", "Z019999999"},
	}
	for f, list := range unknown {
		for _, code := range list {
			if _, ok := errorCodes[code]; !ok {
				t.Errorf("%s is not in the table", code)
			}
			if r := rule(f, code, ""); r.class != classUnknown {
				t.Errorf("%s on %s is %s", code, f.div, r.class)
			}
		}
	}
	for _, code := range []string{"A022010001", "A022050001", "L012000007", "L022000004", "L032000004", "L032000007"} {
		if r := errorCodes[code]; r.class != classUnknown {
			t.Errorf("%s is %s", code, r.class)
		}
	}
	// P27: behind a refusal stands a time-out or a broken message.
	for _, credit := range []string{"999", "C35", "C50", "0200002", "0500001", "0500002", "9900001", "X99", "0000"} {
		for f, code := range map[function]string{creditStored: "A012060001", infoUpdate: "A044000001", creditToken: "A082000010", creditToken3D: "A092000005", changePrice: "A076000001", reAuth: "A112000004"} {
			if r := rule(f, code, credit); r.class != classUnknown {
				t.Errorf("%s with %s is %s", code, credit, r.class)
			}
		}
	}
}

// A code nobody knows, or one that answers another call, is never a guess.
func TestStrangeCodes(t *testing.T) {
	for _, code := range []string{"A089999999", "A082000009", "A062010006", "", "0", "0002", "G60", "<b>", "a082000010"} {
		if r := rule(creditToken, code, ""); r.class != classUnknown {
			t.Errorf("%q is %s", code, r.class)
		}
	}
	for _, f := range called {
		for code, r := range errorCodes {
			if got := rule(f, code, "").class; r.function != f.div && r.function != commonFunction && got != classUnknown {
				t.Errorf("%s answering %s is %s", code, f.div, got)
			}
		}
	}
}

// The named codes, each with what it proves.
func TestNamedCodes(t *testing.T) {
	tests := []struct {
		f            function
		code, credit string
		class        class
		reason       payment.Reason
		hard         bool
	}{
		{creditToken, "A082000004", "", classDecline, payment.TokenInvalid, false},
		{creditToken, "A082000005", "", classDecline, payment.NotAllowedByContract, false},
		{creditToken, "A082000007", "", classDecline, payment.InstallmentsNotAllowed, false}, // P101
		{creditToken, "A082000008", "", classDecline, payment.CardInvalid, false},
		{creditToken, "A082000010", "", classDecline, payment.CardDeclined, false},
		{creditToken, "A082000010", "G12", classDecline, payment.CardDeclined, false},
		{creditToken, "A082000010", "G03", classDecline, payment.CardLimitExceeded, false},
		{creditToken, "A082000010", "G55", classDecline, payment.CardLimitExceeded, false},
		{creditToken, "A082000010", "G44", classDecline, payment.SecurityCodeWrong, false},
		{creditToken, "A082000010", "G83", classDecline, payment.CardExpired, false},
		{creditToken, "A082000010", "G60", classDecline, payment.CardInvalid, true}, // P90
		{creditToken, "A082000010", "G61", classDecline, payment.CardInvalid, true}, // P90
		{creditToken, "A082000010", "G74", classDecline, payment.InstallmentsNotAllowed, false},
		{creditToken, "A082000010", "G85", classDecline, payment.CardNotAccepted, false},
		{creditToken, "A082000010", "C12", classDecline, payment.ProviderBusy, false},
		{creditToken, "A082000010", "0400001", classDecline, payment.ProviderBusy, false},
		{creditToken, "A082000011", "", classDecline, payment.VaultFull, false}, // P54
		{creditToken, "A081010572", "", classDecline, payment.AmountNotAllowed, false},
		{creditToken3D, "A092000003", "", classDecline, payment.AuthenticationFailed, false}, // P46
		{creditToken3D, "A092000004", "", classDecline, payment.AuthenticationFailed, false},
		{creditToken3D, "A092000005", "", classDecline, payment.CardDeclined, false},
		{creditToken3D, "A092000005", "G60", classDecline, payment.CardInvalid, true}, // P90
		{creditToken3D, "A092000005", "G55", classDecline, payment.CardLimitExceeded, false},
		{creditToken3D, "A092000006", "", classDecline, payment.VaultFull, false}, // P54
		{creditToken3D, "A091010401", "", classNotSent, payment.InvalidRequest, false},
		{creditStored, "A012020001", "", classDecline, payment.NotAllowedByContract, false},
		{creditStored, "A012030001", "", classDecline, payment.CardInvalid, false}, // P55, P58
		{creditStored, "A012040002", "", classDecline, payment.InstallmentsNotAllowed, false},
		{creditStored, "A012050001", "", classDecline, payment.AuthenticationFailed, false},
		{creditStored, "A012060001", "G61", classDecline, payment.CardInvalid, true}, // P90
		{creditStored, "A011012472", "", classNotSent, payment.ProviderMisconfigured, false},
		{creditStored, "A011012271", "", classNotSent, payment.InvalidRequest, false},
		{infoGet, "A031010571", "", classNotSent, payment.ProviderMisconfigured, false},
		{infoGet, "A032000001", "", classRefuse, payment.NotAllowedByContract, false},
		{infoUpdate, "A043000001", "", classRefuse, payment.EtagMismatch, false}, // P55
		{infoUpdate, "A043000002", "", classDone, "", false},
		{infoUpdate, "A044000001", "", classRefuse, payment.CardDeclined, false},
		{infoUpdate, "A044000001", "G83", classRefuse, payment.CardExpired, false},
		{infoUpdate, "A042000003", "", classRefuse, payment.NotAllowedByContract, false},
		{infoDelete, "A053000001", "", classRefuse, payment.EtagMismatch, false}, // P55
		{infoDelete, "A052000001", "", classRefuse, payment.NotAllowedByContract, false},
		{creditToken, "A082000001", "", classNotSent, payment.ProviderMisconfigured, false},
		{creditToken, "A082000002", "", classNotSent, payment.ProviderMisconfigured, false},
		{creditToken, "Z012000006", "", classNotSent, payment.ProviderBusy, false}, // P93
		{creditToken, "Z010000000", "", classNotSent, payment.ProviderBusy, false}, // P93
		{creditToken, "Z012000007", "", classNotSent, payment.ProviderMisconfigured, false},
		{creditToken, "Z012000008", "", classNotSent, payment.ProviderMisconfigured, false},
		{creditToken, "Z012000009", "", classNotSent, payment.ProviderMisconfigured, false}, // P92
		{creditCancel, "A062010001", "", classRefuse, payment.WrongState, false},
		{creditCancel, "A062010004", "", classRefuse, payment.TooLate, false}, // P31
		{changePrice, "A070000000", "", classNotSent, payment.OutsideServiceHours, false},
		{changePrice, "A072000001", "", classRefuse, payment.NotAllowedByContract, false},
		{changePrice, "A073000001", "", classRefuse, payment.WrongState, false},
		{changePrice, "A073000002", "", classRefuse, payment.Bundled, false}, // P38
		{changePrice, "A074000001", "", classUnknown, "", false},             // P16: it was done, and its answer was lost on the way
		{changePrice, "A074000002", "", classRefuse, payment.NotAllowedByContract, false},
		{changePrice, "A076000001", "G03", classRefuse, payment.CardLimitExceeded, false},
		{changePrice, "A077000001", "", classHalf, payment.AmountChangeHalfDone, false},    // P22
		{changePrice, "A077000001", "C50", classHalf, payment.AmountChangeHalfDone, false}, // P22
		{reAuth, "A110000000", "", classNotSent, payment.OutsideServiceHours, false},
		{reAuth, "A112000002", "", classRefuse, payment.WrongState, false},
		{reAuth, "A112000004", "G12", classRefuse, payment.CardDeclined, false},
		{shipmentEntry, "E011010251", "", classRefuse, payment.NotAllowedByContract, false},
		{shipmentEntry, "E011010451", "", classNotSent, payment.InvalidRequest, false}, // P60
		{shipmentEntry, "E012000003", "", classRefuse, payment.Bundled, false},         // P38
	}
	for _, tt := range tests {
		r := rule(tt.f, tt.code, tt.credit)
		if r.class != tt.class || r.reason != tt.reason || r.hard != tt.hard {
			t.Errorf("%s %s: %s %s hard=%v, want %s %s hard=%v", tt.code, tt.credit, r.class, r.reason, r.hard, tt.class, tt.reason, tt.hard)
		}
	}
	if got := errorCodes["A081010702"].parameter; got != "buyer_tel" {
		t.Errorf("A081010702 names %q", got)
	}
}
