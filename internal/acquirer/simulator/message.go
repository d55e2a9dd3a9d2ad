package simulator

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"
)

// MessageField is one field of the form that the browser carries from the
// issuer to the shop.
type MessageField struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Names of the message in the order of A09's parameters (protocol 2.3). The
// second stands for the card: TOKEN, or CARD_NO after A01.
const (
	fieldToken  = "TOKEN"
	fieldCardNo = "CARD_NO"
)

func messageNames(card string) []string {
	return []string{
		"COMP_CD", card, "CARD_EXP", "ITEM_PRICE", "ITEM_TAX", "CUST_CD", "SHOP_ID", "TERM_CD", "CRD_RES_CD",
		"RES_VE", "RES_PA", "RES_CODE", "3D_INF", "3D_TRAN_ID", "SEND_DT",
	}
}

// wireName is a message's field as a parameter of A09.
func wireName(browser string) string {
	if rest, ok := strings.CutPrefix(browser, "3D_"); ok {
		browser = "THREE_D_" + rest
	}
	return strings.ToLower(browser)
}

// message is what the issuer says of a challenge (protocol 5), HASH_VALUE last.
func (s *Simulator) message(ch *challenge, resCode string, now time.Time) []MessageField {
	ve, pa, inf := threeDDetails(resCode)
	values := map[string]string{
		"COMP_CD": "01", ch.Field: ch.Value, "CARD_EXP": ch.Card.Expiry, "ITEM_PRICE": strconv.FormatInt(ch.Amount, 10),
		"ITEM_TAX": "0", "CUST_CD": ch.OrderNo, "SHOP_ID": ch.Trader, "TERM_CD": "00001", "CRD_RES_CD": "00000",
		"RES_VE": ve, "RES_PA": pa, "RES_CODE": resCode, "3D_INF": inf, "3D_TRAN_ID": ch.ID,
		"SEND_DT": now.In(tokyo).Format(stamp14),
	}
	var list []MessageField
	for _, name := range messageNames(ch.Field) {
		list = append(list, MessageField{Name: name, Value: values[name]})
	}
	return append(list, MessageField{Name: "HASH_VALUE", Value: s.messageMAC(list)})
}

// threeDDetails are RES_VE, RES_PA and 3D_INF that go with a result. Each may
// be empty.
func threeDDetails(resCode string) (ve, pa, inf string) {
	switch resCode {
	case "0000", "0001":
		return "Y", "Y", "05"
	case "0002":
		return "Y", "N", ""
	case "0003", "0004":
		return "Y", "A", "06"
	case "0006":
		return "N", "", "06"
	case "0007", "0008", "0009", "0010":
		return "U", "", "07"
	}
	return "", "", ""
}

// messageMAC is HASH_VALUE. The real algorithm is the gateway's secret; this
// one covers every name and value.
func (s *Simulator) messageMAC(list []MessageField) string {
	mac := hmac.New(sha256.New, s.secret)
	mac.Write([]byte("3-D Secure message\x00"))
	for _, f := range list {
		mac.Write([]byte(f.Name + "\x00" + strconv.Itoa(len(f.Value)) + "\x00" + f.Value))
	}
	return hex.EncodeToString(mac.Sum(nil))
}

// unaltered reports whether the call brings a message of the challenge as the
// issuer wrote it, byte for byte (P46).
func (c *call) unaltered(ch *challenge) bool {
	var list []MessageField
	for _, name := range messageNames(fieldToken) {
		list = append(list, MessageField{Name: name, Value: c.get(wireName(name))})
	}
	return ch.Field == fieldToken && c.get("three_d_tran_id") == ch.ID &&
		hmac.Equal([]byte(c.get("hash_value")), []byte(c.s.messageMAC(list)))
}

// resWords are the RES_CODEs that are known (protocol 5).
var resWords = map[string][2]string{
	"0000": {"認証成功", "authenticated"}, "0001": {"認証成功", "authenticated"},
	"0002": {"認証失敗・中止", "failed or cancelled"},
	"0003": {"認証試行", "attempt"}, "0004": {"認証試行", "attempt"},
	"0005": {"対象外ブランド", "outside 3-D Secure"}, "0006": {"未登録カード", "not enrolled"},
	"0007": {"認証実施不可", "could not be run"}, "0008": {"認証実施不可", "could not be run"},
	"0009": {"認証実施不可", "could not be run"}, "0010": {"認証実施不可", "could not be run"},
	"0011": {"署名検証エラー", "signature check failed"}, "0012": {"署名検証エラー", "signature check failed"},
	"0998": {"未登録カード", "not enrolled"}, "0999": {"その他", "other"},
	"8001": {"トークンエラー", "token error"}, "8002": {"トークンエラー", "token error"},
	"8003": {"トークンエラー", "token error"}, "8999": {"トークンエラー", "token error"},
	"9001": {"システムエラー", "system error"}, "9003": {"システムエラー", "system error"}, "9999": {"システムエラー", "system error"},
}

// negative reports whether the gateway ends the payment on this result (P48).
func negative(resCode string) bool {
	return slices.Contains([]string{"0002", "0011", "0012"}, resCode) ||
		strings.HasPrefix(resCode, "8") || strings.HasPrefix(resCode, "9")
}
