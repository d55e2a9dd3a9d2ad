package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	vaultv1 "kessai.dev/kessai/gen/kessai/vault/v1"
	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/api/apitest"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

var firstShop = shop.Tenant{Shop: "first", Environment: shop.Test}

// pending makes a payment that waits for a card, and gives it with its secret.
func (h *house) pending(t testing.TB, order, customer string) *paymentv1.Payment {
	t.Helper()
	got, err := h.protocol(t, "grpc").Call(t.Context(), "CreatePayment",
		&paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: order, Customer: customer, RequestId: "create-" + order}, nil)
	if err != nil || got.Code != "OK" {
		t.Fatalf("%v %+v", err, got)
	}
	return got.Message.(*paymentv1.CreatePaymentResponse).GetPayment()
}

// ofCard are the calls about one card or one customer, with the name filled in.
func ofCard(customer, name string, i int) map[string]proto.Message {
	return map[string]proto.Message{
		"GetCard":         &vaultv1.GetCardRequest{Name: name},
		"UpdateCard":      &vaultv1.UpdateCardRequest{Name: name, Expiry: "12/31"},
		"DeleteCard":      &vaultv1.DeleteCardRequest{Name: name},
		"ListCards":       &vaultv1.ListCardsRequest{Parent: "customers/" + customer},
		"CreateCardEntry": &vaultv1.CreateCardEntryRequest{Customer: customer, Card: name[strings.LastIndexByte(name, '/')+1:]},
		"CreateCard":      &vaultv1.CreateCardRequest{Parent: "customers/" + customer, CardToken: approved, RequestId: fmt.Sprint("k", i)},
	}
}

// P52: another customer's or another shop's card is not found, by every call
// and every protocol, and so is a name of any other form; as a field of an
// entry it reads like a card that never was.
func TestForeignCards(t *testing.T) {
	h := open(t)
	mine := h.vault.put(firstShop, "mei_1", "aaaa")
	other := h.vault.put(firstShop, "mei_2", "bbbb")
	theirs := h.vault.put(shop.Tenant{Shop: "second", Environment: shop.Test}, "ken_1", "cccc")
	names := []string{
		strings.Replace(other, "mei_2", "mei_1", 1), theirs, "customers/mei_1/cards/zzzz", "customers//cards/aaaa", "customers/mei_1/cards/", "customers/mei_1/cards/a.a",
		"customers/mei_1/cards/aaaa/", "customers/mei_1/cards/aaaa/cards/bbbb", "customers/mei 1/cards/aaaa", "customers/-/cards/aaaa", "customers/" + strings.Repeat("m", 65) + "/cards/aaaa",
		"shops/first/cards/aaaa", "aaaa", "customers/mei_1",
	}
	for _, p := range apitest.Protocols(t, h.with(demoKey)) {
		for method, request := range ofCard("mei_1", mine, 0) {
			if method == "CreateCard" || !p.Serves(method) || method == "DeleteCard" {
				continue
			}
			if got, err := p.Call(t.Context(), method, request, nil); err != nil || got.Code != "OK" {
				t.Errorf("%s: %s of one's own: %v %+v", p.Name, method, err, got)
			}
		}
		for _, name := range names {
			for _, method := range []string{"GetCard", "UpdateCard", "DeleteCard"} {
				got, err := p.Call(t.Context(), method, ofCard("x", name, 0)[method], nil)
				if p.Serves(method) && (err != nil || got.Code != "NOT_FOUND") {
					t.Errorf("%s: %s %q: %v %+v", p.Name, method, name, err, got)
				}
			}
		}
		for _, parent := range []string{"customers/ken_1", "customers/nobody", "customers/a/b", "customers/mei_1/cards", "mei_1"} {
			if got, err := p.Call(t.Context(), "ListCards", &vaultv1.ListCardsRequest{Parent: parent}, nil); err != nil || got.Code != "NOT_FOUND" {
				t.Errorf("%s: list of %q: %v %+v", p.Name, parent, err, got)
			}
		}
		if !p.Serves("CreateCardEntry") {
			continue
		}
		for r, want := range map[*vaultv1.CreateCardEntryRequest]string{
			{Customer: "mei_1", Card: "bbbb"}: "INVALID_ARGUMENT", {Customer: "ken_1", Card: "cccc"}: "INVALID_ARGUMENT", {Customer: "mei_1", Card: "zzzz"}: "INVALID_ARGUMENT",
			{Payment: "payments/0123456789abcdefghij"}: "NOT_FOUND", {Payment: "x"}: "NOT_FOUND",
		} {
			if got, err := p.Call(t.Context(), "CreateCardEntry", r, nil); err != nil || got.Code != want {
				t.Errorf("%s: entry %v: %v %+v", p.Name, r, err, got)
			}
		}
	}
	if got := h.vault.cards[member{firstShop, "mei_2"}][0]; !got.Gone.IsZero() || got.Hint.Expiry != "12/30" {
		t.Errorf("somebody reached %+v", got)
	}
}

