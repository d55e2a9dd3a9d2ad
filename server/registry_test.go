package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/registry"
	"kessai.dev/kessai/internal/shop"
)

// startConfigured starts on a data folder with a config file, and gives the log.
func startConfigured(t *testing.T, data string, config map[string]any) (*server, *bytes.Buffer) {
	t.Helper()
	raw, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "kessai.json")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	log := &bytes.Buffer{}
	f := &Flags{Listen: "127.0.0.1:0", GRPCListen: "127.0.0.1:0", SimulatorListen: "127.0.0.1:0", Data: data}
	s, err := start(t.Context(), f, path, slog.New(slog.NewTextHandler(log, nil)), dayClock())
	if err != nil {
		t.Fatal(err)
	}
	return s, log
}

// listing is how the door answers a key that lists payments.
func listing(t *testing.T, s *server, key string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+s.addr.String()+"/v1/payments", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode
}

// R12 R19 R22: a shop begins as its config file says; what is changed later
// lives on in the books, and a key that is taken out of the file ends.
func TestConfiguredShop(t *testing.T) {
	data, secret := t.TempDir(), filepath.Join(t.TempDir(), "access.key")
	if err := os.WriteFile(secret, []byte("1111111\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	hash := shop.HashKey("sk_test_file")
	config := map[string]any{
		"contracts": []any{map[string]any{"id": "main", "traderCode": "888889999", "accessKeyFile": secret, "flags": map[string]bool{"testAllowed": true}}},
		"shops": []any{map[string]any{
			"id": "s", "name": "店", "contracts": map[string]string{"TEST": "main"}, "feeRate": 325, "orderRegistration": false,
			"sender": map[string]string{"name": "店", "postalCode": "100-0001", "billingCode": "030000000000", "freightNumber": "01"},
			"b2":     map[string]any{"columns": 97, "header": true},
		}},
		"keys": []any{map[string]any{"sha256": hex.EncodeToString(hash[:]), "shop": "s", "environment": "TEST", "scopes": []string{"storefront", "operator"}}},
	}
	who := registry.Who{Tenant: shop.Tenant{Shop: "s", Environment: shop.Test}, Actor: "key:00000000"}

	s, _ := startConfigured(t, data, config)
	got, err := s.shops.Settings(who)
	if err != nil || got.Name != "店" || got.FeeRate != 325 || !got.NoRegistration || got.Sender.BillingCode != "030000000000" || got.B2.Columns != 97 || len(got.Methods) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := s.shops.ChangeSettings(t.Context(), who, got.Etag, func(s *registry.Settings) error { s.FeeRate = 400; return nil }); err != nil {
		t.Fatal(err)
	}
	_, made, err := s.shops.CreateKey(t.Context(), who, registry.Key{Scopes: []shop.Scope{shop.Storefront}})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := listing(t, s, "sk_test_file"), listing(t, s, made); a != http.StatusOK || b != http.StatusOK {
		t.Errorf("%d, %d", a, b)
	}
	if err := s.stop(context.Background()); err != nil {
		t.Fatal(err)
	}

	delete(config, "keys")
	s, log := startConfigured(t, data, config)
	if got, err = s.shops.Settings(who); err != nil || got.FeeRate != 400 {
		t.Errorf("%+v, %v", got, err)
	}
	if !strings.Contains(log.String(), "fields=[feeRate]") {
		t.Errorf("%s", log)
	}
	if a, b := listing(t, s, "sk_test_file"), listing(t, s, made); a != http.StatusUnauthorized || b != http.StatusOK {
		t.Errorf("%d, %d", a, b)
	}
	if err := s.stop(context.Background()); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"log": log.String(), "settings": fmt.Sprintf("%#v", s.directory.Now())} {
		if strings.Contains(text, "1111111") {
			t.Errorf("%s shows the access key", name)
		}
	}
}

// Promise 8: the demo shop can send with B2: sender, billing code, and the
// delivery methods takkyubin, assigned to Yamato, and other.
func TestDemoShopIsWhole(t *testing.T) {
	s := startServer(t)
	for _, id := range []shop.ID{demoShop, demoSecureShop} {
		w := registry.Who{Tenant: shop.Tenant{Shop: id, Environment: shop.Test}}
		got, err := s.shops.Settings(w)
		if err != nil || got.Sender.Name == "" || got.Sender.PostalCode == "" || got.Sender.Address == "" || got.Sender.Phone == "" || got.Sender.BillingCode == "" || got.Sender.FreightNumber == "" {
			t.Errorf("%+v, %v", got.Sender, err)
		}
		if l := got.Deliveries; len(l) != 2 || l[0].ID != "takkyubin" || !l[0].Yamato() || l[1].ID != "other" || l[1].Yamato() {
			t.Errorf("%+v", l)
		}
		contracts, err := s.shops.Contracts(w)
		if err != nil || len(contracts) != 1 || contracts[0].Shared || !contracts[0].Complete(shop.Test) {
			t.Errorf("%+v, %v", contracts, err)
		}
	}
	for hash, k := range s.directory.Now().Keys {
		if !k.Demo || k.Hash != hash {
			t.Errorf("%+v", k)
		}
	}
}
