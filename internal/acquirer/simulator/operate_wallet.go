package simulator

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"go.etcd.io/bbolt"
)

// ErrNoCard says that the member has no such stored card.
var ErrNoCard = errors.New("simulator: no such stored card")

// StoredCard is a card on file as the provider's own screens show it. The
// member's authentication key is not among it.
type StoredCard struct {
	TraderCode     string `json:"traderCode"`
	MemberID       string `json:"memberId"`
	CardKey        string `json:"cardKey"`
	MaskedNumber   string `json:"maskedNumber"`
	CardExp        string `json:"cardExp"` // MMyy
	CardOwner      string `json:"cardOwner,omitempty"`
	LastCreditDate string `json:"lastCreditDate"`
}

// StoredCards lists the stored cards of a member, or of all members of the
// merchant when the member is empty.
func (s *Simulator) StoredCards(traderCode, member string) ([]StoredCard, error) {
	list := []StoredCard{}
	err := s.eachWallet(traderCode, func(id string, w *wallet) error {
		if member != "" && member != id {
			return nil
		}
		for _, one := range w.Cards {
			list = append(list, StoredCard{
				TraderCode: traderCode, MemberID: id, CardKey: one.CardKey, MaskedNumber: maskedNumber(one.Plastic),
				CardExp: one.Plastic.Expiry, CardOwner: one.Plastic.Owner, LastCreditDate: one.LastCreditDate,
			})
		}
		return nil
	})
	return list, err
}

// eachWallet reads the wallets of a merchant, by member and key.
func (s *Simulator) eachWallet(traderCode string, visit func(member string, w *wallet) error) error {
	return s.books.db.View(func(tx *bbolt.Tx) error {
		prefix := traderCode + "\x00"
		cursor := tx.Bucket([]byte(bucketVault)).Cursor()
		for k, v := cursor.Seek([]byte(prefix)); strings.HasPrefix(string(k), prefix); k, v = cursor.Next() {
			w := &wallet{key: string(k)}
			if err := decode(v, w); err != nil {
				return err
			}
			member, _, _ := strings.Cut(w.key[len(prefix):], "\x00")
			if err := visit(member, w); err != nil {
				return err
			}
		}
		return nil
	})
}

// RemoveRequest names a stored card: by its key, whatever the member's
// authentication key is.
type RemoveRequest struct {
	TraderCode string `json:"traderCode"` // default: the first shop
	MemberID   string `json:"memberId"`
	CardKey    string `json:"cardKey"`
}

// RemoveCard takes a stored card away at the provider's console, unknown to
// the shop (P58). It fails with ErrNoCard.
func (s *Simulator) RemoveCard(q RemoveRequest) error {
	s.gate.RLock()
	defer s.gate.RUnlock()
	trader := orderRequest{TraderCode: q.TraderCode}.trader()
	m, known := s.merchant(trader)
	if !known {
		return fmt.Errorf("simulator: no merchant %q", trader)
	}
	var keys []string
	err := s.eachWallet(trader, func(member string, w *wallet) error {
		if _, found := w.find(q.CardKey, ""); found && member == q.MemberID {
			keys = append(keys, w.key[strings.LastIndexByte(w.key, 0)+1:])
		}
		return nil
	})
	if err != nil || len(keys) == 0 {
		return errors.Join(err, ErrNoCard)
	}
	c := &call{s: s, merchant: m, now: s.Now()}
	defer c.release()
	var puts []put
	for _, key := range keys {
		w := c.lockWallet(q.MemberID, key)
		w.Cards = slices.DeleteFunc(w.Cards, func(one storedCard) bool { return one.CardKey == q.CardKey })
		puts = append(puts, w.put())
	}
	return s.books.commit(puts)
}

type vaultRequest struct {
	TraderCode string `json:"traderCode"`
	MemberID   string `json:"memberId"`
}

func (s *Simulator) adminVault(q vaultRequest) (any, error) {
	list, err := s.StoredCards(orderRequest{TraderCode: q.TraderCode}.trader(), q.MemberID)
	return map[string]any{"cards": list}, err
}

// vaultReading lets the list be read with GET, ?member=…&traderCode=…
func vaultReading(post http.Handler, work func(vaultRequest) (any, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			post.ServeHTTP(w, r)
			return
		}
		query := r.URL.Query()
		out, err := work(vaultRequest{TraderCode: query.Get("traderCode"), MemberID: query.Get("member")})
		if err != nil {
			answerJSON(w, http.StatusBadRequest, map[string]any{"error": err.Error()})
			return
		}
		answerJSON(w, http.StatusOK, out)
	})
}

type challengeRequest struct {
	TraderCode string `json:"traderCode"`
	OrderNo    string `json:"orderNo"`
	Action     string `json:"action"`  // authenticate, fail or cancel
	ResCode    string `json:"resCode"` // instead: what the issuer says
}

// adminChallenge is a buyer without a browser.
func (s *Simulator) adminChallenge(q challengeRequest) (any, error) {
	address, message, err := s.Act(orderRequest{TraderCode: q.TraderCode}.trader(), q.OrderNo, q.Action, q.ResCode)
	return map[string]any{"url": address, "fields": message}, err
}
