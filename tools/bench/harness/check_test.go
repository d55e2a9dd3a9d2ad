package harness

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// A harness that never finds anything proves nothing: these are the faults
// that it must find.

func line(n int32, kind string, amount int32, operation paymentv1.Payment_Operation) *paymentv1.PaymentEvent {
	return &paymentv1.PaymentEvent{
		Sequence: n, Type: kind, Amount: amount, Operation: operation, AcceptanceNumber: "A1",
		CreateTime: timestamppb.New(time.Unix(int64(n), 0)),
	}
}

const (
	opAuthorize = paymentv1.Payment_OPERATION_AUTHORIZE
	opCapture   = paymentv1.Payment_OPERATION_CAPTURE
	pending     = paymentv1.Payment_STATE_PENDING
)

func history() []*paymentv1.PaymentEvent {
	return []*paymentv1.PaymentEvent{
		line(1, "created", 5000, 0), line(2, "asked", 5000, opAuthorize), line(3, "authorized", 5000, 0),
		line(4, "asked", 5000, opCapture), line(5, "captured", 5000, 0),
		line(6, "asked", 2000, paymentv1.Payment_OPERATION_ADJUST), line(7, "unanswered", 0, 0), line(8, "adjusted", 2000, 0),
	}
}

// P18
func TestCheckStory(t *testing.T) {
	answers := []snapshot{
		{version: 2, state: pending, amount: 5000},
		{version: 3, state: authorized, amount: 5000},
		{version: 5, state: captured, amount: 5000, captured: 5000},
		{version: 8, state: captured, amount: 2000, captured: 5000, refunded: 3000},
	}
	changed := history()
	changed[2].Amount = 4000
	for _, c := range []struct {
		name  string
		r     record
		story []*paymentv1.PaymentEvent
		want  string // part of the fault; empty: none
	}{
		{"all is there", record{answers: answers, story: history()[:5]}, history(), ""},
		{"an acknowledged fact is lost", record{answers: answers}, history()[:4], "acknowledged at version 8 and has 4"},
		{"the history is shorter than it was", record{story: history()}, history()[:6], "had 8 events and has 6"},
		{"a line is another", record{story: history()}, changed, "event 3 was"},
		{"another amount than was acknowledged", record{answers: answers}, changed, "at version 3: acknowledged STATE_AUTHORIZED, 5000"},
		{"another state than was acknowledged", record{answers: []snapshot{{version: 5, state: authorized, amount: 5000}}}, history(), "the history adds up to STATE_CAPTURED"},
		{"a number is missing", record{}, history()[1:], "event 1 has the number 2"},
		{"an unknown kind", record{}, []*paymentv1.PaymentEvent{line(1, "lost", 0, 0)}, "nobody documented"},
	} {
		t.Run(c.name, func(t *testing.T) { want(t, faultsOf(checkStory(&c.r, c.story)), c.want) })
	}
}

func faultsOf(err error) []string {
	if err == nil {
		return nil
	}
	return []string{err.Error()}
}

// want expects one fault that holds a text, or none.
func want(t *testing.T, faults []string, text string) {
	t.Helper()
	all := strings.Join(faults, "\n")
	if text == "" && all != "" || text != "" && !strings.Contains(all, text) {
		t.Errorf("faults %q, want %q", all, text)
	}
}

func TestQuestions(t *testing.T) {
	q := questions(history())
	if len(q.open) != 0 || len(q.done) != 3 {
		t.Fatalf("%d open, %d done", len(q.open), len(q.done))
	}
	if last := q.done[2]; !last.inquiry || !last.yes || last.took != 2*time.Second {
		t.Errorf("the adjustment: %+v", last)
	}
	if q.done[0].inquiry {
		t.Error("the authorization was answered directly")
	}
	if !questionOpen(history()[:7]) || questionOpen(history()[:5]) {
		t.Error("open questions are not seen")
	}
	yes, no := settleTimes(history())
	if len(yes) != 1 || len(no) != 0 {
		t.Errorf("settled by asking: %v, %v", yes, no)
	}
}

