package harness

import (
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"pgregory.net/rapid"
)

// Leaving calls out must never change what the checker says.
func TestThinKeepsTheVerdict(t *testing.T) {
	verdicts := map[porcupine.CheckResult]int{}
	shorter := 0
	rapid.Check(t, func(t *rapid.T) {
		start := place{held(5000), 3}
		history := drawHistory(t, start)
		model := oneAtATime(start)
		thinned := thin(history)
		want := porcupine.CheckOperationsTimeout(model, history, 10*time.Second)
		if got := porcupine.CheckOperationsTimeout(model, thinned, 10*time.Second); got != want {
			t.Fatalf("%s, and thinned to %d of %d calls %s\n%s", want, len(thinned), len(history), got, tell(model, history))
		}
		verdicts[want]++
		if len(thinned) < len(history) {
			shorter++
		}
	})
	if verdicts[porcupine.Ok] == 0 || verdicts[porcupine.Illegal] == 0 || shorter == 0 {
		t.Errorf("the test has not met both verdicts: %v, %d shortened", verdicts, shorter)
	}
}

// drawHistory plays calls one by one, stretches their times so that they
// overlap, and sometimes gives one a false answer.
func drawHistory(t *rapid.T, at place) []porcupine.Operation {
	var history []porcupine.Operation
	n := rapid.IntRange(1, 10).Draw(t, "calls")
	for i := range n {
		in := verbInput{verb: rapid.SampledFrom([]string{"capture", "adjust", "cancel", "get", "get"}).Draw(t, "verb")}
		if in.verb == "adjust" {
			in.amount = int32(rapid.IntRange(1, 3).Draw(t, "amount"))
		}
		next, allowed := at.do(in)
		out := verbOutput{refusal: "WRONG_STATE"}
		switch {
		case rapid.IntRange(0, 5).Draw(t, "pending") == 0 && in.verb != "get":
			out.refusal = "OPERATION_PENDING"
		case allowed:
			if in.verb != "get" {
				at.version += 2
			}
			at.money = next
			out = verbOutput{money: at.money, version: at.version}
		}
		if rapid.IntRange(0, 15).Draw(t, "false") == 0 {
			out = verbOutput{refusal: rapid.SampledFrom([]string{"", "WRONG_STATE"}).Draw(t, "answer"), money: at.money, version: at.version}
		}
		middle := int64(10 * i)
		history = append(history, porcupine.Operation{
			ClientId: i, Input: in, Output: out,
			Call:   middle - int64(rapid.IntRange(0, 40).Draw(t, "before")),
			Return: middle + int64(rapid.IntRange(1, 40).Draw(t, "after")),
		})
	}
	return history
}
