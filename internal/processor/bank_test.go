package processor

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
)

// bank is an acquirer in memory that keeps trades as the provider would and
// can be told how the next calls end.
type bank struct {
	mu        sync.Mutex
	trades    map[string]*payment.Trade
	calls     map[payment.Operation]int
	asked     []string // "authorize 0123…": every wish that reached it
	fates     []fate   // of the next wishes; empty: it answers
	deaf      bool     // inquiries fail
	meanwhile func()   // happens once, while an inquiry is on its way
	stalls    bool     // inquiries are not answered until the caller leaves
	looks     int      // inquiries so far
	gate      chan struct{}
}

// fate is how a wish ends.
type fate string

const (
	answers     fate = "answers"
	declines    fate = "declines"
	refuses     fate = "refuses"
	losesAnswer fate = "does it, and the answer is lost"
	losesWish   fate = "never gets it"
	notSent     fate = "nothing listens"
	lateHolds   fate = "does it later than we wait"
	halfDone    fate = "does half of it"
	challenges  fate = "asks the shopper"
)

var (
	errLost = errors.New("connection reset")
	errUsed = errors.New("the number is authorized already") // A092000001: E04 says by whom
)

func newBank() *bank {
	return &bank{trades: map[string]*payment.Trade{}, calls: map[payment.Operation]int{}}
}

func (b *bank) will(f ...fate) { b.mu.Lock(); b.fates = append(b.fates, f...); b.mu.Unlock() }

func (b *bank) next() fate {
	if len(b.fates) == 0 {
		return answers
	}
	f := b.fates[0]
	b.fates = b.fates[1:]
	return f
}

