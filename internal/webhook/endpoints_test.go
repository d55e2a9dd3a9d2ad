package webhook

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// P81: while secrets overlap a message carries a signature of each, so that a
// receiver believes it before and after it changes; later only the latest. Nothing
// is lost on the way, even by a receiver that changes too late.
func TestRotation(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		e := r.endpoint(operator, "/")
		knows := func(secrets ...shop.EndpointSecret) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.secrets = nil
			for _, s := range secrets {
				r.secrets = append(r.secrets, s.Reveal())
			}
		}
		arrives := func(n, signatures int) {
			t.Helper()
			r.happen(operator, n, 1, "payment.captured")
			r.pass(time.Second)
			if list := r.took(); len(list) != 1 || list[0].signatures != signatures {
				t.Errorf("event %d: %+v", n, list)
			}
		}
		arrives(1, 1)
		rotated, err := r.Rotate(t.Context(), operator, e.ID, 2)
		if err != nil || rotated.Secret == e.Secret {
			t.Fatal(err)
		}
		arrives(2, 2) // the receiver has the old one
		knows(e.Secret, rotated.Secret)
		arrives(3, 2)
		knows(rotated.Secret)
		arrives(4, 2)
		again, err := r.Rotate(t.Context(), operator, e.ID, 0)
		if err != nil {
			t.Fatal(err)
		}
		arrives(5, 3)
		r.skip(2 * time.Hour)
		arrives(6, 2)
		r.skip(23 * time.Hour)
		r.happen(operator, 7, 1, "payment.captured")
		r.pass(time.Second)
		if list := r.took(); len(list) != 0 {
			t.Errorf("%+v was signed with a secret that has ended", list)
		}
		knows(again.Secret)
		r.skip(time.Minute)
		if list := r.took(); len(list) != 1 || list[0].signatures != 1 {
			t.Errorf("%+v", list)
		}
	})
}

// P81: the fourth rotation at once is refused: it would take a secret away that a
// receiver may still have.
func TestRotationsAreBounded(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		e := r.endpoint(operator, "/")
		for range 3 {
			if _, err := r.Rotate(t.Context(), operator, e.ID, 1); err != nil {
				t.Fatal(err)
			}
		}
		_, err := r.Rotate(t.Context(), operator, e.ID, 1)
		var refusal *payment.Refusal
		if !errors.As(err, &refusal) || !refusal.RetryAt.Equal(r.clock().Add(time.Hour)) {
			t.Errorf("%v", err)
		}
		r.skip(2 * time.Hour)
		if _, err := r.Rotate(t.Context(), operator, e.ID, 1); err != nil {
			t.Error(err)
		}
	})
}

// P52: another shop's endpoint is not found, whatever is asked of it; a shop has so
// many and no more.
func TestEndpointsAreTheShops(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		e := r.endpoint(operator, "/")
		stop := true
		_, update := r.Update(t.Context(), neighbour, e.ID, Given{Stopped: &stop})
		_, rotate := r.Rotate(t.Context(), neighbour, e.ID, 1)
		_, test := r.Test(t.Context(), neighbour, e.ID)
		_, list := r.Deliveries(t.Context(), neighbour, Query{Endpoint: e.ID, Limit: 1})
		_, replay := r.Replay(t.Context(), neighbour, e.ID, time.Time{}, time.Time{}, false)
		for i, err := range []error{update, rotate, test, list, replay, r.Delete(t.Context(), neighbour, e.ID)} {
			if !errors.Is(err, ledger.ErrNotFound) {
				t.Errorf("call %d: %v", i, err)
			}
		}
		for range MaxEndpoints - 1 {
			r.endpoint(operator, "/")
		}
		uri := "https://shop.example/"
		var invalid *payment.InvalidError
		if _, err := r.Create(t.Context(), operator, Given{URI: &uri}); !errors.As(err, &invalid) {
			t.Errorf("%v", err)
		}
	})
}

