package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// spoken is an error of the connector's kind: nobody knows what became of it.
type spoken struct {
	code   string
	status int
}

func (*spoken) Error() string          { return "result unknown" }
func (e *spoken) ProviderCode() string { return e.code }
func (e *spoken) HTTPStatus() int      { return e.status }

func refusedWith(code string) error {
	return fmt.Errorf("asked: %w", &acquirer.NotSentError{Reason: payment.ProviderMisconfigured, Code: code})
}

func unreachable(cause error) error {
	return &acquirer.NotSentError{Reason: payment.ProviderUnreachable, Err: cause}
}

// R25 P86 P92: each fault has its diagnosis, in both languages, with what to do.
func TestDiagnose(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		en, ja string
		code   string
	}{
		"trader code":      {refusedWith("Z012000007"), "trader code", "加盟店コード", "Z012000007"},
		"its form":         {refusedWith("A081010202"), "trader code", "加盟店コード", "A081010202"},
		"its form in E04":  {refusedWith("E041010204"), "trader code", "加盟店コード", "E041010204"},
		"no API":           {refusedWith("Z012000008"), "payments by API", "API", "Z012000008"},
		"caller address":   {refusedWith("Z012000009"), "Register the address", "IPアドレス", "Z012000009"},
		"check sum":        {refusedWith("A031010571"), "access key", "アクセスキー", "A031010571"},
		"maintenance":      {refusedWith("Z010000000"), "maintenance", "メンテナンス", "Z010000000"},
		"too many":         {refusedWith("Z012000006"), "Too many", "件数", "Z012000006"},
		"inside":           {&spoken{"Z019999999", 200}, "internal trouble", "内部", "Z019999999"},
		"vault member":     {refusedWith("A033000001"), "register anew", "登録し直し", "A033000001"},
		"no vault":         {refusedWith("A032000001"), "keeps no cards", "お預かり", "A032000001"},
		"old token":        {refusedWith("A082000004"), "30 minutes", "30分", "A082000004"},
		"night":            {refusedWith("A070000000"), "01:00 to 23:00", "1時から23時", "A070000000"},
		"unheard of":       {refusedWith("X991234567"), "code X991234567", "コードX991234567", "X991234567"},
		"Basic auth":       {&spoken{"", 401}, "Basic authentication", "Basic認証", ""},
		"address limit":    {&spoken{"", 403}, "refuses this machine", "IPアドレス制限", ""},
		"no gateway":       {&spoken{"", 404}, "--provider", "--provider", ""},
		"HTML":             {&spoken{"", 200}, "A page came in place", "HTML", ""},
		"outage":           {&spoken{"", 502}, "HTTP 502", "HTTP 502", ""},
		"broke off":        {&spoken{"", 0}, "broke off", "接続が切れ", ""},
		"expired":          {unreachable(x509.CertificateInvalidError{Reason: x509.Expired}), "expired", "有効期間", ""},
		"other name":       {unreachable(x509.HostnameError{Certificate: &x509.Certificate{}}), "another name", "名前", ""},
		"unknown":          {unreachable(x509.UnknownAuthorityError{}), "cannot be turned off", "無効にすることはできません", ""},
		"SHA-1":            {unreachable(x509.InsecureAlgorithmError(x509.SHA1WithRSA)), "SHA-1", "SHA-2", ""},
		"chain":            {unreachable(&tls.CertificateVerificationError{Err: errors.New("x")}), "cannot be verified", "検証できません", ""},
		"no TLS":           {unreachable(tls.RecordHeaderError{}), "does not speak TLS", "TLSで通信できません", ""},
		"old TLS":          {unreachable(errors.New("remote error: tls: protocol version not supported")), "TLS 1.2", "TLS 1.2", ""},
		"no name":          {unreachable(&net.DNSError{}), "DNS", "DNS", ""},
		"time":             {unreachable(context.DeadlineExceeded), "in time", "時間内", ""},
		"nothing listens":  {unreachable(errors.New("connection refused")), "cannot be reached", "接続できない", ""},
		"our own contract": {&payment.Refusal{Reason: payment.NotAllowedByContract, Text: "no"}, "NOT_ALLOWED_BY_CONTRACT", "契約", ""},
		"another reason":   {&payment.Refusal{Reason: payment.HoldLapsed, Text: "no"}, "HOLD_LAPSED", "HOLD_LAPSED", ""},
		"our own form":     {&payment.InvalidError{Violations: []payment.Violation{{Field: "amount", Text: "is wrong"}}}, "amount is wrong", "amount is wrong", ""},
	} {
		a := Diagnose(c.err)
		if !strings.Contains(a.English, c.en) || !strings.Contains(a.Japanese, c.ja) || a.Code != c.code {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

// Every meaning is said in both languages, and each in its own.
func TestMeanings(t *testing.T) {
	japanese := func(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han) }
	for _, m := range meanings {
		if m.text.English == "" || strings.ContainsFunc(strings.ReplaceAll(m.text.English, "クロネコWebコレクト", ""), japanese) || !strings.ContainsFunc(m.text.Japanese, japanese) || strings.Contains(m.text.English+m.text.Japanese, "%") {
			t.Errorf("%+v", m)
		}
	}
}

// gateway answers the three questions as it is told.
type gateway struct {
	inquire, cards, address error
}

func (g *gateway) Inquire(context.Context, acquirer.Merchant, string) (payment.Trade, error) {
	return payment.Trade{}, g.inquire
}

func (g *gateway) Cards(context.Context, acquirer.Merchant, acquirer.Member) ([]acquirer.Card, error) {
	return nil, g.cards
}

func (g *gateway) CallerAddress(context.Context, acquirer.Merchant) (netip.Addr, error) {
	return netip.MustParseAddr("203.0.113.7"), g.address
}

// R25 P92: what the provider says about contract, access key and caller address.
func TestProbe(t *testing.T) {
	down := unreachable(errors.New("connection refused"))
	for name, c := range map[string]struct {
		g     gateway
		env   shop.Environment
		vault bool
		want  string
	}{
		"all well":                {gateway{}, shop.Test, true, "passed passed passed"},
		"wrong access key":        {gateway{cards: refusedWith("A031010571")}, shop.Test, true, "passed failed passed"},
		"no vault, none wanted":   {gateway{cards: refusedWith("A032000001")}, shop.Test, false, "passed skipped passed"},
		"no vault, one wanted":    {gateway{cards: refusedWith("A032000001")}, shop.Test, true, "passed failed passed"},
		"address not registered":  {gateway{inquire: refusedWith("Z012000009"), cards: refusedWith("Z012000009")}, shop.Test, true, "failed failed passed"},
		"down":                    {gateway{down, down, down}, shop.Test, true, "failed skipped failed"},
		"HTML":                    {gateway{&spoken{"", 200}, &spoken{"", 200}, &spoken{"", 200}}, shop.Test, true, "failed skipped failed"},
		"PRODUCTION, no H01":      {gateway{address: refusedWith("Z012000007")}, shop.Production, true, "passed passed skipped"},
		"PRODUCTION, H01 answers": {gateway{}, shop.Production, true, "passed passed passed"},
	} {
		contract := shop.Contract{TraderCode: "888889999", AccessKey: "1111111", Flags: shop.Flags{Vault: c.vault}}
		steps := Probe(t.Context(), &c.g, c.env, &contract, "X")
		got := fmt.Sprint(steps[0].Result, " ", steps[1].Result, " ", steps[2].Result)
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		for _, s := range steps {
			if (s.Result == Passed) != (s.Message.English == "") || (s.Message.English == "") != (s.Message.Japanese == "") || strings.Contains(fmt.Sprint(s), "1111111") {
				t.Errorf("%s: %+v", name, s)
			}
		}
		if s := steps[2]; s.Result == Passed && !strings.Contains(s.Title.Japanese, "203.0.113.7") {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// R12 R13 R14 R15 R23 R25: what is incomplete in the settings.
func TestSettings(t *testing.T) {
	sound := shop.Contract{TraderCode: "888889999", AccessKey: "1111111", HoldDays: 60, Flags: shop.Flags{TestAllowed: true}}
	for name, c := range map[string]struct {
		change func(*shop.Settings, *shop.Contract)
		env    shop.Environment
		en     string // empty: nothing is wrong
	}{
		"sound":              {func(*shop.Settings, *shop.Contract) {}, shop.Test, ""},
		"trader code":        {func(_ *shop.Settings, c *shop.Contract) { c.TraderCode = "88888999" }, shop.Test, "nine digits"},
		"full width":         {func(_ *shop.Settings, c *shop.Contract) { c.TraderCode = "８８８" }, shop.Test, "nine digits"},
		"access key":         {func(_ *shop.Settings, c *shop.Contract) { c.AccessKey = " " }, shop.Test, "access key is missing"},
		"no TEST":            {func(_ *shop.Settings, c *shop.Contract) { c.Flags.TestAllowed = false }, shop.Test, "TEST was not applied for"},
		"none in PRODUCTION": {func(_ *shop.Settings, c *shop.Contract) { c.Flags.TestAllowed = false }, shop.Production, ""},
		"hold days":          {func(_ *shop.Settings, c *shop.Contract) { c.HoldDays = 0 }, shop.Test, "holdDays"},
		"3-D Secure":         {func(s *shop.Settings, _ *shop.Contract) { s.ThreeDSecure = shop.ThreeDSecureByRisk }, shop.Test, "3-D Secure"},
		"cards on file":      {func(s *shop.Settings, _ *shop.Contract) { s.Saving = shop.SavingAlways }, shop.Test, "keeps no cards"},
		"security code":      {func(s *shop.Settings, _ *shop.Contract) { s.NoSecurityCode = true }, shop.Test, "security code"},
		"mode":               {func(s *shop.Settings, _ *shop.Contract) { s.Mode = "LATER" }, shop.Test, "captureMode"},
	} {
		s, contract := shop.Settings{}, sound
		c.change(&s, &contract)
		step := SettingsStep(&s, &contract, c.env)
		if (step.Result == Passed) != (c.en == "") || !strings.Contains(step.Message.English, c.en) || (step.Message.Japanese == "") != (c.en == "") {
			t.Errorf("%s: %+v", name, step)
		}
	}
	stopped := shop.Settings{Methods: []shop.PaymentMethod{{ID: "a", Kind: shop.KindCard, Stopped: true}, {ID: "b", Kind: shop.KindOther}}}
	if s := MethodStep(&stopped); s.Result != Failed {
		t.Errorf("%+v", s)
	}
	if s := MethodStep(&shop.Settings{}); s.Result != Passed {
		t.Errorf("%+v", s)
	}
}

// P86: a certificate that nobody trusts, or for another name, or at its end, is
// named; there is no way to accept it.
func TestSite(t *testing.T) {
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", "Mon, 23 Nov 2026 03:00:00 GMT")
	}))
	defer s.Close()
	trust := x509.NewCertPool()
	trust.AddCert(s.Certificate())
	there := time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		address string
		roots   *x509.CertPool
		now     time.Time
		want    []Result
		en      string
	}{
		"good":       {s.URL, trust, there, []Result{Passed, Passed}, ""},
		"5 s":        {s.URL, trust, there.Add(5 * time.Second), []Result{Passed, Passed}, ""},
		"fast clock": {s.URL, trust, there.Add(7 * time.Second), []Result{Passed, Warned}, "NTP"},
		"slow clock": {s.URL, trust, there.Add(-7 * time.Second), []Result{Passed, Warned}, "NTP"},
		"ends soon":  {s.URL, trust, s.Certificate().NotAfter.Add(-time.Hour), []Result{Warned, Warned}, "30 days"},
		"untrusted":  {s.URL, x509.NewCertPool(), there, []Result{Failed}, "cannot be turned off"},
		"other name": {strings.Replace(s.URL, "127.0.0.1", "localhost", 1), trust, there, []Result{Failed}, "another name"},
		"no TLS":     {"https" + strings.TrimPrefix(plain(t, 200), "http"), trust, there, []Result{Failed}, "does not speak TLS"},
	} {
		n := Network{Clock: func() time.Time { return c.now }, RootCAs: c.roots}
		steps := n.Site(t.Context(), "gateway", c.address)
		all := ""
		for i, s := range steps {
			if i >= len(c.want) || s.Result != c.want[i] {
				t.Errorf("%s: %+v", name, steps)
			}
			all += s.Message.English
		}
		if len(steps) != len(c.want) || !strings.Contains(all, c.en) {
			t.Errorf("%s: %+v", name, steps)
		}
	}
}

