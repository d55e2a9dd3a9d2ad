package standby

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// primary is books in use and where they are shipped to.
type primary struct {
	t      *testing.T
	dir    string
	ship   string
	books  *bolt.Ledger
	author *ledgertest.Author
	clock  time.Time
	s      *Shipper
	v      *voyage
}

func newPrimary(t *testing.T) *primary {
	t.Helper()
	p := &primary{t: t, dir: t.TempDir(), ship: t.TempDir(), author: ledgertest.NewAuthor(1), clock: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	p.open()
	return p
}

func (p *primary) open() {
	p.t.Helper()
	books, err := bolt.Open(bolt.Options{Dir: p.dir})
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = books.Close() })
	p.books = books
	p.begin()
}

// begin makes a new Shipper, as a start does.
func (p *primary) begin() {
	p.s = NewShipper(Options{Dir: p.ship, Books: p.books.Shipped(), Clock: func() time.Time { return p.clock }, Logger: slog.New(slog.DiscardHandler), Segment: 8 << 10})
	p.v = nil
}

func (p *primary) add(e ledger.Entry) *payment.Payment {
	p.t.Helper()
	if err := p.books.Append(p.t.Context(), e); err != nil {
		p.t.Fatal(err)
	}
	return e.After
}

func (p *primary) pay(n int) *payment.Payment {
	p.t.Helper()
	name := fmt.Sprint(n)
	return p.add(p.author.Open("o"+name, "r"+name, []byte("buyer "+name)))
}

func (p *primary) challenge(pay *payment.Payment) *payment.Payment {
	p.t.Helper()
	c := ledgertest.Fact(pay, payment.KindChallenged, 0)
	c.Private, c.Until = []byte("secret"), pay.Created.Add(payment.ChallengeTTL)
	return p.add(p.author.Next(pay, c))
}

// member puts a customer's cards on file.
func (p *primary) member(customer string) ledger.MemberKey {
	p.t.Helper()
	m := ledger.Member{MemberKey: ledger.MemberKey{Tenant: p.author.Tenant, Contract: "main", Customer: customer}, ProviderID: "m1", Secret: []byte("hidden"), Updated: p.clock}
	if err := p.books.PutMember(p.t.Context(), m); err != nil {
		p.t.Fatal(err)
	}
	return m.MemberKey
}

// turn ships what there is.
func (p *primary) turn() {
	p.t.Helper()
	p.clock = p.clock.Add(time.Second)
	if p.v == nil {
		v, err := p.s.embark()
		if err != nil {
			p.t.Fatal(err)
		}
		p.v = v
	}
	if err := p.v.turn(p.t.Context(), false); err != nil {
		p.t.Fatal(err)
	}
}

// second is a standby.
type second struct {
	t     *testing.T
	dir   string
	books *bolt.Following
	seals uint64 // in the books that came of it
	*Follow
}

func newSecond(t *testing.T, p *primary, until time.Time) *second {
	t.Helper()
	s := &second{t: t, dir: t.TempDir()}
	s.books = following(t, p.dir, s.dir)
	var err error
	if s.Follow, err = NewFollow(p.ship, s.books.ShipKey(), s.books, s.books.Identity().Public, until); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Follow.Close)
	return s
}

