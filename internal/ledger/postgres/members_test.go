package postgres

import (
	"context"
	"testing"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
)

func (p *pair) Member(ctx context.Context, key ledger.MemberKey) (ledger.Member, error) {
	return p.next().Member(ctx, key)
}

func (p *pair) PutMember(ctx context.Context, m ledger.Member) error {
	return p.next().PutMember(ctx, m)
}

func (p *pair) EachMember(ctx context.Context, yield func(ledger.Member) bool) error {
	return p.next().EachMember(ctx, yield)
}

// The suite of the members.
func TestMembers(t *testing.T) {
	dsn := library(t)
	ledgertest.RunMembers(t, func(t testing.TB, dir string) ledgertest.Members { return open(t, dsn, dir, nil) })
}

// P36: of two processes that put one member, who read an older version is refused.
func TestMembersPair(t *testing.T) {
	dsn := library(t)
	ledgertest.RunMembers(t, func(t testing.TB, dir string) ledgertest.Members { return openPair(t, dsn, dir) })
}