func paid(name, order, number string, state paymentv1.Payment_State, amount int32) *paymentv1.Payment {
	return &paymentv1.Payment{
		Name: name, OrderNumber: order, AcceptanceNumber: number, State: state, Amount: amount,
		Attempts: []*paymentv1.Attempt{{AcceptanceNumber: number, State: state}},
	}
}

// P09 P14 P18
func TestCompareBooks(t *testing.T) {
	declined := paymentv1.Payment_STATE_DECLINED
	second := paid("p1", "o1", "A1-2", authorized, 5000)
	second.Attempts = append([]*paymentv1.Attempt{{AcceptanceNumber: "A1", State: declined}}, second.Attempts...)
	looked := paid("p1", "o1", "A1", authorized, 5000)
	looked.Attention = "PROVIDER_DIFFERS"
	for _, c := range []struct {
		name     string
		payments []*paymentv1.Payment
		trades   []trade
		want     string
	}{
		{"held", []*paymentv1.Payment{paid("p1", "o1", "A1", authorized, 5000)}, []trade{{"A1", 4, 5000, nil}}, ""},
		{"reserved is held", []*paymentv1.Payment{paid("p1", "o1", "A1", authorized, 5000)}, []trade{{"A1", 5, 5000, nil}}, ""},
		{"charged", []*paymentv1.Payment{paid("p1", "o1", "A1", captured, 5000)}, []trade{{"A1", 30, 5000, nil}}, ""},
		{"canceled", []*paymentv1.Payment{paid("p1", "o1", "A1", canceled, 5000)}, []trade{{"A1", 40, 5000, nil}}, ""},
		{"declined, with and without a trace", []*paymentv1.Payment{paid("p1", "o1", "A1", declined, 5000), paid("p2", "o2", "A2", declined, 1)}, []trade{{"A1", 13, 5000, nil}}, ""},
		{"a second card", []*paymentv1.Payment{second}, []trade{{"A1", 13, 5000, nil}, {"A1-2", 4, 5000, nil}}, ""},
		{"the provider knows nothing", []*paymentv1.Payment{paid("p1", "o1", "A1", authorized, 5000)}, nil, "does not know A1"},
		{"a yen apart", []*paymentv1.Payment{paid("p1", "o1", "A1", authorized, 5000)}, []trade{{"A1", 4, 4999, nil}}, "4999 yen"},
		{"charged, we say held", []*paymentv1.Payment{paid("p1", "o1", "A1", authorized, 5000)}, []trade{{"A1", 30, 5000, nil}}, "at 30"},
		{"held, we say declined", []*paymentv1.Payment{paid("p1", "o1", "A1", declined, 5000)}, []trade{{"A1", 4, 5000, nil}}, "is STATE_DECLINED, and the provider has it at 4"},
		{"held, we say canceled", []*paymentv1.Payment{paid("p1", "o1", "A1", canceled, 5000)}, []trade{{"A1", 4, 5000, nil}}, "is STATE_CANCELED"},
		{"a losing attempt holds", []*paymentv1.Payment{second}, []trade{{"A1", 4, 5000, nil}, {"A1-2", 4, 5000, nil}}, "attempt A1 lost"},
		{"nobody's hold", nil, []trade{{"A9", 4, 5000, nil}}, "knows no such number"},
		{"one order twice", []*paymentv1.Payment{paid("p1", "o1", "A1", authorized, 1), paid("p2", "o1", "A2", authorized, 1)}, []trade{{"A1", 4, 1, nil}, {"A2", 4, 1, nil}}, "order o1 is paid 2 times"},
		{"attention", []*paymentv1.Payment{looked}, []trade{{"A1", 4, 5000, nil}}, "needs an operator"},
	} {
		t.Run(c.name, func(t *testing.T) {
			books := map[string]trade{}
			for _, tr := range c.trades {
				books[tr.number] = tr
			}
			want(t, compareBooks(c.payments, books), c.want)
		})
	}
}

