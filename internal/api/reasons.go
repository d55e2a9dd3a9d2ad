package api

import (
	"net/http"

	"google.golang.org/grpc/codes"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// reason is how an error with that reason is answered.
type reason struct {
	code codes.Code // zero: a word of declines, events and attention, never of an error
	http int        // over REST; zero: as the code has it
	ja   string     // LocalizedMessage; it says no more than the reason does (P91)
}

// reasons is the table of every ErrorReason. Conflicts with other work are
// ABORTED, what waiting cures is UNAVAILABLE, what the state does not allow is
// FAILED_PRECONDITION.
var reasons = map[paymentv1.ErrorReason]reason{
	paymentv1.ErrorReason_ERROR_REASON_UNAUTHENTICATED:          {code: codes.Unauthenticated, ja: "APIキーがないか、無効です。有効なキーをAuthorizationヘッダーに付けて、もう一度送ってください。"},
	paymentv1.ErrorReason_ERROR_REASON_SCOPE_MISSING:            {code: codes.PermissionDenied, ja: "このAPIキーには、この操作の権限がありません。権限のあるキーを使ってください。"},
	paymentv1.ErrorReason_ERROR_REASON_DEMO_KEY_FENCED:          {code: codes.PermissionDenied, ja: "デモ用のキーは、このコンピューターの中だけで使えます。ご自分のキーを作成してください。"},
	paymentv1.ErrorReason_ERROR_REASON_CLIENT_SECRET_EXPIRED:    {code: codes.Unauthenticated, ja: "お支払いの有効時間（24時間）が過ぎました。もう一度ご注文ください。"},
	paymentv1.ErrorReason_ERROR_REASON_INVALID_REQUEST:          {code: codes.InvalidArgument, ja: "入力内容に誤りがあります。"},
	paymentv1.ErrorReason_ERROR_REASON_MALFORMED_REQUEST:        {code: codes.InvalidArgument, ja: "リクエストの形式に誤りがあります。APIの説明に合わせて直してください。"},
	paymentv1.ErrorReason_ERROR_REASON_REQUEST_TOO_LARGE:        {code: codes.InvalidArgument, http: http.StatusRequestEntityTooLarge, ja: "リクエストが大きすぎます。分けて送ってください。"},
	paymentv1.ErrorReason_ERROR_REASON_IDEMPOTENCY_KEY_MISSING:  {code: codes.InvalidArgument, ja: "Idempotency-Keyが必要です。操作ごとに新しいキーを付け、再送のときは同じキーで送ってください。"},
	paymentv1.ErrorReason_ERROR_REASON_IDEMPOTENCY_KEY_REUSED:   {code: codes.InvalidArgument, http: http.StatusUnprocessableEntity, ja: "同じIdempotency-Keyが、別の内容で使われています。同じ内容で送るか、新しいキーを使ってください。"},
	paymentv1.ErrorReason_ERROR_REASON_REQUEST_RUNNING:          {code: codes.Aborted, ja: "同じリクエストを処理中です。しばらくしてから、もう一度お試しください。"},
	paymentv1.ErrorReason_ERROR_REASON_NOT_FOUND:                {code: codes.NotFound, ja: "該当するデータがありません。名前とAPIキーのお店・環境をご確認ください。"},
	paymentv1.ErrorReason_ERROR_REASON_UNKNOWN_METHOD:           {code: codes.Unimplemented, ja: "該当するAPIがありません。URLと、このサーバーの設定をご確認ください。"},
	paymentv1.ErrorReason_ERROR_REASON_CALL_CANCELED:            {code: codes.Canceled, ja: "応答の前に接続が切れました。決済の状態をご確認ください。"},
	paymentv1.ErrorReason_ERROR_REASON_DEADLINE_EXCEEDED:        {code: codes.DeadlineExceeded, ja: "時間内に応答できませんでした。決済の状態をご確認ください。"},
	paymentv1.ErrorReason_ERROR_REASON_WRONG_STATE:              {code: codes.FailedPrecondition, ja: "現在の決済状態では、この操作はできません。決済を読み直して、できる操作をご確認ください。"},
	paymentv1.ErrorReason_ERROR_REASON_OPERATION_PENDING:        {code: codes.Aborted, ja: "前の操作の結果を確認中です。しばらくしてから、もう一度お試しください。"},
	paymentv1.ErrorReason_ERROR_REASON_OPERATION_SCHEDULED:      {code: codes.FailedPrecondition, ja: "予約された操作があります。取り消すか、実行をお待ちください。"},
	paymentv1.ErrorReason_ERROR_REASON_NEEDS_ATTENTION:          {code: codes.FailedPrecondition, ja: "管理者の確認が必要な決済です。決済代行会社の画面と照合してください。取消のみ可能です。"},
	paymentv1.ErrorReason_ERROR_REASON_HOLD_LAPSED:              {code: codes.FailedPrecondition, ja: "与信の有効期限が切れています。再与信をしてください。"},
	paymentv1.ErrorReason_ERROR_REASON_CAPTURE_CONDITIONS:       {code: codes.FailedPrecondition, ja: "売上確定の条件がそろっていません。クロネコヤマト配送の注文は、送り状番号を登録して発送済みにしてください。売上確定します。"},
	paymentv1.ErrorReason_ERROR_REASON_AMOUNT_INVALID:           {code: codes.InvalidArgument, ja: "金額に誤りがあります。1円以上の正しい金額を指定してください。"},
	paymentv1.ErrorReason_ERROR_REASON_AMOUNT_UNCHANGED:         {code: codes.FailedPrecondition, ja: "金額に変更がありません。変更する場合は、別の金額を指定してください。"},
	paymentv1.ErrorReason_ERROR_REASON_ETAG_MISMATCH:            {code: codes.Aborted, ja: "ほかの操作により、決済の内容が変わっています。読み直してください。"},
	paymentv1.ErrorReason_ERROR_REASON_ATTEMPTS_EXHAUSTED:       {code: codes.FailedPrecondition, ja: "カードをお試しいただける回数を超えました。もう一度ご注文ください。"},
	paymentv1.ErrorReason_ERROR_REASON_ORDER_NUMBER_TAKEN:       {code: codes.AlreadyExists, ja: "この注文番号の決済がすでにあります。その決済を使うか、取り消してから作成してください。"},
	paymentv1.ErrorReason_ERROR_REASON_OUTSIDE_SERVICE_HOURS:    {code: codes.Unavailable, ja: "23時から1時までは、この操作はできません。1時以降にもう一度お試しください。"},
	paymentv1.ErrorReason_ERROR_REASON_NOT_ALLOWED_BY_CONTRACT:  {code: codes.FailedPrecondition, ja: "ご契約の内容では、この操作はできません。契約の設定をご確認ください。"},
	paymentv1.ErrorReason_ERROR_REASON_BUNDLED:                  {code: codes.FailedPrecondition, ja: "送り状番号をほかの注文と共有（同梱）しているため、この操作はできません。送り状番号をご確認ください。"},
	paymentv1.ErrorReason_ERROR_REASON_CARD_DECLINED:            {code: codes.FailedPrecondition, ja: "このカードはご利用になれません。カード会社にお問い合わせいただくか、別のカードをお使いください。"},
	paymentv1.ErrorReason_ERROR_REASON_CARD_LIMIT_EXCEEDED:      {code: codes.FailedPrecondition, ja: "カードのご利用限度額を超えています。別のカードをお使いください。"},
	paymentv1.ErrorReason_ERROR_REASON_CARD_EXPIRED:             {code: codes.FailedPrecondition, ja: "カードの有効期限をご確認ください。"},
	paymentv1.ErrorReason_ERROR_REASON_CARD_INVALID:             {code: codes.FailedPrecondition, ja: "このカードはご利用になれません。カード番号をご確認ください。"},
	paymentv1.ErrorReason_ERROR_REASON_CARD_NOT_ACCEPTED:        {code: codes.FailedPrecondition, ja: "このカードのブランドは、お取り扱いしておりません。別のカードをお使いください。"},
	paymentv1.ErrorReason_ERROR_REASON_SECURITY_CODE_WRONG:      {code: codes.FailedPrecondition, ja: "セキュリティコードをご確認ください。"},
	paymentv1.ErrorReason_ERROR_REASON_INSTALLMENTS_NOT_ALLOWED: {code: codes.FailedPrecondition, ja: "このお支払回数は、ご利用になれません。別のお支払回数をお選びください。"},
	paymentv1.ErrorReason_ERROR_REASON_TOKEN_INVALID:            {code: codes.FailedPrecondition, ja: "カード情報の有効時間が過ぎました。もう一度入力してください。"},
	paymentv1.ErrorReason_ERROR_REASON_AUTHENTICATION_FAILED:    {code: codes.FailedPrecondition, ja: "本人認証ができませんでした。もう一度お試しいただくか、別のカードをお使いください。"},
	paymentv1.ErrorReason_ERROR_REASON_AUTHENTICATION_SKIPPED:   {code: codes.FailedPrecondition, ja: "本人認証が行われなかったため、お支払いを中止しました。もう一度お試しいただくか、別のカードをお使いください。"},
	paymentv1.ErrorReason_ERROR_REASON_RESULT_LOST:              {code: codes.FailedPrecondition, ja: "カード会社から結果を受け取れませんでした。お支払いは成立していません。もう一度お試しください。"},
	paymentv1.ErrorReason_ERROR_REASON_VAULT_FULL:               {code: codes.FailedPrecondition, ja: "登録できるカードの枚数を超えています。先に登録済みのカードを削除してください。"},
	paymentv1.ErrorReason_ERROR_REASON_AMOUNT_NOT_ALLOWED:       {code: codes.FailedPrecondition, ja: "ご利用いただける金額を超えています。金額をご確認ください。"},
	paymentv1.ErrorReason_ERROR_REASON_PROVIDER_REFUSED:         {code: codes.FailedPrecondition, ja: "決済代行会社で受け付けられませんでした。決済を読み直し、providerCodeの意味をご確認ください。"},
	paymentv1.ErrorReason_ERROR_REASON_DUPLICATE_AT_PROVIDER:    {code: codes.FailedPrecondition, ja: "決済代行会社に、同じ受付番号の別の取引があります。管理者が決済代行会社の画面で確認してください。"},
	paymentv1.ErrorReason_ERROR_REASON_TOO_LATE:                 {code: codes.FailedPrecondition, ja: "精算が確定しているため、変更や取消ができません。返金などは、お店から購入者へ直接行ってください。"},
	paymentv1.ErrorReason_ERROR_REASON_PROVIDER_UNREACHABLE:     {code: codes.Unavailable, ja: "決済代行会社に接続できません。お支払いは行われていません。しばらくしてから、もう一度お試しください。"},
	paymentv1.ErrorReason_ERROR_REASON_PROVIDER_BUSY:            {code: codes.Unavailable, ja: "決済代行会社が混み合っているか、メンテナンス中です。お支払いは行われていません。しばらくしてから、もう一度お試しください。"},
	paymentv1.ErrorReason_ERROR_REASON_PROVIDER_MISCONFIGURED:   {code: codes.FailedPrecondition, ja: "決済の設定に誤りがあります。お店にお問い合わせください。"},
	paymentv1.ErrorReason_ERROR_REASON_SUPERSEDED:               {ja: "同じ注文の新しい決済に置き換わりました。"},
	paymentv1.ErrorReason_ERROR_REASON_CANCELED_BY_SHOP:         {ja: "お店が取り消しました。"},
	paymentv1.ErrorReason_ERROR_REASON_CANCELED_AT_PROVIDER:     {ja: "決済代行会社で取り消されています。"},
	paymentv1.ErrorReason_ERROR_REASON_LATE_HOLD:                {ja: "不成立の決済に与信が残っていたため、取り消します。"},
	paymentv1.ErrorReason_ERROR_REASON_CHALLENGE_TIMEOUT:        {ja: "本人認証の時間が過ぎました。"},
	paymentv1.ErrorReason_ERROR_REASON_CHECKOUT_TIMEOUT:         {ja: "お支払いの有効時間が過ぎました。"},
	paymentv1.ErrorReason_ERROR_REASON_AMOUNT_CHANGE_HALF_DONE:  {ja: "金額変更の途中で、元の与信が残っている可能性があります。管理者の確認が必要です。"},
	paymentv1.ErrorReason_ERROR_REASON_PROVIDER_DIFFERS:         {ja: "決済代行会社の記録と一致しません。管理者の確認が必要です。"},
	paymentv1.ErrorReason_ERROR_REASON_CARD_REGISTERED:          {ja: "カードの登録が終わったため、確認用の与信を取り消しました。"},
	paymentv1.ErrorReason_ERROR_REASON_CARD_IN_USE:              {code: codes.FailedPrecondition, ja: "このカードを使う決済が終わっていないため、削除できません。先に決済を売上確定するか、取り消してください。"},
	paymentv1.ErrorReason_ERROR_REASON_BOOKS_UNAVAILABLE:        {code: codes.Unavailable, ja: "ただいま受け付けできません。しばらくしてから、もう一度お試しください。"},
	paymentv1.ErrorReason_ERROR_REASON_SHUTTING_DOWN:            {code: codes.Unavailable, ja: "ただいま受け付けできません。しばらくしてから、もう一度お試しください。"},
	paymentv1.ErrorReason_ERROR_REASON_INTERNAL:                 {code: codes.Internal, ja: "システムエラーが発生しました。決済の状態を読み直し、続く場合はrequestIdを添えて管理者に連絡してください。"},
}
