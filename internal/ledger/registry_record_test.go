package ledger

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/shop"
)

func someTime(t *rapid.T) time.Time {
	return time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "s"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).UTC()
}

// What is written of shops is read again as it was, and any other byte is found
// out (P87).
func TestRegistryRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body, err := json.Marshal(rapid.MapOf(rapid.String(), rapid.String()).Draw(t, "body"))
		if err != nil {
			t.Fatal(err)
		}
		d := Document{DocumentName{DocumentKey, rapid.StringN(1, 20, 100).Draw(t, "id")}, rapid.IntRange(0, 1e9).Draw(t, "n"), body, someTime(t)}
		kept, err := d.Encode()
		if err != nil {
			t.Fatal(err)
		}
		read, err := DecodeDocument(kept)
		if diff := cmp.Diff(d, read); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
		e := AuditEntry{
			Tenant: shop.Tenant{Shop: "s", Environment: shop.Test}, Sequence: rapid.IntRange(1, 1e9).Draw(t, "sequence"), Time: someTime(t),
			Actor: rapid.StringN(1, 20, 100).Draw(t, "actor"), Resource: "settings", Action: "updated",
			Fields: rapid.SliceOfN(rapid.Make[AuditField](), 1, 5).Draw(t, "fields"), Before: Hash{1, 2, 3},
		}
		line, hash, err := e.Encode()
		if err != nil {
			t.Fatal(err)
		}
		back, same, err := DecodeAuditEntry(line)
		if diff := cmp.Diff(e, back); err != nil || diff != "" || same != hash {
			t.Fatal(err, diff)
		}
		for _, b := range [][]byte{kept, line} {
			b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		}
		if _, err := DecodeDocument(kept); err == nil {
			t.Error("a changed document is read")
		}
		if _, _, err := DecodeAuditEntry(line); err == nil {
			t.Error("a changed entry is read")
		}
	})
}

// FuzzRegistryRecords: nothing that lies in the files can do more than fail.
func FuzzRegistryRecords(f *testing.F) {
	d := Document{DocumentName{DocumentShop, "s"}, 1, []byte(`{"a":1}`), time.Unix(1, 0).UTC()}
	kept, err := d.Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(kept)
	f.Add(summed([]byte(`{"shop":"s","env":"TEST","n":1,"by":"x","on":"y","do":"z","prev":"00"}`)))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, b := range [][]byte{b, summed(b)} {
			if d, err := DecodeDocument(b); err == nil {
				if _, err := d.Encode(); err != nil && len(d.Body) <= MaxDocument {
					t.Errorf("read, and cannot be written: %v", err)
				}
			}
			if e, hash, err := DecodeAuditEntry(b); err == nil && e.Tenant.Shop == "" {
				t.Errorf("%x is of nobody", hash)
			}
		}
	})
}
