package payment

import (
	"errors"
	"testing"

	"kessai.dev/kessai/internal/money"
)

// differing is a payment of 5,080 yen that the provider shows otherwise.
func differing(t *testing.T, captured bool, shows Trade) *fixture {
	t.Helper()
	f := create(t, Create{Means: Means{Token: token}})
	f.yes()
	if captured {
		events, err := Decide(f.p, Capture{}, f.rules)
		if err != nil {
			t.Fatal(err)
		}
		f.write(events)
		f.yes()
	}
	if f.write(Compare(f.p, shows, f.rules)); f.p.Attention != ProviderDiffers {
		t.Fatalf("%+v is no difference: %s", shows, f.p.Attention)
	}
	return f
}

func (f *fixture) resolve(t *testing.T, actor string, c Resolve) string {
	t.Helper()
	f.rules.Actor = actor
	events, err := Correct(f.p, c, f.rules)
	if err != nil {
		t.Fatalf("%s: %v", actor, err)
	}
	f.write(events)
	return kinds(events)
}

// R42: what the provider shows is taken over as a new entry, whatever it is, and
// the books agree with it afterwards.
func TestTakeOverDifference(t *testing.T) {
	for name, c := range map[string]struct {
		captured bool
		shows    Trade
		state    State
		amount   money.Yen
		refunded money.Yen
		yen      money.Yen // by which they differ
	}{
		"a hold was canceled":        {false, Trade{Standing: StandingCanceled, Amount: 5080}, Canceled, 5080, 0, 5080},
		"a hold was charged":         {false, Trade{Standing: StandingCaptured, Amount: 5080}, Captured, 5080, 0, 5080},
		"a hold is another amount":   {false, Trade{Standing: StandingHeld, Amount: 4000}, Authorized, 4000, 0, 1080},
		"a hold is gone":             {false, Trade{Standing: StandingNone}, Canceled, 5080, 0, 5080},
		"a charge was given back":    {true, Trade{Standing: StandingCanceled, Amount: 5080}, Canceled, 5080, 5080, 5080},
		"a charge is another amount": {true, Trade{Standing: StandingCaptured, Amount: 4000}, Captured, 4000, 1080, 1080},
		"a charge is a hold again":   {true, Trade{Standing: StandingHeld, Amount: 5080}, Authorized, 5080, 5080, 5080},
		"settled with another":       {true, Trade{Standing: StandingSettled, Amount: 6000}, Settled, 6000, 0, 920},
		"a slip nobody knows":        {true, Trade{Standing: StandingCaptured, Amount: 5080, Slips: []string{"123456789013"}}, Captured, 5080, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			f := differing(t, c.captured, c.shows)
			if got := f.p.DifferenceYen(); got != c.yen {
				t.Errorf("they differ by %d yen, want %d", got, c.yen)
			}
			if got := f.resolve(t, "key:a", Resolve{Resolution: TakeOverFound, Note: "telephone"}); got != "corrected " {
				t.Fatal(got)
			}
			if f.p.State != c.state || f.p.Amount != c.amount || f.p.Refunded != c.refunded || f.p.Attention != "" || f.p.Difference != nil {
				t.Errorf("%s of %d yen, %d given back, attention %q", f.p.State, f.p.Amount, f.p.Refunded, f.p.Attention)
			}
			if err := f.p.Check(); err != nil {
				t.Error(err)
			}
			if again := Compare(f.p, c.shows, f.rules); c.shows.Standing != StandingNone && again != nil {
				t.Errorf("it differs again: %v", again)
			}
		})
	}
}

