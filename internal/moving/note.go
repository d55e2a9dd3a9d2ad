package moving

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// comparisons is the document; its JSON names are kept for ever.
type comparisons struct {
	QuietSince time.Time `json:"quietSince,omitzero"` // since when no dry run found a difference
}

// note writes into the shop's audit trail what a file came to, and gives the days
// since when all was quiet.
func (im *Importer) note(ctx context.Context, c processor.Caller, report *Report, dry bool) (int, error) {
	for {
		doc, state, err := im.load(ctx, c.Tenant)
		if err != nil {
			return 0, err
		}
		now := im.o.Clock()
		if dry {
			state.see(report, now)
		}
		if doc.Body, err = json.Marshal(state); err != nil {
			return 0, err
		}
		doc.Updated = now
		err = im.o.Books.Revise(ctx, ledger.Revision{Documents: []ledger.Document{doc}, Trail: []ledger.AuditEntry{entry(c, report, dry, now)}})
		if errors.Is(err, ledger.ErrStale) {
			continue // another file came to its end
		}
		return state.days(now), err
	}
}

func entry(c processor.Caller, report *Report, dry bool, now time.Time) ledger.AuditEntry {
	action := "imported"
	if dry {
		action = "compared"
	}
	return ledger.AuditEntry{Tenant: c.Tenant, Time: now, Actor: c.Actor, Resource: "orders", Action: action, Fields: []ledger.AuditField{
		{Field: "rows", After: strconv.Itoa(len(report.Orders))},
		{Field: "imported", After: strconv.Itoa(report.Imported)},
		{Field: "differing", After: strconv.Itoa(report.Differing)},
	}}
}

// see takes a dry run into account. One that could not ask about every order
// proves nothing, and one without orders neither.
func (s *comparisons) see(report *Report, now time.Time) {
	whole := len(report.Orders) > 0
	for i := range report.Orders {
		whole = whole && report.Orders[i].Verdict != Unanswered
	}
	switch {
	case report.Differing > 0:
		s.QuietSince = time.Time{}
	case whole && s.QuietSince.IsZero():
		s.QuietSince = now
	}
}

// days are calendar days in Japan.
func (s *comparisons) days(now time.Time) int {
	if s.QuietSince.IsZero() {
		return 0
	}
	day := func(t time.Time) int64 { return (t.Unix() + 9*60*60) / (24 * 60 * 60) }
	return int(day(now) - day(s.QuietSince))
}

func (im *Importer) load(ctx context.Context, t shop.Tenant) (doc ledger.Document, state comparisons, err error) {
	doc.DocumentName = ledger.DocumentName{Kind: ledger.DocumentComparisons, ID: string(t.Environment) + "/" + string(t.Shop)}
	var wrong error
	err = im.o.Books.EachDocument(ctx, func(d ledger.Document) bool {
		if d.DocumentName == doc.DocumentName {
			doc = d
			wrong = json.Unmarshal(d.Body, &state)
			return false
		}
		return true
	})
	return doc, state, errors.Join(err, wrong)
}
