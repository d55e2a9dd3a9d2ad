package ledgertest

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

const (
	secret  = "YAMADA Hanako, 1-1 Ginza, Chuo-ku, 09012345678"
	secret2 = "three-d-token-0123456789abcdef"
)

// reveals checks the private data of an event.
func (d *desk) reveals(id payment.ID, n int, want string, wantErr error) {
	d.Helper()
	have, err := d.Reveal(d.Context(), id, n)
	if !errors.Is(err, wantErr) || string(have) != want {
		d.Errorf("reveal %d: %q, %v, want %q, %v", n, have, err, want, wantErr)
	}
}

// challenged opens a payment whose first and third event have private data.
func (d *desk) challenged(order string) *payment.Payment {
	p := d.append(d.author.Open(order, "r-"+order, []byte(secret)))
	e := Fact(p, payment.KindChallenged, 0)
	e.Private = []byte(secret2)
	return d.append(d.author.Next(p, e))
}

// testPrivate: what is private comes back by Reveal only.
func testPrivate(d *desk) {
	p := d.challenged("1396")
	for range 2 {
		d.reveals(p.ID, 1, secret, nil)
		d.reveals(p.ID, 2, "", nil)
		d.reveals(p.ID, 3, secret2, nil)
		d.reveals(p.ID, 4, "", ledger.ErrNotFound)
		d.reveals(p.ID, 0, "", ledger.ErrNotFound)
		d.reveals(payment.NewID(p.Created, 7), 1, "", ledger.ErrNotFound)
		events, err := d.History(d.Context(), p.ID)
		if err != nil {
			d.Fatal(err)
		}
		for i := range events {
			if events[i].Private != nil {
				d.Errorf("event %d tells what is private", i+1)
			}
		}
		d.reopen()
	}
	// A payment may get its first private data late.
	q := d.append(d.author.Open("1397", "a2", nil))
	e := Fact(q, payment.KindChallenged, 0)
	e.Private = []byte(secret2)
	d.append(d.author.Next(q, e))
	d.reveals(q.ID, 3, secret2, nil)
}

// testErase: the person is gone, the payment stays, the chain verifies (P103).
func testErase(d *desk) {
	p, other := d.challenged("1396"), d.challenged("1397")
	for range 2 { // twice is no error
		if err := d.Erase(d.Context(), p.ID); err != nil {
			d.Fatal(err)
		}
	}
	if err := d.Erase(d.Context(), payment.NewID(p.Created, 7)); !errors.Is(err, ledger.ErrNotFound) {
		d.Errorf("erase of an unknown payment: %v", err)
	}
	e := Authorized(p) // life goes on, but nothing private is kept any more
	e.Private = []byte(secret)
	p = d.append(d.author.Next(p, e))
	for range 2 {
		d.reveals(p.ID, 1, "", ledger.ErrErased)
		d.reveals(p.ID, 3, "", ledger.ErrErased)
		d.reveals(p.ID, 4, "", nil)
		d.reveals(other.ID, 1, secret, nil)
		d.reveals(other.ID, 3, secret2, nil)
		d.has(p)
		d.reopen()
	}
	// A payment without anything private is erased beforehand.
	q := d.append(d.author.Open("1398", "a3", nil))
	if err := d.Erase(d.Context(), q.ID); err != nil {
		d.Fatal(err)
	}
	late := Fact(q, payment.KindChallenged, 0)
	late.Private = []byte(secret2)
	d.append(d.author.Next(q, late))
	d.reveals(q.ID, 3, "", nil)
}

// testClearText: nothing private is in any file in clear (P103), open or
// closed.
func testClearText(d *desk) {
	p := d.challenged("1396")
	d.searchFiles()
	d.reveals(p.ID, 1, secret, nil)
	d.reopen()
	d.searchFiles()
	d.has(p)
}

func (d *desk) searchFiles() {
	d.Helper()
	files := 0
	err := filepath.WalkDir(d.dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files++
		content, err := os.ReadFile(path)
		for _, s := range []string{secret, secret2, "YAMADA", "three-d-token"} {
			if bytes.Contains(content, []byte(s)) {
				d.Errorf("%s holds %q", filepath.Base(path), s)
			}
		}
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
	d.Logf("searched %d files", files)
}
