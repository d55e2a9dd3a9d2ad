package bolt

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/shop"
)

func openDeliveries(t testing.TB, dir string) *Deliveries {
	t.Helper()
	d, err := OpenDeliveries(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// The suite of the deliveries.
func TestDeliveries(t *testing.T) {
	ledgertest.RunDeliveries(t, func(t testing.TB, dir string) ledgertest.Deliveries { return openDeliveries(t, dir) })
}

// P99: a second process on the same deliveries is refused, in words; a file that is
// none says what its loss would mean.
func TestDeliveriesOpenOnce(t *testing.T) {
	dir := t.TempDir()
	openDeliveries(t, dir)
	if _, err := OpenDeliveries(dir); err == nil || !strings.Contains(err.Error(), "another process") {
		t.Errorf("%v", err)
	}
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, deliveriesFile), []byte(strings.Repeat("no database ", 4096)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenDeliveries(dir); err == nil || !strings.Contains(err.Error(), "sent again") {
		t.Errorf("%v", err)
	}
}

// P98: only its owner may read the file.
func TestDeliveriesAreOursAlone(t *testing.T) {
	dir := t.TempDir()
	openDeliveries(t, dir)
	info, err := os.Stat(filepath.Join(dir, deliveriesFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}

// What waits for an endpoint costs as much to settle however much waits for others.
func BenchmarkSettle(b *testing.B) {
	d := openDeliveries(b, b.TempDir())
	e := ledger.EndpointKey{Tenant: shop.Tenant{Shop: "s", Environment: shop.Test}, ID: "e"}
	for n := uint64(1); b.Loop(); n++ {
		c := ledger.DeliveryChange{Endpoint: e, Course: &ledger.Course{Cursor: n}, Put: []ledger.Delivery{ledgertest.Delivery(n, ledger.DeliveryWaiting, 0)}}
		if n > 1 {
			c.Done = []uint64{n - 1}
		}
		if err := d.Settle(b.Context(), c); err != nil {
			b.Fatal(err)
		}
	}
}