// P57 R38: a card is removed by an operator only; the other calls are the
// storefront's, and a client secret has the entry and the counts alone.
func TestVaultScopes(t *testing.T) {
	h := open(t)
	secret := h.pending(t, "1396", "mei_1").GetClientSecret()
	for i, tc := range []struct {
		key  string
		may  []string
		only string // the reason of every other refusal
	}{
		{shopKey, []string{"GetCard", "UpdateCard", "ListCards", "CreateCard", "CreateCardEntry", "ListInstallmentOptions"}, "SCOPE_MISSING"},
		{parcelKey, nil, "SCOPE_MISSING"},
		{secret, []string{"CreateCardEntry", "ListInstallmentOptions"}, "SCOPE_MISSING"},
		{"", nil, "UNAUTHENTICATED"},
		{demoKey, []string{"GetCard", "UpdateCard", "ListCards", "CreateCard", "CreateCardEntry", "ListInstallmentOptions", "DeleteCard"}, ""},
	} {
		for j, p := range apitest.Protocols(t, h.with(tc.key)) {
			calls := ofCard("mei_1", h.vault.put(firstShop, "mei_1", fmt.Sprint("a", i*100+j)), i*100+j)
			calls["ListInstallmentOptions"] = &vaultv1.ListInstallmentOptionsRequest{CardPrefix: "41111111"}
			for _, method := range []string{"GetCard", "UpdateCard", "ListCards", "CreateCard", "CreateCardEntry", "ListInstallmentOptions", "DeleteCard"} {
				if !p.Serves(method) {
					continue
				}
				got, err := p.Call(t.Context(), method, calls[method], nil)
				switch may := slices.Contains(tc.may, method); {
				case err != nil:
					t.Errorf("%q: %s: %s: %v", tc.key, p.Name, method, err)
				case may != (got.Code == "OK"), !may && got.Reason != tc.only:
					t.Errorf("%q: %s: %s: %+v", tc.key, p.Name, method, got)
				}
			}
		}
	}
}

// P56: a card that payments need is not removed, and the error names them.
func TestCardInUse(t *testing.T) {
	h := open(t)
	card := h.vault.put(firstShop, "mei_1", "aaaa")
	a, b := payment.NewID(noon, 1), payment.NewID(noon, 2)
	h.vault.inUse = []payment.ID{a, b}
	for _, p := range apitest.Protocols(t, h.with(demoKey)) {
		if !p.Serves("DeleteCard") {
			continue
		}
		got, err := p.Call(t.Context(), "DeleteCard", &vaultv1.DeleteCardRequest{Name: card}, nil)
		if err != nil || got.Reason != "CARD_IN_USE" || got.Code != "FAILED_PRECONDITION" || got.Facts["payments"] != a.Name()+","+b.Name() || got.Local == "" {
			t.Errorf("%s: %v %+v", p.Name, err, got)
		}
	}
	h.vault.inUse = nil
	for range 2 { // again changes nothing
		code, body, _ := h.do(t, "DELETE", "/v1/"+card, "", "Authorization", "Bearer "+demoKey)
		if code != http.StatusOK || !strings.Contains(body, `"state":"STATE_REMOVED"`) {
			t.Errorf("%d %s", code, body)
		}
	}
}

