package webcollect

import (
	"errors"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/payment"
)

const challenged = good + "<threeDToken>" + threeDToken + "</threeDToken><threeDAuthHtml>x</threeDAuthHtml>"

// P14, P46, P47: what A09 and A01 prove. Only the provider's answer counts; a
// number that is registered already is neither a yes nor a no.
func TestAuthenticationFacts(t *testing.T) {
	no := func(reason payment.Reason, code string, hard bool) payment.Fact {
		return payment.Fact{Outcome: payment.No, Reason: reason, Code: code, Hard: hard}
	}
	yes := payment.Fact{Outcome: payment.Yes, Approval: "1234567"}
	tests := []struct {
		name, answer string
		wish         acquirer.Wish
		want         payment.Fact // none: unknown
	}{
		{"completed", approved, complete(t, back()), yes},
		{"altered", failing("A092000003", ""), complete(t, back()), no(payment.AuthenticationFailed, "A092000003", false)}, // P46
		{"called off", failing("A092000004", ""), complete(t, back()), no(payment.AuthenticationFailed, "A092000004", false)},
		{"refused", failing("A092000005", "G55"), complete(t, back()), no(payment.CardLimitExceeded, "A092000005/G55", false)},
		{"refused for good", failing("A092000005", "G61"), complete(t, back()), no(payment.CardInvalid, "A092000005/G61", true)}, // P90
		{"full", failing("A092000006", ""), complete(t, back()), no(payment.VaultFull, "A092000006", false)},                     // P54
		{"registered already", failing("A092000001", ""), complete(t, back()), payment.Fact{}},                                   // P14
		{"system error", failing("A092000002", ""), complete(t, back()), payment.Fact{}},
		{"time-out behind a refusal", failing("A092000005", "C50"), complete(t, back()), payment.Fact{}}, // P27
		{"A08's code", failing("A082000010", "G55"), complete(t, back()), payment.Fact{}},
		{"neither", good, complete(t, back()), payment.Fact{}},
		{"a challenge again", challenged, complete(t, back()), payment.Fact{}},

		{"charged", approved, charge("A1"), yes},
		{"no browser to challenge", challenged, charge("A1"), no(payment.AuthenticationFailed, "", false)},
		{"half a challenge", good + "<threeDToken>" + threeDToken + "</threeDToken>", charge("A1"), payment.Fact{}},
		{"nothing", good, charge("A1"), payment.Fact{}},
		{"stale", failing("A012030001", ""), charge("A1"), no(payment.CardInvalid, "A012030001", false)}, // P55, P58
		{"paid already", failing("A012010001", ""), charge("A1"), payment.Fact{}},                        // P14
		{"no vault", failing("A012020001", ""), charge("A1"), no(payment.NotAllowedByContract, "A012020001", false)},
		{"declined", failing("A012060001", "G60"), charge("A1"), no(payment.CardInvalid, "A012060001/G60", true)}, // P90
		{"storing failed", failing("A012070001", ""), charge("A1"), payment.Fact{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := saying(t, tt.answer).Perform(t.Context(), merchant, tt.wish)
			if tt.want == (payment.Fact{}) {
				isUnknown(t, got, err)
			} else if err != nil || got != tt.want {
				t.Errorf("%+v, %v; want %+v", got, err, tt.want)
			}
		})
	}
}

// P55: what changes of the vault end in.
func TestVaultFacts(t *testing.T) {
	no := func(reason payment.Reason, code string) payment.Fact {
		return payment.Fact{Outcome: payment.No, Reason: reason, Code: code}
	}
	yes, unknown := payment.Fact{Outcome: payment.Yes}, payment.Fact{}
	update := func(c *Connector) (payment.Fact, error) {
		return c.UpdateCard(t.Context(), merchant, onFile, acquirer.CardChange{Expiry: "12/31"})
	}
	remove := func(c *Connector) (payment.Fact, error) { return c.RemoveCard(t.Context(), merchant, onFile) }
	tests := []struct {
		answer string
		do     func(*Connector) (payment.Fact, error)
		want   payment.Fact
	}{
		{good + cardList(visa), update, yes},
		{failing("A043000002", ""), update, yes}, // nothing to change
		{failing("A043000002", "G12"), update, unknown},
		{failing("A043000002", "C50"), update, unknown},
		{failing("A043000001", ""), update, no(payment.EtagMismatch, "A043000001")},
		{failing("A044000001", "G83"), update, no(payment.CardExpired, "A044000001/G83")},
		{failing("A044000001", "G61"), update, no(payment.CardInvalid, "A044000001/G61")}, // hard is for payments
		{failing("A044000001", "C50"), update, unknown},                                   // P27
		{failing("A045000001", ""), update, unknown},
		{failing("A042000003", ""), update, no(payment.NotAllowedByContract, "A042000003")},
		{failing("Z019999999", ""), update, unknown},
		{"<returnCode>2</returnCode><errorCode></errorCode>", update, unknown},
		{good, remove, yes},
		{failing("A053000001", ""), remove, no(payment.EtagMismatch, "A053000001")},
		{failing("A054000001", ""), remove, unknown},
		{failing("A043000001", ""), remove, unknown}, // another call's code
	}
	for _, tt := range tests {
		got, err := tt.do(saying(t, tt.answer))
		if tt.want == unknown {
			isUnknown(t, got, err)
		} else if err != nil || got != tt.want {
			t.Errorf("%s: %+v, %v; want %+v", tt.answer, got, err, tt.want)
		}
	}
}

