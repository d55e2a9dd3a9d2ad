package api

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"google.golang.org/protobuf/proto"

	eventv1 "kessai.dev/kessai/gen/kessai/event/v1"
	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
	vaultv1 "kessai.dev/kessai/gen/kessai/vault/v1"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/reconcile"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
	"kessai.dev/kessai/internal/tripwire"
	"kessai.dev/kessai/internal/webhook"
)

// Texts and limits that several fields share.
const (
	cardNumberText = "looks like a card number: never send one; the provider's script in the browser turns it into a token"
	amountText     = "must be a whole number of yen, 1 to 9,999,999"
	customerText   = "must be letters, digits, _ and -, at most 64"

	paymentName    = `"payments/…"`
	customerName   = `"customers/…"`
	storedCardName = `"customers/…/cards/…"`

	maxText   = 200  // characters of any text that has no limit of its own
	maxProse  = 4000 // characters of a description, before it is sanitised
	maxFilter = 1000 // bytes of a filter
	maxURI    = 128  // bytes; the provider's limit of 3-D Secure's way back
	maxOpaque = 512  // bytes of a page token or an etag

	maxAddress = 1000 // characters of an endpoint's address, before its own rule
)

var expiryForm = regexp.MustCompile(`^(0[1-9]|1[0-2])/[0-9]{2}$`)

// checker collects what is wrong with the form of a request: types, lengths,
// alphabets. What a payment allows is decided behind the door.
type checker struct {
	who      principal
	contract shop.Contract
	at       []step // where texts is
	bad      []payment.Violation
}

// check looks at every request, in every protocol, before its handler.
func (a *API) check(c *call, m proto.Message) error {
	k := &checker{who: c.who}
	if !c.access.public {
		_, k.contract, _ = a.o.Directory.Now().Contract(c.who.tenant)
	}
	k.texts(m.ProtoReflect().Descriptor(), c.wire)
	switch r := m.(type) {
	case *paymentv1.CreatePaymentRequest:
		k.create(r)
	case *paymentv1.ConfirmPaymentRequest:
		k.name("name", r.GetName())
		k.confirm(r)
	case *paymentv1.AdjustPaymentRequest:
		k.name("name", r.GetName())
		k.amount("amount", r.GetAmount())
	case *paymentv1.ShipPaymentRequest:
		k.name("name", r.GetName())
		k.shipment("shipment", r.GetShipment())
	case *paymentv1.CorrectShipmentRequest:
		k.name("name", r.GetName())
		k.shipment("shipment", r.GetShipment())
		k.when(r.GetShipment().GetSlipNumber() == "", "shipment.slip_number", "is needed")
		k.when(r.GetShipment().GetCarrier() != "" && r.GetShipment().GetCarrier() != string(shipping.CarrierYamato), "shipment.carrier", "must be yamato: only its slips are at the provider")
	case *paymentv1.BatchShipPaymentsRequest:
		k.batchShip("", r)
	case *paymentv1.BatchCancelPaymentsRequest:
		k.batchOf("", r.GetPayments())
	case *paymentv1.BatchReauthorizePaymentsRequest:
		k.batchOf("", r.GetPayments())
	case *paymentv1.RunBatchRequest:
		k.runBatch(r)
	case *paymentv1.UpdateOrderRequest:
		k.name("name", r.GetName())
		k.updateOrder(r)
	case *paymentv1.RegisterOrderRequest:
		k.registerOrder(r)
	case *paymentv1.PreviewAdjustmentRequest:
		k.name("name", r.GetName())
		k.amount("amount", r.GetAmount())
	case *ledgerv1.ListDayClosesRequest:
		k.within("page_size", r.GetPageSize(), 0, maxDaysPage)
	case *ledgerv1.ListHoldsRequest:
		k.holds(r)
	case *ledgerv1.ListDifferencesRequest:
		k.when(r.GetPageSize() < 0, "page_size", "must be 1 to 1,000")
	case *ledgerv1.ListReconciliationsRequest:
		k.when(r.GetPageSize() < 0, "page_size", "must be 1 to 1,000")
	case *ledgerv1.RunReconciliationRequest:
		k.when(r.GetSample() < 0 || r.GetSample() > reconcile.MaxSample, "sample", "must be 0 to 10,000")
	case *ledgerv1.ListOrphansRequest:
		k.orphans(r)
	case *ledgerv1.ListPaymentErrorsRequest:
		k.when(r.GetPageSize() < 0, "page_size", "must be 1 to 1,000")
	case *eventv1.ListEventsRequest:
		k.listEvents(r)
	case *eventv1.WatchEventsRequest:
		k.eventTypes(r.GetTypes())
	case *paymentv1.ReschedulePaymentRequest:
		k.name("name", r.GetName())
		k.day("ship_date", r.GetShipDate(), true)
	case *paymentv1.ListPaymentsRequest:
		k.when(r.GetPageSize() < 0, "page_size", "must be 1 to 1,000")
	case *paymentv1.ListPaymentEventsRequest:
		k.name("parent", r.GetParent())
	case *vaultv1.CreateCardEntryRequest:
		k.cardEntry(r)
	case *vaultv1.ListInstallmentOptionsRequest:
		k.installments(r)
	case *vaultv1.CreateCardRequest:
		k.createCard(r)
	case *vaultv1.ListCardsRequest:
		k.named("parent", r.GetParent(), customerName)
	case *vaultv1.UpdateCardRequest:
		k.updateCard(r)
	case *vaultv1.GetCardRequest:
		k.named("name", r.GetName(), storedCardName)
	case *vaultv1.DeleteCardRequest:
		k.named("name", r.GetName(), storedCardName)
	case *shopv1.UpdateSettingsRequest:
		k.settings(r.GetSettings())
	case *shopv1.UpdateContractRequest:
		k.contractGiven(r.GetContract())
	case *shopv1.CreatePaymentMethodRequest:
		k.createPaymentMethod(r.GetPaymentMethod())
	case *shopv1.UpdatePaymentMethodRequest:
		k.updatePaymentMethod(r.GetPaymentMethod())
	case *shopv1.DeletePaymentMethodRequest:
		k.named("name", r.GetName(), paymentMethodName)
	case *shopv1.CreateDeliveryMethodRequest:
		k.createDeliveryMethod(r.GetDeliveryMethod())
	case *shopv1.UpdateDeliveryMethodRequest:
		k.updateDeliveryMethod(r.GetDeliveryMethod())
	case *shopv1.DeleteDeliveryMethodRequest:
		k.named("name", r.GetName(), deliveryMethodName)
	case *shopv1.CreateAccessKeyRequest:
		k.createAccessKey(r.GetAccessKey())
	case *shopv1.ExpireAccessKeyRequest:
		k.named("name", r.GetName(), accessKeyName)
		k.moment("expire_time", r.GetExpireTime())
	case *shopv1.ListChangesRequest:
		k.when(r.GetPageSize() < 0, "page_size", "must be 1 to 1,000")
	case *shopv1.CreateWebhookEndpointRequest:
		k.createEndpoint(r.GetWebhookEndpoint())
	case *shopv1.UpdateWebhookEndpointRequest:
		k.updateEndpoint(r.GetWebhookEndpoint())
	case *shopv1.DeleteWebhookEndpointRequest:
		k.named("name", r.GetName(), endpointName)
	case *shopv1.RotateWebhookSecretRequest:
		k.named("name", r.GetName(), endpointName)
		k.within("overlap_hours", r.GetOverlapHours(), 0, webhook.MaxOverlap)
	case *shopv1.TestWebhookEndpointRequest:
		k.named("name", r.GetName(), endpointName)
	case *shopv1.ListWebhookDeliveriesRequest:
		k.deliveries(r)
	case *shopv1.ReplayWebhookEventsRequest:
		k.replay(r)
	case interface{ GetName() string }:
		k.name("name", r.GetName())
	}
	if len(k.bad) > 0 {
		return invalidFields(k.bad)
	}
	return nil
}

