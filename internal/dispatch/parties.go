package dispatch

import (
	"strings"

	"kessai.dev/kessai/internal/b2"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// senderOf gives the shop as B2 needs it, or says what its settings lack (R19).
func senderOf(s *shop.Settings) (b2.Sender, error) {
	var missing []string
	for _, need := range []struct{ name, value string }{
		{"sender.name", s.Sender.Name},
		{"sender.postal_code", s.Sender.PostalCode},
		{"sender.address", s.Sender.Address},
		{"sender.phone", s.Sender.Phone},
		{"sender.billing_code", s.Sender.BillingCode},
		{"sender.freight_number", s.Sender.FreightNumber},
	} {
		if strings.TrimSpace(need.value) == "" {
			missing = append(missing, need.name)
		}
	}
	if len(missing) > 0 {
		return b2.Sender{}, &IncompleteError{Missing: missing}
	}
	prefecture, city, rest := splitAddress(s.Sender.Address)
	return b2.Sender{
		Party: b2.Party{
			Name: s.Sender.Name, Kana: s.Sender.NameKana, Phone: s.Sender.Phone, PostalCode: s.Sender.PostalCode,
			Prefecture: prefecture, City: city, Line1: rest, Line2: s.Sender.Building,
		},
		BillingCode: s.Sender.BillingCode, BillingClass: s.Sender.BillingClass, Freight: s.Sender.FreightNumber,
	}, nil
}

// party is where a parcel goes. A phone that the address lacks is the buyer's, and
// so are a name that it lacks and the reading of the name, if it is his own.
func party(a *payment.Address, buyer *payment.Buyer) b2.Party {
	p := b2.Party{
		Name: a.Name, Phone: a.Phone, PostalCode: a.PostalCode,
		Prefecture: a.Prefecture, City: a.City, Line1: a.Line1, Line2: a.Line2,
	}
	if p.City == "" {
		prefecture, city, rest := splitAddress(a.Prefecture + a.Line1)
		p.Prefecture, p.City, p.Line1 = prefecture, city, rest
	}
	if buyer == nil {
		return p
	}
	if p.Name == "" {
		p.Name = buyer.Name
	}
	if p.Phone == "" {
		p.Phone = buyer.Phone
	}
	if p.Name == buyer.Name {
		p.Kana = buyer.NameKana
	}
	return p
}

// maxCity is how many characters B2 gives to 市区郡町村.
const maxCity = 12

// splitAddress cuts an address that is written in one into the parts that B2
// counts. The parts are written one behind the other again: where the cut lies
// decides only what may go to the building column when the address is long.
func splitAddress(address string) (prefecture, city, rest string) {
	address = strings.TrimSpace(address)
	if p := shipping.Prefecture(address); strings.HasPrefix(address, p) {
		prefecture, address = p, address[len(p):]
	}
	end, count := 0, 0
	for i, r := range address {
		if count++; count > maxCity {
			break
		}
		if strings.ContainsRune("市区郡町村", r) {
			end = i + len(string(r))
		}
	}
	return prefecture, address[:end], address[end:]
}

// goods names the parcel's content: the first two things that can be in it. B2
// wants one; where the order names none it is goodsUnknown, and that is told.
func goods(lines []payment.Line) (out [2]string, known bool) {
	n := 0
	for _, l := range lines {
		if l.Kind != "" && l.Kind != "physical" || strings.TrimSpace(l.Name) == "" {
			continue
		}
		if out[n] = l.Name; n == 1 {
			return out, true
		}
		n++
	}
	if n == 0 {
		out[0] = goodsUnknown
	}
	return out, n > 0
}

const goodsUnknown = "商品"

// maxNote is how many half-width characters of an order number 記事 has room for,
// beside the word in front of it.
const maxNote = 44 - 5

// note gives the packer the shop's own order number. One that does not fit is
// left out: half of a number is worse than none.
func note(number string) string {
	if len(number) > maxNote { // bytes, so that no script is counted short
		return ""
	}
	return "注文 " + number
}
