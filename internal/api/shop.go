package api

import (
	"context"
	"errors"
	"strings"
	"time"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/registry"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// Shops keeps what shops are and who changed what: a *registry.Registry, or a
// stand-in in tests. Its errors are *payment.InvalidError with the fields of
// the requests here, *payment.Refusal, ledger.ErrNotFound, ledger.ErrStale for
// an etag that is not the current one, and what a change returned; any other
// means that the books could not be read or written.
type Shops interface {
	Settings(w registry.Who) (registry.Settings, error)
	ChangeSettings(ctx context.Context, w registry.Who, etag string, change func(*registry.Settings) error) (registry.Settings, error)
	Contracts(w registry.Who) ([]registry.Contract, error)
	ChangeContract(ctx context.Context, w registry.Who, id string, change func(*shop.Contract) error) (registry.Contract, error)
	Methods(w registry.Who) ([]shop.PaymentMethod, error)
	ChangeMethods(ctx context.Context, w registry.Who, change func([]shop.PaymentMethod) ([]shop.PaymentMethod, error)) ([]shop.PaymentMethod, error)
	Deliveries(w registry.Who) ([]shipping.Method, error)
	ChangeDeliveries(ctx context.Context, w registry.Who, change func([]shipping.Method) ([]shipping.Method, error)) ([]shipping.Method, error)
	Keys(w registry.Who) ([]registry.Key, error)
	CreateKey(ctx context.Context, w registry.Who, k registry.Key) (made registry.Key, secret string, err error)
	ExpireKey(ctx context.Context, w registry.Who, mark string, at time.Time) (registry.Key, error)
	Changes(ctx context.Context, w registry.Who, before, limit int) ([]registry.Change, error)
}

// shopService translates, as paymentService does.
type shopService struct {
	shopv1.UnsafeShopServiceServer // a method without a handler does not compile
	a                              *API
}

// Names of resources, before their ids.
const (
	contracts       = "contracts/"
	paymentMethods  = "paymentMethods/"
	deliveryMethods = "deliveryMethods/"
	accessKeys      = "accessKeys/"
)

// defaultColumns is what B2's files have when nobody chose.
const defaultColumns = 95

// GetSettings reads the settings.
func (s *shopService) GetSettings(ctx context.Context, _ *shopv1.GetSettingsRequest) (*shopv1.GetSettingsResponse, error) {
	v, err := s.a.o.Shops.Settings(callFrom(ctx).who.shop())
	if err != nil {
		return nil, fromShops(err, "")
	}
	return &shopv1.GetSettingsResponse{Settings: settingsMessage(&v)}, nil
}

// UpdateSettings changes what is given.
func (s *shopService) UpdateSettings(ctx context.Context, r *shopv1.UpdateSettingsRequest) (*shopv1.UpdateSettingsResponse, error) {
	given := r.GetSettings()
	v, err := s.a.o.Shops.ChangeSettings(ctx, callFrom(ctx).who.shop(), given.GetEtag(), func(v *registry.Settings) error {
		changeSettings(v, given)
		return nil
	})
	if err != nil {
		return nil, fromShops(err, "")
	}
	return &shopv1.UpdateSettingsResponse{Settings: settingsMessage(&v)}, nil
}

// ListContracts reads the shop's contracts.
func (s *shopService) ListContracts(ctx context.Context, _ *shopv1.ListContractsRequest) (*shopv1.ListContractsResponse, error) {
	list, err := s.a.o.Shops.Contracts(callFrom(ctx).who.shop())
	if err != nil {
		return nil, fromShops(err, "")
	}
	out := &shopv1.ListContractsResponse{}
	for i := range list {
		out.Contracts = append(out.Contracts, contractMessage(&list[i]))
	}
	return out, nil
}

// UpdateContract changes what is given (R12).
func (s *shopService) UpdateContract(ctx context.Context, r *shopv1.UpdateContractRequest) (*shopv1.UpdateContractResponse, error) {
	c, given := callFrom(ctx), r.GetContract()
	id, ok := strings.CutPrefix(given.GetName(), contracts)
	if !ok {
		return nil, ledger.ErrNotFound
	}
	v, err := s.a.o.Shops.ChangeContract(ctx, c.who.shop(), id, func(v *shop.Contract) error { return changeContract(c, v, given) })
	if err != nil {
		return nil, fromShops(err, "この契約は、ほかのお店や本番環境でも使われているか、この加盟店コードの決済があるため、ここでは変更できません。設定ファイルか、本番環境のキーで変更してください。")
	}
	return &shopv1.UpdateContractResponse{Contract: contractMessage(&v)}, nil
}

// changeSettings writes what is given over what is there.
func changeSettings(v *registry.Settings, given *shopv1.Settings) {
	set(&v.Name, given.ShopName)
	set(&v.Mode, (*shop.Mode)(given.CaptureMode))
	set(&v.ThreeDSecure, (*shop.ThreeDSecure)(given.ThreeDSecure))
	setNumber(&v.RiskAmount, given.RiskAmount)
	setOpposite(&v.NoSecurityCode, given.SecurityCode)
	set(&v.Saving, (*shop.Saving)(given.CardOnFile))
	set(&v.Installments, given.Installments)
	setNumber(&v.InstallmentMinimum, given.InstallmentMinimum)
	setNumber(&v.FeeRate, given.FeeRate)
	setOpposite(&v.NoRegistration, given.OrderRegistration)
	if from := given.GetSender(); from != nil {
		v.Sender = shop.Sender{
			Name: from.GetName(), NameKana: from.GetNameKana(), PostalCode: from.GetPostalCode(), Address: from.GetAddress(), Building: from.GetBuilding(),
			Phone: from.GetPhone(), BillingCode: from.GetBillingCode(), BillingClass: from.GetBillingClass(), FreightNumber: from.GetFreightNumber(),
		}
	}
	if b := given.GetB2(); b != nil {
		columns := int(b.GetColumns())
		if columns == defaultColumns && v.B2.Columns == 0 {
			columns = 0 // as it was read: no change
		}
		v.B2 = shop.B2{Columns: columns, Header: b.GetHeader(), QuoteAll: b.GetQuoteAll(), SlipType: b.GetSlipType(), Registers: b.GetRegisters()}
	}
	changeCare(v, given)
}

// changeContract writes what is given over what is there. What a reader sends
// back as it was read is no change.
func changeContract(c *call, v *shop.Contract, given *shopv1.Contract) error {
	if env := given.GetEnvironment(); env != "" && env != string(c.who.tenant.Environment) {
		return invalidField("contract.environment", "is the key's: leave it out")
	}
	if given.GetTraderCode() != "" {
		v.TraderCode = given.GetTraderCode()
	}
	if given.GetAccessKey() != "" {
		v.AccessKey = shop.AccessKey(given.GetAccessKey())
	}
	setNumber(&v.AmountLimit, given.AmountLimit)
	setNumber(&v.HoldDays, given.HoldDays)
	var flags shop.Flags
	for _, name := range given.GetFlags() { // the check knows them all
		*flags.Flag(name) = true
	}
	switch {
	case given.GetSetFlags():
		v.Flags = flags
	case len(given.GetFlags()) > 0 && v.Flags != flags:
		return invalidField("contract.set_flags", "must be true for flags to be changed; they are the whole list then")
	}
	return nil
}

// set writes a value that is given.
func set[T any](to, given *T) {
	if given != nil {
		*to = *given
	}
}

func setNumber[T ~int | ~int32 | ~int64](to *T, given *int32) {
	if given != nil {
		*to = T(*given)
	}
}

func setOpposite(to, given *bool) {
	if given != nil {
		*to = !*given
	}
}

// shop is who changes or reads what a shop is.
func (p principal) shop() registry.Who { return registry.Who{Tenant: p.tenant, Actor: p.actor} }

// fromShops marks what Shops gave. A refusal says what to do in Japanese, too,
// if the call has words for it: its reason alone is about payments.
func fromShops(err error, ja string) error {
	switch refusal, refused := errors.AsType[*payment.Refusal](err); {
	case errors.Is(err, ledger.ErrStale):
		return &fault{
			reason: paymentv1.ErrorReason_ERROR_REASON_ETAG_MISMATCH, text: "the shop was changed since it was read: read it again, and send its etag or none",
			ja: "ほかの操作により、お店の設定が変わっています。読み直してから、もう一度変更してください。",
		}
	case refused && ja != "":
		return &fault{reason: reasonOf(refusal.Reason), text: refusal.Text, ja: ja}
	}
	return fromPayments(err)
}

// resource takes the bare id out of a name. A name of another form is not found.
func resource(name, kind string) (string, error) {
	id, ok := strings.CutPrefix(name, kind)
	if !ok || !bareID(id) {
		return "", ledger.ErrNotFound
	}
	return id, nil
}
