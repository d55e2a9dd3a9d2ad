package simulator

import (
	"slices"
	"time"
)

// reply is what becomes of an answer on its way to the caller.
type reply int

const (
	replySent      reply = iota // as protocol 3 has it
	replyLost                   // the connection is closed without an answer
	replyStalled                // 31 seconds late
	replyDropped                // 31 seconds of silence, then the connection is closed
	replyHTML                   // a proxy's page instead of XML, HTTP 200
	replyBadGate                // a proxy's page, HTTP 502
	replyEmpty                  // HTTP 200 and nothing
	replyTruncated              // the XML breaks off in the middle
	replyDoubled                // the XML comes twice
)

var replyNames = [...]string{"sent", "lost", "stalled", "dropped", "html", "502", "empty", "truncated", "doubled"}

func (r reply) String() string { return replyNames[r] }

// effect is what a scenario does to one function's call. The zero value does
// nothing unusual.
type effect struct {
	idle   bool          // the work is not done…
	say    string        // …or, done or not, this errorCode is answered
	credit string        // with this creditErrorCode
	reply  reply         // what becomes of the answer
	slow   time.Duration // waited before the work begins
	half   bool          // A07: the new hold is taken, the old one stays (A077000001)
	once   bool          // only the first such call of an order
}

// Scenario is a token that always plays the same story. Tokens of scenarios
// can be used again and again, by every merchant, whatever its options.
type Scenario struct {
	Token    string `json:"token"`   // 16 characters
	Meaning  string `json:"meaning"` // in English
	Japanese string `json:"japanese"`

	on        map[string]effect // by function
	challenge bool
	outcome   string        // RES_CODE of the challenge when nobody is asked
	hidden    time.Duration // how long nobody can see the order
	shown     *int          // E04 says this status…
	shownFor  time.Duration // …for so long; zero: always
	final     bool          // once settled, it cannot be given back
}

// LateHold is how long after the call the hold of SIMLATEHOLD00000 and
// SIMINPROGRESS000 appears, in the simulator's time.
const LateHold = 60 * time.Second

func shown(status int) *int { return &status }

// on builds the effect of one function, once builds the first call's only.
func on(function string, e effect) map[string]effect { return map[string]effect{function: e} }

func once(function string, e effect) map[string]effect {
	e.once = true
	return on(function, e)
}

func declined(credit string) map[string]effect {
	return on("A08", effect{idle: true, say: "A082000010", credit: credit})
}

