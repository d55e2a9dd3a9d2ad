package registry

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
)

// faltering books refuse revisions after so many.
type faltering struct {
	ledger.Shops
	left int
}

var errDisk = errors.New("no space left on device")

func (f *faltering) Revise(ctx context.Context, r ledger.Revision) error {
	if f.left--; f.left < 0 {
		return errDisk
	}
	return f.Shops.Revise(ctx, r)
}

// P98: access keys are encrypted anew under a new key, the old one is gone, and
// an interrupted rotation can be run again.
func TestRotate(t *testing.T) {
	r := newRig(t, nil)
	path := filepath.Join(r.dir, "shops.keys")
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	clock := func() time.Time { return r.now }
	if _, err := Rotate(t.Context(), path, &faltering{r.books, 1}, clock); !errors.Is(err, errDisk) {
		t.Fatal(err)
	}
	r.restart(nil)
	if n, err := Rotate(t.Context(), path, r.books, clock); err != nil || n != 3 {
		t.Fatalf("%d contracts, %v", n, err)
	}
	for _, w := range []Who{test, production, other} {
		if last := r.last(w); last.Actor != "kessai" || last.Fields[0].Field != "encryption" {
			t.Errorf("%+v", last)
		}
	}
	r.restart(nil)
	if _, c, _ := r.live.Now().Contract(test.Tenant); c.AccessKey.Reveal() != canary {
		t.Error("the access key is another")
	}
	now, err := os.ReadFile(path)
	if err != nil || bytes.Count(now, []byte("keyId")) != 1 || bytes.Equal(now, old) {
		t.Errorf("the key file has %d keys, %v", bytes.Count(now, []byte("keyId")), err)
	}
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	r.stop()
	if err := r.tryStart(nil); !errors.Is(err, ErrUnreadable) {
		t.Errorf("the old key opens still: %v", err)
	}
}
