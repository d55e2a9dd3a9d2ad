package harness

import "github.com/anishathalye/porcupine"

// thin leaves out of a history what says nothing that another call does not
// say, which makes the search for an order short. The verdict stays the same:
//
// A call that was told of another one under way did nothing and saw nothing, so
// it fits anywhere; so does a change of amount in the provider's night. And of two calls that changed nothing, where whatever
// order explains the first one's answer explains the second one's at the same
// moment too, the second may be left out if the first ran within its time.
func thin(history []porcupine.Operation) []porcupine.Operation {
	var out []porcupine.Operation
	for i := range history {
		if !blind(&history[i]) && !covered(history, i) {
			out = append(out, history[i])
		}
	}
	return out
}

// blind reports whether a call was refused whatever the payment was like.
func blind(o *porcupine.Operation) bool {
	switch o.Output.(verbOutput).refusal {
	case "OPERATION_PENDING":
		return true
	case "OUTSIDE_SERVICE_HOURS":
		return o.Input.(verbInput).verb == "adjust"
	}
	return false
}

func covered(history []porcupine.Operation, i int) bool {
	b := &history[i]
	for j := range history {
		a := &history[j]
		within := a.Call >= b.Call && a.Return <= b.Return
		same := a.Call == b.Call && a.Return == b.Return
		if i == j || !within || !implies(a, b) {
			continue
		}
		if same && implies(b, a) && i < j { // each covers the other: the first stays
			continue
		}
		return true
	}
	return false
}

// implies reports whether the answer of a, wherever it fits, lets that of b
// fit at the same moment.
func implies(a, b *porcupine.Operation) bool {
	in, out := a.Input.(verbInput), a.Output.(verbOutput)
	other, told := b.Input.(verbInput), b.Output.(verbOutput)
	switch {
	case out.refusal == "WRONG_STATE" && told.refusal == "WRONG_STATE":
		// Changes and cancellations are refused in fewer states than captures.
		return other.verb != "get" && (in.verb != "capture" || other.verb == "capture")
	case in.verb == "get" && other.verb == "get":
		return out == told
	}
	return false
}
