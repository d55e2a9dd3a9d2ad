package shipping

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func has(all []Suggestion, s Slip) bool {
	return slices.ContainsFunc(all, func(g Suggestion) bool { return g.Slip == s })
}

func found(all []correction, s Slip) bool {
	return slices.ContainsFunc(all, func(c correction) bool { return c.Slip == s })
}

// P60: a single wrong digit is either a difference of 7, which the check digit
// cannot see, or the true slip is among the corrections. All 108 errors of each slip.
func TestEverySingleDigitIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		slip := anySlip().Draw(t, "slip")
		for i := range len(slip) {
			for d := byte('0'); d <= '9'; d++ {
				typed := string(slip[:i]) + string(d) + string(slip[i+1:])
				if d == slip[i] {
					continue
				}
				difference := max(d, slip[i]) - min(d, slip[i])
				invisible := difference == 7 && i < serialDigits
				if _, err := Fold(typed); (err == nil) != invisible {
					t.Fatalf("%s for %s: %v; a difference of %d at %d", typed, slip, err, difference, i+1)
				}
				if !invisible && !found(corrections(typed), slip) {
					t.Fatalf("%s for %s is not found", typed, slip)
				}
				if invisible && corrections(typed) != nil {
					t.Fatalf("%s passes its check and is corrected all the same", typed)
				}
			}
		}
	})
}

// P60: the same for two neighbours swapped.
func TestEverySwapIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		slip := anySlip().Draw(t, "slip")
		for i := range len(slip) - 1 {
			a, b := slip[i], slip[i+1]
			if a == b {
				continue
			}
			typed := string(slip[:i]) + string(b) + string(a) + string(slip[i+2:])
			invisible := max(a, b)-min(a, b) == 7 && i+1 < serialDigits
			if _, err := Fold(typed); (err == nil) != invisible {
				t.Fatalf("%s for %s: %v", typed, slip, err)
			}
			if !invisible && !found(corrections(typed), slip) {
				t.Fatalf("%s for %s is not found", typed, slip)
			}
		}
	})
}

// mistyped draws a slip with one mistake that can be seen.
func mistyped(t *rapid.T, slip Slip) string {
	s, i := string(slip), rapid.IntRange(0, slipDigits-1).Draw(t, "place")
	switch rapid.SampledFrom([]Correction{CorrectSwap, CorrectDigit, CorrectMissing, CorrectExtra}).Draw(t, "mistake") {
	case CorrectMissing:
		return s[:i] + s[i+1:]
	case CorrectExtra:
		return s[:i] + string(rapid.SampledFrom([]rune("0123456789")).Draw(t, "digit")) + s[i:]
	case CorrectSwap:
		i = min(i, slipDigits-2)
		s = s[:i] + s[i+1:i+2] + s[i:i+1] + s[i+2:]
	default:
		s = s[:i] + string(rapid.SampledFrom([]rune("0123456789")).Draw(t, "digit")) + s[i+1:]
	}
	if checks(s) {
		t.Skip("no mistake, or one that cannot be seen")
	}
	return s
}

// P60: the true slip is suggested when its neighbours of the batch are known,
// other runs of the shop beside them or not.
func TestNeighboursBringTheTrueSlip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		serial := rapid.Int64Range(100_000, 99_999_899_999).Draw(t, "serial")
		slip := slipOf(serial)
		var taken []Slip
		for d := int64(1); d <= rapid.Int64Range(1, 300).Draw(t, "run"); d++ {
			taken = append(taken, slipOf(serial-d), slipOf(serial+d))
		}
		for range rapid.IntRange(0, 3).Draw(t, "runs") {
			start := rapid.Int64Range(0, 99_999_999_000).Draw(t, "start")
			if start > serial-2000 && start < serial+2000 {
				continue
			}
			for d := range rapid.Int64Range(1, 50).Draw(t, "length") {
				taken = append(taken, slipOf(start+d))
			}
		}
		typed := mistyped(t, slip)
		got := NewHints(nil, taken).Suggest(typed)
		if !has(got, slip) || len(got) > MaxSuggestions {
			t.Fatalf("%s for %s: %+v", typed, slip, got)
		}
		if first := got[0]; first.Slip != slip {
			t.Fatalf("%s for %s: the only gap is not the first, %+v", typed, slip, got)
		}
	})
}

// P60: a slip that is known to be issued and not yet used stands first.
func TestIssuedStandsFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		slip := anySlip().Draw(t, "slip")
		typed := mistyped(t, slip)
		if got := NewHints([]Slip{slip}, nil).Suggest(typed); len(got) == 0 || got[0].Slip != slip {
			t.Fatalf("%s for %s: %+v", typed, slip, got)
		}
	})
}

