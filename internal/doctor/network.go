package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"time"

	"kessai.dev/kessai/internal/shop"
)

// Limits of what is fine.
const (
	renewBefore = 30 * 24 * time.Hour // a certificate that ends sooner is warned of
	maxSkew     = 5 * time.Second     // a clock that is further off is warned of
	lookTimeout = 15 * time.Second
)

// Network looks at servers. It verifies every certificate, as the connector
// does, and has no way not to (P86).
type Network struct {
	Clock   func() time.Time
	RootCAs *x509.CertPool // nil: the system's
}

// look is what one request without content showed.
type look struct {
	status int
	tls    *tls.ConnectionState // nil: no TLS
	date   time.Time            // the server's clock; zero: it did not say
	ours   time.Time            // ours at that moment
}

// get asks once, follows no redirect and reads no body.
func (n *Network) get(ctx context.Context, address string) (look, error) {
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return look{}, err
	}
	t := &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true, TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: n.RootCAs}}
	began := n.Clock()
	w, err := t.RoundTrip(r)
	if err != nil {
		return look{}, err
	}
	_ = w.Body.Close() // nothing was asked of it
	ended := n.Clock()
	l := look{status: w.StatusCode, tls: w.TLS, ours: began.Add(ended.Sub(began) / 2)}
	if at, err := http.ParseTime(w.Header.Get("Date")); err == nil {
		l.date = at.Add(500 * time.Millisecond) // it has whole seconds
	}
	return l, nil
}

// Site looks at a server: whether it answers, its TLS version and its
// certificate; and compares the clocks (P86). What it answers does not matter.
func (n *Network) Site(ctx context.Context, name, address string) []Step {
	title := text("%s answers, with TLS and a good certificate", "%sが応答し、TLSと証明書が正しい", address)
	l, err := n.get(ctx, address)
	if err != nil {
		return []Step{ended(Failed, name, title, Diagnose(err))}
	}
	return []Step{n.certificate(name, address, &l), clockStep(name+"_clock", address, &l)}
}

// certificate tells the version, and how long the chain is good: as long as the
// first of it that ends.
func (n *Network) certificate(name, address string, l *look) Step {
	if l.tls == nil {
		return pass(name, text("%s answers (without TLS, on this machine)", "%sが応答している（同じコンピューター内のためTLSなし）", address))
	}
	ends := l.tls.PeerCertificates[0].NotAfter
	for _, chain := range l.tls.VerifiedChains {
		for _, c := range chain[:max(len(chain)-1, 1)] { // a root is trusted by itself
			if c.NotAfter.Before(ends) {
				ends = c.NotAfter
			}
		}
	}
	title := text("%s answers: %s, certificate good until %s", "%sが応答している：%s、証明書の有効期限 %s", address, tls.VersionName(l.tls.Version), ends.In(shop.Tokyo).Format("2006-01-02"))
	if ends.Sub(n.Clock()) < renewBefore {
		return ended(Warned, name, title, advice(
			"The certificate ends in less than 30 days: see that it is renewed.", "証明書の有効期限まで30日を切っています。更新されるか確認してください。"))
	}
	return pass(name, title)
}

// clockStep compares our clock with a server's: night hours and the end of holds
// go by ours.
func clockStep(name, other string, l *look) Step {
	title := text("This machine's clock agrees with that of %s", "時計が%sと合っている", other)
	if l.date.IsZero() {
		return ended(Skipped, name, title, advice("It does not tell the time.", "相手の時刻がわかりません。"))
	}
	return skewStep(name, title, l.ours.Sub(l.date))
}

func skewStep(name string, title Text, skew time.Duration) Step {
	if skew.Abs() <= maxSkew {
		return pass(name, title)
	}
	return ended(Warned, name, title, advice(
		"The clocks differ by %s. Night hours and the end of holds go by this machine's clock: set it by NTP.",
		"時計が%sずれています。夜間時間帯や与信期限はこの時計で判定します。NTPで合わせてください。", skew.Round(time.Second)))
}

// Public looks at the address under which browsers reach this installation: a
// password, or a limit to certain addresses, would keep shoppers from coming back
// from 3-D Secure (R25).
func (n *Network) Public(ctx context.Context, address string) []Step {
	const name = "public_url"
	title := text("Browsers reach %s", "ブラウザーから%sに接続できる", address)
	l, err := n.get(ctx, address+"/healthz")
	if err != nil {
		return []Step{ended(Failed, name, title, Diagnose(err))}
	}
	switch l.status {
	case http.StatusOK:
		return []Step{n.certificate(name, address, &l)}
	case http.StatusServiceUnavailable:
		return []Step{n.certificate(name, address, &l), ended(Failed, "health", text("The server says that it serves", "サーバーが稼働している"), advice(
			"It answers 503: it is stopping, or the books accept nothing. Look at its log.", "503が返りました。停止中か、台帳に書き込めません。ログを確認してください。"))}
	case http.StatusUnauthorized, http.StatusForbidden:
		return []Step{ended(Failed, name, title, advice(
			"The address is behind a password (Basic authentication) or open to certain addresses only (HTTP %d): shoppers cannot come back from 3-D Secure. Take that away.",
			"Basic認証またはIPアドレス制限がかかっています（HTTP %d）。3Dセキュアから購入者が戻れません。制限を外してください。", l.status))}
	}
	return []Step{ended(Failed, name, title, advice(
		"Something else answers there (HTTP %d at /healthz): the proxy must pass /v1, /checkout, /assets, /3ds and /healthz to this server.",
		"別のものが応答しています（/healthz がHTTP %d）。プロキシで /v1、/checkout、/assets、/3ds、/healthz をこのサーバーに転送してください。", l.status))}
}