// R42: above the shop's limit two people must want the same about the same
// finding; one of them alone proposes it as often as he likes.
func TestTwoPeople(t *testing.T) {
	gone := Trade{Standing: StandingCanceled, Amount: 5080}
	f := differing(t, true, gone)
	f.rules.Settings.Care.CorrectionLimit = 5000
	take := Resolve{Resolution: TakeOverFound}
	for _, step := range []struct{ actor, want string }{{"key:a", "correction_proposed "}, {"key:a", ""}} {
		if got := f.resolve(t, step.actor, take); got != step.want || f.p.State != Captured {
			t.Fatalf("%s: %q, %s", step.actor, got, f.p.State)
		}
	}
	f.write(Compare(f.p, Trade{Standing: StandingCaptured, Amount: 1}, f.rules)) // now it is something else
	if got := f.resolve(t, "key:b", take); got != "correction_proposed " {
		t.Fatalf("another finding: %q", got)
	}
	if got := f.resolve(t, "key:a", take); got != "corrected " || f.p.Amount != 1 {
		t.Errorf("%q, %d yen", got, f.p.Amount)
	}
	limit := differing(t, true, gone)
	limit.rules.Settings.Care.CorrectionLimit = 5080
	if got := limit.resolve(t, "key:a", take); got != "corrected " {
		t.Errorf("at the limit: %q", got)
	}
}

// R42: a difference that operators left is not told again, until it is another
// one; and it stays in the history.
func TestKeep(t *testing.T) {
	shows := Trade{Standing: StandingCanceled, Amount: 5080}
	f := differing(t, true, shows)
	if got := f.resolve(t, "key:a", Resolve{Resolution: KeepOurs, Note: "the provider was wrong"}); got != "dismissed " || f.p.State != Captured || f.p.Attention != "" {
		t.Fatalf("%q %s %s", got, f.p.State, f.p.Attention)
	}
	if again := Compare(f.p, shows, f.rules); again != nil {
		t.Errorf("told again: %v", again)
	}
	shows.Amount = 4000
	if f.write(Compare(f.p, shows, f.rules)); f.p.Attention != ProviderDiffers {
		t.Error("another difference is not told")
	}
}

// P22: an amount change that is half done needs somebody until he says that the
// provider has put it right, whatever inquiries show meanwhile.
func TestHalfDoneEnds(t *testing.T) {
	f := lost(t, Adjust{Amount: 4000})
	f.write(Judge(f.p, 1, Trade{Standing: StandingAttention, Amount: 4000}, f.rules))
	if f.p.Attention != AmountChangeHalfDone {
		t.Fatal(f.p.Attention)
	}
	f.rules.Actor = "key:a"
	var refusal *Refusal
	if _, err := Correct(f.p, Resolve{Resolution: TakeOverFound}, f.rules); !errors.As(err, &refusal) || refusal.Japanese == "" {
		t.Errorf("taken over while it is half done: %v", err)
	}
	right := Trade{Standing: StandingHeld, Amount: 4000, Approval: f.p.Approval}
	if f.write(Compare(f.p, right, f.rules)); f.p.Attention != AmountChangeHalfDone || f.p.Difference.Standing != StandingHeld {
		t.Fatalf("%s %+v", f.p.Attention, f.p.Difference)
	}
	if got := f.resolve(t, "key:a", Resolve{Resolution: TakeOverFound}); got != "corrected " || f.p.Attention != "" || f.p.Amount != 4000 {
		t.Errorf("%q %s %d", got, f.p.Attention, f.p.Amount)
	}
	if again := Compare(f.p, right, f.rules); again != nil {
		t.Errorf("%v", again)
	}
}

// R42: what makes no sense is refused with what to do, in both languages.
func TestCorrectRefuses(t *testing.T) {
	f := differing(t, true, Trade{Standing: StandingCanceled, Amount: 5080})
	for name, c := range map[string]Resolve{
		"no resolution": {}, "a word": {Resolution: "YES"}, "a long note": {Resolution: KeepOurs, Note: string(make([]rune, MaxNote+1))}, "an old etag": {Resolution: KeepOurs, Etag: `"1"`},
	} {
		if _, err := Correct(f.p, c, f.rules); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	f.resolve(t, "key:a", Resolve{Resolution: KeepOurs})
	if _, err := Correct(f.p, Resolve{Resolution: KeepOurs}, f.rules); err == nil {
		t.Error("it is over, and was resolved again")
	}
}
