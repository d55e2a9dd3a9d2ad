package api

import (
	"strconv"
	"strings"
	"time"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// orderHeader and lineHeader are the first lines. Columns are added at the end
// and never moved: somebody's sheet counts them.
var (
	orderHeader = []string{
		"決済", "注文番号", "受付番号", "決済状態", "金額", "売上金額", "返金額", "注文の状態", "対応状況", "配送方法", "配送業者", "送り状番号",
		"支払回数", "カードブランド", "カード下4桁", "承認番号", "会員", "購入者名", "注文金額", "与信期限", "作成日時", "更新日時", "結果待ち", "要確認",
	}
	lineHeader = []string{
		"決済", "注文番号", "受付番号", "決済状態", "注文の状態", "作成日時", "購入者名", "行", "商品名", "数量", "単価", "小計", "種類",
	}
)

// orderRow adds the cells of a payment.
func orderRow(row []string, p *payment.Payment, o *payment.Order) []string {
	carriers, slips := parcels(p)
	row = append(row,
		p.ID.Name(), p.OrderNumber, p.Acceptance(), stateMessages[p.State].String(), yen(p.Amount), yen(p.Captured), yen(p.Refunded),
		orderState(p), fulfillment(p), p.Delivery, carriers, slips, strconv.Itoa(max(p.Installments, 1)))
	brand, last := "", ""
	if a := p.Current(); a != nil {
		brand, last = string(a.Card.Brand), a.Card.LastFour
	}
	expires := time.Time{}
	if p.State == payment.Authorized {
		expires = p.HoldExpires
	}
	pending := ""
	if q := p.Question(); q != nil {
		pending = operationMessages[q.Operation].String()
	}
	return append(row, brand, last, p.Approval, p.Customer, buyerName(o), orderTotal(p, o), japanTime(expires), japanTime(p.Created), japanTime(p.Updated), pending, string(p.Attention))
}

// lineRow adds the cells of a line of an order; nil: the order has none.
func lineRow(row []string, p *payment.Payment, o *payment.Order, n int, l *payment.Line) []string {
	row = append(row, p.ID.Name(), p.OrderNumber, p.Acceptance(), stateMessages[p.State].String(), orderState(p), japanTime(p.Created), buyerName(o))
	if l == nil {
		return append(row, "", "", "", "", "", "")
	}
	kind := l.Kind
	if kind == "" {
		kind = "physical"
	}
	sum := int64(l.UnitAmount) * int64(l.Quantity)
	return append(row, strconv.Itoa(n), l.Name, strconv.Itoa(l.Quantity), strconv.FormatInt(int64(l.UnitAmount), 10), strconv.FormatInt(sum, 10), kind)
}

// parcels are the carriers, each once, and the slips that count, in their order.
func parcels(p *payment.Payment) (carriers, slips string) {
	for _, s := range p.Shipments {
		if c := string(s.Carrier); c != "" && !hasWord(carriers, c) {
			carriers = joinWord(carriers, c)
		}
		if s.Slip != "" {
			slips = joinWord(slips, s.Slip)
		}
	}
	return carriers, slips
}

func hasWord(list, word string) bool {
	for have := range strings.SplitSeq(list, " ") {
		if have == word {
			return true
		}
	}
	return false
}

func joinWord(list, word string) string {
	if list == "" {
		return word
	}
	return list + " " + word
}

func fulfillment(p *payment.Payment) string {
	if p.Shipped {
		return fulfillmentShipped
	}
	return fulfillmentNone
}

func buyerName(o *payment.Order) string {
	if o.Buyer == nil {
		return ""
	}
	return o.Buyer.Name
}

// orderTotal is what the order comes to by now (R37); empty: nobody said.
func orderTotal(p *payment.Payment, o *payment.Order) string {
	switch {
	case p.OrderTotal != nil:
		return yen(*p.OrderTotal)
	case o.Total > 0:
		return yen(o.Total)
	}
	return ""
}

func yen(y money.Yen) string { return strconv.FormatInt(int64(y), 10) }

// japanTime is a time in Japan as spreadsheets there read it; none is empty.
func japanTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(shop.Tokyo).Format("2006/01/02 15:04:05")
}