// fail notes a violation; the first one of a field is enough.
func (k *checker) fail(field, text string) {
	for _, v := range k.bad {
		if v.Field == field {
			return
		}
	}
	k.bad = append(k.bad, payment.Violation{Field: field, Text: text})
}

func (k *checker) when(wrong bool, field, text string) {
	if wrong {
		k.fail(field, text)
	}
}

// cardInText finds a card number in what people write.
func cardInText(s string) bool { return tripwire.Has(s, 14) || card.LooksLikeNumber(s) }

// textFault says what is wrong with a text, or nothing.
func textFault(s string, limit int, holdsCard func(string) bool) string {
	if len(s) <= limit && harmless(s) {
		return ""
	}
	switch {
	case strings.ContainsFunc(s, unicode.IsControl):
		return "must not have control characters"
	case len(s) > limit && utf8.RuneCountInString(s) > limit:
		return fmt.Sprintf("must have at most %d characters", limit)
	case holdsCard(s):
		return cardNumberText
	}
	return ""
}

// harmless is a quick look at what most texts are: no control character, ASCII
// or not, and too few digits for a card.
func harmless[T string | []byte](s T) bool {
	digits := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c < 0x20 || c == 0x7F || c == 0xC2: // C2 begins the other control characters
			return false
		case c >= '0' && c <= '9' || c == 0xEF: // EF begins full-width digits
			digits++
		}
	}
	return digits < 13
}

