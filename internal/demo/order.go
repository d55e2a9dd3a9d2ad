package demo

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/tripwire"
)

// Member is the customer whose cards may be kept.
const Member = "demo-member"

// form is what the shopper says beside the cart.
type form struct {
	Name, Kana, Phone, Email          string
	Postal, Prefecture, City, Address string
	Delivery                          string
	Member, Own                       bool
}

// example is what the form begins with, so that one can buy with one press.
var example = form{
	Name: "山田 花子", Kana: "ヤマダ ハナコ", Phone: "03-1234-5678", Email: "hanako@example.com",
	Postal: "100-0001", Prefecture: "東京都", City: "千代田区", Address: "千代田1-1", Delivery: "other",
}

type delivery struct{ ID, Name, English string }

var deliveries = []delivery{
	{"other", "その他の配送", "Other delivery"},
	{"takkyubin", "宅急便", "Takkyubin"},
}

// fields are the form's texts: their names, longest bytes and whether they are
// needed. The provider takes a name of 60 bytes and an email of 64.
var fields = []struct {
	name   string
	least  int
	most   int
	of     func(*form) *string
	phrase string
}{
	{"name", 1, 60, func(f *form) *string { return &f.Name }, "20文字までで入力してください / up to 20 characters"},
	{"kana", 0, 60, func(f *form) *string { return &f.Kana }, "20文字まで / up to 20 characters"},
	{"phone", 8, 13, func(f *form) *string { return &f.Phone }, "8〜13桁の数字とハイフン / 8 to 13 digits and hyphens"},
	{"email", 3, 64, func(f *form) *string { return &f.Email }, "メールアドレスを入力してください / an email address"},
	{"postal", 0, 8, func(f *form) *string { return &f.Postal }, "7桁の数字 / seven digits"},
	{"prefecture", 0, 60, func(f *form) *string { return &f.Prefecture }, "20文字まで / up to 20 characters"},
	{"city", 0, 150, func(f *form) *string { return &f.City }, "50文字まで / up to 50 characters"},
	{"address", 0, 150, func(f *form) *string { return &f.Address }, "50文字まで / up to 50 characters"},
}

// readForm reads the form and says what is wrong, by field. What looks like a
// card number is in no field of a shop (R02).
func readForm(v url.Values) (form, map[string]string) {
	f := form{Delivery: v.Get("delivery"), Member: v.Get("customer") == "member", Own: v.Get("page") == "own"}
	faults := map[string]string{}
	for _, field := range fields {
		text := strings.TrimSpace(v.Get(field.name))
		if len(text) < field.least || len(text) > field.most || tripwire.Has(text, 13) {
			faults[field.name] = field.phrase
			text = ""
		}
		*field.of(&f) = text
	}
	if strings.Trim(f.Phone, "0123456789-") != "" {
		faults["phone"] = "8〜13桁の数字とハイフン / 8 to 13 digits and hyphens"
	}
	if local, domain, ok := strings.Cut(f.Email, "@"); f.Email != "" && (!ok || local == "" || domain == "" || strings.ContainsAny(f.Email, " \t")) {
		faults["email"] = "メールアドレスを入力してください / an email address"
	}
	if f.Delivery != "takkyubin" {
		f.Delivery = "other"
	}
	return f, faults
}

// serveOrder takes the order: the shop's server creates the payment, whose
// amount the browser never names, and sends the shopper to pay it. The same
// order posted twice is one payment; the same order number with something
// changed takes the place of what was not paid.
func (d *door) serveOrder(w http.ResponseWriter, r *http.Request) {
	if !sameOrigin(r) {
		d.say(w, elsewhere)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		d.say(w, unreadable)
		return
	}
	c := readCart(r.PostForm)
	if len(c.Lines) == 0 || c.Order == "" {
		http.Redirect(w, r, c.At("/demo/cart"), http.StatusSeeOther)
		return
	}
	f, faults := readForm(r.PostForm)
	if len(faults) > 0 {
		d.showCart(w, http.StatusUnprocessableEntity, c, f, faults)
		return
	}
	t := d.o.Plain
	if c.Secure {
		t = d.o.Secure
	}
	pay, err := d.o.Create(r.Context(), t, d.key(c, f), d.command(c, f))
	if err != nil {
		d.refuse(w, r, err)
		return
	}
	address := d.checkout(t, pay.ID)
	if f.Own {
		address = d.o.PublicURL + "/demo/own?payment=" + pay.ID.Name() + "#" + d.o.Secret(t, pay.ID)
	}
	w.Header().Set("Location", address)
	w.WriteHeader(http.StatusSeeOther)
}

// command is what the shop asks of the payment's backend.
func (d *door) command(c cart, f form) processor.Create {
	cmd := processor.Create{
		Amount: c.Total(), OrderNumber: c.Order, Delivery: f.Delivery, ReturnURI: d.o.PublicURL + "/demo/thanks",
		Order: &payment.Order{
			Buyer: &payment.Buyer{Name: f.Name, NameKana: f.Kana, Phone: f.Phone, Email: f.Email},
			ShipTos: []payment.Address{{
				Name: f.Name, PostalCode: f.Postal, Prefecture: f.Prefecture, City: f.City, Line1: f.Address, Phone: f.Phone,
			}},
			Total: c.Total(),
		},
	}
	if f.Own {
		cmd.ReturnURI = d.o.PublicURL + "/demo/own"
	}
	if f.Member {
		cmd.Customer = Member
	}
	for _, l := range c.Lines {
		cmd.Order.Lines = append(cmd.Order.Lines, payment.Line{Name: l.Name, Quantity: l.Quantity, UnitAmount: l.Price, Kind: "physical"})
	}
	return cmd
}

// key is the idempotency key of exactly this order: the same again is the same
// payment, anything else is another wish.
func (d *door) key(c cart, f form) string {
	h := sha256.New()
	h.Write([]byte(c.Query().Encode()))
	for _, field := range fields {
		h.Write([]byte("\x00" + *field.of(&f)))
	}
	h.Write([]byte{'\x00', byte(boolInt(f.Member)), byte(boolInt(f.Own)), f.Delivery[0]})
	return c.Order + "-" + hex.EncodeToString(h.Sum(nil)[:12])
}

// refuse says why there is no payment.
func (d *door) refuse(w http.ResponseWriter, r *http.Request, err error) {
	var refusal *payment.Refusal
	switch {
	case errors.As(err, &refusal) && refusal.Reason == payment.OrderNumberTaken:
		d.say(w, taken)
	case errors.Is(err, context.Canceled):
		d.say(w, unavailable) // nobody reads it
	default:
		d.o.Logger.ErrorContext(r.Context(), "demo order", "err", err)
		d.say(w, unavailable)
	}
}

// sameOrigin reports whether one of the shop's own pages sent the form. A
// browser says so by itself, and no page can make it lie.
func sameOrigin(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" {
		return false
	}
	u, err := url.Parse(r.Header.Get("Origin"))
	return err == nil && u.Host != "" && u.Host == r.Host
}
