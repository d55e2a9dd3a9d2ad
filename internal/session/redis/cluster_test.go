package redis

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/session"
	"kessai.dev/kessai/internal/session/sessiontest"
)

// nodes are the masters of a real Cluster, each with a third of the slots.
type nodes []*server

// newCluster is a Cluster of three, whose other nodes go on when one is gone. A
// busy machine makes no node suspect another until the test says so.
func newCluster(t testing.TB) nodes {
	t.Helper()
	var all nodes
	for i := range 3 {
		n := newNode(t)
		raw := n.raw(t)
		must(t, raw.Do(ctx, "cluster", "set-config-epoch", i+1).Err())
		must(t, raw.ClusterAddSlotsRange(ctx, i*16384/3, (i+1)*16384/3-1).Err())
		all = append(all, n)
	}
	all.meet(t)
	return all
}

func newNode(t testing.TB) *server {
	t.Helper()
	return newServer(t, true, "--cluster-enabled", "yes", "--cluster-port", strconv.Itoa(freePort(t)),
		"--cluster-node-timeout", "60000", "--cluster-require-full-coverage", "no", "--cluster-replica-validity-factor", "0", "--repl-diskless-sync-delay", "0")
}

// meet makes nodes known to all that come before them, and returns once each
// knows of all.
func (n nodes) meet(t testing.TB) {
	t.Helper()
	for i, one := range n {
		raw := one.raw(t)
		for _, later := range n[i+1:] {
			must(t, raw.Do(ctx, "cluster", "meet", "127.0.0.1", later.port, later.args[3]).Err())
		}
	}
	for _, one := range n {
		raw := one.raw(t)
		until(t, func() bool { return n.whole(t, raw) })
	}
}

// whole reports whether a node knows of all others, and of all slots.
func (n nodes) whole(t testing.TB, raw *goredis.Client) bool {
	t.Helper()
	info, err := raw.ClusterInfo(ctx).Result()
	must(t, err)
	shards, err := raw.ClusterShards(ctx).Result()
	must(t, err)
	covered := 0
	for _, shard := range shards {
		for _, s := range shard.Slots {
			covered += int(s.End-s.Start) + 1
		}
	}
	return covered == 16384 && strings.Contains(info, "cluster_state:ok") &&
		strings.Contains(info, fmt.Sprintf("cluster_known_nodes:%d\r", len(n)))
}

// until asks again and again, however long it takes.
func until(t testing.TB, ask func() bool) {
	t.Helper()
	for !ask() {
		<-time.After(5 * time.Millisecond)
	}
}

func (n nodes) url() string {
	var hosts []string
	for _, s := range n {
		hosts = append(hosts, s.address())
	}
	return "redis+cluster://" + strings.Join(hosts, ",")
}

func (n nodes) raws(t testing.TB) []*goredis.Client {
	var all []*goredis.Client
	for _, s := range n {
		all = append(all, s.raw(t))
	}
	return all
}

// at gives a fresh key whose claim lies on the node.
func (n nodes) at(t testing.TB, s *Store, i int, hint string) session.Key {
	t.Helper()
	for number := range 10_000 {
		k := key(fmt.Sprint(hint, " ", number))
		to, err := s.lanes.of(ctx, s.claimKey(k))
		must(t, err)
		_, port, err := net.SplitHostPort(to.client.Options().Addr)
		must(t, err)
		if port == strconv.Itoa(n[i].port) {
			return k
		}
	}
	t.Fatal("no key lies on the node")
	return session.Key{}
}

// The port's suite on three nodes: no step spans slots, nothing is lost between them.
func TestStoreInCluster(t *testing.T) {
	t.Parallel()
	all := newCluster(t)
	raws, houses := all.raws(t), 0
	sessiontest.Run(t, func(t *testing.T) sessiontest.Fixture {
		houses++
		prefix, c := fmt.Sprint("house", houses), newClock()
		o := Options{URL: all.url(), Prefix: prefix, Clock: c.now}
		s := open(t, o)
		return sessiontest.Fixture{
			Store: s, Now: c.now,
			Pass: func(d time.Duration) { c.pass(t, prefix, d, raws...) },
			Crash: func(t *testing.T) session.Store {
				killed(t, s)
				return open(t, o)
			},
		}
	})
}

