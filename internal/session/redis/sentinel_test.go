package redis

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/session"
	"kessai.dev/kessai/internal/session/sessiontest"
)

// watched is a master, its replica, and three Sentinels that watch them.
type watched struct {
	master, replica *server
	sentinels       []*server
}

// newWatched is a set that is complete: all know of all. A busy machine makes no
// Sentinel suspect the master until the test says so.
func newWatched(t testing.TB) *watched {
	t.Helper()
	w := &watched{master: newServer(t, true, "--repl-diskless-sync-delay", "0")}
	w.replica = newServer(t, true, "--replicaof", "127.0.0.1 "+strconv.Itoa(w.master.port), "--repl-diskless-sync-delay", "0")
	for range 3 {
		s := emptyServer(t)
		s.port, s.sentinel = freePort(t), filepath.Join(s.dir, "sentinel.conf")
		must(t, os.WriteFile(s.sentinel, fmt.Appendf(nil, `port %d
bind 127.0.0.1
dir %s
sentinel monitor house 127.0.0.1 %d 2
sentinel down-after-milliseconds house 60000
sentinel failover-timeout house 2000
`, s.port, s.dir, w.master.port), 0o600))
		s.start(t)
		w.sentinels = append(w.sentinels, s)
	}
	for _, s := range w.sentinels {
		raw := s.raw(t)
		until(t, func() bool {
			return count(t, raw, "sentinels") == 2 && count(t, raw, "replicas") == 1
		})
	}
	return w
}

func count(t testing.TB, sentinel *goredis.Client, what string) int {
	t.Helper()
	list, err := sentinel.Do(ctx, "sentinel", what, "house").Slice()
	must(t, err)
	return len(list)
}

func (w *watched) url() string {
	var hosts []string
	for _, s := range w.sentinels {
		hosts = append(hosts, s.address())
	}
	return "redis+sentinel://" + strings.Join(hosts, ",") + "/0?master=house"
}

// The port's suite behind Sentinels.
func TestStoreBehindSentinels(t *testing.T) {
	t.Parallel()
	w := newWatched(t)
	raw, houses := w.master.raw(t), 0
	sessiontest.Run(t, func(t *testing.T) sessiontest.Fixture {
		houses++
		prefix, c := fmt.Sprint("house", houses), newClock()
		o := Options{URL: w.url(), Prefix: prefix, Clock: c.now}
		s := open(t, o)
		return sessiontest.Fixture{
			Store: s, Now: c.now,
			Pass: func(d time.Duration) { c.pass(t, prefix, d, raw) },
			Crash: func(t *testing.T) session.Store {
				killed(t, s)
				return open(t, o)
			},
		}
	})
}

// P08: the master is killed. Until the replica has taken over the store says
// that it cannot say; then it goes on with what had reached the replica. The old
// master comes back, and no claim goes to it.
func TestSentinelsFailOver(t *testing.T) {
	t.Parallel()
	w := newWatched(t)
	o := Options{URL: w.url(), Timeout: 2 * time.Second}
	a, b := open(t, o), open(t, o)
	k, id := key("kept"), payment.NewID(newClock().now(), 7)
	claim(t, a, k, claimed)
	must(t, a.Finish(ctx, k, id))
	replicated(t, w.master.raw(t), "kessai:replicated")
	for _, s := range w.sentinels {
		must(t, s.raw(t).Do(ctx, "sentinel", "set", "house", "down-after-milliseconds", 500).Err())
	}
	w.master.kill()
	if status, err := a.Claim(ctx, key("meanwhile")); err == nil {
		t.Errorf("Claim without a master = %+v", status)
	}
	until(t, func() bool { return a.Health(ctx) == nil && b.Health(ctx) == nil })
	claim(t, b, k, session.Status{Payment: id})
	claim(t, a, key("new"), claimed)
	claim(t, b, key("new"), running)

	w.master.start(t) // it takes itself for the master until the Sentinels find it
	must(t, a.Health(ctx))
	claim(t, b, key("new"), running)
	claim(t, a, key("newer"), claimed)
	if n, err := w.replica.raw(t).Exists(ctx, a.claimKey(key("newer"))).Result(); err != nil || n != 1 {
		t.Errorf("the new master has %d such claims, %v", n, err)
	}
}

// Sentinels that die one after another change nothing while the master lives.
func TestSentinelsDie(t *testing.T) {
	t.Parallel()
	w := newWatched(t)
	s := open(t, Options{URL: w.url()})
	for i, sentinel := range w.sentinels {
		sentinel.kill()
		claim(t, s, key(fmt.Sprint(i)), claimed)
		must(t, s.Health(ctx))
	}
}