// plain is a server without TLS that answers with a status.
func plain(t *testing.T, status int) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(status) }))
	t.Cleanup(s.Close)
	return s.URL
}

// R25: a password or a limit before the public address.
func TestPublic(t *testing.T) {
	n := Network{Clock: time.Now}
	for status, want := range map[int]struct {
		result Result
		en     string
	}{200: {Passed, ""}, 401: {Failed, "Basic authentication"}, 403: {Failed, "certain addresses"}, 404: {Failed, "the proxy must pass"}, 503: {Failed, "its log"}} {
		steps := n.Public(t.Context(), plain(t, status))
		if s := steps[len(steps)-1]; s.Result != want.result || !strings.Contains(s.Message.English, want.en) {
			t.Errorf("%d: %+v", status, s)
		}
	}
}

// R25: slow disks, clocks of file systems, keys that others can read and old
// backups.
func TestDisk(t *testing.T) {
	dir, now := t.TempDir(), time.Now()
	for step, want := range map[time.Duration]Result{0: Passed, 60 * time.Millisecond: Warned} {
		turn := now
		steps := Disk(dir, func() time.Time { turn = turn.Add(step); return turn })
		if steps[0].Result != want || steps[1].Name != "disk_clock" {
			t.Errorf("%s a write: %+v", step, steps)
		}
	}
	if s := Disk(dir, func() time.Time { return now.Add(time.Minute) })[1]; s.Result != Warned {
		t.Errorf("%+v", s)
	}
	if s := Disk(filepath.Join(dir, "none"), time.Now)[0]; s.Result != Skipped {
		t.Errorf("%+v", s)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	file := filepath.Join(dir, "a.key")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if s := Private([]string{file, filepath.Join(dir, "none")}); s.Result != Passed {
		t.Errorf("%+v", s)
	}
	if err := os.Chmod(file, 0o640); err != nil { //nolint:gosec // what it is about
		t.Fatal(err)
	}
	if s := Private([]string{file}); s.Result != Failed || !strings.Contains(s.Message.English, file) {
		t.Errorf("%+v", s)
	}
	for after, want := range map[time.Duration]Result{time.Hour: Passed, 27 * time.Hour: Warned} {
		if s := Backup(dir, now.Add(after)); s.Result != want {
			t.Errorf("%s: %+v", after, s)
		}
	}
	if s := Backup(t.TempDir(), now); s.Result != Failed {
		t.Errorf("an empty folder: %+v", s)
	}
	if s := Backup("", now); s.Result != Skipped {
		t.Errorf("%+v", s)
	}
}