// P34 P52, promise 6: with a client secret payment, customer and amount are the
// secret's own, whatever the body says.
func TestEntryOfASecret(t *testing.T) {
	h := open(t)
	h.vault.put(firstShop, "mei_1", "aaaa")
	h.vault.put(firstShop, "mei_2", "bbbb")
	member, guest := h.pending(t, "1", "mei_1"), h.pending(t, "2", "")
	type Entry = vaultv1.CreateCardEntryRequest
	for _, tc := range []struct {
		name, secret string
		r            *Entry
		want, field  string
	}{
		{"nothing said", member.GetClientSecret(), &Entry{}, "", ""},
		{"all said", member.GetClientSecret(), &Entry{Payment: member.GetName(), Customer: "mei_1", Amount: 5080, Card: "aaaa"}, "", ""},
		{"to be kept", member.GetClientSecret(), &Entry{SaveCard: true}, "", ""},
		{"another payment", member.GetClientSecret(), &Entry{Payment: guest.GetName()}, "NOT_FOUND", ""},
		{"another customer", member.GetClientSecret(), &Entry{Customer: "mei_2"}, "NOT_FOUND", ""},
		{"another customer's card", member.GetClientSecret(), &Entry{Card: "bbbb"}, "INVALID_REQUEST", "card"},
		{"another amount", member.GetClientSecret(), &Entry{Amount: 1}, "INVALID_REQUEST", "amount"},
		{"a stored card, to be kept", member.GetClientSecret(), &Entry{Card: "aaaa", SaveCard: true}, "INVALID_REQUEST", "save_card"},
		{"a guest", guest.GetClientSecret(), &Entry{}, "", ""},
		{"a guest who says to be somebody", guest.GetClientSecret(), &Entry{Customer: "mei_1"}, "NOT_FOUND", ""},
		{"a guest with a card", guest.GetClientSecret(), &Entry{Card: "aaaa"}, "INVALID_REQUEST", "card"},
		{"a guest's card to be kept", guest.GetClientSecret(), &Entry{SaveCard: true}, "INVALID_REQUEST", "save_card"},
	} {
		for _, p := range apitest.Protocols(t, h.with(tc.secret)) {
			if !p.Serves("CreateCardEntry") {
				continue
			}
			before := len(h.vault.entries)
			got, err := p.Call(t.Context(), "CreateCardEntry", tc.r, nil)
			if err != nil || got.Reason != tc.want || tc.field != "" && (len(got.Fields) != 1 || got.Fields[0] != tc.field) {
				t.Errorf("%s: %s: %v %+v", tc.name, p.Name, err, got)
			}
			if tc.want != "" {
				continue
			}
			if len(h.vault.entries) != before+1 {
				t.Fatalf("%s: %s: the vault was not asked once", tc.name, p.Name)
			}
			asked := h.vault.entries[before]
			if asked.Payment == nil || asked.Customer != asked.Payment.Customer || asked.Amount != 5080 {
				t.Errorf("%s: %s: asked %+v", tc.name, p.Name, asked)
			}
			entry := got.Message.(*vaultv1.CreateCardEntryResponse).GetCardEntry()
			for _, k := range entry.GetCards() { // reduced: which card, not whose
				if k.GetName() != "customers/-/cards/aaaa" || k.GetLastFour() != "1111" {
					t.Errorf("%s: %s: a browser sees %v", tc.name, p.Name, k)
				}
			}
			if want := asked.Customer != ""; want != (len(entry.GetCards()) == 1) || entry.GetScriptUri() == "" || entry.GetShopName() != "First" || len(entry.GetPaymentMethods()) != 1 {
				t.Errorf("%s: %s: %v", tc.name, p.Name, entry)
			}
		}
	}
	for _, p := range apitest.Protocols(t, h.with(member.GetClientSecret())) {
		for amount, want := range map[int32]string{0: "OK", 5080: "OK", 5081: "INVALID_ARGUMENT"} {
			got, err := p.Call(t.Context(), "ListInstallmentOptions", &vaultv1.ListInstallmentOptionsRequest{CardPrefix: "41111111", Amount: amount}, nil)
			if err != nil || got.Code != want {
				t.Errorf("%s: counts for %d: %v %+v", p.Name, amount, err, got)
			}
		}
	}
	if i := slices.IndexFunc(h.vault.amounts, func(y money.Yen) bool { return y != 5080 }); i >= 0 || len(h.vault.amounts) == 0 {
		t.Errorf("counts were asked for %v", h.vault.amounts)
	}
}

