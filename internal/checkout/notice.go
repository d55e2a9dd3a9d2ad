package checkout

import (
	"fmt"
	"net/http"
)

// notice is a small page in both languages: it says what to do, never what went
// wrong inside.
type notice struct {
	status           int
	title, text      string // Japanese
	titleEn, textEn  string
	retryAfterSecond int
}

var (
	notFound = notice{
		status: http.StatusNotFound,
		title:  "ページが見つかりません", text: "リンクが正しくないか、古くなっています。お店のページからもう一度お進みください。",
		titleEn: "Page not found", textEn: "The link is wrong or too old. Please start again from the shop.",
	}
	unreadable = notice{
		status: http.StatusBadRequest,
		title:  "内容を読み取れませんでした", text: "本人認証の結果を受け取れませんでした。お店のページからもう一度お進みください。",
		titleEn: "This could not be read", textEn: "The result of the identity check did not arrive. Please start again from the shop.",
	}
	tooLarge = notice{
		status: http.StatusRequestEntityTooLarge,
		title:  unreadable.title, text: unreadable.text, titleEn: unreadable.titleEn, textEn: unreadable.textEn,
	}
	unavailable = notice{
		status: http.StatusServiceUnavailable,
		title:  "ただいま確認できません", text: "少し待ってから、このページを再読み込みしてください。二重に請求されることはありません。",
		titleEn: "Not available right now", textEn: "Please wait a moment and reload this page. You are never charged twice.",
		retryAfterSecond: 5,
	}
)

const noticePage = `<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>%[1]s</title>
<style>
:root{color-scheme:light dark}
body{font:16px/1.7 system-ui,-apple-system,"Hiragino Sans","Noto Sans JP","Noto Sans CJK JP",Meiryo,sans-serif;max-width:30rem;margin:12vh auto 0;padding:0 1.25rem}
h1{font-size:1.25rem;margin:0 0 .5rem}
h2{font-size:1rem;margin:2rem 0 .25rem}
p{margin:0;opacity:.8}
</style>
<main>
<h1>%[1]s</h1>
<p>%[2]s</p>
<div lang="en">
<h2>%[3]s</h2>
<p>%[4]s</p>
</div>
</main>
</html>
`

// writeNotice sends the page. Its texts are ours alone: nothing needs escaping.
func writeNotice(w http.ResponseWriter, n notice) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	if n.retryAfterSecond > 0 {
		h.Set("Retry-After", fmt.Sprint(n.retryAfterSecond))
	}
	w.WriteHeader(n.status)
	_, _ = fmt.Fprintf(w, noticePage, n.title, n.text, n.titleEn, n.textEn)
}