// Perform implements acquirer.Acquirer.
func (b *bank) Perform(ctx context.Context, _ acquirer.Merchant, w acquirer.Wish) (payment.Fact, error) {
	if b.gate != nil {
		select {
		case <-b.gate:
		case <-ctx.Done():
			return payment.Fact{}, ctx.Err()
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	f := b.next()
	if f == notSent {
		return payment.Fact{}, &acquirer.NotSentError{Reason: payment.ProviderUnreachable, Retry: time.Second}
	}
	b.calls[w.Operation]++
	b.asked = append(b.asked, w.Operation.String()+" "+w.Acceptance)
	switch f {
	case declines, refuses:
		return payment.Fact{Outcome: payment.No, Reason: payment.CardDeclined, Code: "A082000010"}, nil
	case losesWish, lateHolds:
		return payment.Fact{}, errLost
	case challenges:
		return payment.Fact{Outcome: payment.Challenge, ChallengeToken: "t", ChallengeHTML: "h"}, nil
	}
	fact := b.work(w)
	switch {
	case fact == payment.Fact{}:
		return fact, errUsed
	case f == losesAnswer:
		return payment.Fact{}, errLost
	case f == halfDone:
		b.trades[w.Acceptance].Standing = payment.StandingAttention
		return payment.Fact{Outcome: payment.Half, Code: "A077000001"}, nil
	}
	return fact, nil
}

// work is the provider's own table of states.
func (b *bank) work(w acquirer.Wish) payment.Fact {
	t := b.trades[w.Acceptance]
	no := payment.Fact{Outcome: payment.No, Reason: payment.ProviderRefused, Code: "E011010351"}
	if w.Operation == payment.OpAuthenticate {
		return b.authenticate(w, t)
	}
	if (t == nil) != (w.Operation == payment.OpAuthorize) {
		return no
	}
	switch w.Operation {
	case payment.OpAuthorize:
		if w.Authorization == nil || w.Authorization.Buyer.Phone == "" {
			return payment.Fact{Outcome: payment.No, Reason: payment.InvalidRequest}
		}
		t = &payment.Trade{Standing: payment.StandingHeld, Amount: w.Amount, Approval: "100001"}
		if t.ShipDate = w.Authorization.ShipDate; t.ShipDate != "" {
			t.Standing = payment.StandingReserved
		}
		b.trades[w.Acceptance] = t
	case payment.OpCapture:
		if t.Standing != payment.StandingHeld {
			return no
		}
		t.Standing = payment.StandingCaptured
	case payment.OpAdjust:
		if t.Standing == payment.StandingCanceled {
			return no
		}
		t.Amount, t.Approval = w.Amount, fmt.Sprint(300000+len(b.asked)) // and the answer does not say so
		return payment.Fact{Outcome: payment.Yes}
	case payment.OpCancel:
		if t.Standing == payment.StandingCanceled {
			return no
		}
		t.Slips = nil
		t.Standing = payment.StandingCanceled
	case payment.OpShip:
		if t.Standing != payment.StandingHeld && t.Standing != payment.StandingCaptured {
			return no
		}
		t.Standing, t.Slips = payment.StandingCaptured, append(slices.Clone(t.Slips), w.Slip)
	case payment.OpUnship:
		t.Slips = slices.DeleteFunc(slices.Clone(t.Slips), func(s string) bool { return s == w.Slip })
	case payment.OpReschedule:
		if t.Standing != payment.StandingReserved {
			return no
		}
		t.ShipDate = w.ShipDate
	case payment.OpReauthorize:
		t.Standing, t.Approval = payment.StandingHeld, fmt.Sprint(200000+len(b.asked))
	}
	return payment.Fact{Outcome: payment.Yes, Approval: t.Approval}
}

// authenticate completes a challenge, if it brings what the challenge gave and
// the browser brought; a number is authorized once.
func (b *bank) authenticate(w acquirer.Wish, t *payment.Trade) payment.Fact {
	switch {
	case w.Authentication == nil || w.Authentication.Token != "t" || string(w.Authentication.Values) != "posted":
		return payment.Fact{Outcome: payment.No, Reason: payment.AuthenticationFailed, Code: "A092000003"}
	case t != nil:
		return payment.Fact{}
	}
	b.trades[w.Acceptance] = &payment.Trade{Standing: payment.StandingHeld, Amount: w.Amount, Approval: "400004"}
	return payment.Fact{Outcome: payment.Yes, Approval: "400004"}
}

// Entry and ReadReturn implement acquirer.Browser.
func (b *bank) Entry(acquirer.Merchant, acquirer.Checks) (acquirer.Entry, error) {
	return acquirer.Entry{}, nil
}

func (b *bank) ReadReturn(form map[string][]string) (payment.Return, error) {
	if len(form["RES_CODE"]) != 1 {
		return payment.Return{}, errors.New("no result")
	}
	amount, _ := strconv.Atoi(form["ITEM_PRICE"][0])
	return payment.Return{Result: form["RES_CODE"][0], Amount: money.Yen(amount), Values: []byte("posted")}, nil
}

// Inquire implements acquirer.Acquirer.
func (b *bank) Inquire(ctx context.Context, _ acquirer.Merchant, acceptance string) (payment.Trade, error) {
	if b.stalls {
		<-ctx.Done()
		return payment.Trade{}, ctx.Err()
	}
	if meanwhile := b.meanwhile; meanwhile != nil {
		b.meanwhile = nil
		meanwhile()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.looks++
	if b.deaf {
		return payment.Trade{}, errLost
	}
	if t := b.trades[acceptance]; t != nil {
		return *t, nil
	}
	return payment.Trade{}, nil
}

func (b *bank) inquiries() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.looks
}

// hold makes a hold appear, as a provider does that works on after we left.
func (b *bank) hold(acceptance string, y money.Yen) {
	b.mu.Lock()
	b.trades[acceptance] = &payment.Trade{Standing: payment.StandingHeld, Amount: y, Approval: "300003"}
	b.mu.Unlock()
}

func (b *bank) count(op payment.Operation) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.calls[op]
}

var noMerchant acquirer.Merchant

// clock is a settable clock.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }

func (c *clock) advance(d time.Duration) { c.mu.Lock(); c.now = c.now.Add(d); c.mu.Unlock() }
