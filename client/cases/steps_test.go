package cases

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// step is one step of cases.json.
type step struct {
	Name        string            `json:"name"`
	Method      string            `json:"method"`
	Service     string            `json:"service"` // empty: PaymentService
	Key         string            `json:"key"`
	Bearer      string            `json:"bearer"`
	Request     json.RawMessage   `json:"request"`
	Save        map[string]string `json:"save"`
	Replayed    bool              `json:"replayed"`
	Want        any               `json:"want"`
	WantAtNight any               `json:"wantAtNight"`
	WantError   *failure          `json:"wantError"`
}

// result is one line of a program.
type result struct {
	Name     string   `json:"name"`
	Replayed bool     `json:"replayed"`
	Answer   any      `json:"answer"`
	Error    *failure `json:"error"`
}

type failure struct {
	Code       string   `json:"code"`
	Reason     string   `json:"reason"`
	MessageJA  string   `json:"messageJa"`
	Violations []string `json:"violations"`
}

func steps(t *testing.T) []step {
	t.Helper()
	raw, err := os.ReadFile("cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []step
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// compare holds what a program printed against cases.json. began and ended are
// when it ran: near 23:00 and 01:00 both answers are right.
func compare(t *testing.T, run string, all []step, got []result, began, ended time.Time) {
	t.Helper()
	saved := map[string]string{"run": run}
	for i, want := range all {
		if i >= len(got) {
			t.Fatalf("%d of %d steps were made; missing: %s", len(got), len(all), want.Name)
		}
		for _, problem := range want.differences(got[i], saved, began, ended) {
			t.Errorf("%s: %s", want.Name, problem)
		}
		for name, path := range want.Save {
			saved[name], _ = at(got[i].Answer, path).(string)
		}
	}
	if len(got) > len(all) {
		t.Errorf("%d steps too many", len(got)-len(all))
	}
}

func (s step) differences(got result, saved map[string]string, began, ended time.Time) []string {
	if got.Name != s.Name {
		return []string{fmt.Sprintf("the program made %q instead", got.Name)}
	}
	if s.WantError != nil {
		return s.WantError.differences(got)
	}
	if got.Error != nil {
		return []string{fmt.Sprintf("error %+v", *got.Error)}
	}
	var out []string
	if got.Replayed != s.Replayed {
		out = append(out, fmt.Sprintf("replayed is %v", got.Replayed))
	}
	day := match("", fill(s.Want, saved), got.Answer)
	night := day
	if s.WantAtNight != nil {
		night = match("", fill(s.WantAtNight, saved), got.Answer)
	}
	return append(out, best(day, night, isNight(began), isNight(ended))...)
}

// best is what is wrong with the answer that is wanted at this hour.
func best(day, night []string, began, ended bool) []string {
	switch {
	case began && ended:
		return night
	case !began && !ended:
		return day
	case len(night) == 0:
		return nil
	default:
		return day
	}
}

func isNight(t time.Time) bool {
	hour := t.In(time.FixedZone("JST", 9*60*60)).Hour()
	return hour == 23 || hour == 0
}

func (f failure) differences(got result) []string {
	if got.Error == nil {
		return []string{fmt.Sprintf("no error but %v", got.Answer)}
	}
	var out []string
	if got.Error.Code != f.Code || f.Reason != "" && got.Error.Reason != f.Reason || got.Error.Reason == "" {
		out = append(out, fmt.Sprintf("error %+v, want %+v", *got.Error, f))
	}
	if got.Error.MessageJA == "" {
		out = append(out, "no Japanese text")
	}
	for _, field := range f.Violations {
		if !slices.Contains(got.Error.Violations, field) {
			out = append(out, fmt.Sprintf("violations %q lack %q", got.Error.Violations, field))
		}
	}
	return out
}

// match is what of want is not in got.
func match(path string, want, got any) []string {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return []string{fmt.Sprintf("%s is %v", path, got)}
		}
		var out []string
		for name := range w {
			out = append(out, match(path+"."+name, w[name], g[name])...)
		}
		return out
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return []string{fmt.Sprintf("%s is %v, want %d", path, got, len(w))}
		}
		var out []string
		for i := range w {
			out = append(out, match(fmt.Sprintf("%s[%d]", path, i), w[i], g[i])...)
		}
		return out
	case string:
		if w == "*" {
			if text := fmt.Sprint(got); got == nil || text == "" || text == "[]" || text == "map[]" {
				return []string{path + " is empty"}
			}
			return nil
		}
	}
	if want != got {
		return []string{fmt.Sprintf("%s is %v, want %v", path, got, want)}
	}
	return nil
}

// at is the value at a path such as payment.name.
func at(v any, path string) any {
	for name := range strings.SplitSeq(path, ".") {
		m, _ := v.(map[string]any)
		v = m[name]
	}
	return v
}

// fill puts saved values into v, which is read again from JSON.
func fill(v any, saved map[string]string) any {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	var out any
	if err := json.Unmarshal([]byte(expand(string(raw), saved)), &out); err != nil {
		panic(err)
	}
	return out
}

func expand(text string, saved map[string]string) string {
	for name, value := range saved {
		text = strings.ReplaceAll(text, "${"+name+"}", value)
	}
	return text
}

// The comparison itself can fail: what it must find, it finds.
func TestCompareFinds(t *testing.T) {
	noon := time.Date(2026, 1, 2, 12, 0, 0, 0, time.FixedZone("JST", 9*60*60))
	ok := map[string]any{"payment": map[string]any{"name": "p", "amount": 1.0}}
	want := step{Name: "a", Want: map[string]any{"payment": map[string]any{"name": "*", "amount": 1.0}}}
	refused := step{Name: "a", WantError: &failure{Code: "NOT_FOUND", Reason: "NOT_FOUND", Violations: []string{"name"}}}
	night := want
	night.WantAtNight = map[string]any{"payment": map[string]any{"amount": 2.0}}
	for _, tc := range []struct {
		name string
		step step
		got  result
		at   time.Time
		want int
	}{
		{"right", want, result{Name: "a", Answer: ok}, noon, 0},
		{"another step", want, result{Name: "b", Answer: ok}, noon, 1},
		{"replayed", want, result{Name: "a", Answer: ok, Replayed: true}, noon, 1},
		{"an error", want, result{Name: "a", Error: &failure{Code: "INTERNAL"}}, noon, 1},
		{"empty and wrong", want, result{Name: "a", Answer: map[string]any{"payment": map[string]any{"name": ""}}}, noon, 2},
		{"no answer", want, result{Name: "a"}, noon, 1},
		{"no error", refused, result{Name: "a", Answer: ok}, noon, 1},
		{"a bare error", refused, result{Name: "a", Error: &failure{Code: "NOT_FOUND"}}, noon, 3},
		{"night by day", night, result{Name: "a", Answer: ok}, noon, 0},
		{"night", night, result{Name: "a", Answer: ok}, noon.Add(11 * time.Hour), 1},
	} {
		if got := tc.step.differences(tc.got, nil, tc.at, tc.at); len(got) != tc.want {
			t.Errorf("%s: %q, want %d", tc.name, got, tc.want)
		}
	}
}
