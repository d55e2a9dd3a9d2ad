package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

// shopsLife: what was written is there, whole, from memory and from the files.
func shopsLife(h *house) {
	if have := h.all(); len(have) != 0 {
		h.Errorf("documents nobody wrote: %v", have)
	}
	if list := h.trail(tenant); len(list) != 0 {
		h.Errorf("entries nobody wrote: %v", list)
	}
	d := h.revise(Document("s-1", 0))
	for range 2 {
		h.same("document", h.all()["s-1"], d)
		h.reopen()
	}
	d.Body, d.Updated = Document("s-1", 1).Body, d.Updated.Add(time.Hour)
	d = h.revise(d)
	h.reopen()
	h.same("document", h.all()["s-1"], d)
	calls := 0
	h.revise(Document("s-2", 0))
	if err := h.EachDocument(h.Context(), func(ledger.Document) bool { calls++; return false }); err != nil || calls != 1 {
		h.Errorf("yield said stop: %d calls, %v", calls, err)
	}
}

// shopsStale: only who knows the latest version may write, and who does not
// leaves no entry (P36).
func shopsStale(h *house) {
	refuses := func(version int) {
		h.Helper()
		if err := h.Revise(h.Context(), revision(Document("s-1", version))); !errors.Is(err, ledger.ErrStale) {
			h.Errorf("revise at %d: %v", version, err)
		}
	}
	refuses(1) // there is none yet
	h.revise(Document("s-1", 0))
	refuses(0)
	h.revise(Document("s-1", 1))
	for range 2 {
		for _, v := range []int{0, 1, 3} {
			refuses(v)
		}
		if n := len(h.trail(tenant)); n != 2 {
			h.Errorf("%d entries", n)
		}
		h.reopen()
	}
}

// shopsRevised: who asks again learns of every revision since, and of none while there was
// none; a revision that was refused is none (P07, P36).
func shopsRevised(h *house) {
	after := func(n uint64) (string, uint64) {
		h.Helper()
		list, now, err := h.Revised(h.Context(), n)
		if err != nil || now == 0 {
			h.Fatalf("revised after %d: %d, %v", n, now, err)
		}
		var ids []string
		for _, d := range list {
			ids = append(ids, fmt.Sprint(d.ID, " ", d.Version))
		}
		slices.Sort(ids)
		return strings.Join(ids, ", "), now
	}
	has := func(got, want string) {
		h.Helper()
		if !strings.Contains(got, want) {
			h.Errorf("%q lacks %q", got, want)
		}
	}
	none, empty := after(0)
	h.revise(Document("s-1", 0))
	got, first := after(empty)
	has(got, "s-1 1")
	h.revise(Document("s-1", 1))
	h.revise(Document("s-2", 0))
	got, second := after(first)
	has(got, "s-1 2, s-2 1")
	if err := h.Revise(h.Context(), revision(Document("s-2", 0))); !errors.Is(err, ledger.ErrStale) {
		h.Fatal(err)
	}
	still, now := after(second)
	if none != "" || still != "" || now != second || second == first || first == empty {
		h.Errorf("%q; %d, %d, %d, then %q at %d", none, empty, first, second, still, now)
	}
	h.reopen()
	for _, n := range []uint64{0, second + 1<<40} { // books that were restored begin earlier
		got, _ = after(n)
		has(got, "s-1 2, s-2 1")
	}
	if _, _, err := h.Revised(h.Context(), first); err != nil {
		h.Error(err)
	}
}

// shopsWhole: of a revision with one stale document nothing is written.
func shopsWhole(h *house) {
	h.revise(Document("s-1", 0))
	r := revision(Document("s-2", 0))
	r.Documents = append(r.Documents, Document("s-1", 0), Document("s-3", 0))
	if err := h.Revise(h.Context(), r); !errors.Is(err, ledger.ErrStale) {
		h.Errorf("revise: %v", err)
	}
	if have, trail := h.all(), h.trail(tenant); len(have) != 1 || len(trail) != 1 {
		h.Errorf("%d documents, %d entries", len(have), len(trail))
	}
	r.Documents[1].Version = 1
	if err := h.Revise(h.Context(), r); err != nil {
		h.Fatal(err)
	}
	for range 2 {
		if have, trail := h.all(), h.trail(tenant); len(have) != 3 || have["s-1"].Version != 2 || len(trail) != 2 {
			h.Errorf("%d documents, %d entries", len(have), len(trail))
		}
		h.reopen()
	}
}

