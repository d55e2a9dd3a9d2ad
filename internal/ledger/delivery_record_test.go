package ledger_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/shop"
)

// FuzzDecodeDelivery: whatever the disk holds is refused or gives what encodes to
// the same, and nothing panics.
func FuzzDecodeDelivery(f *testing.F) {
	d := ledgertest.Delivery(7, ledger.DeliveryWaiting, 0)
	good, err := d.Encode()
	if err != nil {
		f.Fatal(err)
	}
	course := ledger.Course{Cursor: 7, Streak: 2, Reason: "503"}
	other, err := course.Encode(ledger.EndpointKey{Tenant: shop.Tenant{Shop: "s", Environment: shop.Test}, ID: "e"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(other)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		if d, err := ledger.DecodeDelivery(b); err == nil {
			again, err := d.Encode()
			if err != nil {
				t.Fatal(err)
			}
			back, err := ledger.DecodeDelivery(again)
			if diff := cmp.Diff(d, back); err != nil || diff != "" {
				t.Fatalf("%v %s", err, diff)
			}
		}
		if e, c, err := ledger.DecodeCourse(b); err == nil {
			again, err := c.Encode(e)
			if err != nil {
				t.Fatal(err)
			}
			e2, c2, err := ledger.DecodeCourse(again)
			if diff := cmp.Diff(c, c2); err != nil || diff != "" || e2 != e {
				t.Fatalf("%v %s", err, diff)
			}
		}
	})
}

// A damaged record is refused.
func TestDamagedDelivery(t *testing.T) {
	d := ledgertest.Delivery(7, ledger.DeliveryWaiting, 0)
	b, err := d.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for i := range b {
		b[i] ^= 1
		if got, err := ledger.DecodeDelivery(b); err == nil {
			t.Fatalf("byte %d: %+v", i, got)
		}
		b[i] ^= 1
	}
}