// P35, promise 6: once the payment has money or had its attempts, its secret
// gets no further entry and moves nothing; after 24 hours it is dead.
func TestSecretIsReadOnlyInTheEnd(t *testing.T) {
	h := open(t)
	p := h.pending(t, "1", "")
	secret := []string{"Authorization", "Bearer " + p.GetClientSecret()}
	call := func(path, body, key string) (int, string) {
		code, answer, _ := h.do(t, "POST", path, body, append(secret, "Idempotency-Key", key)...)
		return code, answer
	}
	for i := range payment.MaxAttempts {
		if code, body := call("/v1/cardEntries", `{}`, ""); code != http.StatusOK {
			t.Errorf("entry %d: %d %s", i, code, body)
		}
		if code, body := call("/v1/"+p.GetName()+":confirm", `{"cardToken":"DECLINED00000000"}`, fmt.Sprint(i)); code != http.StatusOK {
			t.Errorf("attempt %d: %d %s", i, code, body)
		}
	}
	for path, body := range map[string]string{"/v1/cardEntries": `{}`, "/v1/" + p.GetName() + ":confirm": `{"cardToken":"SIMAPPROVED00000"}`} {
		if code, answer := call(path, body, "last"); code != http.StatusBadRequest || !strings.Contains(answer, "ATTEMPTS_EXHAUSTED") {
			t.Errorf("%s after five cards: %d %s", path, code, answer)
		}
	}
	if code, answer := call("/v1/"+p.GetName()+":claimConversion", `{}`, ""); code != http.StatusBadRequest || !strings.Contains(answer, "WRONG_STATE") {
		t.Errorf("a conversion of nothing: %d %s", code, answer)
	}
	q := h.pending(t, "2", "")
	secret[1] = "Bearer " + q.GetClientSecret()
	if code, body := call("/v1/"+q.GetName()+":confirm", `{"cardToken":"SIMAPPROVED00000"}`, "x"); code != http.StatusOK {
		t.Fatalf("%d %s", code, body)
	}
	if code, body := call("/v1/cardEntries", `{}`, ""); code != http.StatusBadRequest || !strings.Contains(body, "WRONG_STATE") {
		t.Errorf("an entry after success: %d %s", code, body)
	}
	h.set(noon.Add(payment.CheckoutTTL))
	for _, path := range []string{"/v1/cardEntries", "/v1/" + q.GetName() + ":claimConversion"} {
		if code, body := call(path, `{}`, ""); code != http.StatusUnauthorized || !strings.Contains(body, "CLIENT_SECRET_EXPIRED") {
			t.Errorf("%s after 24 hours: %d %s", path, code, body)
		}
	}
}

