package webcollect

import (
	"errors"

	"kessai.dev/kessai/internal/acquirer"
)

// library is where the provider's script lives, below either base (protocol 4).
const library = "/token/js/embeddedTokenLib.js"

// The auth_div: what the issuer is to check.
const (
	divNone   = "0"
	divSecure = "1" // 3-D Secure
	divCode   = "2" // security code
	divBoth   = "3"
)

// What keeps a page from making a token.
var (
	errEnvironment = errors.New("webcollect: no such environment")
	errTrader      = errors.New("webcollect: no trader code, or no access key")
	errMember      = errors.New("webcollect: the member's words cannot be sent")
	errStored      = errors.New("webcollect: the stored card is not the member's, or cannot be named")
)

// Entry says how a page makes a card token (protocol 4). The check sum binds the
// token to member and checks; that it comes from a browser makes none of it
// true, so nothing is believed because of it.
func (c *Connector) Entry(m acquirer.Merchant, checks acquirer.Checks) (acquirer.Entry, error) {
	root, ok := c.root(m.Environment)
	switch {
	case !ok:
		return acquirer.Entry{}, errEnvironment
	case !traderCode(m.TraderCode) || m.AccessKey == "":
		return acquirer.Entry{}, errTrader
	}
	e := acquirer.Entry{ScriptURI: root + library, TraderCode: m.TraderCode, AuthDiv: authDiv(checks), OptServDiv: ordinary}
	var who acquirer.Member // without one both words are empty
	if checks.Member != nil {
		who = *checks.Member
		if memberField(who) != "" {
			return acquirer.Entry{}, errMember
		}
		e.OptServDiv, e.MemberID, e.AuthKey = optionService, who.ID, who.Key.Reveal()
	}
	if s := checks.Stored; s != nil {
		if s.Member != who || storedField(s) != "" { // P52
			return acquirer.Entry{}, errStored
		}
		e.CardKey, e.LastCreditDate = s.Key, s.LastCredit
	}
	e.CheckSum = checkSum(m, who, e.AuthDiv)
	return e, nil
}

func authDiv(c acquirer.Checks) string {
	switch {
	case c.Authentication && c.SecurityCode:
		return divBoth
	case c.Authentication:
		return divSecure
	case c.SecurityCode:
		return divCode
	}
	return divNone
}
