package bolt

import (
	"testing"

	"kessai.dev/kessai/internal/ledger/ledgertest"
)

func TestSmoke(t *testing.T) {
	dir := t.TempDir()
	l, err := Open(Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	a := ledgertest.NewAuthor(1)
	ctx := t.Context()
	e := a.Open("1396", "a1", []byte("secret"))
	if err := l.Append(ctx, e); err != nil {
		t.Fatal(err)
	}
	e2 := a.Next(e.After, ledgertest.Authorized(e.After))
	if err := l.Append(ctx, e2); err != nil {
		t.Fatal(err)
	}
	if err := l.Append(ctx, e2); err == nil {
		t.Fatal("twice")
	}
	if err := l.Append(ctx, a.Open("1396", "a2", nil)); err == nil {
		t.Fatal("taken")
	} else {
		t.Log(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if l, err = Open(Options{Dir: dir}); err != nil {
		t.Fatal(err)
	}
	p, err := l.Load(ctx, e.Payment)
	t.Log(p, err)
	b, err := l.Reveal(ctx, e.Payment, 1)
	t.Log(string(b), err)
	if err := l.Erase(ctx, e.Payment); err != nil {
		t.Fatal(err)
	}
	b, err = l.Reveal(ctx, e.Payment, 1)
	t.Log(string(b), err)
	h, err := l.Find(ctx, a.OrderKey("1396"))
	t.Log(h, err)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}