// A stored card is charged without the shopper by a server only: a browser needs
// a token for it.
func TestBrowserNeedsAToken(t *testing.T) {
	h := open(t)
	p := h.pending(t, "1", "mei_1")
	for _, protocol := range apitest.Protocols(t, h.with(p.GetClientSecret())) {
		if !protocol.Serves("ConfirmPayment") {
			continue
		}
		got, err := protocol.Call(t.Context(), "ConfirmPayment", &paymentv1.ConfirmPaymentRequest{Name: p.GetName(), Card: "aaaa", RequestId: "a"}, nil)
		if err != nil || got.Reason != "INVALID_REQUEST" || len(got.Fields) != 1 || got.Fields[0] != "card_token" || !strings.Contains(got.Text, "client secret") {
			t.Errorf("%s: %v %+v", protocol.Name, err, got)
		}
	}
	if n := len(h.fake.callers); n != 1 {
		t.Errorf("%d calls got through", n)
	}
}

// A card is registered once however often the key comes, and shows what waits or
// went wrong.
func TestRegister(t *testing.T) {
	h := open(t)
	for i, p := range apitest.Protocols(t, h.Target) {
		if !p.Serves("CreateCard") {
			continue
		}
		customer := fmt.Sprint("mei_", i)
		register := func(token, key string) apitest.Answer {
			got, err := p.Call(t.Context(), "CreateCard", &vaultv1.CreateCardRequest{Parent: "customers/" + customer, CardToken: token, RequestId: key + customer}, nil)
			if err != nil {
				t.Fatalf("%s: %v", p.Name, err)
			}
			return got
		}
		card := func(a apitest.Answer) *vaultv1.Card { return a.Message.(*vaultv1.CreateCardResponse).GetCard() }
		first, again := register("CHALLENGED000000", "a"), register("CHALLENGED000000", "a")
		if first.Code != "OK" || again.Code != "OK" {
			t.Fatalf("%s: %+v %+v", p.Name, first, again)
		}
		if k := card(first); k.GetState() != vaultv1.Card_STATE_PENDING || k.GetAuthentication().GetChallengeUri() == "" || k.GetAuthentication().GetChallengeExpireTime() == nil || k.GetRegistration() == "" {
			t.Errorf("%s: challenged: %v", p.Name, k)
		}
		if card(first).GetName() != card(again).GetName() || again.Header.Get("Idempotency-Replayed") != "true" || first.Header.Get("Idempotency-Replayed") != "" {
			t.Errorf("%s: the same key: %+v", p.Name, again)
		}
		if got := register("SIMAPPROVED00000", "a"); got.Reason != "IDEMPOTENCY_KEY_REUSED" || got.Fields[0] != "card_token" {
			t.Errorf("%s: another request: %+v", p.Name, got)
		}
		if got := register("SIMAPPROVED00000", ""); got.Code != "OK" {
			t.Errorf("%s: %+v", p.Name, got)
		}
		if k := card(register("DECLINED00000000", "d")); k.GetState() != vaultv1.Card_STATE_FAILED || k.GetDecline().GetReason() != "SECURITY_CODE_WRONG" {
			t.Errorf("%s: declined: %v", p.Name, k)
		}
	}
}

