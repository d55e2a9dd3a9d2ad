package main

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/ledger/postgres/pgtest"
	"kessai.dev/kessai/internal/shop"
)

// databaseConfig has a shop that is paid with the demo key, and a contract whose access key
// is seen wherever it shows.
func databaseConfig(t *testing.T, spareKey string) (path string) {
	t.Helper()
	dir := t.TempDir()
	path = filepath.Join(dir, "kessai.json")
	hash := shop.HashKey(demoKey)
	for name, content := range map[string]string{
		"main": demoAccessKey, "spare": spareKey,
		"kessai.json": fmt.Sprintf(`{"contracts":[{"id":"main","traderCode":%q,"accessKeyFile":%q,"flags":{"testAllowed":true,"vault":true,"captureByCode99":true}},
				{"id":"spare","traderCode":%q,"accessKeyFile":%q,"flags":{"testAllowed":true}}],
			"shops":[{"id":"s","name":"S","contracts":{"TEST":"main"}},{"id":"other","name":"O","contracts":{"TEST":"spare"}}],
			"keys":[{"sha256":"%x","shop":"s","environment":"TEST","scopes":["operator","storefront"]}]}`,
			demoTraderCode, filepath.Join(dir, "main"), demoTraderCode, filepath.Join(dir, "spare"), hash),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// P18, P95, P98, P103: with its books in a database a server is killed, and another one
// begins on another machine: all it needs are the database and the folder of keys. Payments,
// settings, endpoints and cards on file are there, keys of retries hold, and the books
// prove. Nothing that is secret or personal lies in the database in clear, its log of
// changes included.
func TestBooksInDatabase(t *testing.T) {
	const spare = "ZQXJKVW"
	provider := startServer(t)
	pg := pgtest.Start(t, pgtest.NoSync)
	dsn, keys := pg.Database(t), filepath.Join(t.TempDir(), "keys")
	args := []string{
		"--ledger", dsn, "--key-dir", keys, "--config", databaseConfig(t, spare),
		"--provider", "http://" + provider.simulatorAddr.String() + "/test_gateway",
	}
	p := spawn(t, t.TempDir(), args...)
	p.must("PATCH", "/v1/settings", "", `{"cardOnFile":"ALWAYS"}`)
	first := p.must("POST", "/v1/payments", "k1", `{"amount":5080,"orderNumber":"1","cardToken":"SIMAPPROVED00000","order":{"buyer":{"name":"黒猫 太郎","phone":"03-1234-5678","email":"taro@example.com"}}}`)
	held := p.pay("2")
	captured := p.must("POST", "/v1/"+first["name"].(string)+":capture", "c1", `{}`)
	entry := p.must("POST", "/v1/cardEntries", "", `{"customer":"m-1","saveCard":true}`)
	p.must("POST", "/v1/customers/m-1/cards", "card", `{"cardToken":"`+newShopper(t).token(entry, testCard)+`"}`)
	for learned := false; !learned; { // what the provider keeps is learned behind the answer
		all := list(p.must("GET", "/v1/customers/m-1/cards", "", "")["cards"])
		learned = len(all) == 1 && all[0].(map[string]any)["state"] == "STATE_ACTIVE"
	}
	endpoint := p.must("POST", "/v1/webhookEndpoints", "", `{"uri":"http://127.0.0.1:9/hook"}`)
	access := p.must("POST", "/v1/accessKeys", "", `{"accessKey":{"title":"倉庫","scopes":["shipping"]}}`)
	p.kill()
	pg.Exec("test1", "UPDATE leases SET until = now()") // the ten seconds after which another one begins

	p = spawn(t, t.TempDir(), args...)
	if got := list(p.must("GET", "/v1/payments", "", "")["payments"]); len(got) != 2 {
		t.Errorf("payments: %v", got)
	}
	if again := p.must("POST", "/v1/payments", "k1", `{"amount":5080,"orderNumber":"1","cardToken":"SIMAPPROVED00000","order":{"buyer":{"name":"黒猫 太郎","phone":"03-1234-5678","email":"taro@example.com"}}}`); again["name"] != first["name"] || again["state"] != captured["state"] {
		t.Errorf("the retry: %v, want %v", again, captured)
	}
	if got := p.must("POST", "/v1/"+held["name"].(string)+":capture", "c2", `{}`); got["state"] != captured["state"] {
		t.Errorf("captured: %v", got)
	}
	if got := p.must("GET", "/v1/settings", "", ""); got["cardOnFile"] != "ALWAYS" {
		t.Errorf("settings: %v", got)
	}
	for path, field := range map[string]string{"/v1/customers/m-1/cards": "cards", "/v1/webhookEndpoints": "webhookEndpoints"} {
		if got := list(p.must("GET", path, "", "")[field]); len(got) != 1 {
			t.Errorf("%s: %v", path, got)
		}
	}
	p.kill()

	databaseCommands(t, dsn, keys, args)
	secrets := map[string]string{"the access key of a contract": spare, "a name": "黒猫", "an address of mail": "taro@", "a telephone number": "1234-5678", "the shop's key": demoKey}
	for name, text := range map[string]any{"an endpoint's secret": endpoint["secret"], "a key to the API": access["secret"]} {
		if secrets[name], _ = text.(string); secrets[name] == "" {
			t.Fatalf("no %s: %v %v", name, endpoint, access)
		}
	}
	for _, file := range []string{"server.key", "master.key", "seal.key"} {
		content, err := os.ReadFile(filepath.Join(keys, file))
		if err != nil {
			t.Fatal(err)
		}
		secrets[file] = string(bytes.TrimSpace(content))
		if raw, err := hex.DecodeString(secrets[file]); err == nil {
			secrets[file+", decoded"] = string(raw)
		}
	}
	clearText(t, pg, secrets)
}

// databaseCommands: the commands that look at books work on those of a database, or say why
// they do not.
func databaseCommands(t *testing.T, dsn, keys string, args []string) {
	t.Helper()
	var out, log bytes.Buffer
	if status := run(t.Context(), []string{"verify", "--ledger", dsn, "--key-dir", keys}, &out, &log); status != 0 || !strings.Contains(out.String(), "members    1, with 1 cards") || !strings.Contains(out.String(), "payments   3\n") {
		t.Errorf("verify: %d %s%s", status, out.String(), log.String())
	}
	_, lines, _ := examined(t, append(args, "--data", t.TempDir())...)
	for _, step := range []string{"config", "books", "other: settings", "settings"} {
		if l, there := lines[step]; there && l.Result != "passed" {
			t.Errorf("%s: %+v", step, l)
		}
	}
	if l := lines["books"]; !strings.Contains(l.Title.English, "records") {
		t.Errorf("%+v", l)
	}
	out.Reset()
	log.Reset()
	if status := run(t.Context(), []string{"rotate", "--ledger", dsn, "--key-dir", keys}, &out, &log); status != 1 || !strings.Contains(log.String(), "kessai ledger copy") {
		t.Errorf("rotate: %d %s%s", status, out.String(), log.String())
	}
}

// clearText looks for secrets in all files of a database server.
func clearText(t *testing.T, pg *pgtest.Server, secrets map[string]string) {
	t.Helper()
	pg.Exec("postgres", "CHECKPOINT")
	files, known := 0, false
	err := filepath.WalkDir(pg.Data(), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		for name, secret := range secrets {
			if bytes.Contains(content, []byte(secret)) {
				t.Errorf("%s has %s in clear", path, name)
			}
		}
		known = known || bytes.Contains(content, []byte(`"traderCode"`)) || bytes.Contains(content, []byte(demoTraderCode))
		files++
		return err
	})
	if err != nil || files < 100 || !known {
		t.Fatalf("%d files, %v; what is not secret was found: %v", files, err, known)
	}
}