// R27 R28 P61: the slips of both sides are the same, and an order with Yamato
// delivery is charged by a slip alone.
func TestCompareSlips(t *testing.T) {
	sent := func(slips ...string) *paymentv1.Payment {
		p := paid("p1", "o1", "A1", captured, 5000)
		p.DeliveryMethod, p.CapturedAmount = yamato, 5000
		p.Shipments = []*paymentv1.Shipment{{Carrier: "yamato", SlipNumber: "9"}} // never registered
		for _, s := range slips {
			p.Shipments = append(p.Shipments, &paymentv1.Shipment{Carrier: "yamato", SlipNumber: s, Registered: true})
		}
		return p
	}
	other, lacking := sent(), sent("1")
	other.DeliveryMethod, lacking.MissingCaptureConditions = "other", []string{"slip_number"}
	given := sent()
	given.RefundedAmount, given.State = 5000, canceled
	for _, c := range []struct {
		name string
		p    *paymentv1.Payment
		at   []string
		want string
	}{
		{"the same", sent("1", "2"), []string{"2", "1"}, ""},
		{"another carrier's", other, []string{"A1"}, ""},
		{"given back", given, nil, ""},
		{"one is gone there", sent("1", "2"), []string{"1"}, "has the slips [1 2], and the provider [1]"},
		{"one more there", sent("1"), []string{"1", "2"}, "and the provider [1 2]"},
		{"charged without a slip", sent(), nil, "charged without a slip"},
		{"charged without its conditions", lacking, []string{"1"}, "lacks [slip_number]"},
	} {
		t.Run(c.name, func(t *testing.T) { want(t, compareSlips(c.p, trade{"A1", 30, 5000, c.at}), c.want) })
	}
}

// P61: a slip that was acknowledged is in the history, and one that came off is
// not.
func TestCheckStoryOfSlips(t *testing.T) {
	slip := func(n int32, kind, number string) *paymentv1.PaymentEvent {
		e := line(n, kind, 0, 0)
		e.SlipNumber = number
		return e
	}
	story := []*paymentv1.PaymentEvent{
		line(1, "created", 5000, 0), line(2, "asked", 5000, opAuthorize), line(3, "authorized", 5000, 0), slip(4, "shipped", "1"),
		slip(5, "registered", "1"), slip(6, "registered", "2"), slip(7, "unregistered", "1"), line(8, "canceled", 5000, 0),
	}
	at := func(version int, slips string) record {
		s := snapshot{version: version, state: captured, amount: 5000, captured: 5000, slips: slips}
		if version == 8 {
			s.state, s.refunded = canceled, 5000
		}
		return record{answers: []snapshot{s}}
	}
	for version, slips := range map[int]string{5: "1", 6: "1 2", 7: "2", 8: ""} {
		right, wrong := at(version, slips), at(version, "3")
		want(t, faultsOf(checkStory(&right, story)), "")
		want(t, faultsOf(checkStory(&wrong, story)), "acknowledged the slips [3]")
	}
}

