package simulator

import (
	"slices"
	"strings"
)

// productionRoot is the address of the gateway's production side, and of the
// token library beside it (protocol 1). Its books are those of the test side.
const productionRoot = "/api/"

// onProduction reports whether a path is of the production side, where test
// cards do not exist. This provider knows no other cards, so nothing is ever
// authorized there.
func onProduction(path string) bool { return strings.HasPrefix(path, productionRoot) }

// noSuchCard is the creditErrorCode that a test card gets in production: its
// number is of no issuer, so the card is invalid (protocol 7).
const noSuchCard = "G61"

// refusal is the creditErrorCode of an authorization with a card of this class;
// empty: it is approved.
func (c *call) refusal(class int) string {
	if c.production {
		return noSuchCard
	}
	return cardClasses[class].refuse
}

// laterRefusal is the same for a re-authorization, another amount, and the test
// of a stored card's new data.
func (c *call) laterRefusal(class int) string {
	if c.production {
		return noSuchCard
	}
	return cardClasses[class].later
}

// What the library tells a buyer in production.
const (
	testCardMessage = "本番環境です。テスト用のカード番号は使えません。"
	realCardMessage = "シミュレーターです。実際のカードは使えません。"
)

// inProduction is what is wrong with the card in production, where list is what
// is wrong with it anyway: a test card is refused there, be it brought or on
// file, and a real one not by the words of the test environment.
func (q TokenRequest) inProduction(list []tokenError) []tokenError {
	item := "cardNo"
	if q.CardKey != "" {
		item = "" // the buyer typed no number
	}
	for i := range list {
		if list[i].Item != item {
			continue
		}
		if list[i].Code == realCard {
			list[i].Message = realCardMessage
		}
		return list
	}
	return slices.Insert(list, 0, tokenError{Code: realCard, Message: testCardMessage, Item: item})
}
