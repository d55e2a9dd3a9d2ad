package reconcile

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// keptRuns is how many are kept, of the latest; the audit trail has all.
const keptRuns = 400

// Runs gives the latest reconciliations, newest first.
func (r *Reconciler) Runs(ctx context.Context, c processor.Caller) ([]Run, error) {
	_, list, err := r.load(ctx, c.Tenant)
	return list, err
}

// record writes a run into the books, in the place of what they had of it.
func (r *Reconciler) record(ctx context.Context, c processor.Caller, run Run, action string) error {
	for {
		doc, list, err := r.load(ctx, c.Tenant)
		if err != nil {
			return err
		}
		if len(list) > 0 && list[0].ID == run.ID {
			list = list[1:]
		}
		list = append([]Run{run}, list[:min(len(list), keptRuns-1)]...)
		if doc.Body, err = json.Marshal(list); err != nil {
			return err
		}
		doc.Updated = r.o.Clock()
		err = r.o.Books.Revise(ctx, ledger.Revision{Documents: []ledger.Document{doc}, Trail: []ledger.AuditEntry{{
			Tenant: c.Tenant, Time: doc.Updated, Actor: run.Actor, Resource: "reconciliations/" + run.ID, Action: action, Fields: fields(&run, action),
		}}})
		if !errors.Is(err, ledger.ErrStale) {
			return err
		}
	}
}

func fields(run *Run, action string) []ledger.AuditField {
	if action == "started" {
		return nil
	}
	var list []ledger.AuditField
	for _, f := range []struct {
		name string
		n    int
	}{{"asked", run.Asked}, {"failed", run.Failed}, {"settled", run.Settled}, {"differences", run.Differences}, {"cleared", run.Cleared}, {"cards", run.Cards}} {
		list = append(list, ledger.AuditField{Field: f.name, After: strconv.Itoa(f.n)})
	}
	return list
}

func (r *Reconciler) load(ctx context.Context, t shop.Tenant) (doc ledger.Document, list []Run, err error) {
	doc.DocumentName = ledger.DocumentName{Kind: ledger.DocumentReconciliations, ID: string(t.Environment) + "/" + string(t.Shop)}
	var wrong error
	err = r.o.Books.EachDocument(ctx, func(d ledger.Document) bool {
		if d.DocumentName == doc.DocumentName {
			doc = d
			wrong = json.Unmarshal(d.Body, &list)
			return false
		}
		return true
	})
	return doc, list, errors.Join(err, wrong)
}