// P05, P06 between two processes; and what is ours lies on all nodes, a claim
// always beside its owner's sign of life.
func TestCluster(t *testing.T) {
	t.Parallel()
	all := newCluster(t)
	c := newClock()
	o := Options{URL: all.url(), Clock: c.now}
	a, b := open(t, o), open(t, o)
	for i := range 60 {
		k, id := key(fmt.Sprint(i)), fmt.Sprint(i)
		claim(t, a, k, claimed)
		claim(t, b, k, running)
		must(t, a.Release(ctx, k))
		claim(t, b, k, claimed)
		must(t, a.Open(ctx, session.Challenge{ID: id, Step: session.StepWaiting}))
		must(t, b.Advance(ctx, id, session.StepWaiting, session.StepReturned))
		if c, err := a.Get(ctx, id); err != nil || c.Step != session.StepReturned {
			t.Fatalf("Get = %+v, %v", c, err)
		}
	}
	raws := all.raws(t)
	for i, raw := range raws {
		names, err := raw.Keys(ctx, "kessai:owner:*").Result()
		must(t, err)
		if len(names) < 2*homes/6 {
			t.Errorf("node %d has %d of %d signs of life; they are to be spread", i, len(names), 2*homes)
		}
		claims, err := raw.Keys(ctx, "kessai:claim:*").Result()
		must(t, err)
		for _, name := range claims {
			if n, err := raw.Exists(ctx, b.ownerKey(homeOf(name), b.owner)).Result(); err != nil || n != 1 {
				t.Errorf("%s: its owner's sign of life is not beside it: %d, %v", name, n, err)
			}
		}
	}
	claim(t, a, key("dead"), claimed)
	killed(t, a)
	c.pass(t, "kessai", heartTTL, raws...)
	claim(t, b, key("dead"), claimed)
}

// P08: a node is killed. Claims of the others' slots go on, the circuit of the
// dead one opens and nobody else's; it comes back with nothing, and so do its
// slots. No claim of a living process is taken over meanwhile (P06).
func TestNodeDies(t *testing.T) {
	t.Parallel()
	all := newCluster(t)
	c := newClock()
	o := Options{URL: all.url(), Clock: c.now}
	a, b := open(t, o), open(t, o)
	flying := all.at(t, a, 1, "flying")
	claim(t, a, flying, claimed)
	lost := all.at(t, a, 0, "lost")
	claim(t, a, lost, claimed)
	all[0].wipe(t)
	down := 0
	for i := range tolerance + 2 {
		status, err := a.Claim(ctx, all.at(t, a, 0, fmt.Sprint("down ", i)))
		if err == nil {
			t.Fatalf("Claim at a dead node = %+v", status)
		}
		if strings.Contains(err.Error(), ErrDown.Error()) {
			down++
		}
		for _, node := range []int{1, 2} {
			k := all.at(t, a, node, fmt.Sprint("up ", i))
			claim(t, a, k, claimed)
			must(t, a.Finish(ctx, k, payment.NewID(c.now(), 7)))
		}
	}
	if down < 2 {
		t.Errorf("%d calls at the dead node were answered without asking, want at least 2", down)
	}
	if err := a.Health(ctx); err == nil {
		t.Error("Health with a dead node: want an error")
	}
	claim(t, a, all.at(t, a, 2, "after Health"), claimed)
	all[0].start(t)
	until(t, func() bool { return a.Health(ctx) == nil && b.Health(ctx) == nil })
	claim(t, b, lost, claimed)
	c.pass(t, "kessai", 2*heartTTL, all.raws(t)...)
	claim(t, b, flying, running)
}

