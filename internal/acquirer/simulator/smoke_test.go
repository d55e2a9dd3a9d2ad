package simulator

import "testing"

func TestSmoke(t *testing.T) {
	w := newWorld(t)
	t.Log(w.ok("A08").raw)
	t.Log(w.ok("E04").raw)
	w.ok("A07")
	w.ok("A11")
	t.Log(w.ok("E01").raw)
	t.Log(w.ok("E04").raw)
	w.ok("E02")
	w.ok("A06")
	w.wantStatus("K1", "40")
	t.Log(w.call("A08", "order_no", "K2", "token", "SIMCHALLENGE0000").raw)
	w.unanswered("A08", "order_no", "K3", "token", "SIMLOSTANSWER000")
	w.wantStatus("K3", "4")
	w.unanswered("A08", "order_no", "K4", "token", "SIMNOANSWER00000")
	w.wantStatus("K4", "")
	calls, err := w.Calls(CallFilter{})
	t.Log(len(calls), err)
}