func (k *checker) create(r *paymentv1.CreatePaymentRequest) {
	k.amount("amount", r.GetAmount())
	n := utf8.RuneCountInString(r.GetOrderNumber())
	k.when(n == 0, "order_number", "is needed: the shop's own number, 1 to 64 characters")
	k.when(n > payment.MaxOrderField, "order_number", "must have at most 64 characters")
	k.when(r.GetOrderNumber() != strings.TrimSpace(r.GetOrderNumber()), "order_number", "must not begin or end with a blank")
	k.token("card_token", r.GetCardToken())
	k.stored("card", r.GetCard())
	k.when(r.GetSaveCard() && r.GetCardToken() == "", "save_card", "goes with a card_token")
	k.when(r.GetCustomer() != "" && !bareID(r.GetCustomer()), "customer", customerText)
	k.when(utf8.RuneCountInString(r.GetDeliveryMethod()) > payment.MaxOrderField, "delivery_method", "must have at most 64 characters")
	k.oneOf("capture_mode", r.GetCaptureMode(), string(shop.Authorize), string(shop.AuthorizeAndCapture))
	k.count("installment_count", r.GetInstallmentCount())
	k.oneOf("device", r.GetDevice(), "pc", "smartphone")
	k.hint(r.GetCardHint())
	k.returnURI("return_uri", r.GetReturnUri())
	k.day("ship_date", r.GetShipDate(), false)
	k.order(r.GetOrder())
}

func (k *checker) confirm(r *paymentv1.ConfirmPaymentRequest) {
	switch alone := r.GetCardToken() == ""; {
	case alone && r.GetCard() == "":
		k.fail("card_token", "is needed")
	case alone && k.who.browser():
		k.fail("card_token", "is needed with a client secret: the browser makes a token for the stored card with its card entry")
	}
	k.token("card_token", r.GetCardToken())
	k.stored("card", r.GetCard())
	k.count("installment_count", r.GetInstallmentCount())
	k.oneOf("device", r.GetDevice(), "pc", "smartphone")
	k.hint(r.GetCardHint())
}

// bareID wants letters, digits, "_" and "-", 1 to 64: the form of a customer's
// and of a stored card's id.
func bareID(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_', c == '-':
		default:
			return false
		}
	}
	return s != "" && len(s) <= payment.MaxOrderField
}

// name needs a payment's name. One of no known form is not found, later.
func (k *checker) name(field, v string) { k.named(field, v, paymentName) }

func (k *checker) named(field, v, form string) {
	k.when(v == "", field, "is needed: "+form)
}

// amount is the one rule of every amount that is asked for (P03).
func (k *checker) amount(field string, v int32) {
	k.when(!money.Yen(v).Valid(), field, amountText)
}

// amountIfAny takes no amount, too.
func (k *checker) amountIfAny(field string, v int32) {
	if v != 0 {
		k.amount(field, v)
	}
}

func (k *checker) token(field, v string) {
	k.when(v != "" && !card.Token(v).Valid(), field, "must be the 16 letters and digits that the provider's script gave")
}

// stored takes a stored card's bare id.
func (k *checker) stored(field, v string) {
	k.when(v != "" && !bareID(v), field, "must be the bare id of a stored card")
}

func (k *checker) count(field string, v int32) {
	k.when(v != 0 && !card.ValidCount(int(v)), field, "must be 1, 2, 3, 5, 6, 10, 12, 15, 18, 20 or 24")
}

func (k *checker) oneOf(field, v string, words ...string) {
	if v == "" {
		return
	}
	for _, w := range words {
		if v == w {
			return
		}
	}
	k.fail(field, "must be "+strings.Join(words, " or "))
}

// hint is for display only, but a full number must not hide in it (P59).
func (k *checker) hint(h *paymentv1.CardSummary) {
	k.oneOf("card_hint.brand", h.GetBrand(), string(card.BrandVisa), string(card.BrandMastercard), string(card.BrandJCB), string(card.BrandDiners), string(card.BrandAmex))
	k.when(h.GetLastFour() != "" && !fourDigits(h.GetLastFour()), "card_hint.last_four", "must be the last four digits")
	k.when(h.GetExpiry() != "" && !expiryForm.MatchString(h.GetExpiry()), "card_hint.expiry", "must be MM/YY")
}

// fourDigits is no regular expression: every payment passes here.
func fourDigits(s string) bool {
	return len(s) == 4 && strings.Trim(s, "0123456789") == ""
}

// returnURI must be https (R09); http is enough on this machine, in TEST.
func (k *checker) returnURI(field, v string) {
	if v == "" {
		return
	}
	u, err := url.Parse(v)
	ok := err == nil && u.Host != "" && u.User == nil && visible(v) && len(v) <= maxURI &&
		(u.Scheme == "https" || u.Scheme == "http" && k.who.tenant.Environment == shop.Test && loopbackHost(u.Host))
	k.when(!ok, field, "must be an https address of at most 128 characters")
}
