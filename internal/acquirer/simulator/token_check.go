package simulator

import (
	"cmp"
	"time"
)

// Nobody has seen the error codes of the real library. These are the ones that
// A01 has for the same mistakes, and two creditErrorCodes for the number.
const (
	checkDigitWrong = "0200001"
	brandUnknown    = "0200003"
	realCard        = "A012060001"
)

// tokenMessages are for the buyer, so Japanese.
var tokenMessages = map[string]string{
	"A011011471":    "カード番号を入力してください。",
	"A011011472":    "カード番号の桁数が正しくありません。",
	"A011011473":    "カード番号は半角数字で入力してください。",
	checkDigitWrong: "カード番号が正しくありません。",
	brandUnknown:    "このブランドのカードは利用できません。",
	realCard:        "テスト環境です。テスト用のカード番号を入力してください。",
	"A011011571":    "セキュリティコードを入力してください。",
	"A011011572":    "セキュリティコードは3桁または4桁です。",
	"A011011573":    "セキュリティコードは半角数字で入力してください。",
	"A011011672":    "カード名義は2文字以上30文字以内で入力してください。",
	"A011011673":    "カード名義は半角英数字、空白、- . , で入力してください。",
	"A011011771":    "有効期限を入力してください。",
	"A011011772":    "有効期限が正しくありません。",
	"A011011773":    "有効期限が切れています。",
	systemError:     "システムエラーが発生しました。",
}

// tokenMessage is the text of a code; the shop's own mistakes share one.
func tokenMessage(code string) string {
	return cmp.Or(tokenMessages[code], "決済の設定に誤りがあります。お店にお問い合わせください。")
}

// defaults fills in what is left out. Without the option service a member
// means nothing.
func (q *TokenRequest) defaults(authDiv string) {
	q.AuthDiv, q.OptServDiv = cmp.Or(q.AuthDiv, authDiv), cmp.Or(q.OptServDiv, "00")
	if q.OptServDiv == "00" {
		q.MemberID, q.AuthKey, q.CardKey, q.LastCreditDate = "", "", "", ""
	}
}

// refuseTokenRequest is what the shop, not the buyer, has done wrong; "" if
// nothing. The check sum covers authDiv, so that a buyer cannot take 3-D
// Secure out of a token (protocol 4).
func (s *Simulator) refuseTokenRequest(q TokenRequest) string {
	m, known := s.merchant(q.TraderCode)
	switch {
	case !known || m.Suspended:
		return "Z012000007"
	case !m.API:
		return "Z012000008"
	case !m.Payments || !m.Card:
		return "A012000002"
	case q.AuthDiv == "":
		return "A011010901"
	case len(q.AuthDiv) != 1 || q.AuthDiv < "0" || q.AuthDiv > "3":
		return "A011010971"
	case q.OptServDiv != "00" && q.OptServDiv != "01":
		return "A011011106"
	}
	if code := q.refuseMember(); code != "" {
		return code
	}
	switch {
	case q.CheckSum == "":
		return "A011012471"
	case q.CheckSum != checkSum(q.MemberID, q.AuthKey, m.AccessKey, q.AuthDiv):
		return "A011012472"
	case threeD(q.AuthDiv) && !m.ThreeDSecure:
		return "A012000003"
	case q.OptServDiv == "01" && !m.Vault:
		return "A012020001"
	}
	if q.CardKey == "" {
		return ""
	}
	if _, ok := parseStamp(q.LastCreditDate); !ok {
		return "A011012271"
	}
	if _, found := s.wallet(m, q.MemberID, q.AuthKey).find(q.CardKey, q.LastCreditDate); !found {
		return "A012030001"
	}
	return ""
}

func (q TokenRequest) refuseMember() string {
	switch {
	case q.OptServDiv == "00":
		return ""
	case q.MemberID == "":
		return "A011011971"
	case len(q.MemberID) > 64:
		return "A011011972"
	case !alphanumeric(q.MemberID):
		return "A011011973"
	case q.AuthKey == "":
		return "A011012071"
	case len(q.AuthKey) > 8:
		return "A011012072"
	case !alphanumeric(q.AuthKey):
		return "A011012073"
	case q.CardKey != "" && q.CardKey != "1" && q.CardKey != "2" && q.CardKey != "3":
		return "A011012171"
	}
	return ""
}

// cardErrors is what the buyer has done wrong, everything at once.
func (q TokenRequest) cardErrors(now time.Time) (list []tokenError) {
	add := func(item, code string) {
		if code != "" {
			list = append(list, tokenError{Code: code, Message: tokenMessage(code), Item: item})
		}
	}
	if q.CardKey == "" {
		add("cardNo", numberError(q.CardNo))
		add("cardOwner", holderError(q.CardOwner))
		add("cardExp", expiryError(q.CardExp, now))
	}
	if q.AuthDiv == "2" || q.AuthDiv == "3" {
		add("securityCode", securityCodeError(q.SecurityCode))
	}
	return list
}

func holderError(v string) string {
	switch {
	case v == "":
		return ""
	case !holderGood(v):
		return "A011011673"
	case len(v) < minHolder || len(v) > maxHolder:
		return "A011011672"
	}
	return ""
}

func expiryError(v string, now time.Time) string {
	switch {
	case v == "":
		return "A011011771"
	case !expiryGood(v):
		return "A011011772"
	case expired(v, now):
		return "A011011773"
	}
	return ""
}

func securityCodeError(v string) string {
	switch {
	case v == "":
		return "A011011571"
	case !digits(v):
		return "A011011573"
	case len(v) != 3 && len(v) != 4:
		return "A011011572"
	}
	return ""
}