// shopsRace: 32 at once, each with its own change of one document: all of them
// are in, and the trail has each once, in the order of the versions (P36).
func shopsRace(h *house) {
	const workers = 32
	h.revise(Document("s", 0))
	together(workers, func(worker int) {
		for {
			d := h.all()["s"]
			d.Body = fmt.Appendf(nil, "%s", strings.Replace(string(d.Body), "{", fmt.Sprintf(`{"w%d":%d,`, worker, d.Version), 1))
			r := revision(d)
			r.Trail[0].Resource = fmt.Sprint("w", worker, " ", d.Version)
			err := h.Revise(context.Background(), r)
			if err == nil {
				return
			}
			if !errors.Is(err, ledger.ErrStale) {
				h.Errorf("worker %d: %v", worker, err)
				return
			}
		}
	})
	for range 2 {
		d, trail := h.all()["s"], h.trail(tenant)
		if d.Version != workers+1 || len(trail) != workers+1 {
			h.Fatalf("version %d, %d entries", d.Version, len(trail))
		}
		for i, e := range trail[1:] {
			var worker, version int
			if _, err := fmt.Sscanf(e.Resource, "w%d %d", &worker, &version); err != nil || version != i+1 {
				h.Errorf("entry %d is of %s", i+2, e.Resource)
			}
			if !strings.Contains(string(d.Body), fmt.Sprintf(`"w%d":%d,`, worker, version)) {
				h.Errorf("the change of worker %d is not in", worker)
			}
		}
		h.reopen()
	}
}

// shopsTrail: entries come back as they were, linked, newest first, by pages.
func shopsTrail(h *house) {
	for i := range 10 {
		r := revision(Document(fmt.Sprint("s-", i), 0))
		r.Trail = append(r.Trail, Audit(tenant, "second"))
		if err := h.Revise(h.Context(), r); err != nil {
			h.Fatal(err)
		}
	}
	for range 2 {
		list := h.trail(tenant)
		if len(list) != 20 || list[0].Before != (ledger.Hash{}) {
			h.Fatalf("%d entries, the first after %v", len(list), list[0].Before)
		}
		for i, e := range list[1:] {
			_, hash, err := list[i].Encode()
			if err != nil || e.Before != hash {
				h.Errorf("entry %d is not linked to the one before: %v", e.Sequence, err)
			}
		}
		want := Audit(tenant, "second")
		want.Sequence, want.Before = 20, list[19].Before
		h.same("entry", list[19], want)
		for _, c := range []struct{ before, limit, first, n int }{{0, 3, 20, 3}, {5, 1000, 4, 4}, {1, 9, 0, 0}, {99, 2, 20, 2}} {
			page, err := h.Trail(h.Context(), tenant, c.before, c.limit)
			if err != nil || len(page) != c.n || c.n > 0 && page[0].Sequence != c.first {
				h.Errorf("%+v: %d entries, %v", c, len(page), err)
			}
		}
		h.reopen()
	}
	for _, limit := range []int{0, -1, 1001} {
		if _, err := h.Trail(h.Context(), tenant, 0, limit); err == nil {
			h.Errorf("a page of %d", limit)
		}
	}
}

// shopsScope: each tenant has its own trail, also when names run into one
// another (P12).
func shopsScope(h *house) {
	tenants := []shop.Tenant{{Shop: "a", Environment: "TEST"}, {Shop: "a", Environment: "PRODUCTION"}, {Shop: "b", Environment: "TEST"}, {Shop: "aT", Environment: "EST"}}
	for i, t := range tenants {
		r := revision(Document(fmt.Sprint("s-", i), 0))
		r.Trail = nil
		for range i + 1 {
			r.Trail = append(r.Trail, Audit(t, fmt.Sprint(i)))
		}
		r.Trail = append(r.Trail, Audit(tenant, "all"))
		if err := h.Revise(h.Context(), r); err != nil {
			h.Fatal(err)
		}
	}
	for i, t := range tenants {
		list := h.trail(t)
		if len(list) != i+1 || list[i].Resource != fmt.Sprint(i) {
			h.Errorf("%v: %+v", t, list)
		}
	}
	if n := len(h.trail(tenant)); n != len(tenants) {
		h.Errorf("%d entries", n)
	}
}

