package simulator

import "html"

// challenge is a 3-D Secure authentication that was begun. The browser knows
// its ID, as 3D_TRAN_ID; the threeDToken is between the shop and the gateway.
type challenge struct {
	ID          string `json:"id"`
	Trader      string `json:"trader"`
	OrderNo     string `json:"orderNo"`
	ThreeDToken string `json:"threeDToken"`
	ReturnURL   string `json:"returnUrl"` // as it came
	Amount      int64  `json:"amount"`

	// Field is TOKEN after A08 and CARD_NO after A01; Value the token, or the
	// number masked.
	Field string `json:"field"`
	Value string `json:"value"`

	// Outcome is the RES_CODE when nobody is asked; empty: the page asks.
	Outcome string `json:"outcome,omitempty"`
	Tries   int    `json:"tries,omitempty"`  // wrong passwords so far
	Result  string `json:"result,omitempty"` // RES_CODE of the message that A09 ended it with

	Card    plastic `json:"card"`
	Option  bool    `json:"option,omitempty"` // option service 01
	Member  string  `json:"member,omitempty"`
	Key     string  `json:"key,omitempty"`
	CardKey string  `json:"cardKey,omitempty"`
}

func (ch *challenge) put() put {
	return put{bucket: bucketChallenges, key: ch.ID, value: encode(ch)}
}

// challenge answers with a page for the browser; nothing is authorized yet.
// name and value stand for the card in the issuer's message.
func (c *call) challenge(t *transaction, a authorization, outcome, name, value string) result {
	ch := &challenge{
		ID: c.s.tranID(), Trader: t.Trader, OrderNo: t.OrderNo, ThreeDToken: c.s.threeDToken(),
		ReturnURL: c.get("trader_ec_url"), Amount: t.Amount, Field: name, Value: value, Outcome: outcome,
		Card: a.card, Option: a.wallet != nil, Member: a.member, Key: a.key, CardKey: a.cardKey,
	}
	t.Status, t.Challenge = statusInProgress, ch.ID
	return result{
		fields:  []field{{name: "threeDToken", value: ch.ThreeDToken}, {name: "threeDAuthHtml", value: ch.page(c.host)}},
		changed: t, puts: append(t.listed(), ch.put()),
	}
}

// page is text that begins and ends as the clients expect (protocol 3.2, trap
// 2): the literal characters of a CDATA section, on one line.
func (ch *challenge) page(host string) string {
	action := "http://" + host + issuerChallenge
	return `<![CDATA[<html><head><meta http-equiv="Content-Type" content="text/html; charset=Windows-31J"></head>` +
		`<body onload="document.forms[0].submit()"><form method="post" action="` + html.EscapeString(action) + `">` +
		`<input type="hidden" name="3D_TRAN_ID" value="` + ch.ID + `">` +
		`<noscript><input type="submit" value="OK"></noscript></form></body></html>]]>`
}

// findChallenge reads a challenge by its ID and its order; nil if there is
// none.
func (s *Simulator) findChallenge(id string) *challenge {
	var ch challenge
	if id == "" {
		return nil
	}
	found, err := s.books.read(bucketChallenges, id, &ch)
	if err != nil {
		s.logger.Error("simulator: challenge unreadable", "error", err)
	}
	if !found || err != nil {
		return nil
	}
	return &ch
}

// waitsFor reports whether the order waits for this very challenge.
func (t *transaction) waitsFor(ch *challenge) bool {
	return t != nil && ch != nil && t.Status == statusInProgress && t.Challenge == ch.ID
}
