package floor

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/tools/bench/proc"
)

// The floor must really do the work it is measured by: two records of 600
// bytes a call, on disk before the answer, and one payment per key.
func TestTheFloorDoesTheWork(t *testing.T) {
	dir := t.TempDir()
	redis, listen := address(t), address(t)
	p, err := proc.Redis(dir, redis)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Kill()
	path := filepath.Join(dir, "journal.db")
	go func() { _ = Main([]string{"-listen", listen, "-redis", redis, "-journal", path}) }()
	c, err := grpc.NewClient(listen, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	client := paymentv1.NewPaymentServiceClient(c)
	const calls = 40
	var all sync.WaitGroup
	for i := range calls {
		all.Go(func() {
			key := strings.Repeat("k", i+1)
			r := &paymentv1.CreatePaymentRequest{Amount: int32(i + 1), OrderNumber: key, RequestId: key}
			for range 2 { // the second is a replay
				out, err := client.CreatePayment(t.Context(), r, grpc.WaitForReady(true))
				if err != nil || out.GetPayment().GetAmount() != int32(i+1) {
					t.Errorf("call %d: %v, %v", i, out, err)
				}
			}
		})
	}
	all.Wait()
	if n := records(t, path); n != 2*calls {
		t.Errorf("%d records, want %d", n, 2*calls)
	}
}

// records copies the journal under the running floor's feet, as it is on disk.
func records(t *testing.T, path string) int {
	t.Helper()
	copied := filepath.Join(t.TempDir(), "copy.db")
	duplicate(t, path, copied)
	db, err := bolt.Open(copied, 0o600, &bolt.Options{ReadOnly: true, Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	n := 0
	err = db.View(func(tx *bolt.Tx) error {
		return tx.Bucket(bucket).ForEach(func(_, v []byte) error {
			if n++; len(v) != recordSize {
				t.Errorf("a record of %d bytes", len(v))
			}
			return context.Cause(t.Context())
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func address(t *testing.T) string {
	t.Helper()
	addr, err := proc.Loopback()
	if err != nil {
		t.Fatal(err)
	}
	return addr
}

func duplicate(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
