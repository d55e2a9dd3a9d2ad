package ledgertest

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// childDir tells a child process which books to write until it is killed.
const childDir = "KESSAI_LEDGERTEST_CHILD"

// testKilled: what a killed process had acknowledged is there, and the books
// are whole (P06, P18, P96).
func testKilled(d *desk) {
	dir := filepath.Join(d.dir, "killed")
	name := strings.Split(strings.TrimSuffix(d.Name(), "/Killed"), "/")
	pattern := "^" + strings.Join(name, "$/^") + "$"
	for round := range 3 {
		acknowledged := d.killAfter(exec.Command(os.Args[0], "-test.run="+pattern, "-test.timeout=120s"), dir, 100+rand.IntN(900))
		d.Logf("round %d: killed after %d acknowledged appends", round, len(acknowledged))
		after := &desk{T: d.T, open: d.open, dir: dir, author: NewAuthor(1)}
		after.Ledger = d.open(d.T, dir)
		for _, a := range acknowledged {
			p, err := after.Load(context.Background(), a.id)
			if err != nil || p.Version < a.version {
				d.Fatalf("%s was acknowledged at version %d: %+v, %v", a.id, a.version, p, err)
			}
			h, err := after.Find(context.Background(), after.author.OrderKey(p.OrderNumber))
			if err != nil || h.Holds() != a.id {
				d.Fatalf("the order of %s is held by %v, %v", a.id, h, err)
			}
			after.hasPrivate(p, a.version)
		}
		after.journals(acknowledged)
		after.close()
	}
}

// journals: the journal, which events are told from, has all of what a killed
// process had acknowledged, each payment's events in their order.
func (d *desk) journals(list []acknowledged) {
	d.Helper()
	j, ok := d.Ledger.(ledger.Journal)
	if !ok {
		d.Fatal("the ledger is no journal")
	}
	versions := map[payment.ID]int{}
	for q := (ledger.JournalQuery{Limit: 1000}); ; {
		page, err := j.Read(context.Background(), q)
		if err != nil {
			d.Fatal(err)
		}
		for _, e := range page.Entries {
			if versions[e.Payment]++; e.Event.Sequence != versions[e.Payment] {
				d.Fatalf("event %d of %s is the %d. in the journal", e.Event.Sequence, e.Payment, versions[e.Payment])
			}
		}
		if q.After = page.Looked; !page.More {
			break
		}
	}
	for _, a := range list {
		if versions[a.id] < a.version {
			d.Fatalf("%s was acknowledged at version %d, the journal has %d", a.id, a.version, versions[a.id])
		}
	}
}

// hasPrivate checks what a killed process left of a payment's private data: the
// order, and the secret of its challenge until it was forgotten, which version
// 4 of a challenged payment was acknowledged after.
func (d *desk) hasPrivate(p *payment.Payment, acknowledged int) {
	d.Helper()
	d.reveals(p.ID, 1, secret, nil)
	switch {
	case p.Attempts[0].Challenged == 0:
	case acknowledged == 4:
		d.reveals(p.ID, 3, "", ledger.ErrErased)
	case p.Version == 3:
		d.reveals(p.ID, 3, secret2, nil)
	}
}

type acknowledged struct {
	id      payment.ID
	version int
}

// killAfter runs a child until it has reported n appends, and kills it.
func (d *desk) killAfter(child *exec.Cmd, dir string, n int) (list []acknowledged) {
	child.Env = append(os.Environ(), childDir+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		d.Fatal(err)
	}
	if err := child.Start(); err != nil {
		d.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var a acknowledged
		if _, err := fmt.Sscanf(lines.Text(), "ack %s %d", &a.id, &a.version); err != nil {
			continue // what the test binary says
		}
		if list = append(list, a); len(list) == n {
			if err := child.Process.Kill(); err != nil {
				d.Fatal(err)
			}
		}
	}
	_ = child.Wait() // it was killed
	if len(list) < n {
		d.Fatalf("the child ended by itself after %d appends", len(list))
	}
	return list
}

// beKilled is the child: it writes, and reports each append once it is
// acknowledged, for ever.
func beKilled(t *testing.T, open Open, dir string) {
	l := open(t, dir)
	author := NewAuthor(rand.Uint64N(1 << 20))
	together(16, func(worker int) {
		for i := 0; ; i++ {
			key := fmt.Sprintf("%d-%d-%d", author.seed, worker, i)
			e := author.Open(key, key, []byte(secret))
			if err := l.Append(context.Background(), e); err != nil {
				panic(err)
			}
			report(e.After)
			steps := []func(*payment.Payment) payment.Event{Authorized}
			if i%3 == 0 {
				steps = []func(*payment.Payment) payment.Event{challengeOf, Authorized}
			}
			for _, step := range steps {
				e = author.Next(e.After, step(e.After))
				if err := l.Append(context.Background(), e); err != nil {
					panic(err)
				}
				if e.After.Version == 4 { // the challenge is over
					if err := l.Forget(context.Background(), e.Payment, e.After.Version); err != nil {
						panic(err)
					}
				}
				report(e.After)
			}
		}
	})
}

// challengeOf is a challenge with its secret.
func challengeOf(p *payment.Payment) payment.Event {
	e := Fact(p, payment.KindChallenged, 0)
	e.Private, e.Until = []byte(secret2), p.Created.Add(payment.ChallengeTTL)
	return e
}

// report writes one line in one call, so that lines do not mix.
func report(p *payment.Payment) {
	_, _ = fmt.Fprintf(os.Stdout, "ack %s %d\n", p.ID, p.Version) // the reader is about to kill us
}
