package doctor

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// Payments is how a test moves money: the processor's own way, by the books.
type Payments interface {
	Create(ctx context.Context, c processor.Caller, r payment.Request, cmd processor.Create) (processor.Result, error)
	Command(ctx context.Context, c processor.Caller, r payment.Request, id payment.ID, cmd payment.Command) (processor.Result, error)
	Refresh(ctx context.Context, c processor.Caller, id payment.ID) (*payment.Payment, error)
	History(ctx context.Context, c processor.Caller, id payment.ID) ([]payment.Event, error)
	Watch(ctx context.Context, c processor.Caller, id payment.ID, send func(*payment.Payment) error) error
}

// Options is what a Doctor is made of; all but Provider are needed.
type Options struct {
	Payments  Payments
	Provider  Provider // nil: it is in this process, and cannot be asked
	Directory shop.Source
	Clock     func() time.Time
	Logger    *slog.Logger
	// Simulated says that TEST is asked of the simulator: a test without tokens
	// then uses its approved scenario.
	Simulated bool
}

// Doctor runs connection tests. It is safe for concurrent use.
type Doctor struct{ o Options }

// New makes a Doctor.
func New(o Options) *Doctor { return &Doctor{o} }

// Ask is what to test.
type Ask struct {
	Tokens     []card.Token // one-time tokens, one for each card to be tried
	Production bool         // one yen of a real card, given back
}

// Limits and amounts of a test.
const (
	MaxTokens   = 10
	testAmount  = 100 // yen, of a test card
	testLowered = 50  // yen, what it is changed to
	realAmount  = 1   // yen, of a real card
	// answerWithin is how long an answer that was lost is waited for: the
	// processor finds a yes within 30 s and a no within 60 s.
	answerWithin = 75 * time.Second

	simulated = card.Token("SIMAPPROVED00000")
)

// OrderPrefix begins the order number of every purchase of a test, so that a
// person tells it from an order.
const OrderPrefix = "kessai-test-"

// Run tests the shop of the caller and tells of each step as it ends (R23). With
// the same key and request it carries on with, or retells, what the first run
// bought; it never buys twice. Whatever happens, also when send fails or ctx
// ends, what it holds is given back before it returns. The error is send's or
// ctx's, *payment.InvalidError when there is no token, or a
// *processor.KeyReusedError or *processor.RunningError for the key; what is
// wrong with shop or provider is in the steps.
func (d *Doctor) Run(ctx context.Context, c processor.Caller, r payment.Request, ask Ask, send func(Step) error) error {
	s, contract, ok := d.o.Directory.Now().Contract(c.Tenant)
	if !ok {
		return fmt.Errorf("doctor: no shop %q in %s", c.Tenant.Shop, c.Tenant.Environment)
	}
	if err := d.tokens(&ask); err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(string(c.Tenant.Shop) + "\x00" + string(c.Tenant.Environment) + "\x00" + r.Key))
	t := &trial{d: d, who: c, request: r, ask: ask, contract: contract, sender: s.Settings.Sender, mark: sum[:], send: send}
	steps := []Step{SettingsStep(&s.Settings, &contract, c.Tenant.Environment), MethodStep(&s.Settings), environmentStep(c.Tenant.Environment, ask.Production)}
	sound, err := t.tell(steps...)
	if err != nil {
		return err
	}
	if sound && d.o.Provider != nil {
		unused := payment.NewID(d.o.Clock(), binary.BigEndian.Uint64(sum[:])).Acceptance(1)
		if sound, err = t.tell(Probe(ctx, d.o.Provider, c.Tenant.Environment, &contract, unused)...); err != nil {
			return err
		}
	}
	if !sound {
		skipped := ended(Skipped, "purchase", purchaseTitle(ask.Production), advice(
			"Nothing was bought, since a step before failed: mend that first, and start again.",
			"前の項目に問題があるため、購入は行いませんでした。直してから、やり直してください。"))
		skipped.Last = true
		_, err = t.tell(skipped)
		return err
	}
	for i, token := range ask.Tokens {
		if err := t.card(ctx, i+1, token); err != nil {
			return err
		}
	}
	return nil
}

// tokens checks how many there are, and fills in the simulator's.
func (d *Doctor) tokens(ask *Ask) error {
	if len(ask.Tokens) == 0 && d.o.Simulated && !ask.Production {
		ask.Tokens = []card.Token{simulated}
	}
	wrong := ""
	switch n := len(ask.Tokens); {
	case n == 0:
		wrong = "is needed: a one-time token of a card, as the checkout makes it"
	case n > MaxTokens:
		wrong = fmt.Sprintf("must be at most %d", MaxTokens)
	case ask.Production && n != 1:
		wrong = "must be one with production: a real card is authorized for one yen, once"
	default:
		return nil
	}
	return &payment.InvalidError{Violations: []payment.Violation{{Field: "card_tokens", Text: wrong}}}
}

// environmentStep refuses test cards in PRODUCTION and real ones in TEST (R23,
// R24, P89).
func environmentStep(env shop.Environment, production bool) Step {
	title := text("The environment is TEST", "動作環境がテスト環境になっている")
	if production {
		title = text("The environment is PRODUCTION", "動作環境が本番環境になっている")
	}
	switch live := env == shop.Production; {
	case live == production:
		return pass("environment", title)
	case live:
		return ended(Failed, "environment", title, advice(
			"This key is of PRODUCTION, where test cards are refused. Use a key of TEST; or set production and give the token of one real card, which is authorized for one yen and released.",
			"本番環境のキーです。本番環境ではテストカードは使えません。テスト環境のキーを使うか、productionを指定して実際のカード1枚のトークンを渡してください（1円で与信し、すぐに取り消します）。"))
	}
	return ended(Failed, "environment", title, advice(
		"This key is of TEST: a real card has no business there. Use a key of PRODUCTION, or leave production out.",
		"テスト環境のキーです。本番環境のテストには本番環境のキーを使うか、productionを外してください。"))
}

// trial is one run.
type trial struct {
	d        *Doctor
	who      processor.Caller
	request  payment.Request
	ask      Ask
	contract shop.Contract
	sender   shop.Sender
	mark     []byte // of the key: makes order numbers
	send     func(Step) error
}

// tell sends steps, and reports whether none of them failed.
func (t *trial) tell(steps ...Step) (sound bool, err error) {
	sound = true
	for _, s := range steps {
		sound = sound && s.Result != Failed
		if err := t.send(s); err != nil {
			return false, err
		}
	}
	return sound, nil
}

// keyed is the request of one step: its key derives from the run's, so that the
// books know it again.
func (t *trial) keyed(n int, step string) payment.Request {
	return payment.Request{Method: t.request.Method, Key: fmt.Sprintf("%s/%d/%s", t.request.Key, n, step), Digest: t.request.Digest}
}

func (t *trial) order(n int) string {
	return fmt.Sprintf("%s%s-%d", OrderPrefix, hex.EncodeToString(t.mark[:6]), n)
}

// errAnswered ends a wait.
var errAnswered = errors.New("answered")

// answered waits until a payment has no open question, or it took too long: then
// it gives the payment as it stands.
func (t *trial) answered(ctx context.Context, p *payment.Payment) *payment.Payment {
	if p == nil || p.Question() == nil {
		return p
	}
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	_ = t.d.o.Payments.Watch(ctx, t.who, p.ID, func(now *payment.Payment) error { // whatever ends it, p says how it stands
		if p = now; p.Question() == nil {
			return errAnswered
		}
		return nil
	})
	return p
}
