package payment

import (
	"fmt"

	"kessai.dev/kessai/internal/shop"
)

// RenewMessage is a message to the shopper, ready to be sent, once their card did not
// take the hold anew: in Japanese and English, without a name. Empty: the hold does
// not stand, or making it anew was not refused.
func (p *Payment) RenewMessage() (japanese, english string) {
	if !p.Holding() || !p.RenewRefused {
		return "", ""
	}
	last := p.HoldExpires.In(shop.Tokyo)
	japanese = fmt.Sprintf("ご注文(注文番号 %s)のお支払い(%s円)について、ご利用のカードで与信の期限を延ばすことができませんでした。\n"+
		"いまの与信は%d月%d日まで有効です。その日までに発送できない場合は、別のカードでのお支払いをお願いすることがあります。\n"+
		"カードの有効期限やご利用可能枠を、カード会社にご確認ください。\n", p.OrderNumber, digits(p.Amount), last.Month(), last.Day())
	english = fmt.Sprintf("Your card did not let us extend the reservation of %s for your order %s.\n"+
		"It stands until %s (Japan time). If we cannot send the order by then, we may ask you to pay with another card.\n"+
		"Your card company can tell you whether the card has expired or its limit is reached.\n", p.Amount.Format(), p.OrderNumber, last.Format("2 January 2006"))
	return japanese, english
}
