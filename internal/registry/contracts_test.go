package registry

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/shop"
)

func (r *rig) contract(w Who, id string, change func(*shop.Contract)) error {
	_, err := r.ChangeContract(r.Context(), w, id, func(c *shop.Contract) error { change(c); return nil })
	return err
}

// R12 R14 R15: trader code, access key and flags as the provider issued them;
// settings that need a flag keep it.
func TestContract(t *testing.T) {
	r := newRig(t, nil)
	err := r.contract(test, "a-test", func(c *shop.Contract) {
		c.ID, c.TraderCode, c.AccessKey, c.AmountLimit, c.HoldDays = "other", "888889998", "42", 300_000, 58
		c.Flags.NoSecurityCode = true
	})
	if err != nil {
		t.Fatal(err)
	}
	r.set(test, func(s *Settings) { s.NoSecurityCode, s.Saving = true, shop.SavingAlways })
	for range 2 {
		_, c, _ := r.live.Now().Contract(test.Tenant)
		if c.ID != "a-test" || c.TraderCode != "888889998" || c.AccessKey.Reveal() != "42" || c.AmountLimit != 300_000 || c.HoldDays != 58 || !c.Flags.NoSecurityCode || !c.Flags.Vault {
			t.Errorf("%+v", c)
		}
		list, err := r.Contracts(production)
		if err != nil || len(list) != 2 || list[0].Environment != shop.Test || list[0].HoldDays != 58 || list[1].ID != "a-live" || list[1].TraderCode != "123456789" || list[0].Shared {
			t.Errorf("%+v, %v", list, err)
		}
		r.restart(nil)
	}
	for want, change := range map[string]func(*shop.Contract){
		"contract.trader_code":                   func(c *shop.Contract) { c.TraderCode = "88888999" },
		"contract.access_key":                    func(c *shop.Contract) { c.AccessKey = "" },
		"contract.amount_limit":                  func(c *shop.Contract) { c.AmountLimit = -1 },
		"contract.hold_days":                     func(c *shop.Contract) { c.HoldDays = 0 },
		"contract.flags":                         func(c *shop.Contract) { c.Flags.TestAllowed = false },
		"contract.flags contract.flags":          func(c *shop.Contract) { c.Flags.Vault, c.Flags.NoSecurityCode = false, false },
		"contract.trader_code contract.flags":    func(c *shop.Contract) { c.TraderCode, c.Flags.Vault = "x", false },
		"contract.access_key contract.hold_days": func(c *shop.Contract) { c.AccessKey, c.HoldDays = "1 1", 400 },
	} {
		if err := r.contract(test, "a-test", change); fields(err) != want {
			t.Errorf("want %s: %v", want, err)
		}
	}
	for _, id := range []string{"a-live", "b-test", "nothing"} {
		if err := r.contract(test, id, func(*shop.Contract) {}); !errors.Is(err, ledger.ErrNotFound) {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// P89: what several shops point to none of them changes, and nobody in TEST
// changes what PRODUCTION pays with; the trails of all who point to it tell of a
// change.
func TestSharedContract(t *testing.T) {
	r := newRig(t, func(d *shop.Directory) {
		c := d.Shops["a"].Contracts[shop.Production]
		d.Shops["a"].Contracts[shop.Test] = c
		d.Shops["c"] = &shop.Shop{ID: "c", Contracts: map[shop.Environment]shop.Contract{shop.Test: d.Shops["b"].Contracts[shop.Test]}}
	})
	limit := func(c *shop.Contract) { c.AmountLimit = 10 }
	if err := r.contract(other, "b-test", limit); !refused(err) || !strings.Contains(err.Error(), "config file") {
		t.Errorf("shared: %v", err)
	}
	if list, err := r.Contracts(other); err != nil || !list[0].Shared {
		t.Errorf("%+v, %v", list, err)
	}
	if err := r.contract(test, "a-live", limit); !refused(err) || !strings.Contains(err.Error(), "PRODUCTION") {
		t.Errorf("from TEST: %v", err)
	}
	if err := r.contract(production, "a-live", limit); err != nil {
		t.Error(err)
	}
	for _, w := range []Who{test, production} {
		if last := r.last(w); last.Actor != production.Actor || last.Resource != "contracts/a-live" || fmt.Sprint(last.Fields) != "[{amountLimit 0 10}]" {
			t.Errorf("%v: %+v", w.Tenant, last)
		}
	}
}

// P89: payments end under the trader code they began with.
func TestTraderCodeStays(t *testing.T) {
	r := newRig(t, nil)
	author := ledgertest.NewAuthor(1)
	author.Tenant = test.Tenant
	open := author.Open("1396", "a1", nil)
	for _, e := range []ledger.Entry{open, author.Next(open.After, ledgertest.Authorized(open.After))} {
		if err := r.books.Append(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	move := func(c *shop.Contract) { c.TraderCode = "888889998" }
	if err := r.contract(test, "a-test", move); !refused(err) {
		t.Errorf("%v", err)
	}
	if err := r.contract(test, "a-test", func(c *shop.Contract) { c.AccessKey = "42" }); err != nil {
		t.Errorf("another access key: %v", err)
	}
	if err := r.contract(production, "a-live", move); err != nil {
		t.Errorf("where nobody paid: %v", err)
	}
}

// R12 P98: an access key shows nowhere: not in the books' files, not in the
// trail, the log, an error, or what is printed of anything.
func TestAccessKeyIsSecret(t *testing.T) {
	r := newRig(t, nil)
	const second = "1928374650"
	if err := r.contract(test, "a-test", func(c *shop.Contract) { c.AccessKey = second }); err != nil {
		t.Fatal(err)
	}
	bad := r.contract(test, "a-test", func(c *shop.Contract) { c.AccessKey = shop.AccessKey(second + " ") })
	contracts, err := r.Contracts(test)
	if err != nil || bad == nil {
		t.Fatal(err, bad)
	}
	if last := r.last(test); last.Resource != "contracts/a-test" || len(last.Fields) != 1 || last.Fields[0] != (FieldChange{Field: "accessKey"}) {
		t.Errorf("%+v", last)
	}
	r.restart(nil) // warns, since the file has the first key still
	shown := map[string]string{"log": r.log.String(), "error": bad.Error(), "trail": fmt.Sprintf("%+v %#v", r.trail(test), r.trail(production))}
	for name, v := range map[string]any{"contracts": contracts, "keys": r.o.Keys, "directory": r.live.Now(), "settings": r.settings(test)} {
		shown[name] = fmt.Sprintf("%v %+v %#v", v, v, v)
	}
	files := 0
	err = filepath.WalkDir(r.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		shown[filepath.Base(path)], files = string(raw), files+1
		return err
	})
	if err != nil || files < 7 || shown["shops.db"] == "" || !bytes.Contains([]byte(shown["shops.db"]), []byte("traderCode")) {
		t.Fatalf("%d files, %v: the test looks in the wrong place", files, err)
	}
	if !strings.Contains(shown["log"], "contracts/a-test.accessKey") {
		t.Errorf("the log does not tell of the difference: %s", shown["log"])
	}
	for name, text := range shown {
		for _, secret := range []string{canary, second} {
			if strings.Contains(text, secret) {
				t.Errorf("%s shows an access key", name)
			}
		}
	}
}

// A lost key file is missed at the start, and another one is found out.
func TestKeyFile(t *testing.T) {
	r := newRig(t, nil)
	path := filepath.Join(r.dir, "shops.keys")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	fails := func(want string) {
		t.Helper()
		r.stop()
		if err := r.tryStart(nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %s: %v", want, err)
		}
	}
	kept, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	fails("shops.keys is missing")
	if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	fails("does not hold a keyset")
	foreign := newRig(t, nil)
	text, err := os.ReadFile(filepath.Join(foreign.dir, "shops.keys"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	fails("does not open the contract's access key")
	if err := os.WriteFile(path, kept, 0o600); err != nil {
		t.Fatal(err)
	}
	r.restart(nil)
}
