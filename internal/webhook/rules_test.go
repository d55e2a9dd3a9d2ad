package webhook

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/event"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, shop.Tokyo)

// P76 P81: the signature is the one of the scheme, over id, time and body; each
// secret signs by itself.
func TestSignatures(t *testing.T) {
	const known = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
	sign := func(id string, at int64, body string, secrets ...shop.EndpointSecret) string {
		return signatures(id, time.Unix(at, 0), []byte(body), secrets)
	}
	const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	if got := sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, `{"test": 2432232314}`, secret); got != known {
		t.Errorf("%s, want %s", got, known)
	}
	both := strings.Fields(sign("a", 1, "b", secret, "whsec_b2xk"))
	if len(both) != 2 || both[0] != sign("a", 1, "b", secret) || both[1] != sign("a", 1, "b", "whsec_b2xk") || both[0] == both[1] {
		t.Errorf("%v", both)
	}
	for _, other := range []string{sign("x", 1, "b", secret), sign("a", 2, "b", secret), sign("a", 1, "x", secret)} {
		if other == both[0] {
			t.Error("what is signed can be changed")
		}
	}
}

// The pauses grow from seconds to an hour, fill seven days and end with them; chance
// moves each by a tenth.
func TestSchedule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := ledger.Delivery{Number: 1, Event: "e", Body: []byte("{}"), State: ledger.DeliveryWaiting, Since: noon}
		now, last := noon.Add(time.Duration(rapid.IntRange(0, 5000).Draw(t, "late"))*time.Second), time.Duration(0)
		for {
			after := failed(d, &outcome{status: 503, reason: "no"}, now, rapid.Float64Range(0, 1).Draw(t, "chance"))
			if after.Tries != d.Tries+1 || after.Status != 503 || after.Reason != "no" {
				t.Fatalf("%+v", after)
			}
			if after.State == ledger.DeliveryDead {
				if now.Before(noon.Add(giveUp)) || !after.Next.IsZero() {
					t.Fatalf("given up at %s", now)
				}
				break
			}
			pause := after.Next.Sub(now)
			if pause <= 0 || pause > 66*time.Minute || after.Next.After(noon.Add(giveUp)) {
				t.Fatalf("try %d comes after %s", after.Tries, pause)
			}
			if after.Tries <= len(delays) && pause < last && after.Next.Before(noon.Add(giveUp)) {
				t.Fatalf("try %d comes sooner than the one before: %s", after.Tries, pause)
			}
			d, now, last = after, after.Next, pause
		}
		if d.Tries < 150 || d.Tries > 210 {
			t.Fatalf("%d tries in seven days", d.Tries)
		}
	})
}

// An endpoint that asks for time gets it, but not more than an hour.
func TestRetryAfter(t *testing.T) {
	for given, want := range map[string]time.Duration{
		"": 0, "120": 2 * time.Minute, "-5": 0, "999999999": time.Hour, "99999999999999999999": 0, "soon": 0,
		noon.Add(10 * time.Minute).UTC().Format(http.TimeFormat): 10 * time.Minute, noon.Add(-time.Hour).UTC().Format(http.TimeFormat): 0,
	} {
		if got := retryAfter(given, noon); got != want {
			t.Errorf("%q: %s, want %s", given, got, want)
		}
	}
	d := failed(ledger.Delivery{Since: noon}, &outcome{status: 429, retry: 10 * time.Minute}, noon, .5)
	if d.Next.Sub(noon) != 10*time.Minute {
		t.Errorf("%s", d.Next)
	}
}

// P77: an endpoint is dead when something was given up and nothing arrived since.
func TestStates(t *testing.T) {
	for _, c := range []struct {
		course ledger.Course
		want   State
	}{
		{ledger.Course{Cursor: 9}, StateNew},
		{ledger.Course{Success: noon}, StateWorking},
		{ledger.Course{Failure: noon, Streak: 1}, StateFailing},
		{ledger.Course{Success: noon, Failure: noon, Streak: 1}, StateFailing},
		{ledger.Course{Failure: noon, Streak: 200, Death: noon, Dead: 1}, StateDead},
		{ledger.Course{Success: noon.Add(-time.Hour), Death: noon, Dead: 1}, StateDead},
		{ledger.Course{Success: noon.Add(time.Hour), Death: noon, Dead: 1}, StateWorking},
		{ledger.Course{Success: noon.Add(-time.Hour), Death: noon}, StateWorking}, // they were replayed
	} {
		if got := stateOf(&c.course); got != c.want {
			t.Errorf("%+v is %s, want %s", c.course, got, c.want)
		}
	}
}

// A family means what begins with it, and only that.
func TestTypes(t *testing.T) {
	for _, c := range []struct {
		types string
		typ   string
		want  bool
	}{
		{"", "payment.captured", true},
		{"payment.captured", "payment.captured", true},
		{"payment.captured", "payment.canceled", false},
		{"payment.*", "payment.captured", true},
		{"payment.*", "order.shipped", false},
		{"pay*", "payment.captured", false},
		{"*", "payment.captured", false},
		{"order.* attempt.declined", "attempt.declined", true},
	} {
		if got := wants(strings.Fields(c.types), c.typ); got != c.want {
			t.Errorf("%q wants %s: %v", c.types, c.typ, got)
		}
	}
	if got := chosen([]string{"order.*"}); !slices.Contains(got, "order.shipped") || slices.Contains(got, "payment.captured") || chosen(nil) != nil {
		t.Errorf("%v", got)
	}
}

// P78 P79: whatever order tries end in, the cursor passes nothing that is not over,
// two events of a payment are never under way at once, the earlier goes first, and
// everything is sent once.
func TestLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l line
		n := rapid.IntRange(1, 40).Draw(t, "events")
		for i := range n {
			id := payment.ID(fmt.Sprint("p", rapid.IntRange(0, 5).Draw(t, "payment")))
			l.add(event.Numbered{Number: uint64(3*i + 1), Event: event.Event{Payment: id, Sequence: i}}) //nolint:gosec // small numbers
		}
		l.at = 200
		busy, sent := map[payment.ID]int{}, map[payment.ID]int{}
		var flying []event.Numbered
		over := map[uint64]bool{}
		for len(over) < n {
			p := l.next(busy)
			if p != nil && (len(flying) == 0 || rapid.Bool().Draw(t, "begin")) {
				if last, known := sent[p.Payment]; known && last >= p.Sequence {
					t.Fatalf("%d of %s came after %d", p.Sequence, p.Payment, last)
				}
				sent[p.Payment] = p.Sequence
				if busy[p.Payment]++; busy[p.Payment] > 1 {
					t.Fatal("two of one payment at once")
				}
				p.flying = true
				flying = append(flying, p.Numbered)
				continue
			}
			if len(flying) == 0 {
				t.Fatal("nothing goes on")
			}
			i := rapid.IntRange(0, len(flying)-1).Draw(t, "ends")
			e := flying[i]
			flying = slices.Delete(flying, i, i+1)
			busy[e.Payment]--
			if rapid.IntRange(0, 4).Draw(t, "cut") == 0 { // nothing came of it: it is sent again
				l.find(e.Number).flying = false
				sent[e.Payment] = e.Sequence - 1
				continue
			}
			l.end(e.Number)
			over[e.Number] = true
			for number := uint64(1); number <= min(l.cursor(), uint64(3*n)); number += 3 { //nolint:gosec // small numbers
				if !over[number] {
					t.Fatalf("the cursor %d passes %d", l.cursor(), number)
				}
			}
		}
		if l.cursor() != 200 || l.waits() {
			t.Fatalf("at the end the cursor is %d", l.cursor())
		}
	})
}