// following opens a standby's books in an empty folder, with the keys of others.
func following(t testing.TB, of, dir string) *bolt.Following {
	t.Helper()
	for _, name := range []string{"master.key", "seal.key"} {
		key, err := os.ReadFile(filepath.Join(of, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), key, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	books, err := bolt.OpenFollowing(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = books.Close() })
	return books
}

func (s *second) catch() {
	s.t.Helper()
	if err := s.Catch(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

// finish makes books of it, and proves and opens them.
func (s *second) finish(token []byte) *bolt.Ledger {
	s.t.Helper()
	s.Follow.Close()
	if err := s.books.Close(); err != nil {
		s.t.Fatal(err)
	}
	if report, err := bolt.Verify(s.t.Context(), s.dir, nil); err != nil || report.Fault != nil {
		s.t.Fatalf("as a standby: %v, fault %v", err, report.Fault)
	}
	if err := bolt.CopyFiles(s.t.Context(), s.dir, s.t.TempDir()); !errors.Is(err, bolt.ErrUnfinished) {
		s.t.Fatalf("a standby was backed up: %v", err)
	}
	s.books = following(s.t, s.dir, s.dir)
	if _, err := bolt.Open(bolt.Options{Dir: s.dir}); err == nil {
		s.t.Fatal("a standby was opened that nobody promoted")
	}
	if err := errors.Join(s.books.Finish(s.books.Identity()), s.books.Close(), bolt.Settle(s.dir, token)); err != nil {
		s.t.Fatal(err)
	}
	report, err := bolt.Verify(s.t.Context(), s.dir, nil)
	if err != nil || report.Fault != nil {
		s.t.Fatalf("%v, fault %v", err, report.Fault)
	}
	s.seals = report.Seals
	l, err := bolt.Open(bolt.Options{Dir: s.dir})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = l.Close() })
	return l
}

func found(t *testing.T, dir string, what []byte) (n int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		n += bytes.Count(content, what)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// P95 P96 P103: what was acknowledged and shipped is at the standby, with claims, cards on file
// and settings; what was erased or forgotten cannot be read there, nor are its keys to be found in
// any file of it; the folder shows nothing in clear; and the books go on.
func TestStandbyHasAllAndNothingThatWasErased(t *testing.T) {
	p := newPrimary(t)
	var all []*payment.Payment
	for i := range 40 {
		all = append(all, p.pay(i))
	}
	all[3] = p.challenge(all[3])
	p.turn()
	for range 2 { // a stop seals, and a start goes on shipping
		all = append(all, p.pay(len(all)))
		if err := p.books.Close(); err != nil {
			t.Fatal(err)
		}
		p.open()
		p.turn()
	}
	member := p.member("c1")
	s := newSecond(t, p, time.Time{})
	s.catch()
	keys, err := p.books.Shipped().KeysOf([]payment.ID{all[7].ID, all[3].ID})
	if err != nil {
		t.Fatal(err)
	}
	p.begin() // Shipped was asked again
	if found(t, s.dir, keys[0].Personal) == 0 || found(t, s.dir, keys[1].Secret) == 0 {
		t.Fatal("the test proves nothing: the keys never came")
	}
	if err := errors.Join(p.books.Erase(t.Context(), all[7].ID), p.books.Forget(t.Context(), all[3].ID, all[3].Version)); err != nil {
		t.Fatal(err)
	}
	p.turn()
	s.catch()
	if found(t, s.dir, keys[0].Personal) != 0 || found(t, s.dir, keys[1].Secret) != 0 {
		t.Error("a key that was destroyed is in the standby's files")
	}
	if err := s.books.PutKeys(keys); err != nil || found(t, s.dir, keys[0].Personal) != 0 || found(t, s.dir, keys[1].Secret) != 0 {
		t.Error("an old file of keys brings back what was destroyed", err)
	}
	for _, clear := range []string{"buyer", "CreatePayment", string(all[0].ID), "c-o1", "o12"} {
		if n := found(t, p.ship, []byte(clear)); n != 0 {
			t.Errorf("%q is in the folder %d times", clear, n)
		}
	}
	l := s.finish([]byte("token"))
	if s.seals < 2 {
		t.Errorf("%d seals came", s.seals)
	}
	for i, pay := range all {
		have, err := l.Load(t.Context(), pay.ID)
		if err != nil || have.Version != pay.Version {
			t.Fatalf("payment %d: %v %v", i, have, err)
		}
		if _, err := l.Reveal(t.Context(), pay.ID, 1); i == 7 && !errors.Is(err, ledger.ErrErased) || i != 7 && err != nil {
			t.Errorf("payment %d: %v", i, err)
		}
	}
	if _, err := l.Reveal(t.Context(), all[3].ID, 3); !errors.Is(err, ledger.ErrErased) {
		t.Error(err)
	}
	if _, err := l.Member(t.Context(), member); err != nil {
		t.Error(err)
	}
	var taken *ledger.ClaimedError
	if err := l.Append(t.Context(), ledgertest.NewAuthor(2).Open("o5", "other", nil)); !errors.As(err, &taken) || taken.By.Holds() != all[5].ID {
		t.Errorf("an order that is paid: %v", err)
	}
	if err := l.Append(t.Context(), ledgertest.NewAuthor(2).Open("new", "new", []byte("buyer"))); err != nil {
		t.Error(err)
	}
	if string(l.Shipped().Promotion()) != "token" {
		t.Error("the promotion is not told")
	}
}

// P96 P99: whoever was the primary stops when a standby was promoted from its folder; what became
// of the standby may go on shipping there; books of another past may not.
func TestFencing(t *testing.T) {
	p := newPrimary(t)
	p.pay(1)
	p.turn()
	s := newSecond(t, p, time.Time{})
	s.catch()
	p.pay(2) // acknowledged, and never shipped
	records, head := s.At()
	if err := Promote(p.ship, s.key, []byte("token"), p.clock, records, head); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if err := p.s.Run(ctx); !errors.Is(err, ErrPromoted) {
		t.Errorf("the old primary: %v", err)
	}
	if err := p.v.turn(ctx, false); !errors.Is(err, ErrPromoted) {
		t.Errorf("the old primary, when it shipped already: %v", err)
	}
	l := s.finish([]byte("token"))
	if err := l.Append(t.Context(), ledgertest.NewAuthor(2).Open("new", "new", nil)); err != nil {
		t.Fatal(err)
	}
	other := *p
	other.books, other.author = l, ledgertest.NewAuthor(3)
	other.begin()
	other.turn()
	if at := other.v.at.after; at < records+2 {
		t.Errorf("it goes on at %d", at)
	}
	if err := os.Remove(filepath.Join(p.ship, promotedFile)); err != nil {
		t.Fatal(err)
	}
	p.begin()
	if _, err := p.s.embark(); err == nil {
		t.Error("the old primary ships into the folder of the new one")
	}
}

// P95: restored to a moment, the books have every entry up to it and none after it, no entry is
// torn apart, what was destroyed since stays destroyed, and what comes then can be read.
func TestUntil(t *testing.T) {
	p := newPrimary(t)
	first, second := p.pay(1), p.pay(2)
	until := second.Updated
	p.clock = until.Add(-time.Minute)
	early := p.member("early")
	p.turn()
	p.clock = until.Add(time.Minute)
	late := p.member("late")
	p.turn() // no record tells that time passed
	first = p.challenge(first)
	if err := p.books.Forget(t.Context(), first.ID, first.Version); err != nil {
		t.Fatal(err)
	}
	for i := 3; i < 9; i++ {
		p.pay(i)
	}
	if err := p.books.Erase(t.Context(), second.ID); err != nil {
		t.Fatal(err)
	}
	p.turn()
	s := newSecond(t, p, until)
	s.catch()
	if err := s.AllKeys(); err != nil || !s.Reached() {
		t.Fatal(err, s.Reached())
	}
	if at, _ := s.At(); at != 4 {
		t.Fatalf("it ends at record %d", at)
	}
	l := s.finish(nil)
	if _, err := l.Reveal(t.Context(), second.ID, 1); !errors.Is(err, ledger.ErrErased) {
		t.Errorf("what was erased after the moment: %v", err)
	}
	if _, err := l.Member(t.Context(), early); err != nil {
		t.Errorf("a card from before the moment: %v", err)
	}
	if _, err := l.Member(t.Context(), late); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("a card from after the moment: %v", err)
	}
	pay, err := l.Load(t.Context(), first.ID)
	if err != nil {
		t.Fatal(err)
	}
	other := *p
	other.books = l
	pay = other.challenge(pay)
	if have, err := l.Reveal(t.Context(), pay.ID, pay.Version); err != nil || string(have) != "secret" {
		t.Errorf("a new secret: %q %v", have, err)
	}
}

// P97: while the folder is away nothing waits and nothing is lost; when it is there again, all is
// shipped, also that keys were destroyed and settings changed meanwhile.
func TestFolderAway(t *testing.T) {
	p := newPrimary(t)
	first := p.pay(1)
	p.turn()
	s := newSecond(t, p, time.Time{})
	s.catch()
	away := p.ship + ".away"
	if err := os.Rename(p.ship, away); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p.ship, nil, 0o600); err != nil { // so that it cannot be made
		t.Fatal(err)
	}
	p.pay(2)
	if err := p.books.Erase(t.Context(), first.ID); err != nil {
		t.Fatal(err)
	}
	tenant := shop.Tenant{Shop: "demo", Environment: shop.Test}
	doc := ledger.Document{DocumentName: ledger.DocumentName{Kind: ledger.DocumentShop, ID: "demo"}, Body: []byte(`{}`), Updated: p.clock}
	if err := p.books.Revise(t.Context(), ledger.Revision{Documents: []ledger.Document{doc}, Trail: []ledger.AuditEntry{{Tenant: tenant, Time: p.clock, Actor: "kessai", Resource: "settings", Action: "created"}}}); err != nil {
		t.Fatal(err)
	}
	p.clock = p.clock.Add(time.Minute)
	if err := p.v.turn(t.Context(), false); err == nil {
		t.Fatal("shipped to nowhere")
	}
	if n, lag := p.s.Behind(t.Context()); n != 2 || lag < time.Minute {
		t.Errorf("%d records, %v behind", n, lag)
	}
	if err := errors.Join(os.Remove(p.ship), os.Rename(away, p.ship)); err != nil {
		t.Fatal(err)
	}
	p.v = nil
	p.turn()
	if n, lag := p.s.Behind(t.Context()); n != 0 || lag > time.Second {
		t.Errorf("%d records, %v behind", n, lag)
	}
	s.catch()
	l := s.finish(nil)
	if _, err := l.Reveal(t.Context(), first.ID, 1); !errors.Is(err, ledger.ErrErased) {
		t.Error(err)
	}
	documents := 0
	if err := l.EachDocument(t.Context(), func(ledger.Document) bool { documents++; return true }); err != nil || documents != 1 {
		t.Errorf("%d documents, %v", documents, err)
	}
}