// P08: a node hangs, and holds up who asks for its keys, and nobody else.
func TestNodeHangs(t *testing.T) {
	t.Parallel()
	all := newCluster(t)
	s := open(t, Options{URL: all.url()})
	held, here := all.at(t, s, 0, "held"), make([]session.Key, 50)
	for i := range here {
		here[i] = all.at(t, s, 1+i%2, fmt.Sprint("here ", i))
	}
	all[0].signal(t, syscall.SIGSTOP)
	done := make(chan error, 1)
	go func() {
		status, err := s.Claim(ctx, held)
		if err == nil && status != claimed {
			err = fmt.Errorf("claim = %+v", status)
		}
		done <- err
	}()
	for _, k := range here {
		claim(t, s, k, claimed)
	}
	select {
	case err := <-done:
		t.Errorf("a node that hangs has answered: %v", err)
	default:
	}
	all[0].signal(t, syscall.SIGCONT)
	must(t, <-done)
}

// Slots go to another node while the shop is open: keys on their way are found
// by ASK, keys that have moved by MOVED, and none counts as a failure.
func TestSlotsMove(t *testing.T) {
	t.Parallel()
	all := newCluster(t)
	a, b := open(t, Options{URL: all.url()}), open(t, Options{URL: all.url()})
	k := all.at(t, a, 0, "moving")
	claim(t, a, k, claimed)
	from, to := all[0].raw(t), all[1].raw(t)
	slot, err := from.ClusterKeySlot(ctx, a.claimKey(k)).Result()
	must(t, err)
	fromID, toID := nodeID(t, from), nodeID(t, to)
	must(t, to.Do(ctx, "cluster", "setslot", slot, "importing", fromID).Err())
	must(t, from.Do(ctx, "cluster", "setslot", slot, "migrating", toID).Err())
	names, err := from.ClusterGetKeysInSlot(ctx, int(slot), 1000).Result()
	must(t, err)
	for _, name := range names {
		must(t, from.Migrate(ctx, "127.0.0.1", strconv.Itoa(all[1].port), name, 0, time.Minute).Err())
	}
	claim(t, a, k, running) // ASK
	claim(t, b, k, running)
	must(t, a.Release(ctx, k)) // a script, which the new node does not know
	claim(t, b, k, claimed)
	for _, raw := range []*goredis.Client{to, from, all[2].raw(t)} {
		must(t, raw.Do(ctx, "cluster", "setslot", slot, "node", toID).Err())
	}
	claim(t, a, k, running) // MOVED
	id := payment.NewID(newClock().now(), 7)
	must(t, b.Finish(ctx, k, id))
	claim(t, a, k, session.Status{Payment: id})
	must(t, a.Health(ctx))
	must(t, b.Health(ctx))
	until(t, func() bool { // the map follows
		now, err := a.lanes.of(ctx, a.claimKey(k))
		must(t, err)
		return strings.HasSuffix(now.client.Options().Addr, fmt.Sprint(":", all[1].port))
	})
	claim(t, a, k, session.Status{Payment: id})
}

// replicated returns once a replica has all that was written before: a server
// waits for what came over the same connection, so that writes something, too.
func replicated(t testing.TB, master *goredis.Client, name string) {
	t.Helper()
	until(t, func() bool {
		pipe := master.Pipeline()
		pipe.Set(ctx, name, "x", time.Minute)
		reached := pipe.Do(ctx, "wait", 1, 100)
		_, err := pipe.Exec(ctx)
		must(t, err)
		n, err := reached.Int()
		must(t, err)
		return n >= 1
	})
}

func nodeID(t testing.TB, raw *goredis.Client) string {
	t.Helper()
	id, err := raw.Do(ctx, "cluster", "myid").Text()
	must(t, err)
	return id
}

