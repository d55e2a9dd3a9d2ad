package ledger

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

func anyRecord(t *rapid.T) (*Record, Hash) {
	id := rapid.Custom(func(t *rapid.T) payment.ID {
		return payment.NewID(time.UnixMilli(rapid.Int64Range(0, 1<<45-1).Draw(t, "ms")), rapid.Uint64().Draw(t, "random"))
	})
	part := func(most int) []byte { return rapid.SliceOfN(rapid.Byte(), 0, most).Draw(t, "bytes") }
	r := &Record{
		Payment: id.Draw(t, "payment"),
		Number:  rapid.IntRange(1, 1<<31-1).Draw(t, "number"),
		Body:    part(100),
	}
	if r.Number > 1 {
		r.Previous = rapid.Uint64Range(1, Adjacent).Draw(t, "previous")
	}
	if private := part(100); len(private) >= overhead {
		r.Private = private
	}
	for range rapid.IntRange(0, MaxClaims).Draw(t, "claims") {
		c := Claimed{Kind: KeyKind(rapid.Byte().Draw(t, "kind")), Key: Digest(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "key"))}
		if rapid.Bool().Draw(t, "over") {
			c.Over = &Ref{Payment: id.Draw(t, "holder"), Version: rapid.IntRange(1, 1<<31-1).Draw(t, "version")}
		}
		r.Claims = append(r.Claims, c)
	}
	return r, Hash(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "before"))
}

// A record comes back as it was, and any flipped bit is noticed (P87).
func TestRecordRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, before := anyRecord(t)
		b := r.Encode(before)
		have, err := Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Body) == 0 {
			r.Body = have.Body // nil and empty are one
		}
		if diff := cmp.Diff(r, have); diff != "" {
			t.Fatal(diff)
		}
		if !Linked(before, b) || HashOf(b) != r.Hash {
			t.Fatal("not linked to what it was encoded after")
		}
		other := before
		other[rapid.IntRange(0, 31).Draw(t, "at")]++
		if Linked(other, b) {
			t.Fatal("linked to another record")
		}
		bad := bytes.Clone(b)
		bad[rapid.IntRange(0, len(bad)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if _, err := Decode(bad); err == nil {
			t.Fatal("a flipped bit was not noticed")
		}
	})
}

// Whatever the bytes, decoding ends, bounded, and what it accepts encodes to
// the same bytes: there is one way to write a record.
func FuzzDecode(f *testing.F) {
	records := rapid.Custom(func(t *rapid.T) *Record {
		r, _ := anyRecord(t)
		return r
	})
	for i := range 40 {
		f.Add(records.Example(i).Encode(Hash{}), true)
	}
	f.Add([]byte(nil), false)
	f.Fuzz(func(t *testing.T, b []byte, mend bool) {
		if mend && len(b) > offsetHash { // otherwise hardly anything gets past the checksum
			b = bytes.Clone(b)
			binary.BigEndian.PutUint32(b, crc32.Checksum(b[offsetHash:], castagnoli))
		}
		r, err := Decode(b)
		if err != nil {
			return
		}
		again := *r
		encoded := again.Encode(Hash{})
		if !bytes.Equal(encoded[offsetFormat:], b[offsetFormat:]) {
			t.Errorf("%x\nencodes to\n%x", b, encoded)
		}
		_, _ = r.Event() // must not panic
	})
}

