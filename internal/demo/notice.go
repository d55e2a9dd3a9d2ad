package demo

import "net/http"

// notice is a page that says one thing in both languages, and nothing of the
// inside.
type notice struct {
	Status                       int
	Title, English, Text, TextEn string
}

var (
	noPage = notice{
		http.StatusNotFound, "ページが見つかりません", "Page not found",
		"リンクが正しくないか、古くなっています。", "The link is wrong or too old.",
	}
	elsewhere = notice{
		http.StatusForbidden, "このお店のページからご注文ください", "Please order from the shop's own page",
		"ほかのページから送られたご注文は受け付けません。", "Orders sent by other pages are not taken.",
	}
	unreadable = notice{
		http.StatusBadRequest, "内容を読み取れませんでした", "This could not be read",
		"お店のページからもう一度お進みください。", "Please start again from the shop.",
	}
	taken = notice{
		http.StatusConflict, "このご注文はお支払い済みか、確認中です", "This order is paid for, or being confirmed",
		"もう一度お支払いいただく必要はありません。新しいご注文は、お店のページからお進みください。", "There is no need to pay again. For another order please start from the shop.",
	}
	unavailable = notice{
		http.StatusServiceUnavailable, "ただいまご注文を受け付けられません", "No orders can be taken right now",
		"少し待ってから、もう一度お試しください。二重に請求されることはありません。", "Please wait a moment and try again. You are never charged twice.",
	}
)
