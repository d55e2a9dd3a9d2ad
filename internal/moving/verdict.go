package moving

// Verdict is what became of a row, in one word of the API.
type Verdict string

// The verdicts.
const (
	Imported    Verdict = "IMPORTED"
	WouldImport Verdict = "WOULD_IMPORT" // a dry run
	Already     Verdict = "ALREADY"      // it is here since an earlier file
	Closed      Verdict = "CLOSED"       // the provider holds and took nothing
	Unanswered  Verdict = "UNANSWERED"   // nobody knows yet
	Refused     Verdict = "REFUSED"
)

// texts say what a row's outcome means and what to do: English, Japanese.
var texts = map[string][2]string{
	"imported":   {"Taken over as the provider shows it.", "プロバイダーの状態のとおりに取り込みました。"},
	"would":      {"Would be taken over as the provider shows it.", "プロバイダーの状態のとおりに取り込まれます。"},
	"differs":    {"The provider shows another state than the file: the provider's counts. Look at this order in the old system.", "ファイルとプロバイダーの状態が異なります。プロバイダーの状態が正となります。旧システムでこの注文を確認してください。"},
	"already":    {"Taken over before; nothing was changed.", "すでに取り込み済みです。何も変更していません。"},
	"none":       {"The provider knows no payment by this acceptance number: nothing is held or charged. Check the number in the old system.", "この受付番号の決済はプロバイダーにありません。与信も売上もありません。旧システムで番号を確認してください。"},
	"closed":     {"Canceled or failed at the provider: nothing is held or charged, so there is nothing to take over.", "プロバイダーでは取消または失敗となっています。与信も売上もないため、取り込むものはありません。"},
	"attention":  {"The provider shows an operation that is half done. Call the provider, and import the row again afterwards.", "プロバイダーで処理が途中のまま残っています。プロバイダーに連絡し、その後もう一度この行を取り込んでください。"},
	"waiting":    {"The provider cannot tell the state yet. Import the file again later.", "プロバイダーの状態がまだ確定していません。後でもう一度ファイルを取り込んでください。"},
	"unanswered": {"The provider could not be asked; nothing was done. Import the file again later: rows that are here already stay as they are.", "プロバイダーに照会できませんでした。何も行っていません。後でもう一度ファイルを取り込んでください。取り込み済みの行はそのままです。"},
	"taken":      {"Another payment here has this order number. Cancel that one first, or give this order another number.", "この受注番号には別の決済があります。先にそちらを取り消すか、この注文の番号を変えてください。"},
	"amount":     {"The provider shows an amount that is none. Call the provider.", "プロバイダーの金額が正しくありません。プロバイダーに連絡してください。"},
	"order":      {"The order number is empty or longer than 64 characters. Correct the row.", "受注番号が空か、64文字を超えています。行を直してください。"},
	"number":     {"The acceptance number is not 1 to 23 digits, capital letters and # - * / < > : @. Correct the row.", "受付番号は1〜23文字の数字・英大文字・記号（# - * / < > : @）です。行を直してください。"},
	"damaged":    {"A spreadsheet has turned the number into something like 4.71E+11. Export the file anew, and do not save it with a spreadsheet.", "表計算ソフトが番号を 4.71E+11 のような形に変えています。ファイルを出力し直し、表計算ソフトで保存しないでください。"},
	"state":      {"The state is none that is known: write AUTHORIZED, CAPTURED, SETTLED or CANCELED, or leave it empty.", "状態が分かりません。与信、売上確定、精算確定、取消のいずれかを書くか、空にしてください。"},
	"delivery":   {"The shop has no such delivery method. Add it to the settings, or correct the row.", "この配送方法は登録されていません。設定に追加するか、行を直してください。"},
	"twice":      {"The file has this order or acceptance number twice. Remove one of the rows.", "この受注番号または受付番号がファイルに2回あります。どちらかの行を削除してください。"},
}

// say gives the order its verdict and its words.
func (o Order) say(v Verdict, text string) Order {
	o.Verdict, o.English, o.Japanese = v, texts[text][0], texts[text][1]
	return o
}
