package webhook

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"

	"kessai.dev/kessai/internal/shop"
)

// Bounds of one try. An answer is read only so far that the connection can be used
// again; what it says is never kept (P80).
const (
	tryTime     = 10 * time.Second
	connectTime = 5 * time.Second
	maxHeader   = 16 << 10
	maxAnswer   = 64 << 10
	maxEcho     = 4 << 10
	maxRetry    = time.Hour // what Retry-After may ask for
)

// challengeHeader has the word of a test event, that the endpoint may send back
// (P77).
const challengeHeader = "Webhook-Challenge"

// message is what is sent.
type message struct {
	id        string
	body      []byte
	challenge string // of a test event
}

// outcome is what came of a try.
type outcome struct {
	arrived  bool
	cut      bool // we ended it ourselves: it counts as nothing
	status   int
	reason   string        // why it did not arrive, in words for the operator
	retry    time.Duration // the endpoint asks not to be tried before
	echoed   bool
	duration time.Duration
}

// sender makes tries.
type sender struct {
	clock            func() time.Time
	public, loopback *http.Client
}

func newSender(o *Options) *sender {
	return &sender{clock: o.Clock, public: newClient(o, false), loopback: newClient(o, true)}
}

// newClient follows no redirects, uses no proxy, and takes no compressed answers:
// whoever answers decides nothing about where we go or how much we read.
func newClient(o *Options, loopback bool) *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			DialContext:            newDialer(o, loopback).connect,
			TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: o.Roots},
			TLSHandshakeTimeout:    connectTime,
			MaxIdleConnsPerHost:    parallel,
			IdleConnTimeout:        30 * time.Second,
			MaxResponseHeaderBytes: maxHeader,
			DisableCompression:     true,
			ForceAttemptHTTP2:      true,
			HTTP2:                  &http.HTTP2Config{SendPingTimeout: connectTime, PingTimeout: connectTime}, // a connection that died unnoticed is not used again
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func (s *sender) close() {
	s.public.CloseIdleConnections()
	s.loopback.CloseIdleConnections()
}

// send makes one try. It ends with ctx, or after ten seconds.
func (s *sender) send(ctx context.Context, e *shop.Endpoint, loopback bool, m *message) (o outcome) {
	began := s.clock()
	defer func() { o.duration = s.clock().Sub(began) }()
	if uriFault(e.URI, loopback) != "" { // it was fine when it was given: the provider is not the simulator any more
		return outcome{reason: reasonInside}
	}
	limited, cancel := context.WithTimeout(ctx, tryTime)
	defer cancel()
	req, err := http.NewRequestWithContext(limited, http.MethodPost, e.URI, bytes.NewReader(m.body))
	if err != nil {
		return outcome{reason: reasonFailed}
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "kessai-webhook")
	req.Header.Set("Webhook-Id", m.id)
	req.Header.Set("Webhook-Timestamp", seconds(began))
	req.Header.Set("Webhook-Signature", signatures(m.id, began, m.body, e.Signing(began)))
	if m.challenge != "" {
		req.Header.Set(challengeHeader, m.challenge)
	}
	use := s.public
	if loopback {
		use = s.loopback
	}
	res, err := use.Do(req)
	if err != nil {
		return outcome{cut: ctx.Err() != nil, reason: reasonOf(err)}
	}
	defer func() { _ = res.Body.Close() }()
	o = judged(res, s.clock())
	if m.challenge != "" {
		o.echoed = o.arrived && echoes(res.Body, m.challenge)
		return o
	}
	_, _ = io.CopyN(io.Discard, res.Body, maxAnswer)
	return o
}

// judged reads the status: 200 to 299 is a yes, and nothing else is.
func judged(res *http.Response, now time.Time) outcome {
	o := outcome{status: res.StatusCode}
	switch {
	case o.status >= 200 && o.status <= 299:
		o.arrived = true
	case o.status >= 300 && o.status <= 399:
		o.reason = reasonRedirect
	case o.status == http.StatusTooManyRequests || o.status == http.StatusServiceUnavailable:
		o.reason, o.retry = reasonStatus(o.status), retryAfter(res.Header.Get("Retry-After"), now)
	default:
		o.reason = reasonStatus(o.status)
	}
	return o
}

func retryAfter(s string, now time.Time) time.Duration {
	d := time.Duration(0)
	if n, err := strconv.Atoi(s); err == nil {
		d = time.Duration(min(max(n, 0), int(maxRetry.Seconds()))) * time.Second
	} else if t, err := http.ParseTime(s); err == nil {
		d = t.Sub(now)
	}
	return min(max(d, 0), maxRetry)
}

// echoes reports whether the word is in the beginning of an answer.
func echoes(body io.Reader, word string) bool {
	b, _ := io.ReadAll(io.LimitReader(body, maxEcho))
	return strings.Contains(string(b), word)
}

// Why a try failed, and what to do: our own words, never those of the endpoint or
// of a library, that could hold anything.
const (
	reasonInside   = "The address leads to an internal address, where no webhooks go: give one that everybody can reach. アドレスが内部のネットワークを指しています。外部から到達できるアドレスにしてください。"
	reasonName     = "The name of the address cannot be resolved: check its spelling and DNS. アドレスの名前を解決できません。つづりとDNSの設定を確認してください。"
	reasonTLS      = "The endpoint's certificate cannot be trusted: renew it, or have it send its chain. 証明書を信頼できません。証明書の期限、名前、中間証明書を確認してください。"
	reasonRefused  = "Nothing listens at the address: start the receiver, and check port and firewall. 接続を拒否されました。受信プログラムの起動、ポート、ファイアウォールを確認してください。"
	reasonTimeout  = "The endpoint did not answer within ten seconds: answer first, and work afterwards. 10秒以内に応答がありません。先に応答し、処理はその後に行ってください。"
	reasonFailed   = "The connection failed before an answer: check the receiver's log. 応答の前に接続が切れました。受信側のログを確認してください。"
	reasonRedirect = "The endpoint answered with a redirect, which is not followed: give the address that it leads to. リダイレクトが返りました。転送先のアドレスを登録してください。"
)

func reasonStatus(status int) string {
	n := strconv.Itoa(status)
	return "The endpoint answered " + n + ", and only 200 to 299 mean that it has the event: see the receiver's log. 応答が" + n + "でした。受け取ったら200～299を返してください。受信側のログを確認してください。"
}

// reasonOf tells kinds of failures apart by what went wrong.
func reasonOf(err error) string {
	var (
		name *net.DNSError
		cert *tls.CertificateVerificationError
		late net.Error
	)
	switch {
	case errors.Is(err, errInside):
		return reasonInside
	case errors.As(err, &name):
		return reasonName
	case errors.As(err, &cert):
		return reasonTLS
	case errors.Is(err, syscall.ECONNREFUSED):
		return reasonRefused
	case errors.As(err, &late) && late.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return reasonTimeout
	}
	return reasonFailed
}