// The form of the vault's requests is checked at the door, by every protocol.
// P59: a number is refused wherever it is sent, and is in no answer and no log.
func TestVaultForm(t *testing.T) {
	const number = "4111111111111111"
	h := open(t)
	h.vault.put(firstShop, "mei_1", "aaaa")
	protocols := apitest.Protocols(t, h.with(demoKey))
	for _, tc := range []struct {
		method, field string // the one violation; empty: fine
		r             proto.Message
	}{
		{"CreateCardEntry", "", &vaultv1.CreateCardEntryRequest{}},
		{"CreateCardEntry", "", &vaultv1.CreateCardEntryRequest{Customer: "mei-1_X", SaveCard: true, Amount: 1}},
		{"CreateCardEntry", "customer", &vaultv1.CreateCardEntryRequest{Customer: "mei 1"}},
		{"CreateCardEntry", "customer", &vaultv1.CreateCardEntryRequest{Customer: number}},
		{"CreateCardEntry", "card", &vaultv1.CreateCardEntryRequest{Customer: "mei_1", Card: number}},
		{"CreateCardEntry", "card", &vaultv1.CreateCardEntryRequest{Customer: "mei_1", Card: "customers/mei_1/cards/a"}},
		{"CreateCardEntry", "card", &vaultv1.CreateCardEntryRequest{Card: "aaaa"}},
		{"CreateCardEntry", "save_card", &vaultv1.CreateCardEntryRequest{SaveCard: true}},
		{"CreateCardEntry", "payment", &vaultv1.CreateCardEntryRequest{Payment: number}},
		{"CreateCardEntry", "amount", &vaultv1.CreateCardEntryRequest{Amount: -1}},
		{"ListInstallmentOptions", "", &vaultv1.ListInstallmentOptionsRequest{}},
		{"ListInstallmentOptions", "", &vaultv1.ListInstallmentOptionsRequest{CardPrefix: "41111111", Amount: 5080}},
		{"ListInstallmentOptions", "card_prefix", &vaultv1.ListInstallmentOptionsRequest{CardPrefix: number[:9]}},
		{"ListInstallmentOptions", "card_prefix", &vaultv1.ListInstallmentOptionsRequest{CardPrefix: number[:15]}},
		{"ListInstallmentOptions", "card_prefix", &vaultv1.ListInstallmentOptionsRequest{CardPrefix: number}},
		{"ListInstallmentOptions", "card_prefix", &vaultv1.ListInstallmentOptionsRequest{CardPrefix: "4111 11"}},
		{"ListInstallmentOptions", "card_prefix", &vaultv1.ListInstallmentOptionsRequest{CardPrefix: "４１"}},
		{"ListInstallmentOptions", "amount", &vaultv1.ListInstallmentOptionsRequest{Amount: 10_000_000}},
		{"CreateCard", "card_token", &vaultv1.CreateCardRequest{Parent: "customers/mei_1", RequestId: "a"}},
		{"CreateCard", "card_token", &vaultv1.CreateCardRequest{Parent: "customers/mei_1", RequestId: "a", CardToken: number}},
		{"CreateCard", "device", &vaultv1.CreateCardRequest{Parent: "customers/mei_1", RequestId: "a", CardToken: approved, Device: "phone"}},
		{"CreateCard", "return_uri", &vaultv1.CreateCardRequest{Parent: "customers/mei_1", RequestId: "a", CardToken: approved, ReturnUri: "http://shop.example.com/"}},
		{"CreateCard", "parent", &vaultv1.CreateCardRequest{Parent: "customers/" + number, RequestId: "a", CardToken: approved}},
		{"GetCard", "name", &vaultv1.GetCardRequest{Name: "customers/" + number + "/cards/aaaa"}},
		{"GetCard", "name", &vaultv1.GetCardRequest{Name: "customers/mei_1/cards/" + number}},
		{"DeleteCard", "name", &vaultv1.DeleteCardRequest{Name: "customers/mei_1/cards/" + number}},
		{"ListCards", "parent", &vaultv1.ListCardsRequest{Parent: "customers/" + number}},
		{"UpdateCard", "expiry", &vaultv1.UpdateCardRequest{Name: "customers/mei_1/cards/aaaa"}},
		{"UpdateCard", "expiry", &vaultv1.UpdateCardRequest{Name: "customers/mei_1/cards/aaaa", Expiry: "13/30"}},
		{"UpdateCard", "holder_name", &vaultv1.UpdateCardRequest{Name: "customers/mei_1/cards/aaaa", HolderName: "山田"}},
		{"UpdateCard", "holder_name", &vaultv1.UpdateCardRequest{Name: "customers/mei_1/cards/aaaa", HolderName: number}},
		{"UpdateCard", "", &vaultv1.UpdateCardRequest{Name: "customers/mei_1/cards/aaaa", HolderName: "HANAKO Y. YAMADA-SATO"}},
		{"CreatePayment", "card", create(func(r *paymentv1.CreatePaymentRequest) { r.Card, r.CardToken = number, approved })},
		{"CreatePayment", "card", create(func(r *paymentv1.CreatePaymentRequest) { r.Card, r.CardToken = "a/b", approved })},
		{"CreatePayment", "save_card", create(func(r *paymentv1.CreatePaymentRequest) { r.SaveCard = true })},
		{"ConfirmPayment", "card", &paymentv1.ConfirmPaymentRequest{Name: "payments/x", RequestId: "a", Card: number}},
		{"ConfirmPayment", "card_token", &paymentv1.ConfirmPaymentRequest{Name: "payments/x", RequestId: "a"}},
	} {
		answers, before := "", len(h.fake.callers)
		for _, p := range protocols {
			if !p.Serves(tc.method) {
				continue
			}
			got, err := p.Call(t.Context(), tc.method, tc.r, nil)
			switch {
			case err != nil:
				t.Errorf("%s: %v", p.Name, err)
			case tc.field == "" && got.Code != "OK":
				t.Errorf("%s: %v: %+v", p.Name, tc.r, got)
			case tc.field != "" && (got.Reason != "INVALID_REQUEST" || len(got.Fields) != 1 || got.Fields[0] != tc.field):
				t.Errorf("%s: %v: want %s: %+v", p.Name, tc.r, tc.field, got)
			}
			answers += fmt.Sprint(got)
		}
		if tc.field != "" && len(h.fake.callers) != before {
			t.Errorf("%v got through", tc.r)
		}
		if all := answers + h.log.String(); strings.Contains(all, number[:9]) {
			t.Errorf("the number is in %s", all)
		}
	}
}

