package report

// statementTexts say what a row's verdict means and what to do: English, Japanese.
var statementTexts = map[string][2]string{
	"differs": {
		"The statement has other yen than the books. Refresh the payment, look at its history, and ask the provider about what is left.",
		"明細の金額が帳簿と異なります。決済を照会し直して履歴を確認し、差額が残る場合はプロバイダーに問い合わせてください。",
	},
	"too_much": {
		"The statement has more yen of this payment than the books. Refresh the payment, and ask the provider about what is left.",
		"この決済の明細の金額が帳簿より多くなっています。決済を照会し直し、差額が残る場合はプロバイダーに問い合わせてください。",
	},
	"not_refunded": {
		"The statement gives money back that was not given back in the books. Refresh the payment: somebody may have done it at the provider's console.",
		"帳簿にない返金が明細にあります。決済を照会し直してください。プロバイダーの管理画面で返金された可能性があります。",
	},
	"not_settled": {
		"The payment is not settled in the books. Refresh it, or wait for tonight's reconciliation, and match the statement again.",
		"この決済は帳簿ではまだ精算確定になっていません。決済を照会し直すか、今夜の突合を待って、もう一度照合してください。",
	},
	"other_attempt": {
		"The acceptance number is of an attempt that holds no money in the books. Refresh the payment, and ask the provider what became of this number.",
		"この受付番号は、帳簿では成立していない与信のものです。決済を照会し直し、この番号がどうなったかプロバイダーに問い合わせてください。",
	},
	"unknown": {
		"No payment of this shop has the acceptance number. Look in the old shop system, or import the order; then ask the provider.",
		"この受付番号の決済はこのショップにありません。旧システムを確認するか、注文を取り込んでください。それでも分からなければプロバイダーに問い合わせてください。",
	},
	"repeated": {
		"The statement has this more often than the books. If the file itself is right, ask the provider: it may have been settled twice.",
		"同じ行が明細に重複しています。ファイルに誤りがなければ、二重に精算された可能性があるため、プロバイダーに問い合わせてください。",
	},
	"missing": {
		"Settled in the books in these days, and not in the statement. Look in the statements before and after, and ask the provider.",
		"この期間に帳簿では精算確定になっていますが、明細にありません。前後の明細を確認し、なければプロバイダーに問い合わせてください。",
	},
	"missing_first": {
		"Settled in the books on the first of these days, and not in the statement. The books learn of a settlement by the next morning: look in the statement before, and ask the provider if it is not there.",
		"期間の初日に帳簿で精算確定になっていますが、明細にありません。帳簿に載るのは翌朝になることがあるため、前回の明細を確認し、なければプロバイダーに問い合わせてください。",
	},
	"missing_refund": {
		"Given back in the books in these days, and not in the statement. Look in the statement after, and ask the provider.",
		"この期間に帳簿では返金していますが、明細にありません。次回の明細を確認し、なければプロバイダーに問い合わせてください。",
	},
	"number": {
		"The row has no acceptance number. Complete it, or remove the row if it is no payment.",
		"受付番号がありません。番号を入れるか、決済の行でなければ削除してください。",
	},
	"amount": {
		"The amount is not whole yen. Write it like 5080, 5,080 or -1080, and do not save the file with a spreadsheet.",
		"金額が整数の円ではありません。5080、5,080、-1080のように書き、表計算ソフトで保存しないでください。",
	},
	"day": {
		"The day is none that can be read in one way. Write it like 2026/11/24, and do not save the file with a spreadsheet.",
		"日付を正しく読み取れません。2026/11/24のように書き、表計算ソフトで保存しないでください。",
	},
	"shifted": {
		"The row has more cells than there are columns: a comma has shifted it. Put quotes round amounts with commas.",
		"列の数より多くの項目があり、カンマで列がずれています。カンマを含む金額は引用符で囲んでください。",
	},
	"damaged": {
		"A spreadsheet has turned the acceptance number into something like 4.71E+11. Export the file anew, and do not save it with a spreadsheet.",
		"表計算ソフトが受付番号を4.71E+11のような形に変えています。ファイルを出力し直し、表計算ソフトで保存しないでください。",
	},
	"zeros": {
		"A spreadsheet has dropped the zeros that the acceptance number begins with. Export the file anew, and do not save it with a spreadsheet.",
		"表計算ソフトが受付番号の先頭の0を消しています。ファイルを出力し直し、表計算ソフトで保存しないでください。",
	},
}
