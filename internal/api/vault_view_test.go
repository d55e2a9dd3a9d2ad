package api

import (
	"testing"
	"time"

	vaultv1 "kessai.dev/kessai/gen/kessai/vault/v1"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/vault"
)

// A card's state and why it failed follow from what the provider keeps and from
// the payment that registers it.
func TestStoredCardMessage(t *testing.T) {
	a := &API{o: Options{Clock: func() time.Time { return time.Unix(0, 0) }, Payments: uriOnly{}}}
	reg := func(s payment.State, winner int, d *payment.Decline) *payment.Payment {
		return &payment.Payment{ID: payment.NewID(time.Unix(0, 0), 1), State: s, Winner: winner, Decline: d, Attempts: []payment.Attempt{{Number: 1, Secure: true, State: s}}}
	}
	for name, tc := range map[string]struct {
		key    string
		gone   time.Time
		reg    *payment.Payment
		state  vaultv1.Card_State
		reason string
	}{
		"kept while paying":    {"1", time.Time{}, nil, vaultv1.Card_STATE_ACTIVE, ""},
		"not learned yet":      {"", time.Time{}, nil, vaultv1.Card_STATE_PENDING, ""},
		"registered":           {"1", time.Time{}, reg(payment.Canceled, 1, nil), vaultv1.Card_STATE_ACTIVE, ""},
		"held":                 {"", time.Time{}, reg(payment.Authorized, 1, nil), vaultv1.Card_STATE_PENDING, ""},
		"released, not listed": {"", time.Time{}, reg(payment.Canceled, 1, nil), vaultv1.Card_STATE_PENDING, ""},
		"challenged":           {"", time.Time{}, reg(payment.Authenticating, 0, nil), vaultv1.Card_STATE_PENDING, ""},
		"declined":             {"", time.Time{}, reg(payment.Declined, 0, &payment.Decline{Reason: payment.VaultFull}), vaultv1.Card_STATE_FAILED, "VAULT_FULL"},
		"nobody came back":     {"", time.Time{}, reg(payment.Expired, 0, nil), vaultv1.Card_STATE_FAILED, "CHALLENGE_TIMEOUT"},
		"called off":           {"", time.Time{}, reg(payment.Canceled, 0, nil), vaultv1.Card_STATE_FAILED, ""},
		"removed":              {"1", time.Unix(1, 0), reg(payment.Canceled, 1, nil), vaultv1.Card_STATE_REMOVED, ""},
	} {
		k := &vault.Card{Customer: "mei_1", Registration: tc.reg, StoredCard: ledger.StoredCard{ID: "a", Key: tc.key, Gone: tc.gone}}
		got := a.storedCardMessage(&call{}, k)
		if got.GetState() != tc.state || got.GetDecline().GetReason() != tc.reason || got.GetName() != "customers/mei_1/cards/a" || (got.GetRegistration() != "") != (tc.reg != nil) {
			t.Errorf("%s: %v", name, got)
		}
		if waits := name == "challenged"; waits != (got.GetAuthentication().GetChallengeUri() != "") {
			t.Errorf("%s: %v", name, got.GetAuthentication())
		}
		if seen := a.storedCardMessage(&call{who: principal{secret: "x"}}, k); seen.GetName() != "customers/-/cards/a" || seen.GetRegistration() != "" || seen.GetAuthentication() != nil || seen.GetDecline() != nil {
			t.Errorf("%s: a browser sees %v", name, seen)
		}
	}
}

type uriOnly struct{ Payments }

func (uriOnly) ChallengeURI(*payment.Payment) string {
	return "https://pay.example.com/3ds/challenge/x"
}

// FuzzCardName: what is taken for a name is one, and is read back whole.
func FuzzCardName(f *testing.F) {
	for _, s := range []string{"customers/mei_1/cards/a", "customers/mei_1", "customers//cards/", "customers/-/cards/-", "customers/a/cards/b/", "cards/a/customers/b", "customers/ä/cards/b", "/customers/a/cards/b"} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, name string, withCard bool) {
		customer, id, err := cardName(name, withCard)
		if err != nil {
			return
		}
		want := "customers/" + customer
		if withCard {
			want += "/cards/" + id
		}
		if name != want || !bareID(customer) || !bareID(id) {
			t.Errorf("%q was read as %q and %q", name, customer, id)
		}
	})
}
