package simulator

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// cardClass is what a test card does. Test cards are the numbers whose first
// twelve digits are 000000000000 to 000000000020 (protocol 8); those twelve
// are its class. No other number is accepted, so no real one can be.
type cardClass struct {
	brand       int    // settleMethod; whatever card_code_api says, the provider derives it
	refuse      string // creditErrorCode of every authorization
	later       string // creditErrorCode of re-authorization, increase, reservation and a stored card's update
	outcome     string // RES_CODE of 3-D Secure when nobody is asked; empty: the issuer asks
	description string
}

// cardClasses is indexed by class. What the NG numbers of the real test
// environment are is not known: these are ours.
var cardClasses = [21]cardClass{
	0:  {brand: 9, description: "approved, VISA"},
	1:  {brand: 10, description: "approved, Mastercard"},
	2:  {brand: 3, description: "approved, JCB"},
	3:  {brand: 12, description: "approved, American Express"},
	4:  {brand: 2, description: "approved, Diners"},
	5:  {brand: 9, outcome: "0000", description: "approved, VISA"},
	6:  {brand: 9, outcome: "0003", description: "approved, VISA"},
	7:  {brand: 9, outcome: "0006", description: "approved, VISA"},
	8:  {brand: 9, outcome: "0005", description: "approved, VISA"},
	9:  {brand: 9, later: "G54", outcome: "0007", description: "approved, later authorizations refused (G54)"},
	10: {brand: 9, refuse: "G12", description: "refused: card not usable"},
	11: {brand: 9, refuse: "G61", description: "refused: invalid card"},
	12: {brand: 9, refuse: "G60", description: "refused: lost or stolen"},
	13: {brand: 9, refuse: "G55", description: "refused: daily limit exceeded"},
	14: {brand: 9, refuse: "G44", description: "refused: security code wrong"},
	15: {brand: 9, refuse: "G83", description: "refused: expiry wrong"},
	16: {brand: 9, refuse: "G74", description: "refused: number of instalments"},
	17: {brand: 9, refuse: "C12", description: "refused: destination centre busy"},
	18: {brand: 9, refuse: "G30", description: "refused: held for a human decision"},
	19: {brand: 9, refuse: "G22", description: "refused: payment forbidden for good"},
	20: {brand: 9, refuse: "G97", description: "refused: request refused"},
}

// threeD says what the class does when the token asks for 3-D Secure.
func (c cardClass) threeD() string {
	if c.outcome == "" {
		return "challenge"
	}
	return resWords[c.outcome][1] + ", no page (" + c.outcome + ")"
}

// notATestCard is the creditErrorCode for any number that is not a test card.
const notATestCard = "0200003"

// classOf reads the class of a test card's number.
func classOf(number string) (int, bool) {
	if len(number) != 16 || !digits(number) {
		return 0, false
	}
	class, err := strconv.Atoi(number[:12])
	return class, err == nil && class < len(cardClasses)
}

// plastic is what the provider keeps of a card: never its number.
type plastic struct {
	Class       int    `json:"class"`
	LastFour    string `json:"lastFour"`
	Fingerprint string `json:"fingerprint"` // keyed hash, to know the same card again
	Expiry      string `json:"expiry"`      // MMyy
	Owner       string `json:"owner,omitempty"`
	Brand       int    `json:"brand"`
}

// plasticOf reduces a card to what is kept; false if it is not a test card.
func (s *Simulator) plasticOf(number, expiry, owner string) (plastic, bool) {
	class, ok := classOf(number)
	if !ok {
		return plastic{}, false
	}
	return plastic{
		Class: class, LastFour: number[12:], Fingerprint: s.fingerprint(number),
		Expiry: expiry, Owner: owner, Brand: cardClasses[class].brand,
	}, true
}

// maskedNumber is the number as it may be shown.
func maskedNumber(p plastic) string { return "************" + p.LastFour }

// fingerprint is a keyed hash, so that equal things can be told without
// keeping them.
func (s *Simulator) fingerprint(v string) string {
	mac := hmac.New(sha256.New, s.secret)
	mac.Write([]byte(v))
	return hex.EncodeToString(mac.Sum(nil)[:12])
}
