package demo

import (
	"errors"
	"net/http"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// outcome is how a payment stands, for the shopper. Its name is the page's
// data-state.
type outcome struct {
	Name                         string
	Title, English, Text, TextEn string
	Back                         bool // to the checkout
}

var (
	bought = outcome{
		Name: "paid", Title: "ご注文ありがとうございました", English: "Thank you for your order",
		Text: "お支払いを確認しました。商品の発送まで、しばらくお待ちください。", TextEn: "Your payment is complete. We will send your parcel soon.",
	}
	confirming = outcome{
		Name: "confirming", Title: "お支払いを確認しています", English: "Confirming your payment",
		Text: "このままお待ちください。もう一度お支払いいただく必要はありません。", TextEn: "Please wait. There is no need to pay again.",
	}
	unpaid = outcome{
		Name: "unpaid", Title: "お支払いがまだです", English: "Not paid yet",
		Text: "お支払いの画面にお戻りください。", TextEn: "Please go back to the checkout.", Back: true,
	}
	unauthenticated = outcome{
		Name: "authenticating", Title: "本人認証がまだ終わっていません", English: "Your identity is not confirmed yet",
		Text: "お支払いの画面で、本人認証を続けるか別のカードをお使いください。まだ何も請求されていません。", TextEn: "Go on at the checkout, or use another card. Nothing is charged yet.", Back: true,
	}
	failed = outcome{
		Name: "declined", Title: "お支払いできませんでした", English: "The payment did not go through",
		Text: "請求は行われていません。別のカードでお支払いください。", TextEn: "Nothing was charged. Please use another card.", Back: true,
	}
	over = outcome{
		Name: "over", Title: "このご注文は取り消されました", English: "This order was called off",
		Text: "請求は行われません。お店からもう一度お進みください。", TextEn: "Nothing is charged. Please start again from the shop.",
	}
)

// outcomeOf reads a payment. What is not known is shown as not known.
func outcomeOf(p *payment.Payment) outcome {
	switch {
	case p.Held():
		return bought
	case p.State == payment.Canceled, p.State == payment.Expired:
		return over
	case p.Question() != nil:
		return confirming
	case p.State == payment.Authenticating:
		return unauthenticated
	case p.State == payment.Declined && len(p.Attempts) < payment.MaxAttempts:
		return failed
	case p.State == payment.Declined:
		return over
	}
	return unpaid
}

// serveThanks is where the shopper comes back to. What the address says is
// believed for the payment's name alone: the outcome is read by the shop's
// server. A purchase yields its conversion once, and a reload says so (R08).
func (d *door) serveThanks(w http.ResponseWriter, r *http.Request) {
	id, ok := payment.ParseName(r.URL.Query().Get("payment"))
	if !ok {
		d.say(w, noPage)
		return
	}
	tenant, pay, order, err := d.find(r.Context(), id)
	switch {
	case errors.Is(err, ledger.ErrNotFound):
		d.say(w, noPage)
		return
	case err != nil:
		d.refuse(w, r, err)
		return
	}
	page := struct {
		outcome
		Payment  *payment.Payment
		Order    *payment.Order
		Claimed  bool
		Secure   bool
		Checkout string
	}{outcome: outcomeOf(pay), Payment: pay, Order: order, Secure: tenant == d.o.Secure, Checkout: "/checkout/" + string(id)}
	if page.outcome == bought && r.Method == http.MethodGet { // a look by HEAD buys nothing
		if page.Claimed, err = d.o.Claim(r.Context(), tenant, id); err != nil {
			d.refuse(w, r, err)
			return
		}
	}
	if page.outcome == confirming {
		w.Header().Set("Refresh", "3")
	}
	d.show(w, http.StatusOK, "thanks.html", page)
}
