package ledger

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// anyMember has any value in any field that may be kept.
func anyMember(t *rapid.T) Member {
	moment := rapid.Custom(func(t *rapid.T) time.Time {
		if rapid.Bool().Draw(t, "zero") {
			return time.Time{}
		}
		return time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "s"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).UTC()
	})
	m := rapid.MakeCustom[Member](rapid.MakeConfig{Types: map[reflect.Type]*rapid.Generator[any]{
		reflect.TypeFor[time.Time](): moment.AsAny(),
	}}).Draw(t, "member")
	m.Version = rapid.IntRange(1, 1<<31).Draw(t, "version")
	if len(m.Secret) == 0 {
		m.Secret = nil
	}
	if len(m.Cards) == 0 {
		m.Cards = nil
	}
	return m
}

// A member comes back as it was, with any field set, or is refused; any flipped
// bit is noticed.
func TestMemberRoundTrip(t *testing.T) {
	kept := 0
	rapid.Check(t, func(t *rapid.T) {
		m := anyMember(t)
		b, err := m.Encode()
		if err != nil {
			if m.Check() == nil {
				t.Fatal(err)
			}
			return
		}
		kept++
		have, err := DecodeMember(b)
		if err != nil {
			t.Fatalf("%s: %v", b, err)
		}
		if diff := cmp.Diff(m, have); diff != "" {
			t.Fatalf("%s\n%s", b, diff)
		}
		b[rapid.IntRange(0, len(b)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if _, err := DecodeMember(b); err == nil {
			t.Fatal("a flipped bit was not noticed")
		}
	})
	if kept == 0 {
		t.Error("every member was refused: the test proves nothing")
	}
	t.Logf("%d were kept", kept)
}

// Whatever the bytes, decoding ends, and what it accepts is kept the same way.
func FuzzDecodeMember(f *testing.F) {
	members := rapid.Custom(anyMember)
	for i := range 20 {
		m := members.Example(i)
		if b, err := m.Encode(); err == nil {
			f.Add(b, true)
		}
	}
	f.Add([]byte(`xxxx{"shop":"a","env":"TEST","contract":"m","customer":"c","id":"1","n":1}`), true)
	f.Fuzz(func(t *testing.T, b []byte, mend bool) {
		if mend && len(b) > 4 {
			b = bytes.Clone(b)
			binary.BigEndian.PutUint32(b, crc32.Checksum(b[4:], castagnoli))
		}
		m, err := DecodeMember(b)
		if err != nil {
			return
		}
		again, err := m.Encode()
		if err != nil {
			t.Fatalf("%s: %v", b, err)
		}
		same, err := DecodeMember(again)
		if err != nil || !cmp.Equal(m, same) {
			t.Fatalf("%v\n%s", err, cmp.Diff(m, same))
		}
	})
}

// The names of a kept member are kept for ever: this one was written by the
// first version that had members.
func TestKeptMember(t *testing.T) {
	body := []byte(`{"shop":"demo","env":"TEST","contract":"main","customer":"c-1","id":"0123","secret":"AQID",` +
		`"cards":[{"id":"card-1","key":"2","last":"20261122100000","card":{"brand":"visa","last":"1111","exp":"1230"},` +
		`"holder":"HANAKO","payment":"1k81b5h8900004000009","t":"2026-11-22T10:00:00Z","u":"2026-11-22T11:00:00Z","gone":"2026-11-22T12:00:00Z"}],` +
		`"n":7,"t":"2026-11-22T10:00:01Z"}`)
	b := append(binary.BigEndian.AppendUint32(nil, crc32.Checksum(body, castagnoli)), body...)
	have, err := DecodeMember(b)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	want := Member{
		ProviderID: "0123", Secret: []byte{1, 2, 3}, Version: 7, Updated: at.Add(time.Second),
		Cards: []StoredCard{{
			ID: "card-1", Key: "2", LastCredit: "20261122100000", Holder: "HANAKO", Payment: "1k81b5h8900004000009",
			Created: at, Updated: at.Add(time.Hour), Gone: at.Add(2 * time.Hour),
		}},
	}
	want.Tenant.Shop, want.Tenant.Environment, want.Contract, want.Customer = "demo", "TEST", "main", "c-1"
	want.Cards[0].Hint.Brand, want.Cards[0].Hint.LastFour, want.Cards[0].Hint.Expiry = "visa", "1111", "1230"
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
	if again, err := have.Encode(); err != nil || !bytes.Equal(again, b) {
		t.Errorf("%s, %v", again, err)
	}
}

// A payment's two keys are of one use each, and the second is bound to the
// event it begins with.
func TestSecretKeyIsBound(t *testing.T) {
	master := mustMaster(t, 1)
	_, personal := master.Create("1k81b5h8900004000009")
	key, wrapped := master.CreateSecret("1k81b5h8900004000009", 3)
	hidden := key.Encrypt(3, []byte("token"))
	again, err := master.UnwrapSecret("1k81b5h8900004000009", 3, wrapped)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := again.Decrypt(3, hidden); err != nil || string(plain) != "token" {
		t.Errorf("%q, %v", plain, err)
	}
	for name, err := range map[string]error{
		"the second as the first": second(master.Unwrap("1k81b5h8900004000009", wrapped)),
		"the first as the second": second(master.UnwrapSecret("1k81b5h8900004000009", 3, personal)),
		"from another event":      second(master.UnwrapSecret("1k81b5h8900004000009", 4, wrapped)),
		"of another payment":      second(master.UnwrapSecret("1k81b5h890000400000a", 3, wrapped)),
		"by another master key":   second(mustMaster(t, 2).UnwrapSecret("1k81b5h8900004000009", 3, wrapped)),
	} {
		if err == nil {
			t.Errorf("%s: unwrapped", name)
		}
	}
}

func second(_ *PaymentKey, err error) error { return err }
