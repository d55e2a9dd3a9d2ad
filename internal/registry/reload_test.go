package registry

import (
	"context"
	"errors"
	"testing"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

// unsure are books that write a revision, and cannot say that they did.
type unsure struct {
	ledger.Shops
	unsure bool
}

var errUnsure = errors.New("nobody knows")

func (u *unsure) Revise(ctx context.Context, r ledger.Revision) error {
	err := u.Shops.Revise(ctx, r)
	if err == nil && u.unsure {
		err = errUnsure
	}
	return err
}

// P18, P36: a change of which nobody knew whether it was written is not served; who changes
// what he read before it is told that it has changed meanwhile, and finds it as the books
// have it.
func TestUnknownRevision(t *testing.T) {
	r := newRig(t, nil)
	books := &unsure{Shops: r.books, unsure: true}
	r.o.Books = books
	read := r.settings(test).Etag
	rate := func(fee int) error {
		_, err := r.ChangeSettings(t.Context(), test, read, func(s *Settings) error { s.FeeRate = fee; return nil })
		return err
	}
	if err := rate(400); !errors.Is(err, errUnsure) || r.settings(test).FeeRate != shop.DefaultFeeRate {
		t.Fatalf("%v, %d", err, r.settings(test).FeeRate)
	}
	books.unsure = false
	if err := rate(450); !errors.Is(err, ledger.ErrStale) {
		t.Fatalf("over what nobody has read: %v", err)
	}
	if have := r.settings(test).FeeRate; have != 400 || r.live.Now().Own[test.Tenant].Settings.FeeRate != have {
		t.Errorf("the books have 400, served is %d", have)
	}
	read = r.settings(test).Etag
	if err := rate(450); err != nil {
		t.Error(err)
	}
	if list, err := r.Changes(t.Context(), test, 0, 2); err != nil || len(list) != 2 || list[0].Fields[0].Before != list[1].Fields[0].After {
		t.Errorf("%+v, %v", list, err)
	}
}