// P08: a node is killed and its replica takes over: what had reached the replica
// is known, and new claims go on.
func TestReplicaTakesOver(t *testing.T) {
	t.Parallel()
	all := newCluster(t)
	replica := newNode(t)
	append(all[:3:3], replica).meet(t)
	first := all[0].raw(t)
	must(t, replica.raw(t).Do(ctx, "cluster", "replicate", nodeID(t, first)).Err())
	s := open(t, Options{URL: all.url(), Timeout: 2 * time.Second})
	k, id := all.at(t, s, 0, "kept"), payment.NewID(newClock().now(), 7)
	claim(t, s, k, claimed)
	must(t, s.Finish(ctx, k, id))
	replicated(t, first, "kessai:"+homeOf(s.claimKey(k)))
	for _, one := range append(all[1:3:3], replica) {
		must(t, one.raw(t).ConfigSet(ctx, "cluster-node-timeout", "500").Err())
	}
	all[0].kill()
	until(t, func() bool { return s.Health(ctx) == nil })
	claim(t, s, k, session.Status{Payment: id})
	claim(t, s, key("new"), claimed)
	all[0].start(t) // as a replica of the one that was its own
	must(t, s.Health(ctx))
	claim(t, s, key("new"), running)
}

// P08: the shop opens while the whole Cluster is down.
func TestOpenWithoutCluster(t *testing.T) {
	t.Parallel()
	all := newCluster(t)
	for _, n := range all {
		n.kill()
	}
	s := open(t, Options{URL: all.url()})
	if status, err := s.Claim(context.Background(), key("k")); err == nil {
		t.Errorf("Claim without a Cluster = %+v", status)
	}
	for _, n := range all {
		n.start(t)
	}
	until(t, func() bool { return s.Health(ctx) == nil })
	claim(t, s, key("k"), claimed)
}

// A command whose answer was lost is sent once, by the usual way and by the one
// that follows a key that has moved: a repeated claim would be another claim, and
// find itself running. The claim is nobody's, and the next caller has it.
func TestLostAnswerInCluster(t *testing.T) {
	t.Parallel()
	all := newCluster(t)
	raw, lossy := all[0].raw(t), &wire{}
	front := lossy.serve(t, "tcp", "127.0.0.1:0", all[0].socket()).(*net.TCPAddr)
	must(t, raw.ConfigSet(ctx, "cluster-announce-port", strconv.Itoa(front.Port)).Err())
	s := open(t, Options{URL: all[:1].url(), Timeout: 5 * time.Second}) // the first node tells where it is now
	still(t, s)
	seen := *all[0]
	seen.port = front.Port
	k := nodes{&seen, all[1], all[2]}.at(t, s, 0, "lost")
	sum := func(name string) string { return s.prefix + ":" + homeOf(s.claimKey(k)) + name }

	lossy.cut.Store(true)
	if status, err := s.Claim(ctx, k); err == nil {
		t.Fatalf("Claim without an answer = %+v", status)
	}
	once := textCmd{goredis.NewStringCmd(ctx, "incr", sum("once"))}
	if err := s.lanes.cluster.Process(ctx, once); err == nil {
		t.Fatal("no answer, and no error")
	}
	again := goredis.NewStringCmd(ctx, "incr", sum("again"))
	if err := s.lanes.cluster.Process(ctx, again); err == nil {
		t.Fatal("no answer, and no error")
	}
	lossy.cut.Store(false)
	if n, err := raw.Get(ctx, sum("once")).Int(); err != nil || n != 1 {
		t.Errorf("a command that is not to be repeated was sent %d times: %v", n, err)
	}
	if n, err := raw.Get(ctx, sum("again")).Int(); err != nil || n < 2 {
		t.Errorf("an ordinary command was sent %d times (%v): then this test shows nothing", n, err)
	}
	must(t, s.Health(ctx)) // beats, and gives back what is in doubt
	still(t, s)
	claim(t, s, k, claimed)
}