// shopsCopies: what a caller does to what was given or written changes nothing.
func shopsCopies(h *house) {
	r := revision(Document("s-1", 0))
	if err := h.Revise(h.Context(), r); err != nil {
		h.Fatal(err)
	}
	r.Documents[0].Body[2], r.Trail[0].Fields[0].Field = 'X', "X"
	have := h.all()["s-1"]
	have.Body[2] = 'Y'
	page, err := h.Trail(h.Context(), tenant, 0, 1)
	if err != nil {
		h.Fatal(err)
	}
	page[0].Fields[0].Field = "Y"
	want := Document("s-1", 0)
	want.Version = 1
	h.same("document", h.all()["s-1"], want)
	if f := h.trail(tenant)[0].Fields[0].Field; f != "name" {
		h.Errorf("field %s", f)
	}
}

// shopsMalformed: nonsense is refused, and nothing of it is kept.
func shopsMalformed(h *house) {
	for name, spoil := range map[string]func(*ledger.Revision){
		"no document":          func(r *ledger.Revision) { r.Documents = nil },
		"no entry":             func(r *ledger.Revision) { r.Trail = nil },
		"one document twice":   func(r *ledger.Revision) { r.Documents = append(r.Documents, r.Documents[0]) },
		"another kind":         func(r *ledger.Revision) { r.Documents[0].Kind = "payment" },
		"no id":                func(r *ledger.Revision) { r.Documents[0].ID = "" },
		"a long id":            func(r *ledger.Revision) { r.Documents[0].ID = strings.Repeat("s", 513) },
		"an id of no text":     func(r *ledger.Revision) { r.Documents[0].ID = "s\xff" },
		"a body of no JSON":    func(r *ledger.Revision) { r.Documents[0].Body = []byte(`{"a":`) },
		"a body of no text":    func(r *ledger.Revision) { r.Documents[0].Body = []byte("\"\xff\"") },
		"no body":              func(r *ledger.Revision) { r.Documents[0].Body = nil },
		"a huge body":          func(r *ledger.Revision) { r.Documents[0].Body = fmt.Appendf(nil, "%0*d", ledger.MaxDocument+1, 0) },
		"a negative version":   func(r *ledger.Revision) { r.Documents[0].Version = -1 },
		"an entry of nobody":   func(r *ledger.Revision) { r.Trail[0].Tenant.Shop = "" },
		"of no environment":    func(r *ledger.Revision) { r.Trail[0].Tenant.Environment = "" },
		"by nobody":            func(r *ledger.Revision) { r.Trail[0].Actor = "" },
		"of nothing":           func(r *ledger.Revision) { r.Trail[0].Resource = "" },
		"what was done":        func(r *ledger.Revision) { r.Trail[0].Action = "" },
		"an entry of no text":  func(r *ledger.Revision) { r.Trail[0].Fields[0].After = "\xff" },
		"a year no text has":   func(r *ledger.Revision) { r.Trail[0].Time = time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC) },
		"a huge entry":         func(r *ledger.Revision) { r.Trail[0].Fields[0].After = strings.Repeat("x", ledger.MaxAuditEntry) },
		"updated in no year":   func(r *ledger.Revision) { r.Documents[0].Updated = time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC) },
		"more than one change": func(r *ledger.Revision) { r.Trail = make([]ledger.AuditEntry, ledger.MaxTrail+1) },
	} {
		r := revision(Document("s-1", 0))
		spoil(&r)
		if err := h.Revise(h.Context(), r); err == nil {
			h.Errorf("%s: written", name)
		}
	}
	if have, trail := h.all(), h.trail(tenant); len(have)+len(trail) > 0 {
		h.Errorf("%d documents, %d entries", len(have), len(trail))
	}
	h.revise(Document("s-1", 0))
}

// shopsClosed: closed shops say so.
func shopsClosed(h *house) {
	h.revise(Document("s-1", 0))
	if err := h.Shops.Close(); err != nil {
		h.Fatal(err)
	}
	_, err := h.Trail(h.Context(), tenant, 0, 1)
	for name, err := range map[string]error{
		"trail": err, "revise": h.Revise(h.Context(), revision(Document("s-1", 1))),
		"each": h.EachDocument(h.Context(), func(ledger.Document) bool { return true }),
	} {
		if !errors.Is(err, ledger.ErrClosed) {
			h.Errorf("%s: %v", name, err)
		}
	}
}