// An event comes back from its record as it was, with any field set; only what
// is private does not. encoding/json on its own reads the same (ADR 0009).
func TestEventRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := rapid.Make[payment.Event]().Draw(t, "event")
		moment := rapid.Custom(func(t *rapid.T) time.Time {
			zone := time.FixedZone("", 60*rapid.IntRange(-14*60, 14*60).Draw(t, "zone"))
			return time.Unix(rapid.Int64Range(-62_000_000_000, 253_000_000_000).Draw(t, "s"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).In(zone)
		})
		e.Time, e.Until = moment.Draw(t, "time"), time.Time{}
		if rapid.Bool().Draw(t, "until") {
			e.Until = moment.Draw(t, "until")
		}
		e.Sequence = 1
		id := payment.NewID(time.UnixMilli(1), 1)
		e.ID = rapid.SampledFrom([]payment.ID{"", id}).Draw(t, "id")
		body, err := encodeEvent(nil, &e)
		if err != nil {
			t.Fatal(err)
		}
		have, err := (&Record{Payment: id, Number: 1, Body: body}).Event()
		if err != nil {
			t.Fatal(err)
		}
		slow, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		var want payment.Event
		if err := json.Unmarshal(slow, &want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, have, cmp.Comparer(time.Time.Equal)); diff != "" {
			t.Fatal(diff)
		}
	})
	for _, year := range []int{-1, 10_000} {
		if _, err := encodeEvent(nil, &payment.Event{Time: time.Date(year, 1, 1, 0, 0, 0, 1, time.UTC)}); err == nil {
			t.Errorf("year %d was encoded", year)
		}
	}
}

// Keys that differ anywhere have other digests, also when their parts run into
// one another (P12).
func TestDigestScope(t *testing.T) {
	seen := map[Digest]Key{}
	for _, kind := range []KeyKind{KeyOrder, KeyRequest} {
		for _, parts := range []string{"a|TEST|1", "aT|EST|1", "a|TEST1|", "|aTEST1|", "a|TEST|1\x00", "a|PRODUCTION|1", "b|TEST|1"} {
			p := strings.Split(parts, "|")
			k := Key{Kind: kind, Tenant: shop.Tenant{Shop: shop.ID(p[0]), Environment: shop.Environment(p[1])}, Value: p[2]}
			if other, ok := seen[k.Digest()]; ok {
				t.Errorf("%q and %q have one digest", k, other)
			}
			seen[k.Digest()] = k
		}
	}
}

// A payment's key opens its own events only, and only with its master key.
func TestPrivateIsBound(t *testing.T) {
	master, other := mustMaster(t, 1), mustMaster(t, 2)
	a, b := payment.NewID(time.UnixMilli(1), 1), payment.NewID(time.UnixMilli(1), 2)
	key, wrapped := master.Create(a)
	hidden := key.Encrypt(1, []byte("buyer"))
	if again, err := master.Unwrap(a, wrapped); err != nil {
		t.Error(err)
	} else if plain, err := again.Decrypt(1, hidden); err != nil || string(plain) != "buyer" {
		t.Errorf("%q, %v", plain, err)
	}
	if _, err := key.Decrypt(2, hidden); err == nil {
		t.Error("opened as another event's")
	}
	if _, err := master.Unwrap(b, wrapped); err == nil {
		t.Error("unwrapped for another payment")
	}
	if _, err := other.Unwrap(a, wrapped); err == nil {
		t.Error("unwrapped by another master key")
	}
	if strangers, _ := master.Create(a); true {
		if _, err := strangers.Decrypt(1, hidden); err == nil {
			t.Error("opened with another key")
		}
	}
	if len(wrapped) != WrappedSize || master.Mark() == other.Mark() {
		t.Error("sizes or marks are wrong")
	}
	for n := range overhead + 1 {
		if _, err := key.Decrypt(1, hidden[:n]); err == nil {
			t.Errorf("opened %d bytes", n)
		}
	}
}

func mustMaster(t *testing.T, fill byte) *MasterKey {
	t.Helper()
	m, err := NewMasterKey(bytes.Repeat([]byte{fill}, KeySize))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The refusal of a claim never tells the key itself.
func TestClaimedErrorHidesTheKey(t *testing.T) {
	e := &ClaimedError{Key: Key{Kind: KeyRequest, Value: "secret-key"}, By: Holder{Payments: []payment.ID{"x"}}}
	if text := fmt.Sprint(e); strings.Contains(text, "secret-key") || !strings.Contains(text, `"x"`) {
		t.Error(text)
	}
}
