// Package acquirertest is the conformance suite of the acquirer port: what
// every acquirer must do, whoever is behind it.
package acquirertest

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
)

// Bench is an acquirer on the bench, with a provider behind it that has no
// trades yet. What a provider cannot be made to do is left empty, and the
// parts of the suite that need it do not exist for it.
type Bench struct {
	Acquirer acquirer.Acquirer
	Merchant acquirer.Merchant

	// Books says that the provider remembers: an inquiry shows what was done.
	Books bool

	// Tokens, by what the provider does with them. Each may be used again.
	Approved   card.Token // says yes; always set
	Declined   card.Token // says no
	LostAnswer card.Token // holds the amount; the answer is lost
	NoAnswer   card.Token // does nothing, and gives no answer
	HalfAdjust card.Token // says yes; a later change of the amount is half done (P22)
	Challenge  card.Token // asks for 3-D Secure

	// Tokens of challenges whose completion goes wrong the first time.
	LostCompletion card.Token // holds the amount; the answer is lost
	NoCompletion   card.Token // does nothing, and gives no answer

	// Browser and Complete play a challenge to its end: the shopper passes it, or
	// calls it off. They give the form that the browser is sent back with.
	Browser           acquirer.Browser
	Complete, CallOff func(t *testing.T, challenge payment.Fact, returnURI string) map[string][]string

	// Wallet and Token play a stored card's life. Token is the provider's script
	// in a browser: it makes a token of the shopper's card of a number, 0 to 3,
	// all of which are approved, or of the stored one that the entry names; an
	// error is the script's own. Browser must be set too.
	Wallet acquirer.Wallet
	Token  func(t *testing.T, e acquirer.Entry, which int) (card.Token, error)

	// Unreachable is the same acquirer towards where nothing listens.
	Unreachable acquirer.Acquirer
	// Silent is the same acquirer towards a provider that takes a request,
	// calls reached and never answers.
	Silent func(t *testing.T, reached func()) acquirer.Acquirer
}

// Run runs the suite. Each part opens a bench of its own.
func Run(t *testing.T, open func(t *testing.T) Bench) {
	has := open(t)
	run := func(name string, possible bool, part func(*testing.T, *bench)) {
		if possible {
			t.Run(name, func(t *testing.T) { part(t, &bench{Bench: open(t), t: t}) })
		}
	}
	run("Approved", true, approved)
	run("Invalid", true, invalid)
	run("NoSuchOperation", true, noSuchOperation)
	run("OverBeforeItBegan", true, overBeforeItBegan)
	run("EveryOperation", true, everyOperation)
	run("Concurrent", true, concurrent)
	run("Unknown", has.Books, unknownNumber)
	run("NumberOnce", has.Books, numberOnce)
	run("Capture", has.Books, capture)
	run("Adjust", has.Books, adjust)
	run("Slips", has.Books, slips)
	run("Cancel", has.Books, cancel)
	run("Reauthorize", has.Books, reauthorize)
	run("CancelOnce", has.Books, cancelOnce)
	run("Declined", has.Declined != "", declined)
	run("LostAnswer", has.LostAnswer != "", lostAnswer)
	run("NoAnswer", has.NoAnswer != "", noAnswer)
	run("HalfAdjust", has.HalfAdjust != "", halfAdjust)
	run("Challenge", has.Challenge != "", challenge)
	completes := has.Books && has.Challenge != "" && has.Browser != nil && has.Complete != nil
	run("ChallengeCompleted", completes, challengeCompleted)
	run("CompletedOnce", completes, completedOnce)
	run("ChallengeFailed", completes && has.CallOff != nil, challengeFailed)
	run("AltersNothing", completes, altersNothing)
	run("LostCompletion", completes && has.LostCompletion != "", lostCompletion)
	run("NoCompletion", completes && has.NoCompletion != "", noCompletion)
	stores := has.Books && has.Wallet != nil && has.Browser != nil && has.Token != nil
	run("StoredCard", stores, storedCard)
	run("UpdateCard", stores, updateCard)
	run("WalletFull", stores, walletFull)
	run("WalletEnds", stores, walletEnds)
	run("Entry", stores, entry)
	run("Unreachable", has.Unreachable != nil, unreachable)
	run("ContextEnds", has.Silent != nil, contextEnds)
}

type bench struct {
	Bench
	t *testing.T
}

var numbers atomic.Int64

// number is an acceptance number that nobody used before, in this process.
func number() string { return fmt.Sprintf("CONFORM-%d", numbers.Add(1)) }

const price money.Yen = 5080

