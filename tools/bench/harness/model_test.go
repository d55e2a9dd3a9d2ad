package harness

import (
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
)

// An answer as the checker sees it; times are in the order of the list unless
// given.
func op(client int, from, to int64, in verbInput, out verbOutput) porcupine.Operation {
	return porcupine.Operation{ClientId: client, Input: in, Call: from, Output: out, Return: to}
}

func done(version int, m money) verbOutput { return verbOutput{money: m, version: version} }
func no(reason string) verbOutput          { return verbOutput{refusal: reason} }
func adjustTo(amount int32) verbInput      { return verbInput{"adjust", amount} }
func held(amount int32) money              { return money{state: authorized, amount: amount} }
func charged(now, most int32) money        { return money{captured, now, most, most - now} }
func givenBack(amount, most int32) money   { return money{canceled, amount, most, most} }

var (
	captureVerb = verbInput{verb: "capture"}
	cancelVerb  = verbInput{verb: "cancel"}
	getVerb     = verbInput{verb: "get"}
)

// P01 P02: the checker must let pass what one order of the calls explains, and
// nothing else.
func TestOneAtATime(t *testing.T) {
	for _, c := range []struct {
		name    string
		history []porcupine.Operation
		want    porcupine.CheckResult
	}{
		{"capture, and the loser of two is told so", []porcupine.Operation{
			op(0, 0, 10, captureVerb, done(5, charged(5000, 5000))), op(1, 0, 10, captureVerb, no("WRONG_STATE")),
		}, porcupine.Ok},
		{"two captures both win", []porcupine.Operation{
			op(0, 0, 10, captureVerb, done(5, charged(5000, 5000))), op(1, 0, 10, captureVerb, done(7, charged(5000, 5000))),
		}, porcupine.Illegal},
		{"cancel and capture both win, in the order that is possible", []porcupine.Operation{
			op(0, 0, 10, cancelVerb, done(7, givenBack(5000, 5000))), op(1, 0, 10, captureVerb, done(5, charged(5000, 5000))),
		}, porcupine.Ok},
		{"a capture after the cancel had been answered", []porcupine.Operation{
			op(0, 0, 10, cancelVerb, done(5, givenBack(5000, 0))), op(1, 20, 30, captureVerb, done(7, charged(5000, 5000))),
		}, porcupine.Illegal},
		{"captured more than was held", []porcupine.Operation{
			op(0, 0, 10, adjustTo(3000), done(5, held(3000))), op(1, 20, 30, captureVerb, done(7, charged(5000, 5000))),
		}, porcupine.Illegal},
		{"adjusted meanwhile", []porcupine.Operation{
			op(0, 0, 10, adjustTo(3000), done(5, held(3000))), op(1, 5, 30, captureVerb, done(7, charged(3000, 3000))), op(2, 40, 50, getVerb, done(9, charged(3000, 3000))),
		}, porcupine.Ok},
		{"a partial refund", []porcupine.Operation{
			op(0, 0, 10, captureVerb, done(5, charged(5000, 5000))), op(0, 20, 30, adjustTo(2000), done(7, charged(2000, 5000))), op(0, 40, 50, cancelVerb, done(9, givenBack(2000, 5000))),
		}, porcupine.Ok},
		{"a refund that forgets what was refunded", []porcupine.Operation{
			op(0, 0, 10, captureVerb, done(5, charged(5000, 5000))), op(0, 20, 30, adjustTo(2000), done(7, money{captured, 2000, 5000, 0})),
		}, porcupine.Illegal},
		{"read back in time", []porcupine.Operation{
			op(0, 0, 10, captureVerb, done(5, charged(5000, 5000))), op(1, 20, 30, getVerb, done(7, held(5000))),
		}, porcupine.Illegal},
		{"refused although nothing stood against it", []porcupine.Operation{
			op(0, 0, 10, captureVerb, no("WRONG_STATE")),
		}, porcupine.Illegal},
		{"the provider had to refuse", []porcupine.Operation{
			op(0, 0, 10, captureVerb, no("PROVIDER_REFUSED")),
		}, porcupine.Illegal},
		{"another call under way", []porcupine.Operation{
			op(0, 0, 10, captureVerb, no("OPERATION_PENDING")), op(1, 20, 30, captureVerb, done(5, charged(5000, 5000))),
		}, porcupine.Ok},
		{"unanswered, and it had happened", []porcupine.Operation{
			op(0, 0, int64(time.Hour), captureVerb, verbOutput{unknown: true, money: held(5000)}), op(1, 20, 30, getVerb, done(5, charged(5000, 5000))),
		}, porcupine.Ok},
		{"unanswered, and it had not", []porcupine.Operation{
			op(0, 0, int64(time.Hour), captureVerb, verbOutput{unknown: true, money: held(5000)}), op(1, 20, 30, cancelVerb, done(5, givenBack(5000, 0))),
		}, porcupine.Ok},
		{"an effect that left no mark", []porcupine.Operation{
			op(0, 0, 10, captureVerb, done(3, charged(5000, 5000))),
		}, porcupine.Illegal},
		{"a version behind what was told", []porcupine.Operation{
			op(0, 0, 10, adjustTo(3000), done(5, held(3000))), op(1, 20, 30, getVerb, done(4, held(3000))),
		}, porcupine.Illegal},
		{"the night", []porcupine.Operation{op(0, 0, 10, adjustTo(1), no("OUTSIDE_SERVICE_HOURS"))}, porcupine.Ok},
		{"no night for a capture", []porcupine.Operation{op(0, 0, 10, captureVerb, no("OUTSIDE_SERVICE_HOURS"))}, porcupine.Illegal},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := porcupine.CheckOperationsTimeout(oneAtATime(place{held(5000), 3}), c.history, 10*time.Second); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}
