package simulator

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// outcomes plays the same calls, in an order of its own, and tells what each
// came to.
func outcomes(t *testing.T, seed uint64, atOnce bool) map[string]string {
	w := newWorld(t, func(o *Options) { f := RudeFaults(seed); o.Faults = &f })
	var mu sync.Mutex
	got := map[string]string{}
	var wg sync.WaitGroup
	for i := range 40 {
		play := func() {
			orderNo := fmt.Sprintf("F%d", i)
			for _, div := range []string{"A08", "E04", "A07", "E01", "E04", "A06"} {
				answer := w.outcome(div, "order_no", orderNo, "slip_no", slip(i))
				mu.Lock()
				got[orderNo] += div + "=" + answer + ";"
				mu.Unlock()
			}
		}
		if atOnce {
			wg.Go(play)
		} else {
			play()
		}
	}
	wg.Wait()
	return got
}

// The same seed means the same faults, whatever goes on at the same time;
// another seed means others.
func TestFaultsAreDeterministic(t *testing.T) {
	one, two, another := outcomes(t, 7, false), outcomes(t, 7, true), outcomes(t, 8, false)
	same := 0
	for orderNo, want := range one {
		if two[orderNo] != want {
			t.Errorf("seed 7, %s: %s, then %s", orderNo, want, two[orderNo])
		}
		if another[orderNo] == want {
			same++
		}
	}
	if same == len(one) {
		t.Error("seed 8 does what seed 7 does")
	}
	all := fmt.Sprint(one)
	for _, sign := range []string{"lost", "html", "bad", "Z012000005"} {
		if !strings.Contains(all, sign) {
			t.Errorf("no %s among the faults of seed 7", sign)
		}
	}
}

// The same call again draws anew: nobody meets one fault for ever.
func TestFaultsDrawAnew(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Faults = &Faults{Seed: 3, Rates: map[string]float64{string(faultLost): 0.5}} })
	count := map[string]int{}
	for range 40 {
		count[w.outcome("E04")]++
	}
	if count["lost"] == 0 || count[""] == 0 || len(count) != 2 {
		t.Fatal(count)
	}
}

// What each kind does to an authorization, and whether it was done.
func TestFaultKinds(t *testing.T) {
	for _, c := range []struct {
		kind         fault
		div          string
		answer, then string // E04's status after it
	}{
		{faultLost, "A08", "lost", "4"},
		{faultUnheard, "A08", "lost", ""},
		{faultRepeated, "A08", "A082000003", "4"}, // P14
		{faultStall, "A08", "", "4"},
		{faultHTML, "A08", "html 200", "4"},
		{faultBadGateway, "A08", "html 502", ""}, // P20
		{faultEmpty, "A08", "empty", "4"},        // P21
		{faultTruncated, "A08", "bad", "4"},      // P21
		{faultDoubled, "A08", "bad", "4"},
		{faultMaintenance, "A08", "Z010000000", ""}, // P93
		{faultBusy, "A08", "Z012000005", ""},
		{faultBusyDone, "A08", "Z012000005", "4"},
		{faultHalfAdjust, "A08", "", "4"}, // not its function
		{faultHalfAdjust, "A07", "A077000001 G97", "17"},
		{faultRepeated, "A07", "A074000001", "4"},
		{faultRepeated, "E01", "E012000001", "30"},
		{faultRepeated, "A06", "A062010003", "40"},
		{faultUnknownState, "A08", "", "4"},
	} {
		t.Run(string(c.kind)+"/"+c.div, func(t *testing.T) {
			w := newWorld(t)
			if c.div != "A08" {
				w.ok("A08")
			}
			if err := w.SetFaults(Faults{Rates: map[string]float64{string(c.kind): 1}}); err != nil {
				t.Fatal(err)
			}
			if got := w.outcome(c.div); got != c.answer {
				t.Errorf("answered %q, want %q", got, c.answer)
			}
			calls, err := w.Calls(CallFilter{Function: c.div, OrderNo: "K1"})
			if err != nil || len(calls) == 0 {
				t.Fatal(calls, err)
			}
			if c.div != "A08" && len(calls) != 1 {
				t.Errorf("%d calls in the log for one request", len(calls))
			}
			if c.kind == faultUnknownState {
				w.wantStatus("K1", "77")
			}
			if err := w.SetFaults(Faults{}); err != nil {
				t.Fatal(err)
			}
			w.wantStatus("K1", c.then)
		})
	}
}

func TestFaultsAreChecked(t *testing.T) {
	w := newWorld(t)
	for _, f := range []map[string]float64{{"earthquake": 0.1}, {"stall": -1}, {"stall": 2}, {"stall": 0.6, "empty": 0.6}} {
		if err := w.SetFaults(Faults{Rates: f}); err == nil {
			t.Errorf("%v is taken", f)
		}
	}
	if len(FaultKinds()) != len(faultOrder) {
		t.Error(FaultKinds())
	}
}
