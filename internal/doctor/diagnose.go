package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"strings"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// Diagnose says what an error on the way to the provider means and what to do
// (R25, P86, P92). Nothing of the error's own text comes into the advice, but
// the provider's code.
func Diagnose(err error) Advice {
	var refusal *payment.Refusal
	var invalid *payment.InvalidError
	switch {
	case errors.As(err, &refusal):
		return ofRefusal(refusal)
	case errors.As(err, &invalid):
		return advice("The shop's rules do not take it: %s.", "店舗の設定により受け付けられません：%s", violations(invalid))
	}
	if code := codeOf(err); code != "" {
		return ofCode(code)
	}
	if a, ok := ofTLS(err); ok {
		return a
	}
	if a, ok := ofHTTP(err); ok {
		return a
	}
	return ofNetwork(err)
}

// codeOf is the provider's code in an error, or "".
func codeOf(err error) string {
	var notSent *acquirer.NotSentError
	if errors.As(err, &notSent) && notSent.Code != "" {
		return notSent.Code
	}
	var coded interface{ ProviderCode() string }
	if errors.As(err, &coded) {
		return coded.ProviderCode()
	}
	return ""
}

func ofCode(code string) Advice {
	t, ok := explain(code)
	if !ok {
		t = text("The provider refused with code %s: look it up in docs/webcollect.md or ask Yamato.", "コード%sで拒否されました。docs/webcollect.md で調べるか、ヤマト運輸にご確認ください。", code)
	}
	return Advice{Text: t, Code: code}
}

// ofTLS tells the troubles of certificates and versions apart (P86): the check
// of certificates cannot be turned off, so that each of them stops everything.
func ofTLS(err error) (Advice, bool) {
	var (
		invalid   x509.CertificateInvalidError
		authority x509.UnknownAuthorityError
		host      x509.HostnameError
		weak      x509.InsecureAlgorithmError
		verify    *tls.CertificateVerificationError
		record    tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return advice("The certificate is expired or not valid yet. If this machine's clock is right, it must be renewed.", "証明書の有効期間外です。このコンピューターの時計が正しければ、証明書の更新が必要です。"), true
	case errors.As(err, &host):
		return advice("The certificate is for another name. Look at the address, at DNS, and for a proxy that answers in place of the server.", "証明書の名前がアドレスと一致しません。アドレス、DNS、途中のプロキシを確認してください。"), true
	case errors.As(err, &weak):
		return advice("The certificate is signed with SHA-1 or older. It must be SHA-2.", "証明書の署名がSHA-1以前です。SHA-2の証明書が必要です。"), true
	case errors.As(err, &authority):
		return advice("Nobody this machine trusts has signed the certificate. Install the system's certificate authorities (ca-certificates); a proxy that breaks TLS open must be trusted or taken out of the way. The check cannot be turned off.", "信頼できない認証局の証明書です。ca-certificates を導入するか、TLSを中継するプロキシを外してください。検証を無効にすることはできません。"), true
	case errors.As(err, &verify), errors.As(err, &invalid):
		return advice("The certificate cannot be verified. The check cannot be turned off: mend the certificate or the chain.", "証明書を検証できません。検証は無効にできません。証明書または中間証明書を直してください。"), true
	case errors.As(err, &record):
		return advice("What answers there does not speak TLS. Look at the address and the port.", "TLSで通信できません。アドレスとポートを確認してください。"), true
	case err != nil && strings.Contains(chain(err), "protocol version"):
		return advice("The other side does not speak TLS 1.2 or newer.", "相手がTLS 1.2以上に対応していません。"), true
	}
	return Advice{}, false
}

// chain is the texts of an error and of all that it wraps: an error may keep
// its cause out of its own text.
func chain(err error) string {
	s := ""
	for ; err != nil; err = errors.Unwrap(err) {
		s += err.Error() + "\n"
	}
	return s
}

