package webcollect

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
)

// Inquire reads what the provider knows of an acceptance number (E04). No
// result is a Trade with StandingNone. An answer that does not fit the
// question is an error: nothing is concluded from it.
func (c *Connector) Inquire(ctx context.Context, m acquirer.Merchant, acceptance string) (payment.Trade, error) {
	var trade payment.Trade
	_, err := c.ask(ctx, m, acceptance, tradeInfo, about(m, tradeInfo, acceptance), func(a answer) (payment.Fact, error) {
		var ok bool
		if trade, ok = found(a, acceptance); !ok {
			return payment.Fact{}, unknownAnswer(tradeInfo, a, "the result does not fit the question")
		}
		return yes(a)
	})
	if err != nil {
		return payment.Trade{}, err
	}
	return trade, nil
}

// found reads the results. Their number must be the one announced, and each
// must be of the number asked for.
func found(a answer, acceptance string) (payment.Trade, bool) {
	var list []payment.Trade
	for i := range a.root.children {
		e := &a.root.children[i]
		if e.name != "resultData" {
			continue
		}
		t, ok := trade(e, acceptance)
		if !ok {
			return payment.Trade{}, false
		}
		list = append(list, t)
	}
	count, err := strconv.Atoi(a.root.get("resultCount"))
	if err != nil || count != len(list) {
		return payment.Trade{}, false
	}
	return one(list), true
}

// one makes one trade of several under the same number. Those that hold no
// money give way to one that does. If several are left and do not agree,
// nobody can tell: the question stays open.
func one(list []payment.Trade) payment.Trade {
	if len(list) == 0 {
		return payment.Trade{Standing: payment.StandingNone}
	}
	live := slices.DeleteFunc(slices.Clone(list), func(t payment.Trade) bool {
		return t.Standing == payment.StandingNone || t.Standing == payment.StandingFailed
	})
	if len(live) == 0 {
		return list[len(list)-1]
	}
	first := live[0]
	for _, t := range live[1:] {
		if t.Standing != first.Standing || t.Amount != first.Amount || t.Approval != first.Approval {
			return payment.Trade{Standing: payment.StandingWaiting, Code: first.Code + "," + t.Code}
		}
		first.Slips = join(first.Slips, t.Slips)
	}
	return first
}

// trade reads one result (protocol 3.1).
func trade(e *element, acceptance string) (payment.Trade, bool) {
	status := e.get("statusInfo")
	if e.repeats("slipNo", "extraSlipNo") || e.get("orderNo") != acceptance || !number(status) {
		return payment.Trade{}, false
	}
	t := payment.Trade{Standing: standing(status), Code: status, Slips: slips(e)}
	t.Approval, t.ApprovedAt = e.get("crdCResCd"), e.get("crdCResDate")
	if t.Approval != "" && !plain(t.Approval, maxApproval) || !legible(t.ApprovedAt) {
		return payment.Trade{}, false
	}
	var dayOK bool
	if t.ShipDate, dayOK = dayRead(e.get("scheduledShippingDate")); !dayOK {
		return payment.Trade{}, false
	}
	amount, err := money.Parse(e.get("settlePrice"))
	switch {
	case err == nil:
		t.Amount = amount
	case t.Standing != payment.StandingNone && t.Standing != payment.StandingFailed:
		return payment.Trade{}, false // where money is, its amount must be legible
	}
	if method := e.get("settleMethodDiv"); method != "" && method != "0" {
		t.Standing = payment.StandingWaiting // not a card's: its states mean something else
	}
	return t, true
}

// standing puts the provider's status into our words (protocol 6).
func standing(status string) payment.Standing {
	switch status {
	case "0", "1", "20", "21":
		return payment.StandingNone
	case "11", "12", "13", "14":
		return payment.StandingFailed
	case "4":
		return payment.StandingHeld
	case "5":
		return payment.StandingReserved
	case "30":
		return payment.StandingCaptured
	case "31":
		return payment.StandingSettled
	case "40":
		return payment.StandingCanceled
	case "15", "16", "17":
		return payment.StandingAttention
	}
	return payment.StandingWaiting
}

// legible: a time as the provider writes it, or none.
func legible(s string) bool {
	s = strings.ReplaceAll(s, " ", "")
	return s == "" || plain(s, maxApproval)
}

// number: a status is one to three digits.
func number(s string) bool { return digits(s) && len(s) <= 3 }

// slips are Yamato's numbers and those of other carriers, each once.
func slips(e *element) []string {
	return join(join(nil, e.all("slipNo")), e.all("extraSlipNo"))
}

func join(into, more []string) []string {
	for _, s := range more {
		if plain(s, 64) && !slices.Contains(into, s) {
			into = append(into, s)
		}
	}
	return into
}
