package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Shops is what RunShops tests: a ledger.Shops that can be closed and proved.
type Shops interface {
	ledger.Shops
	verifier
	io.Closer
}

// OpenShops opens the shops in a directory. It fails the test when it cannot.
type OpenShops func(t testing.TB, dir string) Shops

// tenant is who the suite's trails belong to.
var tenant = shop.Tenant{Shop: "demo", Environment: shop.Test}

// Document gives a document as it is to be after so many versions.
func Document(id string, version int) ledger.Document {
	at := time.Date(2026, 11, 22, 10, 0, version, 123456789, time.UTC)
	return ledger.Document{
		DocumentName: ledger.DocumentName{Kind: ledger.DocumentShop, ID: id}, Version: version,
		Body: fmt.Appendf(nil, `{"name":"山田 %d","of":%q}`, version, id), Updated: at,
	}
}

// Audit gives an entry of a trail.
func Audit(t shop.Tenant, resource string) ledger.AuditEntry {
	return ledger.AuditEntry{
		Tenant: t, Time: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC), Actor: "key:01234567", Resource: resource, Action: "updated",
		Fields: []ledger.AuditField{{Field: "name", Before: "花子 <b>", After: "太郎 \"T\""}, {Field: "accessKey"}},
	}
}

// revision is one document and one entry.
func revision(d ledger.Document) ledger.Revision {
	return ledger.Revision{Documents: []ledger.Document{d}, Trail: []ledger.AuditEntry{Audit(tenant, d.ID)}}
}

// RunShops runs the suite of the registry.
func RunShops(t *testing.T, open OpenShops) {
	if dir := os.Getenv(childDir); dir != "" {
		beKilledShops(t, open(t, dir))
		return
	}
	for _, c := range []struct {
		name string
		test func(*house)
	}{
		{"Life", shopsLife},
		{"Stale", shopsStale},
		{"Whole", shopsWhole},
		{"Revised", shopsRevised},
		{"Races", shopsRace},
		{"Trail", shopsTrail},
		{"Scope", shopsScope},
		{"Copies", shopsCopies},
		{"Malformed", shopsMalformed},
		{"Closed", shopsClosed},
		{"Killed", shopsKilled},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := &house{desk: &desk{T: t}, open: open, dir: t.TempDir()}
			h.Shops = open(t, h.dir)
			c.test(h)
			h.proved()
			if err := h.Shops.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
		})
	}
}

// house is a test with its shops.
type house struct {
	*desk
	Shops
	open OpenShops
	dir  string
}

// Close is the shops', not the desk's, which has no books.
func (h *house) Close() error { return h.Shops.Close() }

// Verify is the shops', too.
func (h *house) Verify(ctx context.Context, progress func(uint64)) (ledger.Report, error) {
	return h.Shops.Verify(ctx, progress)
}

// proved: every test ends with every link whole (P87).
func (h *house) proved() {
	h.Helper()
	report, err := h.Verify(context.Background(), nil)
	if err != nil && !errors.Is(err, ledger.ErrClosed) || report.Fault != nil {
		h.Errorf("verify: %v, fault %v", err, report.Fault)
	}
}

func (h *house) reopen() {
	h.Helper()
	if err := h.Shops.Close(); err != nil {
		h.Fatal(err)
	}
	h.Shops = h.open(h.T, h.dir)
}

// revise must succeed; it gives the document as it is then.
func (h *house) revise(d ledger.Document) ledger.Document {
	h.Helper()
	if err := h.Revise(h.Context(), revision(d)); err != nil {
		h.Fatalf("revise %s at %d: %v", d.ID, d.Version, err)
	}
	d.Version++
	return d
}

// all gives every document by its id.
func (h *house) all() map[string]ledger.Document {
	h.Helper()
	have := map[string]ledger.Document{}
	if err := h.EachDocument(h.Context(), func(d ledger.Document) bool { have[d.ID] = d; return true }); err != nil {
		h.Fatal(err)
	}
	return have
}

// trail gives a tenant's entries, oldest first, by pages of seven. Their
// numbers must have no gap.
func (h *house) trail(t shop.Tenant) (list []ledger.AuditEntry) {
	h.Helper()
	for before := 0; ; before = list[0].Sequence {
		page, err := h.Trail(h.Context(), t, before, 7)
		if err != nil {
			h.Fatal(err)
		}
		for i := range page {
			list = append([]ledger.AuditEntry{page[i]}, list...)
		}
		if len(page) < 7 || list[0].Sequence == 1 {
			break
		}
	}
	for i := range list {
		if list[i].Sequence != i+1 || list[i].Tenant != t {
			h.Fatalf("entry %d is %+v", i+1, list[i])
		}
	}
	return list
}

// shopsKilled: what a killed process had acknowledged is there, document and
// entry (P06, P96).
func shopsKilled(h *house) {
	dir := filepath.Join(h.dir, "killed")
	name := strings.Split(strings.TrimSuffix(h.Name(), "/Killed"), "/")
	pattern := "^" + strings.Join(name, "$/^") + "$"
	last := h.killAfter(exec.Command(os.Args[0], "-test.run="+pattern, "-test.timeout=120s"), dir, 60)
	found := &house{desk: h.desk, Shops: h.open(h.T, dir), dir: dir}
	defer func() {
		found.proved()
		if err := found.Close(); err != nil {
			h.Error(err)
		}
	}()
	have, entries := found.all(), map[string]int{}
	for _, e := range found.trail(tenant) {
		entries[e.Resource]++
	}
	for _, a := range last {
		d := have[string(a.id)]
		if d.Version < a.version || entries[d.ID] != d.Version {
			h.Errorf("%s was acknowledged at version %d: it has %d, and %d entries", a.id, a.version, d.Version, entries[d.ID])
		}
	}
}

// beKilledShops is the child: it revises, and reports each revision once it is
// acknowledged, for ever.
func beKilledShops(t *testing.T, shops Shops) {
	together(4, func(worker int) {
		for version := 0; ; version++ {
			d := Document(fmt.Sprint("s-", worker), version)
			if err := shops.Revise(context.Background(), revision(d)); err != nil {
				panic(err)
			}
			report(&payment.Payment{ID: payment.ID(d.ID), Version: version + 1})
		}
	})
}
