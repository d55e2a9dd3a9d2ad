package radar

import (
	"context"
	"errors"
	"sort"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// shownLapsed is for how many days after its end a hold is still listed: an
// operator may miss it until then. After that it is a payment like others.
const shownLapsed = 30

// Hold is money that is held on a card and not charged.
type Hold struct {
	Payment  *payment.Payment
	DaysLeft int // in Japan; 0: it ends today; negative: it has lapsed
	// Renew is when it will be made anew by itself; zero: it will not.
	Renew time.Time
	// Risks forecast why that may fail, or why it would if an operator did it on the
	// hold's last day.
	Risks []payment.HoldRisk
	// Liability is who bears a chargeback then; as long as nobody makes it anew, who
	// bears it now.
	Liability payment.Liability
}

// Query asks for a page of holds.
type Query struct {
	Days  int   // only those with at most so many days left; 0: all
	After Place // only those behind it; zero: from the first
	Limit int   // at most so many; at least 1
}

// Place is where a hold stands in the list, whatever becomes of it meanwhile.
type Place struct {
	Ends int64 // seconds
	ID   payment.ID
}

// Page is a page of holds, the soonest to end first.
type Page struct {
	Holds []Hold
	More  bool
	Next  Place // Query.After of the next page
}

// Holds gives the holds of the caller's tenant, the soonest to end first; those
// that lapsed stay in the list for thirty days. What was acknowledged before the
// call is in it. ledger.ErrNotFound: the tenant is not served.
func (r *Radar) Holds(ctx context.Context, c processor.Caller, q Query) (Page, error) {
	s, contract, ok := r.o.Directory.Now().Contract(c.Tenant)
	if !ok {
		return Page{}, ledger.ErrNotFound
	}
	list, err := r.index.of(ctx, c.Tenant)
	if err != nil {
		return Page{}, err
	}
	now, page := r.o.Clock(), Page{}
	for _, h := range list[behind(q.After, list, now):] {
		if q.Days > 0 && payment.DaysBetween(now, h.end()) > q.Days {
			break
		}
		if len(page.Holds) == q.Limit {
			page.More = true
			break
		}
		p, err := r.load(ctx, &h)
		if err != nil {
			return Page{}, err
		}
		page.Next = Place{h.ends, h.id}
		if p != nil {
			page.Holds = append(page.Holds, look(p, &s.Settings.Care, &contract, now))
		}
	}
	return page, nil
}

// behind is where the page behind a place begins.
func behind(after Place, list []hold, now time.Time) int {
	oldest := now.AddDate(0, 0, -shownLapsed).Unix()
	return sort.Search(len(list), func(i int) bool {
		h := &list[i]
		return h.ends >= oldest && (h.ends > after.Ends || h.ends == after.Ends && h.id > after.ID)
	})
}

// load gives the payment of a hold; nil: it is not that hold any more, a moment
// after the list was made.
func (r *Radar) load(ctx context.Context, h *hold) (*payment.Payment, error) {
	p, err := r.o.Books.Load(ctx, h.id)
	if errors.Is(err, ledger.ErrNotFound) || err == nil && (!p.Holding() || p.HoldExpires.Unix() != h.ends) {
		return nil, nil
	}
	return p, err
}

// look says what is ahead of a hold.
func look(p *payment.Payment, care *shop.Care, contract *shop.Contract, now time.Time) Hold {
	h := Hold{Payment: p, DaysLeft: p.DaysLeft(now), Renew: p.RenewTime(care, contract, now)}
	if h.Renew.IsZero() {
		h.Risks = p.RenewRisks(p.HoldExpires)
		h.Liability, _ = p.Liability(now)
	} else {
		h.Risks = p.RenewRisks(h.Renew)
		h.Liability = p.LiabilityRenewed(now)
	}
	return h
}
