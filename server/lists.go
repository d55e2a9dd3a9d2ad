package main

import (
	"context"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// lists are the books as those read them who only list and report: with a replica they may
// lie a few seconds behind what other processes write. Who decides anything, watches, or
// tells endpoints reads books.
type lists interface {
	ledger.Journal
	Load(ctx context.Context, id payment.ID) (*payment.Payment, error)
	History(ctx context.Context, id payment.ID) ([]payment.Event, error)
	Find(ctx context.Context, key ledger.Key) (ledger.Holder, error)
	List(ctx context.Context, query ledger.Query) (ledger.Page, error)
	Trail(ctx context.Context, t shop.Tenant, before, limit int) ([]ledger.AuditEntry, error)
}

// listedPayments are the payments as the API has them: what it lists and exports comes from
// the lists.
type listedPayments struct {
	*processor.Processor
	lists lists
}

// List is described at processor.Processor.
func (l listedPayments) List(ctx context.Context, c processor.Caller, q ledger.Query) (ledger.Page, error) {
	q.Tenant = c.Tenant
	return l.lists.List(ctx, q)
}