// What a deleted endpoint waited for goes with it; nothing is sent to it any more,
// also when the process dies before its deliveries were forgotten.
func TestDelete(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		e, other := r.endpoint(operator, "/gone"), r.endpoint(operator, "/stays")
		r.behave(func(_ http.ResponseWriter, req *http.Request) int {
			if req.URL.Path == "/gone" {
				return http.StatusInternalServerError
			}
			return http.StatusNoContent
		})
		for i := range 30 {
			r.happen(operator, i, 1, "payment.captured")
		}
		r.pass(time.Second)
		key := ledger.EndpointKey{Tenant: operator.Tenant, ID: e.ID}
		if err := r.Delete(t.Context(), operator, e.ID); err != nil {
			t.Fatal(err)
		}
		r.behave(nil)
		r.took()
		r.happen(operator, 99, 1, "payment.captured")
		r.skip(2 * time.Hour)
		for _, g := range r.took() {
			if g.path != "/stays" {
				t.Errorf("%+v", g)
			}
		}
		if _, known, err := r.books.Course(t.Context(), key); known || err != nil {
			t.Errorf("something is left of it: %v", err)
		}
		if err := r.books.Settle(t.Context(), ledger.DeliveryChange{Endpoint: key, Course: &ledger.Course{Cursor: 7}}); err != nil { // as if it had died before
			t.Fatal(err)
		}
		r.stop()
		r.start()
		if _, known, err := r.books.Course(t.Context(), key); known || err != nil {
			t.Errorf("something is left of it: %v", err)
		}
		if v := r.health(operator, other.ID); v.Waiting != 0 || v.State != StateWorking {
			t.Errorf("%+v", v.Health)
		}
	})
}

// A change of address, or of types, counts at once, also for what waits.
func TestUpdate(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		e := r.endpoint(operator, "/wrong")
		r.behave(func(_ http.ResponseWriter, req *http.Request) int {
			if req.URL.Path == "/wrong" {
				return http.StatusNotFound
			}
			return http.StatusNoContent
		})
		for i := range 50 {
			r.happen(operator, i, 1, "payment.captured")
		}
		r.skip(time.Hour)
		r.took()
		right := "http://127.0.0.1:9000/right"
		if _, err := r.Update(t.Context(), operator, e.ID, Given{URI: &right, Types: []string{"order.*"}, SetTypes: true}); err != nil {
			t.Fatal(err)
		}
		r.happen(operator, 99, 1, "payment.captured")
		r.happen(operator, 99, 2, "order.shipped")
		r.pass(time.Minute)
		payments, orders := 0, 0
		for _, g := range r.took() {
			if g.path != "/right" {
				t.Errorf("%+v", g)
			}
			if g.typ == "order.shipped" {
				orders++
			} else {
				payments++
			}
		}
		if orders != 1 || payments == 51 { // what had failed already comes; what nobody wants any more does not
			t.Errorf("%d and %d", payments, orders)
		}
		if v := r.health(operator, e.ID); v.Waiting != 0 || v.State != StateWorking || v.URI != right {
			t.Errorf("%+v", v)
		}
	})
}

// P77: an endpoint that never took anything is told of while it fails, and not any
// more once it took something; a test event that arrives has what waits tried at
// once, and counts in no statistics.
func TestNeverArrived(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		e := r.endpoint(operator, "/")
		r.behave(func(http.ResponseWriter, *http.Request) int { return http.StatusNotFound })
		if a, err := r.Test(t.Context(), operator, e.ID); err != nil || a.Delivered || a.Status != 404 || a.Reason == "" {
			t.Errorf("%+v, %v", a, err)
		}
		if v := r.health(operator, e.ID); v.State != StateNew {
			t.Errorf("%+v", v.Health)
		}
		for i := range 20 {
			r.happen(operator, i, 1, "payment.captured")
		}
		r.skip(2 * time.Hour)
		if strings.Count(r.logged(), alarmNever) != 1 || r.Summarize(t.Context()).AlarmNew != 1 {
			t.Errorf("%+v\n%s", r.Summarize(t.Context()), r.logged())
		}
		r.behave(nil)
		r.took()
		a, err := r.Test(t.Context(), operator, e.ID)
		if err != nil || !a.Delivered || a.Status != 204 || a.Echoed {
			t.Errorf("%+v, %v", a, err)
		}
		r.pass(time.Minute)
		list := r.took()
		if len(list) != 21 || list[0].typ != TestType || !strings.HasPrefix(list[0].id, "test-") || list[0].payment != "" {
			t.Errorf("%d came: %+v", len(list), list)
		}
		if s := r.Summarize(t.Context()); s.AlarmNew != 0 || s.Endpoints[StateWorking] != 1 {
			t.Errorf("%+v", s)
		}
	})
}