// P60: whatever is typed and known, a suggestion is a slip, one mistake away,
// near what is known, and there are at most three.
func TestSuggestionsAreSlips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		taken := rapid.SliceOfN(anySlip(), 0, 5).Draw(t, "taken")
		issued := rapid.SliceOfN(anySlip(), 0, 5).Draw(t, "issued")
		text := rapid.StringMatching(`(No\.)?[0-9]{10,14}`).Draw(t, "text")
		if len(taken) > 0 && rapid.Bool().Draw(t, "close") {
			text = mistyped(t, taken[0])
		}
		h := NewHints(issued, taken)
		got := h.Suggest(text)
		if len(got) > MaxSuggestions {
			t.Fatalf("%d suggestions", len(got))
		}
		for i, s := range got {
			if folded, err := Fold(string(s.Slip)); err != nil || folded != s.Slip || has(got[:i], s.Slip) {
				t.Fatalf("%q suggested for %q: %v", s.Slip, text, err)
			}
			if len(taken)+len(issued) > 0 && !h.Near(s.Slip) {
				t.Fatalf("%q suggested for %q fits nothing that is known", s.Slip, text)
			}
			if s.Position < 1 || s.Position > slipDigits+1 || s.Correction == "" {
				t.Fatalf("%+v suggested for %q", s, text)
			}
		}
	})
}

// P60 P67: what is told of a correction.
func TestSuggest(t *testing.T) {
	run := []Slip{slipOf(12345678900), slipOf(12345678902)}
	zero := []Slip{slipOf(1234567890), slipOf(1234567892)}
	for _, c := range []struct {
		name, text string
		taken      []Slip
		want       []Suggestion
	}{
		{"one digit off", "123956789013", run, []Suggestion{{"123456789013", CorrectDigit, 4}}},
		{"as labelled and folded", "伝票番号：１２３９－５６７８－９０１３", run, []Suggestion{{"123456789013", CorrectDigit, 4}}},
		{"neighbours swapped", "123546789013", run, []Suggestion{{"123456789013", CorrectSwap, 4}}},
		{"a zero dropped by a spreadsheet", string(slipOf(1234567891)[1:]), zero, []Suggestion{{slipOf(1234567891), CorrectMissing, 1}}},
		{"a digit typed twice", "1234556789013", run, []Suggestion{{"123456789013", CorrectExtra, 5}}},
		{"nothing fits", "987654321012", run, nil},
		{"nothing is wrong", "123456789013", run, nil},
		{"too short to say", "1234567890", run, nil},
		{"too long to say", "12345678901300", run, nil},
		{"a letter", "12345678901A", run, nil},
		{"rounded", "1.2345E+11", run, nil},
		{"nothing there", "", run, nil},
		{"nothing known, twenty as likely", "123956789013", nil, nil},
	} {
		if got := NewHints(nil, c.taken).Suggest(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s: Suggest(%q) = %+v; want %+v", c.name, c.text, got, c.want)
		}
	}
}

// P60 P67: what decides between corrections that are all near: free before taken,
// the gap before the end of a run, the likelier mistake before the other.
func TestOrderOfSuggestions(t *testing.T) {
	for _, c := range []struct {
		name, text string
		taken      []Slip
		want       []Slip
	}{
		{"free, far from the run, before taken", "123456769013", []Slip{slipOf(12345678900), "123456789013"}, []Slip{"123456796013", "123456789013"}},
		{"the gap before the number beside the run", "123457167870", []Slip{slipOf(12345716788), slipOf(12345716790)}, []Slip{"123457167890", "123457167875", "123457167820"}},
		{"one of a pair lost, before any digit lost", "12345604955", []Slip{"123456046755"}, []Slip{"123456049555", "123456043955"}},
		{"a zero in front lost, before one of a pair", "12345678914", []Slip{"012345678925", "123456678903"}, []Slip{"012345678914", "123456678914"}},
		{"a digit doubled, before one too many; nothing known", "1123457404560", nil, []Slip{"123457404560", "112345744560"}},
	} {
		var got []Slip
		for _, s := range NewHints(nil, c.taken).Suggest(c.text) {
			got = append(got, s.Slip)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %s; want %s", c.name, got, c.want)
		}
	}
}

// P60: without hints a few corrections are told, many are not; a nil Hints
// knows nothing and says so.
func TestSuggestWithoutHints(t *testing.T) {
	var nobody *Hints
	rapid.Check(t, func(t *rapid.T) {
		slip := anySlip().Draw(t, "slip")
		typed := mistyped(t, slip)
		all, got := corrections(typed), nobody.Suggest(typed)
		if want := len(all); want > MaxSuggestions && got != nil || want <= MaxSuggestions && (len(got) != want || !has(got, slip)) {
			t.Fatalf("%s: of %d corrections %+v", typed, want, got)
		}
	})
	if nobody.Near("123456789013") {
		t.Error("near to nothing")
	}
}

// P60: a number that another row has is suggested last: it may be a bundle.
func TestTakenStandsLast(t *testing.T) {
	slip := Slip("123456789013")
	if got := NewHints(nil, []Slip{slip}).Suggest("123956789013"); len(got) != 1 || got[0].Slip != slip {
		t.Errorf("alone: %+v", got)
	}
	want := []Suggestion{{"123456796013", CorrectSwap, 8}, {slip, CorrectDigit, 8}}
	if got := NewHints(nil, []Slip{slip}).Suggest("123456769013"); !slices.Equal(got, want) {
		t.Errorf("beside a free one: %+v; want %+v", got, want)
	}
	if got := NewHints(nil, []Slip{"000000000013"}).Suggest("000000000001"); has(got, "000000000000") {
		t.Errorf("twelve zeros are suggested: %+v", got)
	}
	if got := NewHints(nil, []Slip{"000000000000", "123", "123456789012"}); len(got.serials) != 0 {
		t.Errorf("what is no slip is no hint: %v", got.serials)
	}
}
