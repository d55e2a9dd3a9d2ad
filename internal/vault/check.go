package vault

import (
	"context"
	"errors"
	"time"

	"kessai.dev/kessai/internal/ledger"
)

// Findings is what Check found.
type Findings struct {
	Members     int // looked at
	Moves           // how their records were brought into line
	Unreachable int // members whose list could not be read
	Skipped     int // members under a contract that the shop has no more
}

// maxInRow is how many members in a row may be unreachable before Check gives
// up: then it is the provider, and not the member.
const maxInRow = 10

// Check looks at the provider's list of every member, one after the other with a
// rest in between, and brings the records into line: cards that
// we did not know, cards removed at the provider only (P58), cards whose
// registration is over. It returns early, with an error, when ctx ends, the books
// cannot be read or the provider cannot be reached.
func (v *Vault) Check(ctx context.Context) (Findings, error) {
	var f Findings
	keys, err := v.everybody(ctx)
	if err != nil {
		return f, err
	}
	failed := 0
	for i, key := range keys {
		if i > 0 && !rest(ctx, v.o.Pace) {
			return f, ctx.Err()
		}
		a, err := v.account(key.Tenant, key.Customer)
		if err != nil || a.key != key {
			f.Skipped++
			continue
		}
		f.Members++
		got, err := v.look(ctx, &a)
		switch {
		case err == nil:
			failed = 0
			f.add(got.moved)
		case !excusable(err) && !errors.Is(err, ledger.ErrNotFound):
			return f, err
		default:
			f.Unreachable++
			if failed++; failed == maxInRow {
				return f, err
			}
		}
	}
	return f, nil
}

func (f *Findings) add(m Moves) {
	f.Adopted += m.Adopted
	f.Activated += m.Activated
	f.Gone += m.Gone
}

// everybody lists the members, also those without a card: one may have been
// saved without our knowing. They are collected first: nobody is asked while the
// books are read.
func (v *Vault) everybody(ctx context.Context) ([]ledger.MemberKey, error) {
	var keys []ledger.MemberKey
	err := v.o.Members.EachMember(ctx, func(m ledger.Member) bool {
		keys = append(keys, m.MemberKey)
		return ctx.Err() == nil
	})
	return keys, errors.Join(err, ctx.Err())
}

// rest waits, or reports that ctx ended.
func rest(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