const visa = "<cardKey>1</cardKey><maskingCardNo>************0001</maskingCardNo><cardExp>1230</cardExp><cardOwner>KURONEKO TARO</cardOwner><cardCodeApi>9</cardCodeApi><lastCreditDate>20240102030405</lastCreditDate><subscriptionFlg>0</subscriptionFlg><regularFlg>0</regularFlg>"

// cardList are cards and their number.
func cardList(list ...string) string {
	s := "<cardUnit>" + string(rune('0'+len(list))) + "</cardUnit>"
	for _, c := range list {
		s += "<cardData>" + c + "</cardData>"
	}
	return s
}

// P58: the cards of a member as the provider lists them; of a member nobody
// knows, none.
func TestCards(t *testing.T) {
	second := strings.NewReplacer(">1<", ">3<", "0001", "0002", "1230", "0131", "KURONEKO TARO", "黒猫", ">9<", ">7<", "<subscriptionFlg>0", "<subscriptionFlg>1").Replace(visa)
	list, err := saying(t, good+cardList(visa, second)).Cards(t.Context(), merchant, shopper)
	want := []acquirer.Card{
		{Key: "1", LastCredit: "20240102030405", Hint: card.Hint{Brand: card.BrandVisa, LastFour: "0001", Expiry: "12/30"}, Holder: "KURONEKO TARO"},
		{Key: "3", LastCredit: "20240102030405", Hint: card.Hint{LastFour: "0002", Expiry: "01/31"}, Reserved: true},
	}
	if err != nil || len(list) != 2 || list[0] != want[0] || list[1] != want[1] {
		t.Errorf("%+v, %v", list, err)
	}
	if list, err := saying(t, good+cardList()).Cards(t.Context(), merchant, shopper); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
	if list, err := saying(t, good+cardList(strings.Replace(visa, "<regularFlg>0", "<regularFlg>2", 1))).Cards(t.Context(), merchant, shopper); err != nil || !list[0].Reserved { // P56
		t.Errorf("%+v, %v", list, err)
	}
}

// P59: a list that cannot be read to its end is no list: a card that was
// overlooked would be taken for gone.
func TestCardsRefused(t *testing.T) {
	changed := func(old, to string) string { return cardList(strings.Replace(visa, old, to, 1)) }
	for name, inner := range map[string]string{
		"no count": "<cardData>" + visa + "</cardData>", "wrong count": "<cardUnit>2</cardUnit><cardData>" + visa + "</cardData>",
		"count alone": "<cardUnit>1</cardUnit>", "count of words": "<cardUnit>none</cardUnit>", "nothing": "",
		"a key twice": cardList(visa, visa), "a field twice": cardList(visa + "<cardKey>1</cardKey>"), "key 4": changed("<cardKey>1", "<cardKey>4"), "no key": changed("<cardKey>1", "<cardKey>"),
		"an unmasked number": changed("************0001", "0000000000000001"), "six digits": changed("************0001", "**********000001"), "no digits": changed("************0001", "****************"),
		"four digits alone": changed("************0001", "0001"), "a long mask": changed("************0001", strings.Repeat("*", 40)+"0001"),
		"month 13": changed("1230", "1330"), "month 0": changed("1230", "0030"), "no expiry": changed("1230", ""), "short expiry": changed("1230", "123"),
		"a day": changed("20240102030405", "20240102"), "no day": changed("20240102030405", ""), "a written day": changed("20240102030405", "2024/01/02 030"),
	} {
		list, err := saying(t, good+inner).Cards(t.Context(), merchant, shopper)
		if list != nil || err == nil {
			t.Errorf("%s: %+v", name, list)
		}
		isUnknown(t, payment.Fact{}, err)
	}
	for code, reason := range map[string]payment.Reason{"A032000001": payment.ProviderMisconfigured, "A031010571": payment.ProviderMisconfigured, "Z012000006": payment.ProviderBusy} {
		_, err := saying(t, failing(code, "")).Cards(t.Context(), merchant, shopper)
		var e *acquirer.NotSentError
		if !errors.As(err, &e) || e.Reason != reason || e.Code != code {
			t.Errorf("%s: %v", code, err)
		}
	}
	_, err := saying(t, failing("A033000001", "")).Cards(t.Context(), merchant, shopper)
	isUnknown(t, payment.Fact{}, err)
}

// P21, P59: the list never panics; what it accepts is whole, and shows four
// digits of a card at most.
func FuzzCards(f *testing.F) {
	f.Add([]byte("<return>" + good + cardList(visa) + "</return>"))
	f.Add([]byte("<return>" + good + cardList() + "</return>"))
	f.Add([]byte("<return>" + good + cardList(visa, strings.Replace(visa, ">1<", ">2<", 1)) + "</return>"))
	f.Fuzz(func(t *testing.T, text []byte) {
		a, err := read(text)
		if err != nil {
			return
		}
		list, ok := cards(a)
		if !ok {
			return
		}
		if len(list) > acquirer.MaxCards {
			t.Fatalf("%d cards", len(list))
		}
		for _, c := range list {
			stored := acquirer.StoredCard{Member: shopper, Key: c.Key, LastCredit: c.LastCredit}
			if storedField(&stored) != "" || len(c.Hint.LastFour) != 4 || len(c.Hint.Expiry) != 5 || card.IsNumber(c.Holder) {
				t.Fatalf("%+v", c)
			}
		}
	})
}