// A card is good to the last moment of its month, in Japan.
func TestExpired(t *testing.T) {
	h := open(t)
	card := h.vault.put(firstShop, "mei_1", "aaaa") // 12/30
	for at, want := range map[time.Time]bool{
		noon: false,
		time.Date(2030, 12, 31, 23, 59, 59, 0, shop.Tokyo): false,
		time.Date(2031, 1, 1, 0, 0, 0, 0, shop.Tokyo):      true,
	} {
		h.set(at)
		if _, body, _ := h.do(t, "GET", "/v1/"+card, ""); strings.Contains(body, `"expired":true`) != want || !strings.Contains(body, `"state":"STATE_ACTIVE"`) {
			t.Errorf("%s: %s", at, body)
		}
	}
}

// A card is registered with its customer's buyer: the provider requires one, and
// only TEST does without.
func TestRegisterNeedsBuyer(t *testing.T) {
	h := open(t, func(o *api.Options) { o.Directory = directory(true) })
	whole := &paymentv1.Buyer{Name: "山田花子", Phone: "03-1234-5678", Email: "hanako@example.test"}
	for _, tc := range []struct {
		key    string
		buyer  *paymentv1.Buyer
		fields []string
	}{
		{shopKey, nil, nil},
		{shopKey, &paymentv1.Buyer{Name: "山田花子"}, []string{"buyer.phone", "buyer.email"}},
		{liveKey, nil, []string{"buyer.name", "buyer.phone", "buyer.email"}},
		{liveKey, whole, nil},
	} {
		for _, p := range apitest.Protocols(t, h.with(tc.key)) {
			if !p.Serves("CreateCard") || p.Name != "grpc" {
				continue
			}
			r := &vaultv1.CreateCardRequest{Parent: "customers/mei", CardToken: "SIMAPPROVED00000", RequestId: fmt.Sprintf("%s-%x", tc.key, proto.Size(tc.buyer)), Buyer: tc.buyer}
			got, err := p.Call(t.Context(), "CreateCard", r, nil)
			if err != nil || fmt.Sprint(got.Fields) != fmt.Sprint(tc.fields) {
				t.Errorf("%s, %v: %v %+v", tc.key, tc.buyer, err, got)
			}
		}
	}
}
