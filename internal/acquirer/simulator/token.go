package simulator

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// tokenLife is how long a token can be used (protocol 4).
const tokenLife = 30 * time.Minute

// token is what stands for a card, once. What it may do is bound in it when it
// is made: the shop cannot add to it.
type token struct {
	Trader  string    `json:"trader"`
	Card    plastic   `json:"card"`
	AuthDiv string    `json:"authDiv"` // 0 neither, 1 3-D Secure, 2 security code, 3 both
	Option  string    `json:"option"`  // 01: option service
	Member  string    `json:"member,omitempty"`
	Key     string    `json:"key,omitempty"`
	CardKey string    `json:"cardKey,omitempty"` // a stored card
	Made    time.Time `json:"made"`
	Used    bool      `json:"used,omitempty"`

	scenario *Scenario
}

// TokenRequest is what the provider's browser library asks for. Either a card
// or, with OptServDiv 01, a stored card. An operator needs neither check sum
// nor security code.
type TokenRequest struct {
	TraderCode     string `json:"traderCode"`
	AuthDiv        string `json:"authDiv"`    // an operator's default is 2
	OptServDiv     string `json:"optServDiv"` // default 00
	MemberID       string `json:"memberId"`
	AuthKey        string `json:"authKey"`
	CheckSum       string `json:"checkSum"`
	CardNo         string `json:"cardNo"`
	CardOwner      string `json:"cardOwner"`
	CardExp        string `json:"cardExp"` // MMyy
	SecurityCode   string `json:"securityCode"`
	CardKey        string `json:"cardKey"`
	LastCreditDate string `json:"lastCreditDate"`
}

// NewToken makes a real token: 16 alphanumerics, good for 30 minutes of the
// simulator's time and one payment. Only test cards become tokens; the number
// is not kept. It is the operator's way, so no check sum is asked for.
func (s *Simulator) NewToken(q TokenRequest) (text string, expires time.Time, err error) {
	m, known := s.merchant(q.TraderCode)
	if !known {
		return "", time.Time{}, fmt.Errorf("simulator: no merchant %q", q.TraderCode)
	}
	q.defaults("2")
	now := s.Now()
	t := token{Trader: q.TraderCode, AuthDiv: q.AuthDiv, Option: q.OptServDiv, Member: q.MemberID, Key: q.AuthKey, CardKey: q.CardKey, Made: now}
	switch {
	case !strings.Contains("0123", t.AuthDiv) || len(t.AuthDiv) != 1:
		return "", time.Time{}, fmt.Errorf("simulator: authDiv %q is not 0 to 3", t.AuthDiv)
	case t.Option != "00" && t.Option != "01":
		return "", time.Time{}, fmt.Errorf("simulator: optServDiv %q is neither 00 nor 01", t.Option)
	case t.Option == "01" && !memberGood(t.Member, t.Key):
		return "", time.Time{}, fmt.Errorf("simulator: optServDiv 01 needs a memberId (64) and an authKey (8) of letters and digits")
	}
	if q.CardKey != "" {
		card, found := s.wallet(m, q.MemberID, q.AuthKey).find(q.CardKey, q.LastCreditDate)
		if !found {
			return "", time.Time{}, fmt.Errorf("simulator: no stored card %q with that lastCreditDate", q.CardKey)
		}
		t.Card = card.Plastic
	} else {
		var ok bool
		if t.Card, ok = s.plasticOf(q.CardNo, q.CardExp, q.CardOwner); !ok {
			return "", time.Time{}, fmt.Errorf("simulator: only test cards, 16 digits from 000000000000xxxx to 000000000020xxxx")
		}
		if !expiryGood(q.CardExp) {
			return "", time.Time{}, fmt.Errorf("simulator: cardExp is not MMyy")
		}
	}
	text = s.tokenText()
	return text, now.Add(tokenLife), s.books.commit([]put{{bucket: bucketTokens, key: text, value: encode(t)}})
}

// resolve finds what the call's token stands for; nil if it was never made
// for this merchant.
func (c *call) resolve() *token {
	text := c.get("token")
	if story := scenarios[text]; story != nil {
		return &token{Trader: c.merchant.TraderCode, AuthDiv: "2", Option: "00", Made: c.now, scenario: story}
	}
	var t token
	found, err := c.s.books.read(bucketTokens, text, &t)
	if err != nil || !found || t.Trader != c.merchant.TraderCode {
		return nil
	}
	return &t
}

// useToken takes the call's token for its one use. It reports false for a
// token that is unknown, used or too old (A082000004).
func (c *call) useToken() (t *token, puts []put, ok bool) {
	c.hold("token\x00" + c.get("token"))
	t = c.resolve()
	if t == nil || t.Used || c.now.Sub(t.Made) > tokenLife || c.now.Before(t.Made) {
		return nil, nil, false
	}
	if t.scenario != nil {
		return t, nil, true
	}
	t.Used = true
	return t, []put{{bucket: bucketTokens, key: c.get("token"), value: encode(t)}}, true
}

// asksForChallenge reports whether the call's token is bound to 3-D Secure,
// for the check of trader_ec_url.
func asksForChallenge(c *call) bool {
	t := c.resolve()
	return t != nil && t.scenario == nil && threeD(t.AuthDiv)
}

func threeD(authDiv string) bool { return authDiv == "1" || authDiv == "3" }

func expiryGood(v string) bool {
	return len(v) == 4 && digits(v) && v[:2] >= "01" && v[:2] <= "12"
}

// expired reports whether a card of expiry MMyy is past the end of its month.
func expired(v string, now time.Time) bool {
	month, err := time.ParseInLocation("0106", v, tokyo)
	return err != nil || !now.Before(month.AddDate(0, 1, 0))
}

// checkSum is protocol 4: lower-case hex SHA-256 over the parts as they are.
func checkSum(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "")))
	return hex.EncodeToString(sum[:])
}