// wishTo is an authorization of the price.
func wishTo(token card.Token, acceptance string) acquirer.Wish {
	return acquirer.Wish{
		Operation: payment.OpAuthorize, Acceptance: acceptance, Amount: price,
		Authorization: &acquirer.Authorization{
			Token: token, Installments: 1, Device: "pc", Brand: card.BrandVisa, Goods: "りんごジュース",
			Buyer:     payment.Buyer{Name: "黒猫　太郎", Phone: "03-1234-5678", Email: "taro@example.test"},
			ReturnURI: returnURI,
		},
	}
}

func (b *bench) ask(w acquirer.Wish) (payment.Fact, error) {
	return b.Acquirer.Perform(b.t.Context(), b.Merchant, w)
}

func (b *bench) do(op payment.Operation, acceptance string, amount money.Yen) (payment.Fact, error) {
	return b.ask(acquirer.Wish{Operation: op, Acceptance: acceptance, Amount: amount})
}

// held authorizes the price and gives the number.
func (b *bench) held() string {
	b.t.Helper()
	acceptance := number()
	fact, err := b.ask(wishTo(b.Approved, acceptance))
	if err != nil || fact.Outcome != payment.Yes || fact.Approval == "" {
		b.t.Fatalf("authorize: %+v, %v; want yes, with an approval number", fact, err)
	}
	return acceptance
}

// yes does an operation that must succeed.
func (b *bench) yes(op payment.Operation, acceptance string, amount money.Yen) payment.Fact {
	b.t.Helper()
	fact, err := b.do(op, acceptance, amount)
	if err != nil || fact.Outcome != payment.Yes {
		b.t.Fatalf("%s: %+v, %v; want yes", op, fact, err)
	}
	return fact
}

// notYes does an operation that must not succeed: no, or unknown.
func (b *bench) notYes(op payment.Operation, acceptance string, amount money.Yen) {
	b.t.Helper()
	if fact, err := b.do(op, acceptance, amount); err == nil && fact.Outcome != payment.No {
		b.t.Errorf("%s: %+v; want no, or unknown", op, fact)
	}
}

// shows asks and compares standing and amount; an amount of 0 is not compared.
func (b *bench) shows(acceptance string, standing payment.Standing, amount money.Yen) payment.Trade {
	b.t.Helper()
	trade, err := b.Acquirer.Inquire(b.t.Context(), b.Merchant, acceptance)
	if err != nil || trade.Standing != standing || amount != 0 && trade.Amount != amount {
		b.t.Fatalf("inquiry: %+v, %v; want standing %d, %s", trade, err, standing, amount.Format())
	}
	return trade
}

// holdsNothing asks and accepts any standing without a hold.
func (b *bench) holdsNothing(acceptance string) {
	b.t.Helper()
	trade, err := b.Acquirer.Inquire(b.t.Context(), b.Merchant, acceptance)
	if err != nil || trade.Standing != payment.StandingNone && trade.Standing != payment.StandingFailed {
		b.t.Errorf("inquiry: %+v, %v; want no hold", trade, err)
	}
}

// notSent fails unless err says that nothing was sent, for one of the reasons.
func (b *bench) notSent(fact payment.Fact, err error, reasons ...payment.Reason) {
	b.t.Helper()
	var unsent *acquirer.NotSentError
	if !errors.As(err, &unsent) || fact != (payment.Fact{}) {
		b.t.Errorf("%+v, %v; want not sent", fact, err)
		return
	}
	for _, r := range reasons {
		if unsent.Reason == r {
			return
		}
	}
	b.t.Errorf("not sent because of %s; want one of %v", unsent.Reason, reasons)
}

// unknown fails unless err says that nobody knows.
func (b *bench) unknown(fact payment.Fact, err error) {
	b.t.Helper()
	var unsent *acquirer.NotSentError
	if err == nil || errors.As(err, &unsent) || fact != (payment.Fact{}) {
		b.t.Errorf("%+v, %v; want unknown", fact, err)
	}
}

// all are a wish for each operation that the acquirer offers.
func (b *bench) all() []acquirer.Wish {
	list := []acquirer.Wish{
		wishTo(b.Approved, number()),
		{Operation: payment.OpCapture, Acceptance: number()},
		{Operation: payment.OpAdjust, Acceptance: number(), Amount: 1},
		{Operation: payment.OpCancel, Acceptance: number()},
		{Operation: payment.OpReauthorize, Acceptance: number()},
	}
	if b.Complete != nil {
		list = append(list, b.passed(b.Challenge))
	}
	if b.Wallet != nil {
		list = append(list, chargeOf(acquirer.StoredCard{Member: newMember(), Key: "1", LastCredit: "20260401120000"}, number()))
	}
	return list
}

// ended is a context that is over.
func ended(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}
