package rounds

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// notes are ledger.Notes in memory, which can be away.
type notes struct {
	kept map[string][]byte
	away bool
}

var errAway = errors.New("the database is away")

func (n *notes) Notes(_ context.Context, prefix string) (map[string][]byte, error) {
	if n.away {
		return nil, errAway
	}
	have := maps.Clone(n.kept)
	maps.DeleteFunc(have, func(name string, _ []byte) bool { return !strings.HasPrefix(name, prefix) })
	return have, nil
}

func (n *notes) PutNote(_ context.Context, name string, body []byte) error {
	if n.away {
		return errAway
	}
	n.kept[name] = body
	return nil
}

func (r *rig) begin(t *testing.T, now string) *rig {
	t.Helper()
	r.now = at(now)
	if err := r.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	return r
}

// P84: of several processes who takes over does what the one before did not come to, and
// nothing that it did: a night is neither forgotten nor done twice, whoever had its turn
// before.
func TestTakeover(t *testing.T) {
	n := &notes{kept: map[string][]byte{"other": []byte("x")}}
	a, b := prepare(Shared(n), "11-24 02:00"), prepare(Shared(n), "11-24 02:00")
	if got := a.begin(t, "11-24 02:00").to(t, "11-24 03:11"); strings.Count(got, "nightly") != 1 {
		t.Errorf("the first night: %q", got)
	}
	if got := b.begin(t, "11-24 03:11").to(t, "11-24 23:00"); strings.Contains(got, "nightly") {
		t.Errorf("done by the other one: %q", got)
	}
	if got := a.begin(t, "11-25 09:00").to(t, "11-25 09:01"); strings.Count(got, "nightly") != 1 {
		t.Errorf("while nobody had the turn: %q", got)
	}
	if got := b.begin(t, "11-25 09:01").to(t, "11-26 03:09"); strings.Contains(got, "nightly") {
		t.Errorf("again, from what it knew of its own turn: %q", got)
	}
}

// P84: what was done and could not be written down is, once that is possible; who takes over
// meanwhile does it once more, and the one before does not set it back then.
func TestDoneAndNotWrittenDown(t *testing.T) {
	n := &notes{kept: map[string][]byte{}}
	a, b := prepare(Shared(n), "11-24 02:00"), prepare(Shared(n), "11-24 02:00")
	a.begin(t, "11-24 03:05")
	n.away = true
	if got := a.to(t, "11-24 03:10"); got != "nightly" {
		t.Fatalf("%q", got)
	}
	n.away = false
	if got := a.to(t, "11-24 03:12"); strings.Contains(got, "nightly") {
		t.Errorf("twice: %q", got)
	}
	if got := b.begin(t, "11-24 03:12").to(t, "11-24 04:00"); strings.Contains(got, "nightly") {
		t.Errorf("it was written down late: %q", got)
	}
	n.away = true
	b.to(t, "11-25 03:10")
	n.away = false
	a.begin(t, "11-25 03:12").to(t, "11-26 03:11")
	b.begin(t, "11-26 03:12")
	if got := b.to(t, "11-26 12:00"); strings.Contains(got, "nightly") {
		t.Errorf("set back by an older turn: %q", got)
	}
}

// Books that are away when a turn begins are waited for.
func TestRunWaitsForItsMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := &notes{kept: map[string][]byte{"rounds/nightly": []byte("2026-11-22T00:00:00Z"), "rounds/often": []byte("torn")}, away: true}
		r := prepare(Shared(n), "11-24 12:00")
		ctx, end := context.WithCancel(t.Context())
		go r.Run(ctx)
		time.Sleep(10 * tickEvery)
		synctest.Wait()
		if len(r.did) != 0 {
			t.Errorf("done without knowing what was: %v", r.did)
		}
		n.away = false
		time.Sleep(2 * tickEvery)
		synctest.Wait()
		end()
		synctest.Wait()
		if strings.Join(r.did, " ") != "nightly" {
			t.Errorf("%v", r.did)
		}
	})
}
