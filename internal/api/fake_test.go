package api_test

import (
	"bytes"
	"context"
	"errors"
	"sort"
	"strings"
	"sync"
	"time"

	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// fake keeps payments in memory and has them move by the rules of payment; the
// acquirer behind it says yes to all but tokens that begin with DECL
// or CHAL.
type fake struct {
	now       func() time.Time
	directory *shop.Directory

	mu       sync.Mutex
	payments map[payment.ID]*payment.Payment
	orders   map[payment.ID]*payment.Order
	events   map[payment.ID][]payment.Event
	keys     map[string]claim
	next     uint64
	fail     error // what every call answers, if set
	crash    bool  // every call panics
	half     bool  // a list has one payment on its first page, and no second page
	queries  []ledger.Query
	callers  []processor.Caller
	changed  chan struct{}
}

type claim struct {
	id     payment.ID
	digest []byte
}

var _ api.Payments = (*fake)(nil)

func newFake(d *shop.Directory, now func() time.Time) *fake {
	return &fake{
		now: now, directory: d, payments: map[payment.ID]*payment.Payment{}, orders: map[payment.ID]*payment.Order{},
		events: map[payment.ID][]payment.Event{}, keys: map[string]claim{}, changed: make(chan struct{}),
	}
}

// enter notes the caller, and fails or panics if the test wants it.
func (f *fake) enter(c processor.Caller) error {
	f.mu.Lock()
	f.callers = append(f.callers, c)
	fail, crash := f.fail, f.crash
	f.mu.Unlock()
	if crash {
		panic("a nil map, with 4111111111111111 in it")
	}
	return fail
}

func (f *fake) rules(c processor.Caller) (payment.Rules, *shop.Shop) {
	s, contract, ok := f.directory.Contract(c.Tenant)
	if !ok {
		panic("no such shop")
	}
	return payment.Rules{Now: f.now(), Contract: contract, Settings: s.Settings, Actor: c.Actor}, s
}

// replay finds what a key led to.
func (f *fake) replay(c processor.Caller, r payment.Request) (processor.Result, bool, error) {
	had, ok := f.keys[key(c, r)]
	switch {
	case !ok:
		return processor.Result{}, false, nil
	case !bytes.Equal(had.digest, r.Digest):
		return processor.Result{}, true, &processor.KeyReusedError{Before: had.digest, Now: r.Digest}
	}
	return processor.Result{Payment: f.payments[had.id], Replayed: true}, true, nil
}

func key(c processor.Caller, r payment.Request) string {
	return strings.Join([]string{string(c.Tenant.Shop), string(c.Tenant.Environment), r.Method, r.Key}, "\x00")
}

func (f *fake) Create(_ context.Context, c processor.Caller, r payment.Request, cmd processor.Create) (processor.Result, error) {
	if err := f.enter(c); err != nil {
		return processor.Result{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if result, done, err := f.replay(c, r); done {
		return result, err
	}
	rules, s := f.rules(c)
	for _, p := range f.payments {
		if p.Tenant == c.Tenant && p.OrderNumber == cmd.OrderNumber {
			if _, refusal := payment.GiveWay(p, rules); refusal != nil {
				return processor.Result{}, refusal
			}
		}
	}
	f.next++
	id := payment.NewID(f.now(), f.next)
	events, err := payment.Begin(id, s, c.Tenant, cmd, rules)
	if err != nil {
		return processor.Result{}, err
	}
	p, err := f.apply(id, nil, events)
	if err != nil {
		return processor.Result{}, err
	}
	f.orders[id] = cmd.Order
	f.keys[key(c, r)] = claim{id, r.Digest}
	p, err = f.answer(p, cmd.Token.Reveal(), rules)
	return processor.Result{Payment: p}, err
}

// apply adds events; conclude answers the open question.
func (f *fake) apply(id payment.ID, p *payment.Payment, events []payment.Event) (*payment.Payment, error) {
	p, err := payment.Replay(p, events)
	if err != nil {
		return nil, err
	}
	f.payments[id], f.events[id] = p, append(f.events[id], events...)
	close(f.changed)
	f.changed = make(chan struct{})
	return p, nil
}

func (f *fake) answer(p *payment.Payment, token string, rules payment.Rules) (*payment.Payment, error) {
	if p.Question() == nil || strings.HasPrefix(token, "SILENT") {
		return p, nil
	}
	fact := payment.Fact{Outcome: payment.Yes, Approval: "123456"}
	if strings.HasPrefix(token, "CHAL") {
		fact = payment.Fact{Outcome: payment.Challenge, ChallengeToken: "t", ChallengeHTML: "<form>"}
	}
	if strings.HasPrefix(token, "DECL") {
		fact = payment.Fact{Outcome: payment.No, Reason: payment.SecurityCodeWrong, Code: "A082000005 G60", Hard: true}
	}
	return f.apply(p.ID, p, payment.Conclude(p, p.Current().Number, fact, rules))
}

func (f *fake) own(c processor.Caller, id payment.ID) (*payment.Payment, error) {
	p, ok := f.payments[id]
	if !ok || p.Tenant != c.Tenant {
		return nil, ledger.ErrNotFound
	}
	return p, nil
}

func (f *fake) Command(_ context.Context, c processor.Caller, r payment.Request, id payment.ID, cmd payment.Command) (processor.Result, error) {
	if err := f.enter(c); err != nil {
		return processor.Result{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if result, done, err := f.replay(c, r); done {
		return result, err
	}
	p, err := f.own(c, id)
	if err != nil {
		return processor.Result{}, err
	}
	rules, _ := f.rules(c)
	events, err := payment.Decide(p, cmd, rules)
	if err != nil {
		return processor.Result{}, err
	}
	if p, err = f.apply(id, p, events); err != nil {
		return processor.Result{}, err
	}
	f.keys[key(c, r)] = claim{id, r.Digest}
	token := ""
	if confirm, ok := cmd.(payment.Confirm); ok {
		token = confirm.Token.Reveal()
	}
	p, err = f.answer(p, token, rules)
	return processor.Result{Payment: p}, err
}

func (f *fake) Get(_ context.Context, c processor.Caller, id payment.ID) (*payment.Payment, error) {
	if err := f.enter(c); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.own(c, id)
}

func (f *fake) Refresh(ctx context.Context, c processor.Caller, id payment.ID) (*payment.Payment, error) {
	return f.Get(ctx, c, id)
}

func (f *fake) Order(_ context.Context, c processor.Caller, id payment.ID) (*payment.Order, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, err := f.own(c, id); err != nil {
		return nil, err
	}
	return f.orders[id], nil
}

func (f *fake) OrderOf(ctx context.Context, c processor.Caller, p *payment.Payment) (*payment.Order, error) {
	return f.Order(ctx, c, p.ID)
}

func (f *fake) History(_ context.Context, c processor.Caller, id payment.ID) ([]payment.Event, error) {
	if err := f.enter(c); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	_, err := f.own(c, id)
	return f.events[id], err
}

func (f *fake) List(_ context.Context, c processor.Caller, q ledger.Query) (ledger.Page, error) {
	if err := f.enter(c); err != nil {
		return ledger.Page{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.queries = append(f.queries, q)
	if f.half {
		if q.Before != "" {
			return ledger.Page{}, errDisk
		}
		q.Limit = 1
	}
	var page ledger.Page
	for id, p := range f.payments {
		if p.Tenant == c.Tenant && q.Filter.Match(p) && (q.Before == "" || id < q.Before) {
			page.Payments = append(page.Payments, p)
		}
	}
	sort.Slice(page.Payments, func(i, j int) bool { return page.Payments[i].ID > page.Payments[j].ID })
	if len(page.Payments) > q.Limit {
		page.Payments, page.More = page.Payments[:q.Limit], true
		page.Next = page.Payments[q.Limit-1].ID
	}
	return page, nil
}

// ChallengeURI is the real one's form.
func (f *fake) ChallengeURI(p *payment.Payment) string {
	a, ok := p.Challenge()
	if !ok {
		return ""
	}
	return "https://pay.example.com/3ds/challenge/" + a.Acceptance
}

func (f *fake) ClaimConversion(_ context.Context, c processor.Caller, id payment.ID) (*payment.Payment, *payment.Order, bool, error) {
	if err := f.enter(c); err != nil {
		return nil, nil, false, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	p, err := f.own(c, id)
	if err != nil {
		return nil, nil, false, err
	}
	rules, _ := f.rules(c)
	events, err := payment.Convert(p, rules)
	if err != nil || len(events) == 0 {
		return p, nil, false, err
	}
	p, err = f.apply(id, p, events)
	return p, f.orders[id], true, err
}

// Watch sends until nothing is open any more.
func (f *fake) Watch(ctx context.Context, c processor.Caller, id payment.ID, send func(*payment.Payment) error) error {
	if err := f.enter(c); err != nil {
		return err
	}
	for {
		f.mu.Lock()
		p, err := f.own(c, id)
		changed := f.changed
		f.mu.Unlock()
		if err != nil {
			return err
		}
		if err := send(p); err != nil || p.Held() {
			return err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

var errDisk = errors.New("write /var/lib/kessai/journal.db: no space left on device")
