package main

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kessai.dev/kessai/internal/acquirer/webcollect"
	"kessai.dev/kessai/internal/doctor"
	"kessai.dev/kessai/internal/ledger"
	ledgerbolt "kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/registry"
	sessionredis "kessai.dev/kessai/internal/session/redis"
	"kessai.dev/kessai/internal/shop"
)

type doctorCommand struct {
	Flags
	Lang string `default:"" enum:",en,ja" help:"Language of the checklist: en or ja. Empty: by the environment (LANG)."`
	JSON bool   `name:"json" help:"The checklist as JSON, in both languages."`
}

// Run looks at everything that can be looked at without moving money, prints a
// checklist, and ends with status 1 if something failed (R25). The server may
// run meanwhile, or not.
func (c *doctorCommand) Run(s *streams) error {
	x := &examination{c: c, config: s.config, clock: time.Now, network: doctor.Network{Clock: time.Now}}
	for _, look := range []func(context.Context){
		x.flags, x.shops, x.settings, x.provider, x.public, x.disk, x.books, x.standby, x.replica, x.redis,
	} {
		look(s.ctx)
	}
	return c.print(s, x.steps)
}

// examination gathers the steps.
type examination struct {
	c         *doctorCommand
	config    string
	clock     func() time.Time
	network   doctor.Network
	directory *shop.Directory // empty: the config file could not be read
	running   bool            // a server has the books open, and what it changed of the shops
	glanced   *glance         // at books in a database; nil: not yet
	steps     []doctor.Step
}

func (x *examination) add(steps ...doctor.Step) { x.steps = append(x.steps, steps...) }

func (x *examination) flags(context.Context) {
	x.directory = &shop.Directory{}
	title := doctor.Text{English: "The flags and the config file can be read", Japanese: "フラグと設定ファイルが読める"}
	d, err := readDirectory(x.config)
	if err = errors.Join(x.c.check(), err); err != nil {
		x.add(doctor.Trouble("config", title, "Mend this: %s", "次の誤りを直してください：%s", strings.ReplaceAll(err.Error(), "\n", "; ")))
		return
	}
	x.directory = d
	x.add(doctor.Step{Name: "config", Result: doctor.Passed, Title: title})
}

// shops takes what the books say of the shops, which rule once a server has
// begun. A running one keeps them to itself.
func (x *examination) shops(ctx context.Context) {
	title := doctor.Text{English: "The settings of the shops can be read", Japanese: "お店の設定が読める"}
	dir, err := x.c.ledgerDir()
	if err != nil {
		return // --ledger is named by the step config
	}
	documents, err := x.documents(ctx, dir)
	switch {
	case errors.Is(err, ledgerbolt.ErrInUse):
		x.running = true
		x.add(doctor.Left("settings", title, "A running server has them in its books: run its connection test (docs/api.md), which checks them.", "起動中のサーバーの台帳にあります。接続テスト（docs/api.ja.md）で確認してください。"))
		return
	case err == nil && len(documents) > 0:
		err = x.look(ctx, documents)
	}
	if err != nil {
		x.add(doctor.Trouble("settings", title, "The server will not start with them: %s", "このままではサーバーが起動しません：%s", err))
	}
}

func (x *examination) look(ctx context.Context, documents []ledger.Document) error {
	path := filepath.Join(x.c.keysDir(), shopKeysFile)
	if _, err := os.Stat(path); err != nil {
		return err // OpenKeys would make one
	}
	keys, err := registry.OpenKeys(ctx, path, nil)
	if err != nil {
		return err
	}
	d, err := registry.Look(x.directory, keys, documents)
	if err == nil {
		x.directory = d
	}
	return err
}

// settings looks at every shop in each of its environments.
func (x *examination) settings(context.Context) {
	if x.running {
		return
	}
	for _, t := range tenants(x.directory) {
		s, contract, _ := x.directory.Contract(t)
		for _, step := range []doctor.Step{doctor.SettingsStep(&s.Settings, &contract, t.Environment), doctor.MethodStep(&s.Settings)} {
			step.Title.English, step.Title.Japanese = string(t.Shop)+": "+step.Title.English, string(t.Shop)+"："+step.Title.Japanese
			x.add(step)
		}
	}
}

// provider looks at the way to the provider, and asks once for each contract.
func (x *examination) provider(ctx context.Context) {
	title := doctor.Text{English: "The provider answers", Japanese: "決済代行会社が応答する"}
	if _, inProcess, _ := x.c.instant(); inProcess {
		x.add(doctor.Left("provider", title, "It is inside the server (--provider instant): there is nobody to ask.", "サーバー内の仮の決済代行（--provider instant）のため確認しません。"))
		return
	}
	base, simulated := x.testBase()
	if simulated && !x.answers(ctx, base) {
		x.add(doctor.Left("provider", title, "It is the simulator, which runs inside the server, and the server does not run.", "シミュレーターはサーバー内で動きますが、サーバーが起動していません。"))
		return
	}
	connector, err := webcollect.New(webcollect.Options{TestBase: base, Clock: x.clock, Timeout: askTimeout})
	if err != nil {
		x.add(doctor.Trouble("provider", title, "--provider: %s", "--provider：%s", err))
		return
	}
	defer connector.Close()
	x.sites(ctx, base)
	asked := map[string]bool{}
	for _, t := range tenants(x.directory) {
		_, contract, _ := x.directory.Contract(t)
		if of := string(t.Environment) + contract.ID; !asked[of] {
			asked[of] = true
			x.add(doctor.Probe(ctx, connector, t.Environment, &contract, payment.NewID(x.clock(), random64()).Acceptance(1))...)
		}
	}
}

