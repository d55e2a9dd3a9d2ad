package vault

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

var tenant = shop.Tenant{Shop: "s", Environment: shop.Test}

func openKeys(t *testing.T, path string, members ledger.Members) *Keys {
	t.Helper()
	k, err := OpenKeys(t.Context(), path, members)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func sealed(t *testing.T, k *Keys, customer, secret string) ledger.Member {
	t.Helper()
	m := ledger.Member{MemberKey: ledger.MemberKey{Tenant: tenant, Contract: "c", Customer: customer}, ProviderID: "id-" + customer}
	var err error
	if m.Secret, err = k.seal(&m, acquirer.MemberKey(secret)); err != nil {
		t.Fatal(err)
	}
	return m
}

// P53: a member's key is encrypted where it lies, by a file that only its owner
// reads and that outlives the process.
func TestKeys(t *testing.T) {
	members, path := newMemory(), filepath.Join(t.TempDir(), "vault.keys")
	k := openKeys(t, path, members)
	m := sealed(t, k, "m", "abcd1234")
	if strings.Contains(string(m.Secret), "abcd1234") {
		t.Error("the key lies in the clear")
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := members.PutMember(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	got, err := openKeys(t, path, members).open(&m)
	if err != nil || got.ID != "id-m" || got.Key.Reveal() != "abcd1234" {
		t.Errorf("%v, %v", got, err)
	}
}

// P52: a secret that was moved to another record does not open there.
func TestSecretsAreBound(t *testing.T) {
	k := openKeys(t, filepath.Join(t.TempDir(), "vault.keys"), newMemory())
	m := sealed(t, k, "m", "abcd1234")
	for name, edit := range map[string]func(*ledger.Member){
		"customer":    func(m *ledger.Member) { m.Customer = "n" },
		"shop":        func(m *ledger.Member) { m.Tenant.Shop = "t" },
		"environment": func(m *ledger.Member) { m.Tenant.Environment = shop.Production },
		"contract":    func(m *ledger.Member) { m.Contract = "d" },
		"boundary":    func(m *ledger.Member) { m.Contract, m.Customer = "cm", "" },
		"id":          func(m *ledger.Member) { m.ProviderID = "id-n" },
		"secret":      func(m *ledger.Member) { m.Secret = append([]byte(nil), m.Secret...); m.Secret[9] ^= 1 },
		"nothing":     func(m *ledger.Member) { m.Secret = nil },
	} {
		other := m
		edit(&other)
		if _, err := k.open(&other); !errors.Is(err, ErrUnreadable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// P53: a lost or wrong key file is an error; a new one would make strangers of
// all customers.
func TestMissingKeys(t *testing.T) {
	members, dir := newMemory(), t.TempDir()
	k := openKeys(t, filepath.Join(dir, "vault.keys"), members)
	if err := members.PutMember(t.Context(), sealed(t, k, "m", "abcd1234")); err != nil {
		t.Fatal(err)
	}
	openKeys(t, filepath.Join(dir, "foreign"), newMemory())
	if err := os.WriteFile(filepath.Join(dir, "broken"), []byte(`{"primaryKeyId":1,"key":[{"keyData":"c2VjcmV0"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{"lost": "is missing", "foreign": "is not the key file", "broken": "does not hold a keyset"} {
		_, err := OpenKeys(t.Context(), filepath.Join(dir, file), members)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "c2VjcmV0") {
			t.Errorf("%s: %v", file, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "lost")); !errors.Is(err, os.ErrNotExist) {
		t.Error("a new key file was made")
	}
}

// P53: keys rotate: the new one writes, the old ones read, until every record is
// brought over; then they can go.
func TestRotate(t *testing.T) {
	members, path := newMemory(), filepath.Join(t.TempDir(), "vault.keys")
	k := openKeys(t, path, members)
	for i := range 20 {
		if err := members.PutMember(t.Context(), sealed(t, k, fmt.Sprint(i), fmt.Sprintf("secret%02d", i))); err != nil {
			t.Fatal(err)
		}
	}
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Rotate(); err != nil {
		t.Fatal(err)
	}
	k = openKeys(t, path, members)
	if err := members.PutMember(t.Context(), sealed(t, k, "new", "secret-n")); err != nil {
		t.Fatal(err)
	}
	rounds := 0
	members.before = func(m ledger.Member) { // somebody else writes the record meanwhile
		rounds++
		other, _ := members.Member(t.Context(), m.MemberKey)
		other.Updated = time.Unix(1, 0)
		_ = members.PutMember(t.Context(), other)
	}
	if n, err := k.Reseal(t.Context(), members, true); n != 20 || err != nil || rounds != 1 {
		t.Fatalf("%d, %v", n, err)
	}
	if n, err := k.Reseal(t.Context(), members, true); n != 0 || err != nil {
		t.Errorf("again: %d, %v", n, err)
	}
	k = openKeys(t, path, members)
	for i := range 20 {
		m, _ := members.Member(t.Context(), ledger.MemberKey{Tenant: tenant, Contract: "c", Customer: fmt.Sprint(i)})
		if got, err := k.open(&m); err != nil || got.Key.Reveal() != fmt.Sprintf("secret%02d", i) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenKeys(t.Context(), path, members); err == nil {
		t.Error("the old key still opens what was brought over")
	}
}

// P53: keys never print themselves.
func TestKeysAreMute(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vault.keys")
	k := openKeys(t, path, newMemory())
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	material := strings.Split(string(text), `"value":"`)[1][:16]
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "keys", k)
	for _, s := range []string{fmt.Sprintf("%v %+v %#v %s", k, k, k, k), log.String()} {
		if strings.Contains(s, material) || !strings.Contains(s, "[member keys]") {
			t.Errorf("it prints %s", s)
		}
	}
}

// P53: every character is as likely as any other, and bytes that would make some
// likelier are thrown away.
func TestWord(t *testing.T) {
	for _, alphabet := range []string{letters, base32hex} {
		next, calls := byte(0), 0
		every := func(b []byte) (int, error) {
			calls++
			for i := range b {
				b[i] = next
				next++
			}
			return len(b), nil
		}
		n := 256 - 256%len(alphabet)
		count := map[rune]int{}
		for _, c := range word(n, alphabet, every) {
			count[c]++
		}
		for _, c := range alphabet {
			if count[c] != n/len(alphabet) {
				t.Errorf("%c comes %d times of %d", c, count[c], n)
			}
		}
		if calls != 1 {
			t.Errorf("%d calls", calls)
		}
	}
	if got := word(3, letters, func(b []byte) (int, error) { copy(b, "\xff\xf8A"); return len(b), nil }); got != "333" {
		t.Errorf("bytes past the last whole alphabet are used: %s", got) // 'A' is 65, and 65-62 is 3
	}
}
