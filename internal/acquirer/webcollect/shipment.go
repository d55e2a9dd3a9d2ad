package webcollect

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// yamato is the delivery_service_code of a parcel that Yamato carries.
const yamato = "00"

// Shipment is the answer to a registered slip.
type Shipment struct {
	payment.Fact
	TrackingPC     string // slipUrlPc, if given
	TrackingMobile string // slipUrlMobile, if given
}

// EnterShipment registers a Yamato slip (E01 with code 00). The first slip
// captures the held amount; further ones, up to 99, only join it. A slip that is
// registered already is ours from before, or somebody else's: the inquiry that
// follows tells which (P62, P69).
func (c *Connector) EnterShipment(ctx context.Context, m acquirer.Merchant, acceptance string, slip shipping.Slip) (Shipment, error) {
	if parsed, err := shipping.ParseSlip(string(slip)); err != nil || parsed != slip {
		return Shipment{}, invalid(shipmentEntry, "slip_no")
	}
	var s Shipment
	began := c.clock()
	body := about(m, shipmentEntry, acceptance, field{"slip_no", string(slip)}, field{"delivery_service_code", yamato})
	fact, err := c.ask(ctx, m, acceptance, shipmentEntry, body, func(a answer) (payment.Fact, error) {
		s.TrackingPC, s.TrackingMobile = a.root.get("slipUrlPc"), a.root.get("slipUrlMobile")
		return yes(a)
	})
	if unknown := new(UnknownError); errors.As(err, &unknown) && unknown.Code == slipTaken {
		fact, err = c.whoseSlip(ctx, m, acceptance, string(slip), c.timeout-c.clock().Sub(began), unknown)
	}
	s.Fact = fact
	return s, err
}

// slipTaken says that the slip is registered already, with this trade or with
// any other one of any merchant.
const slipTaken = "E012000001"

// whoseSlip asks, in what is left of the call's time, whether a slip that is
// registered already is this trade's: then it is as wished. If not, the provider
// has refused it for certain. If it cannot be asked, nobody knows.
func (c *Connector) whoseSlip(ctx context.Context, m acquirer.Merchant, acceptance, slip string, left time.Duration, unknown error) (payment.Fact, error) {
	ctx, cancel := context.WithTimeout(ctx, left)
	defer cancel()
	t, err := c.Inquire(ctx, m, acceptance)
	switch {
	case err != nil || t.Standing == payment.StandingWaiting:
		return payment.Fact{}, unknown
	case !slices.Contains(t.Slips, slip):
		return payment.Fact{Outcome: payment.No, Reason: payment.Bundled, Code: slipTaken}, nil
	case t.Standing == payment.StandingCaptured:
		return payment.Fact{Outcome: payment.Yes}, nil
	}
	return payment.Fact{}, unknown // settled, for one: the sweep's inquiry says what that means
}

// CancelShipment takes a slip back (E02): 12 digits, or the acceptance number
// itself for a plain sales confirmation. Taking the last slip back turns the
// charge into a hold again.
func (c *Connector) CancelShipment(ctx context.Context, m acquirer.Merchant, acceptance, slip string) (payment.Fact, error) {
	if parsed, err := shipping.ParseSlip(slip); slip != acceptance && (err != nil || string(parsed) != slip) {
		return payment.Fact{}, invalid(shipmentCancel, "slip_no")
	}
	return c.ask(ctx, m, acceptance, shipmentCancel, about(m, shipmentCancel, acceptance, field{"slip_no", slip}), yes)
}

// Reschedule changes the planned shipping date of a reservation (E03): the
// day of date in Japan, today to 90 days from the approval.
func (c *Connector) Reschedule(ctx context.Context, m acquirer.Merchant, acceptance string, date time.Time) (payment.Fact, error) {
	day := date.In(shop.Tokyo).Format("20060102")
	if day < c.clock().In(shop.Tokyo).Format("20060102") {
		return payment.Fact{}, invalid(changeDate, "scheduled_shipping_date")
	}
	return c.ask(ctx, m, acceptance, changeDate, about(m, changeDate, acceptance, field{"scheduled_shipping_date", day}), yes)
}

// wireDay is a day as the provider writes it, or nothing.
func wireDay(s string) string {
	day, ok := payment.ParseShipDate(s)
	if !ok {
		return ""
	}
	return day.Format("20060102")
}

// dayRead reads the provider's day; none is no fault.
func dayRead(s string) (string, bool) {
	if s == "" {
		return "", true
	}
	day, err := time.ParseInLocation("20060102", s, shop.Tokyo)
	return day.Format("2006-01-02"), err == nil
}

// CallerAddress asks which address the provider sees us under (H01): the one
// to register for production (P92). Only the test gateway knows the call,
// whatever the merchant's environment.
func (c *Connector) CallerAddress(ctx context.Context, m acquirer.Merchant) (netip.Addr, error) {
	m.Environment = shop.Test
	a, err := c.send(ctx, m, traderIP, opening(m, traderIP))
	if err != nil {
		return netip.Addr{}, err
	}
	var addr netip.Addr
	_, err = c.judge(traderIP, a, func(a answer) (payment.Fact, error) {
		var err error
		if addr, err = netip.ParseAddr(a.root.get("ipAddress")); err != nil {
			return payment.Fact{}, unknownAnswer(traderIP, a, "no address in the answer")
		}
		return yes(a)
	})
	return addr, err
}