// askTimeout bounds one question: a person waits.
const askTimeout = 15 * time.Second

// testBase is where TEST is asked, as a server with these flags does.
func (x *examination) testBase() (base string, simulated bool) {
	switch {
	case x.c.Provider != "":
		return x.c.Provider, false
	case allTest(x.directory):
		return "http://" + x.c.SimulatorListen + "/test_gateway", true
	}
	return webcollect.DefaultTestBase, false
}

// sites looks at TLS, certificates and clocks of the gateways in use.
func (x *examination) sites(ctx context.Context, testBase string) {
	bases := map[shop.Environment]string{shop.Test: testBase, shop.Production: webcollect.DefaultProductionBase}
	for _, env := range []shop.Environment{shop.Test, shop.Production} {
		if uses(x.directory, env) {
			x.add(x.network.Site(ctx, "gateway_"+strings.ToLower(string(env)), bases[env])...)
		}
	}
}

// answers reports whether anything listens there.
func (x *examination) answers(ctx context.Context, address string) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return false
	}
	w, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return false
	}
	_ = w.Body.Close() // only whether it came counts
	return true
}

func (x *examination) public(ctx context.Context) {
	if x.c.PublicURL == "" {
		x.add(doctor.Left("public_url", doctor.Text{English: "Browsers reach this installation", Japanese: "ブラウザーから接続できる"},
			"--public-url is not given: shoppers cannot come back from 3-D Secure.", "--public-url が未指定です。3Dセキュアから購入者が戻れません。"))
		return
	}
	x.add(x.network.Public(ctx, strings.TrimRight(x.c.PublicURL, "/"))...)
}

func (x *examination) disk(context.Context) {
	x.add(doctor.Disk(x.c.Data, x.clock)...)
	dir, err := x.c.ledgerDir()
	if err != nil {
		return // --ledger is named by the step config
	}
	if dir != "" && x.c.Ledger != "" { // another disk, perhaps
		x.add(doctor.Disk(dir, x.clock)...)
	}
	keys := x.c.keysDir()
	if dir == "" {
		dir = keys
	}
	x.add(doctor.Private([]string{
		filepath.Join(keys, "server.key"), filepath.Join(keys, keysFile), filepath.Join(keys, shopKeysFile),
		filepath.Join(dir, "master.key"), filepath.Join(dir, "seal.key"),
	}), doctor.Backup(x.c.Backup, x.clock()))
}

// books reads the end of the books, if no server has their files open.
func (x *examination) books(ctx context.Context) {
	title := doctor.Text{English: "The end of the books is right", Japanese: "台帳の末尾が正しい"}
	dir, err := x.c.ledgerDir()
	if err != nil {
		return // --ledger is named by the step config
	}
	if dir == "" {
		x.database(ctx, title)
		return
	}
	g, err := ledgerbolt.Peek(dir)
	switch {
	case err == nil:
		x.add(doctor.Books(g.Records, g.Unsealed, g.Last))
	case errors.Is(err, fs.ErrNotExist):
		x.add(doctor.Left("books", title, noBooks, noBooksYet))
	case errors.Is(err, ledgerbolt.ErrInUse):
		x.add(doctor.Left("books", title, "A running server has them open, and watches them itself (/healthz).", "起動中のサーバーが使用中です（状態は /healthz で確認できます）。"))
	default:
		x.add(doctor.Trouble("books", title, "Do not start the server: run `kessai verify`, keep the files as they are, and see docs/operations.md (%s).",
			"サーバーを起動せず、`kessai verify` を実行し、ファイルを保管して docs/operations.md を参照してください（%s）。", err))
	}
}

func (x *examination) redis(ctx context.Context) {
	if x.c.Redis == "" {
		return
	}
	title := doctor.Text{English: "Redis answers", Japanese: "Redisが応答する"}
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	store, err := sessionredis.Open(ctx, sessionredis.Options{URL: x.c.Redis, Clock: x.clock})
	if err == nil {
		err = store.Health(ctx)
		_ = store.Close() // it was only asked whether it is there
	}
	if err != nil { // its text may hold the password of the address
		x.add(doctor.Trouble("redis", title,
			"It does not answer: look at --redis, its password and the network. Without it service goes on from the books, a little slower.",
			"応答しません。--redis、パスワード、ネットワークを確認してください。応答がない間も台帳だけで動きますが、少し遅くなります。"))
		return
	}
	x.add(doctor.Step{Name: "redis", Result: doctor.Passed, Title: title})
}
