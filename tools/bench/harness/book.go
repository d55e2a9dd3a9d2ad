package harness

import (
	"fmt"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// book is what the harness itself remembers of every answer it was given. It
// is the witness against the server's books.
type book struct {
	mu       sync.Mutex
	payments map[string]*record // by name
	keys     map[string]string  // "method key" to the payment's name
	again    map[string]int     // calls that were sent again, by reason; "": they were cut off
	faults   int
}

// record is one payment as it was acknowledged.
type record struct {
	name    string
	order   string
	answers []snapshot // in the order of their versions
	fresh   bool       // acknowledged since the last audit
	story   []*paymentv1.PaymentEvent
}

// snapshot is what an answer said.
type snapshot struct {
	version                    int
	state                      paymentv1.Payment_State
	pending                    paymentv1.Payment_Operation
	amount, captured, refunded int32
	acceptance                 string
	slips                      string // at the provider
}

func newBook() *book {
	return &book{payments: map[string]*record{}, keys: map[string]string{}, again: map[string]int{}}
}

// sentAgain counts a call that has to be sent again.
func (b *book) sentAgain(reason string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.again[reason]++
}

// differ notes a difference: something that must never be.
func (b *book) differ(format string, args ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.faults++; b.faults <= 50 {
		fmt.Fprintf(os.Stderr, "DIFFERENCE %d: %s\n", b.faults, fmt.Sprintf(format, args...))
	}
}

func (b *book) differences() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.faults
}

// snap reads the answer. The version is the number of the payment's last
// event, which the etag shows.
func snap(p *paymentv1.Payment) (snapshot, error) {
	version, err := strconv.Atoi(strings.Trim(p.GetEtag(), `"`))
	if err != nil || version < 1 {
		return snapshot{}, fmt.Errorf("%s: the etag %q shows no version", p.GetName(), p.GetEtag())
	}
	return snapshot{
		version: version, state: p.GetState(), pending: p.GetPendingOperation(),
		amount: p.GetAmount(), captured: p.GetCapturedAmount(), refunded: p.GetRefundedAmount(), acceptance: p.GetAcceptanceNumber(),
		slips: strings.Join(registered(p), " "),
	}, nil
}

// acknowledge takes an answer into the book, and checks it against those
// before: one key, one payment; and what was said once at a version is said
// again at that version.
func (b *book) acknowledge(method, key string, p *paymentv1.Payment) {
	s, err := snap(p)
	if err != nil {
		b.differ("%v", err)
		return
	}
	for _, fault := range b.enter(method, key, p, s) {
		b.differ("%s", fault)
	}
}

func (b *book) enter(method, key string, p *paymentv1.Payment, s snapshot) (faults []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if key != "" {
		if before, ok := b.keys[method+" "+key]; ok && before != p.GetName() {
			faults = append(faults, fmt.Sprintf("%s with key %s gave %s and then %s", method, key, before, p.GetName()))
		}
		b.keys[method+" "+key] = p.GetName()
	}
	r := b.payments[p.GetName()]
	if r == nil {
		r = &record{name: p.GetName(), order: p.GetOrderNumber()}
		b.payments[r.name] = r
	}
	r.fresh = true
	i := sort.Search(len(r.answers), func(i int) bool { return r.answers[i].version >= s.version })
	switch {
	case i == len(r.answers) || r.answers[i].version != s.version:
		r.answers = slices.Insert(r.answers, i, s)
	case r.answers[i] != s:
		faults = append(faults, fmt.Sprintf("%s at version %d was %+v and is %+v", r.name, s.version, r.answers[i], s))
	}
	return faults
}

// last is the highest version that was acknowledged of a payment.
func (b *book) last(name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r := b.payments[name]; r != nil && len(r.answers) > 0 {
		return r.answers[len(r.answers)-1].version
	}
	return 0
}

// take gives the payments that were acknowledged since the last take, or all,
// as copies.
func (b *book) take(all bool) []record {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []record
	for _, r := range b.payments {
		if all || r.fresh {
			r.fresh = false
			c := *r
			c.answers = append([]snapshot(nil), r.answers...)
			out = append(out, c)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].name < out[j].name })
	return out
}

// keep remembers the history that an audit saw.
func (b *book) keep(name string, story []*paymentv1.PaymentEvent) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r := b.payments[name]; r != nil && len(story) > len(r.story) {
		r.story = story
	}
}

// counters is what the summary shows.
type counters struct {
	answers, replays, rechecked, verified, audited       atomic.Int64
	declined, refused, lost, silent, rude, twins, opened atomic.Int64
	challenged, shipped, corrected                       atomic.Int64
}