// ofHTTP tells what stands before the gateway and answers in place of it.
func ofHTTP(err error) (Advice, bool) {
	var web interface{ HTTPStatus() int }
	if !errors.As(err, &web) {
		return Advice{}, false
	}
	switch s := web.HTTPStatus(); {
	case s == 0:
		return Advice{}, false
	case s == http.StatusUnauthorized, s == http.StatusProxyAuthRequired:
		return advice("Something on the way asks for a password (HTTP %d, Basic authentication): take it out of the way.", "途中でパスワード（Basic認証、HTTP %d）を求められました。制限を外してください。", s), true
	case s == http.StatusForbidden:
		return advice("Something on the way refuses this machine (HTTP %d): a firewall, a proxy, or a limit to certain addresses.", "途中で拒否されました（HTTP %d）。ファイアウォール、プロキシ、IPアドレス制限を確認してください。", s), true
	case s == http.StatusNotFound:
		return advice("There is no gateway at this address (HTTP %d): look at --provider.", "このアドレスにゲートウェイがありません（HTTP %d）。--provider を確認してください。", s), true
	case s == http.StatusOK:
		return advice("A page came in place of an answer: the provider is in maintenance, or a proxy or Basic authentication stands before it. Open the address in a browser on this machine.", "応答の代わりにHTMLなどが返りました。メンテナンス中か、プロキシやBasic認証が途中にあります。このコンピューターのブラウザーでアドレスを開いて確認してください。"), true
	default:
		return advice("The gateway is not there behind its web server (HTTP %d): maintenance or an outage. Try again later.", "ゲートウェイが応答していません（HTTP %d）。メンテナンスまたは障害です。時間をおいてお試しください。", s), true
	}
}

func ofNetwork(err error) Advice {
	var (
		dns     *net.DNSError
		running *processor.RunningError
		timeout interface{ Timeout() bool }
	)
	switch {
	case errors.As(err, &running):
		return advice("A test with the same idempotency key is running.", "同じIdempotency-Keyの接続テストが実行中です。")
	case errors.Is(err, ledger.ErrNotFound):
		return advice("The payment is not there any more.", "決済が見つかりません。")
	case errors.As(err, &dns):
		return advice("The name of the server cannot be looked up: look at DNS on this machine.", "サーバー名を解決できません。このコンピューターのDNSを確認してください。")
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return advice("No answer came in time: look for a firewall that swallows packets, or try again later.", "時間内に応答がありませんでした。ファイアウォールを確認するか、時間をおいてお試しください。")
	}
	return advice("The server cannot be reached, or the connection broke off: look at the address, the network and the firewall.", "サーバーに接続できないか、接続が切れました。アドレス、ネットワーク、ファイアウォールを確認してください。")
}

// refusals are the reasons of ours that a connection test can meet.
var refusals = map[payment.Reason]string{
	payment.NotAllowedByContract: "契約の内容では、この操作はできません。",
	payment.OutsideServiceHours:  "23時から1時までは、この操作はできません。",
	payment.OperationPending:     "前の操作の結果を確認中です。しばらくして、同じIdempotency-Keyでもう一度お試しください。",
	payment.NeedsAttention:       "決済代行会社の記録と食い違いがあります。管理画面で確認してください。",
	payment.OrderNumberTaken:     "同じ注文番号の決済があります。新しいIdempotency-Keyでお試しください。",
	payment.WrongState:           "現在の決済状態では、この操作はできません。",
}

func ofRefusal(r *payment.Refusal) Advice {
	ja := refusals[r.Reason]
	if ja == "" {
		ja = "この操作はできません（" + string(r.Reason) + "）。"
	}
	return Advice{Text: Text{r.Text + " (" + string(r.Reason) + ")", ja}}
}

func violations(e *payment.InvalidError) string {
	parts := make([]string, len(e.Violations))
	for i, v := range e.Violations {
		parts[i] = v.Field + " " + v.Text
	}
	return strings.Join(parts, "; ")
}
