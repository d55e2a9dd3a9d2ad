package explain

import (
	"strconv"
	"time"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// both is a text in both languages.
type both struct{ ja, en string }

func (b both) and(more both) both { return both{b.ja + more.ja, b.en + " " + more.en} }

// operationWords name what is asked of the provider.
var operationWords = map[payment.Operation]both{
	0:                      {"操作", "operation"},
	payment.OpAuthorize:    {"与信", "authorization"},
	payment.OpAuthenticate: {"本人認証後の与信", "authorization after 3-D Secure"},
	payment.OpCapture:      {"売上確定", "capture"},
	payment.OpAdjust:       {"利用額変更", "amount change"},
	payment.OpCancel:       {"取消", "cancellation"},
	payment.OpReauthorize:  {"再与信", "reauthorization"},
	payment.OpShip:         {"送り状番号の登録", "registration of the slip"},
	payment.OpUnship:       {"送り状番号の取消", "removal of the slip"},
	payment.OpReschedule:   {"出荷予定日の変更", "change of the planned ship date"},
}

// stateWords name where a payment stands.
var stateWords = map[payment.State]both{
	payment.Pending:        {"未決済です。代金は預かっていません。", "It is not paid, and nothing is held."},
	payment.Authenticating: {"お客様の本人認証（3Dセキュア）を待っています。代金は預かっていません。", "It waits for the shopper's 3-D Secure. Nothing is held."},
	payment.Authorized:     {"与信済みです。", "The amount is held."},
	payment.Captured:       {"売上確定済みです。", "The amount is charged."},
	payment.Settled:        {"精算確定済みです。", "The charge is settled with the card company."},
	payment.Canceled:       {"取消済みです。代金は預かっていません。", "It is canceled, and nothing is held."},
	payment.Declined:       {"カードが承認されませんでした。代金は預かっていません。", "The card was declined, and nothing is held."},
	payment.Expired:        {"期限切れです。代金は預かっていません。", "It has expired, and nothing is held."},
}

// yen writes an amount with its thousands apart, in each language.
func yen(y money.Yen) both {
	s := strconv.Itoa(int(y))
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return both{s + "円", s + " yen"}
}

// day writes a day in Japan.
func day(t time.Time) both {
	t = t.In(shop.Tokyo)
	return both{t.Format("2006年1月2日"), t.Format("2 January 2006")}
}

// moment writes a time in Japan.
func moment(t time.Time) both {
	t = t.In(shop.Tokyo)
	return both{t.Format("2006年1月2日15:04"), t.Format("2 January 2006, 15:04") + " in Japan"}
}