// P05 P07: the provider carries each thing out once.
func TestCompareCalls(t *testing.T) {
	a08 := wireCall{function: "A08", number: "A1", status: 4, changed: true}
	e01 := wireCall{function: "E01", number: "A1", status: 30, changed: true}
	refused := wireCall{function: "A08", number: "A1", code: "A082000003", status: 4}
	lied := wireCall{function: "A08", number: "A1", code: "A082000003", status: 4, changed: true}
	idle := wireCall{function: "E01", number: "A1", status: 4, changed: true}
	asked := wireCall{function: "E04", number: "A1", status: 4}
	adjusted := wireCall{function: "A07", number: "A1", status: 4, changed: true}
	want(t, compareCalls([]wireCall{a08, refused, asked, asked, adjusted, adjusted, idle, e01}), "")
	want(t, compareCalls([]wireCall{a08, a08}), "carried out A08 of A1 2 times")
	want(t, compareCalls([]wireCall{a08, lied}), "carried out A08 of A1 2 times")
	want(t, compareCalls([]wireCall{e01, e01}), "carried out E01")
	one, two := e01, e01
	one.slip, two.slip = "1", "2"
	want(t, compareCalls([]wireCall{one, two}), "")
	want(t, compareCalls([]wireCall{one, two, one}), "carried out E01")
}

func TestAcknowledge(t *testing.T) {
	answer := func(name, etag string, state paymentv1.Payment_State) *paymentv1.Payment {
		return &paymentv1.Payment{Name: name, Etag: etag, State: state}
	}
	for _, c := range []struct {
		name string
		do   func(b *book)
		want int
	}{
		{"the same again", func(b *book) {
			b.acknowledge("CreatePayment", "k", answer("p1", `"3"`, authorized))
			b.acknowledge("CreatePayment", "k", answer("p1", `"3"`, authorized))
			b.acknowledge("CreatePayment", "k", answer("p1", `"5"`, captured))
		}, 0},
		{"one key, two payments", func(b *book) { // P05 P07
			b.acknowledge("CreatePayment", "k", answer("p1", `"3"`, authorized))
			b.acknowledge("CreatePayment", "k", answer("p2", `"3"`, authorized))
		}, 1},
		{"one version, two states", func(b *book) {
			b.acknowledge("GetPayment", "", answer("p1", `"3"`, authorized))
			b.acknowledge("GetPayment", "", answer("p1", `"3"`, captured))
		}, 1},
		{"no version", func(b *book) { b.acknowledge("GetPayment", "", answer("p1", "", authorized)) }, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBook()
			c.do(b)
			if got := b.differences(); got != c.want {
				t.Errorf("%d differences, want %d", got, c.want)
			}
		})
	}
}

// Answers may come in another order than they were given.
func TestTakeOrdersAnswers(t *testing.T) {
	b := newBook()
	for _, v := range []int{5, 2, 3} {
		b.acknowledge("GetPayment", "", &paymentv1.Payment{Name: "p", Etag: fmt.Sprintf(`"%d"`, v), State: authorized})
	}
	got := b.take(false)
	if len(got) != 1 || len(got[0].answers) != 3 || got[0].answers[0].version != 2 || got[0].answers[2].version != 5 || b.last("p") != 5 {
		t.Errorf("%+v", got)
	}
	if len(b.take(false)) != 0 || len(b.take(true)) != 1 {
		t.Error("take(false) gives what is new, take(true) all")
	}
}

func TestOptions(t *testing.T) {
	o, err := options([]string{"-linear"})
	if err != nil || o.concurrency != 0 || o.all || !o.redis || o.seed == 0 {
		t.Errorf("%+v, %v", o, err)
	}
	if o, err = options([]string{"-flush", "-concurrency", "10", "-seed", "7"}); err != nil || o.concurrency != 10 || o.seed != 7 {
		t.Errorf("%+v, %v", o, err)
	}
	if o, err = options(nil); err != nil || !o.all {
		t.Errorf("no flag is all runs: %+v, %v", o, err)
	}
	if o, err = options([]string{"-kills", "5"}); err != nil || o.all {
		t.Errorf("-kills alone: %+v, %v", o, err)
	}
	for _, bad := range [][]string{{"-redis", "maybe"}, {"-flush", "-linear"}, {"-flush", "-redis", "off"}, {"-kills", "0"}, {"-concurrency", "0"}, {"stray"}} {
		if _, err := options(bad); err == nil {
			t.Errorf("%v was accepted", bad)
		}
	}
}