// P95: with deliveries.db lost the last seven days are sent again, and nothing older;
// with the books restored to before, sending goes on at their end.
func TestLostAndRestored(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		e := r.endpoint(operator, "/")
		for day := range 10 {
			r.happen(operator, day, 1, "payment.captured")
			r.skip(24 * time.Hour)
		}
		if got := len(r.took()); got != 10 {
			t.Fatalf("%d came", got)
		}
		r.stop()
		if err := os.Remove(filepath.Join(r.dir, "deliveries.db")); err != nil {
			t.Fatal(err)
		}
		r.start()
		r.pass(time.Minute)
		if got := len(r.took()); got != 6 { // the seventh is some seconds too old
			t.Errorf("%d came again", got)
		}
		r.stop()
		r.feed.mu.Lock()
		r.feed.list = r.feed.list[:4]
		r.feed.mu.Unlock()
		r.start()
		if !strings.Contains(r.logged(), "restored from a backup") {
			t.Error("nobody was told")
		}
		r.happen(operator, 50, 1, "payment.captured")
		r.pass(time.Minute)
		if got := r.took(); len(got) != 1 || got[0].payment != payment.NewID(noon, 50) {
			t.Errorf("%+v", got)
		}
		if v := r.health(operator, e.ID); v.Waiting != 0 {
			t.Errorf("%+v", v.Health)
		}
	})
}

// P97: books that cannot be read for a while hold nothing up for good, and fill no
// log.
func TestTroubleWithBooks(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.endpoint(operator, "/")
		r.feed.mu.Lock()
		r.feed.broken = errors.New("a disk")
		r.feed.mu.Unlock()
		for i := range 20 {
			r.happen(operator, i, 1, "payment.captured")
		}
		r.pass(30 * time.Second)
		r.feed.mu.Lock()
		r.feed.broken = nil
		r.feed.mu.Unlock()
		r.pass(3 * time.Second)
		if got := len(r.took()); got != 20 {
			t.Errorf("%d came", got)
		}
		if n := strings.Count(r.logged(), "\n"); n > 40 {
			t.Errorf("%d lines in the log", n)
		}
	})
}

// P97: a million others' events between two of an endpoint's cost it nothing: its
// cursor follows them.
func TestCursorFollows(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		e := r.endpoint(operator, "/")
		for i := range 3 * cursorGap {
			r.happen(neighbour, i, 1, "payment.captured")
		}
		r.pass(2 * cursorTime)
		key := ledger.EndpointKey{Tenant: operator.Tenant, ID: e.ID}
		if c, _, err := r.books.Course(t.Context(), key); err != nil || c.Cursor != 3*cursorGap {
			t.Errorf("%+v, %v", c, err)
		}
	})
}

// P98: neither an address, which may hold a password, nor a secret is in the log.
func TestLogIsQuiet(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		e := r.endpoint(operator, "/hook?token=swordfish")
		r.behave(func(http.ResponseWriter, *http.Request) int { return http.StatusInternalServerError })
		for i := range 30 {
			r.happen(operator, i, 1, "payment.captured")
		}
		for range 9 * 24 {
			r.skip(time.Hour)
		}
		if log := r.logged(); !strings.Contains(log, alarmDead) || strings.Contains(log, "swordfish") || strings.Contains(log, strings.TrimPrefix(e.Secret.Reveal(), shop.SecretPrefix)) {
			t.Errorf("%s", log)
		}
		if text := fmt.Sprintf("%+v", e); strings.Contains(text, strings.TrimPrefix(e.Secret.Reveal(), shop.SecretPrefix)) {
			t.Error(text)
		}
	})
}

// Dead letters are kept for ninety days.
func TestOldDeadLetters(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		e := r.endpoint(operator, "/")
		r.behave(func(http.ResponseWriter, *http.Request) int { return http.StatusInternalServerError })
		r.happen(operator, 1, 1, "payment.captured")
		for range 8 * 24 {
			r.skip(time.Hour)
		}
		if v := r.health(operator, e.ID); v.Dead != 1 {
			t.Fatalf("%+v", v.Health)
		}
		r.skip(81 * 24 * time.Hour)
		if v := r.health(operator, e.ID); v.Dead != 1 {
			t.Errorf("%+v", v.Health)
		}
		r.skip(2 * 24 * time.Hour)
		if v := r.health(operator, e.ID); v.Dead != 0 {
			t.Errorf("%+v", v.Health)
		}
	})
}
