package postgres

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/shop"
)

func (p *pair) EachDocument(ctx context.Context, yield func(ledger.Document) bool) error {
	return p.next().EachDocument(ctx, yield)
}

func (p *pair) Revised(ctx context.Context, after uint64) ([]ledger.Document, uint64, error) {
	return p.next().Revised(ctx, after)
}

func (p *pair) Revise(ctx context.Context, r ledger.Revision) error { return p.next().Revise(ctx, r) }

func (p *pair) Trail(ctx context.Context, t shop.Tenant, before, limit int) ([]ledger.AuditEntry, error) {
	return p.next().Trail(ctx, t, before, limit)
}

// The suite of the registry.
func TestShops(t *testing.T) {
	dsn := library(t)
	ledgertest.RunShops(t, func(t testing.TB, dir string) ledgertest.Shops { return open(t, dsn, dir, nil) })
}

// P36, P87: two processes revise at once: who read an older version is refused, nothing is
// lost, and the trail has no gap.
func TestShopsPair(t *testing.T) {
	dsn := library(t)
	ledgertest.RunShops(t, func(t testing.TB, dir string) ledgertest.Shops { return openPair(t, dsn, dir) })
}

var demoTenant = shop.Tenant{Shop: "demo", Environment: shop.Test}

func revise(id string, version int) ledger.Revision {
	return ledger.Revision{
		Documents: []ledger.Document{ledgertest.Document(id, version)},
		Trail:     []ledger.AuditEntry{ledgertest.Audit(demoTenant, fmt.Sprint(id, " ", version))},
	}
}

// P87: whoever changes, drops, swaps or adds an entry of the trail, or changes a document or
// a member, is found out.
func TestTamperedBeside(t *testing.T) {
	dsn := library(t)
	for _, statement := range []string{
		"UPDATE trail SET record = convert_to(replace(convert_from(record, 'LATIN1'), 'key:0', 'key:9'), 'LATIN1') WHERE number = 3",
		"UPDATE trail SET record = (SELECT record FROM trail WHERE number = 2) WHERE number = 3",
		"DELETE FROM trail WHERE number = 1",
		"DELETE FROM trail WHERE number = 5",
		"DELETE FROM trail_ends",
		"INSERT INTO trail SELECT tenant, 6, record FROM trail WHERE number = 5",
		"UPDATE trail SET tenant = tenant || '\\x00'",
		"DELETE FROM trail WHERE number = 5; UPDATE trail_ends SET number = 4",
		"UPDATE trail SET number = number + 10 WHERE number < 3; UPDATE trail SET number = 13 - number WHERE number > 10",
		"UPDATE documents SET record = convert_to(replace(convert_from(record, 'LATIN1'), 'demo', 'memo'), 'LATIN1') || '\\x20'",
		"UPDATE documents SET name = name || '\\x78'",
		"UPDATE members SET record = '{}{}'",
		"UPDATE members SET id = id || '\\x78'",
	} {
		t.Run(statement, func(t *testing.T) {
			l := open(t, dsn, t.TempDir(), nil)
			for i := range 5 {
				if err := l.Revise(t.Context(), revise("s", i)); err != nil {
					t.Fatal(err)
				}
			}
			m := ledgertest.Member("c", 3)
			m.Cards[0].Gone, m.Cards[1].Key = m.Updated, ""
			if err := l.PutMember(t.Context(), m); err != nil {
				t.Fatal(err)
			}
			report, err := l.Verify(t.Context(), nil)
			if err != nil || report.Fault != nil || report.Documents != 1 || report.Changes != 5 || report.Members != 1 || report.Cards != 1 {
				t.Fatalf("%+v, %v", report, err)
			}
			run(t, l, statement)
			table := strings.Fields(strings.NewReplacer("UPDATE ", "", "DELETE FROM ", "", "INSERT INTO ", "").Replace(statement))[0]
			report, err = l.Verify(t.Context(), nil)
			if err != nil || report.Fault == nil || !strings.Contains(report.Fault.What, strings.TrimSuffix(table, "_ends")+": ") {
				t.Errorf("it is not found: %+v, %v", report, err)
			}
			t.Log(report.Fault)
		})
	}
}
