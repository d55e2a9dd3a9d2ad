package ledgertest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kessai.dev/kessai/internal/ledger"
)

// RunNotes runs the suite of ledger.Notes. Open opens the same ones again, as another
// process does.
func RunNotes(t *testing.T, open func(t testing.TB) ledger.Notes) {
	a := open(t)
	b := open(t)
	put := func(n ledger.Notes, name, body string) {
		t.Helper()
		if err := n.PutNote(t.Context(), name, []byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	has := func(prefix string, want map[string][]byte) {
		t.Helper()
		for _, n := range []ledger.Notes{a, b, open(t)} {
			have, err := n.Notes(t.Context(), prefix)
			if diff := cmp.Diff(want, have); diff != "" || err != nil {
				t.Errorf("%q: %v %s", prefix, err, diff)
			}
		}
	}
	has("", map[string][]byte{})
	put(a, "rounds/night", "1")
	put(a, "rounds/夜_%", "\x00\xff")
	put(b, "rounds/night", "2")
	put(b, "roundsx", "3")
	has("rounds/", map[string][]byte{"rounds/night": []byte("2"), "rounds/夜_%": []byte("\x00\xff")})
	has("rounds/夜", map[string][]byte{"rounds/夜_%": []byte("\x00\xff")})
	has("r_unds", map[string][]byte{})
	put(b, "rounds/night", "")
	put(b, "rounds/never", "")
	has("rounds/", map[string][]byte{"rounds/夜_%": []byte("\x00\xff")})
	for _, name := range []string{"", "\xff", strings.Repeat("x", 513)} {
		if err := a.PutNote(t.Context(), name, []byte("1")); err == nil {
			t.Errorf("a note called %q", name)
		}
	}
	if err := a.PutNote(t.Context(), "x", make([]byte, ledger.MaxNote+1)); err == nil {
		t.Error("a note without end")
	}
	together(4, func(i int) {
		for j := range 10 {
			if err := []ledger.Notes{a, b}[i%2].PutNote(t.Context(), "same", fmt.Append(nil, i, " ", j)); err != nil {
				t.Error(err)
			}
		}
	})
	if have, err := b.Notes(t.Context(), "same"); err != nil || !strings.HasSuffix(string(have["same"]), "9") {
		t.Errorf("%q, %v", have, err)
	}
}