// scenarioList is the one table of scenario tokens; docs/simulator.md and the
// merchant page print it.
var scenarioList = []Scenario{
	{Token: "SIMAPPROVED00000", Meaning: "authorized", Japanese: "与信成功"},
	{Token: "SIMDECLINED00000", Meaning: "refused: card not usable (G12)", Japanese: "与信NG G12", on: declined("G12")},
	{Token: "SIMDECLINEDLIMIT", Meaning: "refused: daily limit exceeded (G55)", Japanese: "与信NG G55 限度額", on: declined("G55")},
	{Token: "SIMDECLINEDCVV00", Meaning: "refused: security code wrong (G44)", Japanese: "与信NG G44 セキュリティコード", on: declined("G44")},
	{Token: "SIMDECLINEDINST0", Meaning: "refused: number of instalments (G74)", Japanese: "与信NG G74 分割回数", on: declined("G74")},
	{Token: "SIMHARDDECLINE00", Meaning: "refused for good: invalid card (G61)", Japanese: "与信NG G61 無効カード", on: declined("G61")},
	{Token: "SIMLOSTCARD00000", Meaning: "refused for good: lost or stolen card (G60)", Japanese: "与信NG G60 事故カード", on: declined("G60")},
	{Token: "SIMISSUERBUSY000", Meaning: "refused for now: destination centre busy (C12)", Japanese: "与信NG C12 混雑", on: declined("C12")},
	{Token: "SIMCHALLENGE0000", Meaning: "3-D Secure challenge, nothing authorized yet", Japanese: "3Dセキュア認証へ", challenge: true},
	{Token: "SIMCHALLENGELOST", Meaning: "challenge; the first A09 is done, its answer is lost", Japanese: "3Dセキュア、認証後の決済の応答なし", challenge: true, on: once("A09", effect{reply: replyLost})},
	{Token: "SIMCHALLENGEDROP", Meaning: "challenge; the first A09 is not done, no answer", Japanese: "3Dセキュア、認証後の決済の処理なし、応答なし", challenge: true, on: once("A09", effect{idle: true, reply: replyLost})},
	{Token: "SIMCHALLENGEFAIL", Meaning: "3-D Secure fails at once, without a page (0002)", Japanese: "3Dセキュア認証失敗、画面なし", challenge: true, outcome: "0002"},
	{Token: "SIMCHALLENGEREFU", Meaning: "challenge; A09 is refused (A092000005, G12)", Japanese: "3Dセキュア、認証後の与信NG G12", challenge: true, on: on("A09", effect{idle: true, say: "A092000005", credit: "G12"})},
	{Token: "SIMFRICTIONLESS0", Meaning: "3-D Secure passes without a page (0000)", Japanese: "3Dセキュア認証成功、画面なし", challenge: true, outcome: "0000"},
	{Token: "SIMATTEMPTED0000", Meaning: "3-D Secure attempt, without a page (0003)", Japanese: "3Dセキュア認証試行、画面なし", challenge: true, outcome: "0003"},
	{Token: "SIMOUTSIDE3DS000", Meaning: "card outside 3-D Secure, without a page (0005)", Japanese: "3Dセキュア対象外、画面なし", challenge: true, outcome: "0005"},
	{Token: "SIMNOTENROLLED00", Meaning: "card not enrolled in 3-D Secure, without a page (0006)", Japanese: "3Dセキュア未登録、画面なし", challenge: true, outcome: "0006"},
	{Token: "SIMNOTRUN3DS0000", Meaning: "3-D Secure could not be run, without a page (0007)", Japanese: "3Dセキュア実施不可、画面なし", challenge: true, outcome: "0007"},

	{Token: "SIMLOSTANSWER000", Meaning: "authorized, the answer is lost", Japanese: "与信成功、応答なし", on: on("A08", effect{reply: replyLost})},
	{Token: "SIMNOANSWER00000", Meaning: "nothing happens and no answer comes", Japanese: "処理なし、応答なし", on: on("A08", effect{idle: true, reply: replyLost})},
	{Token: "SIMSTALL31S00000", Meaning: "authorized, answered after 31 seconds", Japanese: "与信成功、31秒後に応答", on: on("A08", effect{reply: replyStalled})},
	{Token: "SIMSTALLNOTHING0", Meaning: "nothing happens, the connection is closed after 31 seconds", Japanese: "処理なし、31秒後に切断", on: on("A08", effect{idle: true, reply: replyDropped})},
	{Token: "SIMSLOW050MS0000", Meaning: "authorized after 50 milliseconds", Japanese: "50ミリ秒後に与信成功", on: on("A08", effect{slow: 50 * time.Millisecond})},
	{Token: "SIMHTMLANSWER000", Meaning: "authorized, a page of HTML is answered with status 200", Japanese: "与信成功、HTML応答（200）", on: on("A08", effect{reply: replyHTML})},
	{Token: "SIMHTML502000000", Meaning: "nothing happens, a page of HTML is answered with status 502", Japanese: "処理なし、HTML応答（502）", on: on("A08", effect{idle: true, reply: replyBadGate})},
	{Token: "SIMHTML502HELD00", Meaning: "authorized, a page of HTML is answered with status 502", Japanese: "与信成功、HTML応答（502）", on: on("A08", effect{reply: replyBadGate})},
	{Token: "SIMEMPTYANSWER00", Meaning: "authorized, the answer is empty", Japanese: "与信成功、空の応答", on: on("A08", effect{reply: replyEmpty})},
	{Token: "SIMBADXML0000000", Meaning: "authorized, the XML breaks off", Japanese: "与信成功、XML途切れ", on: on("A08", effect{reply: replyTruncated})},
	{Token: "SIMDOUBLEANSWER0", Meaning: "authorized, the XML comes twice", Japanese: "与信成功、XML二重", on: on("A08", effect{reply: replyDoubled})},
	{Token: "SIMDUPLICATE0000", Meaning: "authorized, but a repetition on the way makes the answer \"duplicate\" (A082000003)", Japanese: "与信成功、応答は受付番号重複", on: on("A08", effect{say: "A082000003"})},
	{Token: "SIMMAINTENANCE00", Meaning: "maintenance, nothing happens (Z010000000)", Japanese: "メンテナンス中", on: on("A08", effect{idle: true, say: "Z010000000"})},
	{Token: "SIMBUSY000000000", Meaning: "timed out inside the gateway, nothing happens (Z012000005)", Japanese: "混雑、処理なし", on: on("A08", effect{idle: true, say: "Z012000005"})},
	{Token: "SIMBUSYHELD00000", Meaning: "timed out inside the gateway, yet authorized (Z012000005)", Japanese: "混雑、与信は成功", on: on("A08", effect{say: "Z012000005"})},
	{Token: "SIMSYSTEMERROR00", Meaning: "system error, yet authorized (Z019999999)", Japanese: "システムエラー、与信は成功", on: on("A08", effect{say: "Z019999999"})},
	{Token: "SIMTIMEOUT999000", Meaning: "CAFIS timed out (999), not authorized", Japanese: "CAFISタイムアウト999、与信なし", on: declined("999")},
	{Token: "SIMTIMEOUT999HLD", Meaning: "CAFIS timed out (999), yet authorized", Japanese: "CAFISタイムアウト999、与信は成功", on: on("A08", effect{say: "A082000010", credit: "999"})},

	{Token: "SIMLATEHOLD00000", Meaning: "no answer; E04 finds nothing for 60 seconds, then the hold", Japanese: "応答なし、60秒後に与信が現れる", on: on("A08", effect{reply: replyLost}), hidden: LateHold},
	{Token: "SIMINPROGRESS000", Meaning: "no answer; E04 says 21 for 60 seconds, then 4", Japanese: "応答なし、60秒間は手続き中", on: on("A08", effect{reply: replyLost}), shown: shown(statusInProgress), shownFor: LateHold},
	{Token: "SIMREQUESTED0000", Meaning: "no answer; E04 says 0 for ever, nothing is authorized", Japanese: "応答なし、決済依頼済みのまま", on: on("A08", effect{idle: true, reply: replyLost}), shown: shown(statusRequested)},
	{Token: "SIMABORTED000000", Meaning: "no answer; E04 says 20 for ever, nothing is authorized", Japanese: "応答なし、決済中断", on: on("A08", effect{idle: true, reply: replyLost}), shown: shown(statusAborted)},
	{Token: "SIMUNKNOWNSTATE0", Meaning: "authorized; E04 says the unknown status 77 for 60 seconds", Japanese: "与信成功、60秒間は不明な状態番号77", shown: shown(77), shownFor: LateHold},
	{Token: "SIMLOSTINQUIRY00", Meaning: "authorized, the answers of A08 and of the first E04 are lost", Japanese: "与信成功、最初の照会も応答なし", on: map[string]effect{"A08": {reply: replyLost}, "E04": {reply: replyLost, once: true}}},

	{Token: "SIMHALFADJUST000", Meaning: "authorized; the first A07 takes the new hold and fails to cancel the old one (A077000001, status 17)", Japanese: "金額変更が途中で失敗", on: once("A07", effect{half: true})},
	{Token: "SIMLOSTADJUST000", Meaning: "authorized; the first A07 is done, its answer is lost", Japanese: "金額変更の応答なし", on: once("A07", effect{reply: replyLost})},
	{Token: "SIMDROPADJUST000", Meaning: "authorized; the first A07 is not done, no answer", Japanese: "金額変更の処理なし、応答なし", on: once("A07", effect{idle: true, reply: replyLost})},
	{Token: "SIMREFUSEADJUST0", Meaning: "authorized; every A07 is refused (A076000001, G55)", Japanese: "金額変更NG", on: on("A07", effect{idle: true, say: "A076000001", credit: "G55"})},
	{Token: "SIMLOSTCAPTURE00", Meaning: "authorized; the first E01 is done, its answer is lost", Japanese: "出荷登録の応答なし", on: once("E01", effect{reply: replyLost})},
	{Token: "SIMDROPCAPTURE00", Meaning: "authorized; the first E01 is not done, no answer", Japanese: "出荷登録の処理なし、応答なし", on: once("E01", effect{idle: true, reply: replyLost})},
	{Token: "SIMREFUSECAPTURE", Meaning: "authorized; every E01 is refused (E011010351)", Japanese: "出荷登録NG", on: on("E01", effect{idle: true, say: "E011010351"})},
	{Token: "SIMLOCKCAPTURE00", Meaning: "authorized; the first E01 meets a lock conflict (E013000001)", Japanese: "出荷登録の排他エラー", on: once("E01", effect{idle: true, say: "E013000001"})},
	{Token: "SIMLOSTUNSHIP000", Meaning: "authorized; the first E02 is done, its answer is lost", Japanese: "出荷取消の応答なし", on: once("E02", effect{reply: replyLost})},
	{Token: "SIMLOCKUNSHIP000", Meaning: "authorized; the first E02 meets a lock conflict (E023000001)", Japanese: "出荷取消の排他エラー", on: once("E02", effect{idle: true, say: "E023000001"})},
	{Token: "SIMLOSTCANCEL000", Meaning: "authorized; the first A06 is done, its answer is lost", Japanese: "取消の応答なし", on: once("A06", effect{reply: replyLost})},
	{Token: "SIMDROPCANCEL000", Meaning: "authorized; the first A06 is not done, no answer", Japanese: "取消の処理なし、応答なし", on: once("A06", effect{idle: true, reply: replyLost})},
	{Token: "SIMCANCELERROR00", Meaning: "authorized; the first A06 is not done, system error (A062010005)", Japanese: "取消のシステムエラー", on: once("A06", effect{idle: true, say: "A062010005"})},
	{Token: "SIMREFUSECANCEL0", Meaning: "authorized; every A06 is refused (A062010003)", Japanese: "取消NG", on: on("A06", effect{idle: true, say: "A062010003"})},
	{Token: "SIMSETTLEDFINAL0", Meaning: "authorized; once settled (31) it can neither be cancelled (A062010004) nor changed", Japanese: "精算確定後は取消不可", final: true},
	{Token: "SIMLOSTREAUTH000", Meaning: "authorized; the first A11 is done, its answer is lost", Japanese: "再与信の応答なし", on: once("A11", effect{reply: replyLost})},
	{Token: "SIMDROPREAUTH000", Meaning: "authorized; the first A11 is not done, no answer", Japanese: "再与信の処理なし、応答なし", on: once("A11", effect{idle: true, reply: replyLost})},
	{Token: "SIMREFUSEREAUTH0", Meaning: "authorized; every A11 is refused (A112000004, G54)", Japanese: "再与信NG", on: on("A11", effect{idle: true, say: "A112000004", credit: "G54"})},
}

var scenarios = func() map[string]*Scenario {
	m := map[string]*Scenario{}
	for i := range scenarioList {
		m[scenarioList[i].Token] = &scenarioList[i]
	}
	return m
}()

// Scenarios lists the scenario tokens, in the order of the documentation.
func Scenarios() []Scenario { return slices.Clone(scenarioList) }

// effectOn is what the transaction's scenario does to this call of a function.
func (t *transaction) effectOn(function string) effect {
	s := scenarios[t.Scenario]
	if s == nil {
		return effect{}
	}
	e := s.on[function]
	if e.once && slices.Contains(t.Spent, function) {
		return effect{}
	}
	return e
}
