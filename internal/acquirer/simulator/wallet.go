package simulator

import (
	"slices"
	"strconv"
	"time"
)

// maxCards is how many cards a member can have stored (protocol 2.2).
const maxCards = 3

// wallet is the stored cards of one member_id and authentication_key at one
// merchant.
type wallet struct {
	Cards []storedCard `json:"cards"`
	Last  string       `json:"last,omitempty"` // the youngest lastCreditDate ever given out

	key string // in bucketVault
}

// storedCard is a card on file.
type storedCard struct {
	CardKey        string   `json:"cardKey"` // 1, 2 or 3, used again when free
	Plastic        plastic  `json:"plastic"`
	LastCreditDate string   `json:"lastCreditDate"` // the optimistic lock
	Reservations   []string `json:"reservations,omitempty"`
}

func memberGood(member, key string) bool {
	return member != "" && len(member) <= 64 && alphanumeric(member) && key != "" && len(key) <= 8 && alphanumeric(key)
}

// wallet reads a member's cards; an unknown member has none.
func (s *Simulator) wallet(m Merchant, member, key string) *wallet {
	w := &wallet{key: m.TraderCode + "\x00" + member + "\x00" + key}
	if _, err := s.books.read(bucketVault, w.key, w); err != nil {
		s.logger.Error("simulator: stored cards unreadable", "error", err)
	}
	return w
}

// lockWallet reads a member's cards and keeps others away from them.
func (c *call) lockWallet(member, key string) *wallet {
	c.hold("member\x00" + c.merchant.TraderCode + "\x00" + member + "\x00" + key)
	return c.s.wallet(c.merchant, member, key)
}

func (w *wallet) put() put {
	return put{bucket: bucketVault, key: w.key, value: encode(w)}
}

// find is the card of a key; with lastCreditDate it must also be as last read.
func (w *wallet) find(cardKey, lastCreditDate string) (*storedCard, bool) {
	for i := range w.Cards {
		one := &w.Cards[i]
		if one.CardKey == cardKey && (lastCreditDate == "" || lastCreditDate == one.LastCreditDate) {
			return one, true
		}
	}
	return &storedCard{}, false
}

func (w *wallet) full() bool { return len(w.Cards) >= maxCards }

func (w *wallet) holds(p plastic) bool {
	return slices.ContainsFunc(w.Cards, func(s storedCard) bool { return s.Plastic.Fingerprint == p.Fingerprint })
}

// takes reports whether the authorization may go on: its stored card is still
// the one that was meant, or there is room for a new one and it is not there
// yet. A stored card's data may have been updated meanwhile.
func (w *wallet) takes(a *authorization) bool {
	if a.cardKey == "" {
		return !w.full() && !w.holds(a.card)
	}
	one, found := w.find(a.cardKey, "")
	if !found || one.Plastic.Fingerprint != a.card.Fingerprint {
		return false
	}
	a.card = one.Plastic
	return true
}

// stamp is the next lastCreditDate: now, or a second after the youngest one.
// The lock has no more than seconds, and no two states of a member's cards may
// look the same, also when a key is used again for another card.
func (w *wallet) stamp(now time.Time) string {
	next := now.In(tokyo).Format(stamp14)
	if last, ok := parseStamp(w.Last); ok && next <= w.Last {
		next = last.Add(time.Second).Format(stamp14)
	}
	w.Last = next
	return next
}

// charged records an authorization with a stored card, or stores the card
// that was authorized.
func (w *wallet) charged(c *call, a authorization, t *transaction) []put {
	one, found := w.find(a.cardKey, "")
	if !found {
		w.Cards = append(w.Cards, storedCard{CardKey: w.freeKey(), Plastic: a.card})
		one = &w.Cards[len(w.Cards)-1]
	}
	if one.LastCreditDate = w.stamp(c.now); t.Status == statusReserved {
		one.Reservations = append(one.Reservations, t.OrderNo)
	}
	return []put{w.put()}
}

func (w *wallet) freeKey() string {
	for n := 1; ; n++ {
		key := strconv.Itoa(n)
		if _, taken := w.find(key, ""); !taken {
			return key
		}
	}
}

// fields is cardUnit and one cardData per card (protocol 3.1).
func (w *wallet) fields(c *call) []field {
	out := []field{{name: "cardUnit", value: strconv.Itoa(len(w.Cards))}}
	for _, one := range w.Cards {
		data := []field{
			{name: "cardKey", value: one.CardKey},
			{name: "maskingCardNo", value: maskedNumber(one.Plastic)},
			{name: "cardExp", value: one.Plastic.Expiry},
		}
		if one.Plastic.Owner != "" {
			data = append(data, field{name: "cardOwner", value: one.Plastic.Owner})
		}
		out = append(out, field{name: "cardData", children: append(data,
			field{name: "cardCodeApi", value: strconv.Itoa(one.Plastic.Brand)},
			field{name: "lastCreditDate", value: one.LastCreditDate},
			field{name: "subscriptionFlg", value: one.subscription(c)},
			field{name: "regularFlg", value: "0"})})
	}
	return out
}

// subscription is 1 while a reservation waits for the card.
func (one *storedCard) subscription(c *call) string {
	for _, n := range one.Reservations {
		if t := c.s.peek(c.merchant, n, c.now); t != nil && t.Status == statusReserved {
			return "1"
		}
	}
	return "0"
}
