package webhook

import (
	"time"

	"kessai.dev/kessai/internal/ledger"
)

// How long an event is sent again, and how long a dead letter is kept to be looked
// at; the event itself stays in the books, and can be replayed for ever.
const (
	giveUp   = 7 * 24 * time.Hour
	keepDead = 90 * 24 * time.Hour
)

// delays are the pauses after the first tries; later ones are as long as the last.
var delays = []time.Duration{5 * time.Second, 15 * time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour}

// downAfter is how many failures in a row mean that an endpoint is down: then only
// what failed is tried again, one at a time, and everything later waits in the
// books.
const downAfter = 10

// pauseAfter is the pause after so many tries, at least 1: a tenth longer or
// shorter by chance, from 0 to 1, so that those who failed together do not come
// back together.
func pauseAfter(tries int, chance float64) time.Duration {
	d := delays[min(tries, len(delays))-1]
	return d + time.Duration((chance-.5)/5*float64(d))
}

// failed is what becomes of a delivery after a try that failed: it is tried again,
// the last time as its seven days end, or it is given up.
func failed(d ledger.Delivery, o *outcome, now time.Time, chance float64) ledger.Delivery {
	d.Tries++
	d.Status, d.Reason = o.status, o.reason
	end := d.Since.Add(giveUp)
	if !now.Before(end) {
		return dead(d)
	}
	d.State, d.Next = ledger.DeliveryWaiting, now.Add(max(pauseAfter(d.Tries, chance), o.retry))
	if d.Next.After(end) {
		d.Next = end
	}
	return d
}

func dead(d ledger.Delivery) ledger.Delivery {
	d.State, d.Next = ledger.DeliveryDead, time.Time{}
	return d
}

// tooOld reports whether the seven days of what began then are over.
func tooOld(since, now time.Time) bool { return !now.Before(since.Add(giveUp)) }

// State is how an endpoint does (P77).
type State string

// The states.
const (
	StateNew     State = "NEW"     // nothing was sent yet
	StateWorking State = "WORKING" // the latest delivery arrived
	StateFailing State = "FAILING" // the latest delivery failed
	StateDead    State = "DEAD"    // it has dead letters, and nothing arrived since
)

func stateOf(c *ledger.Course) State {
	switch {
	case c.Dead > 0 && !c.Success.After(c.Death):
		return StateDead
	case c.Streak > 0:
		return StateFailing
	case !c.Success.IsZero():
		return StateWorking
	}
	return StateNew
}
