const fields = {
    number: {
        missing: { ja: "カード番号を入力してください。", en: "Enter the card number." },
        incomplete: { ja: "カード番号の桁数が足りません。", en: "The card number is too short." },
        wrong: { ja: "カード番号が正しくありません。もう一度ご確認ください。", en: "This is not a card number. Please check it." },
        refused: { ja: "このカード番号は使えません。もう一度ご確認ください。", en: "This card number is not accepted. Please check it." },
    },
    expiry: {
        missing: { ja: "有効期限を入力してください。", en: "Enter the expiry date." },
        incomplete: { ja: "有効期限を月／年（例：08/29）で入力してください。", en: "Enter month and year, such as 08/29." },
        wrong: { ja: "有効期限を月／年（例：08/29）で入力してください。", en: "Enter month and year, such as 08/29." },
        past: { ja: "有効期限が過ぎています。別のカードをお使いください。", en: "The card has expired. Please use another one." },
        refused: { ja: "有効期限をもう一度ご確認ください。", en: "Please check the expiry date." },
    },
    securityCode: {
        missing: { ja: "セキュリティコードを入力してください。", en: "Enter the security code." },
        incomplete: { ja: "セキュリティコードの桁数が足りません。", en: "The security code is too short." },
        wrong: { ja: "セキュリティコードの桁数が正しくありません。", en: "The security code has the wrong length." },
        refused: { ja: "セキュリティコードをもう一度ご確認ください。", en: "Please check the security code." },
    },
    holder: {
        missing: { ja: "カード名義人を入力してください。", en: "Enter the name on the card." },
        wrong: { ja: "カードに書かれているとおり、ローマ字で入力してください。", en: "Enter the name in Latin letters, as on the card." },
        refused: { ja: "カード名義人をもう一度ご確認ください。", en: "Please check the name on the card." },
    },
};
const reasons = {
    FIELDS: { ja: "入力内容をご確認ください。", en: "Please check what you entered." },
    CARD_DECLINED: {
        ja: "このカードではお支払いできませんでした。入力内容をご確認いただくか、別のカードをお使いください。理由はカード会社にお問い合わせください。",
        en: "The card was declined. Check what you entered, or use another card. Your card company can tell you why.",
    },
    CARD_NOT_ACCEPTED: { ja: "このカードの種類はご利用いただけません。別のカードをお使いください。", en: "Cards of this kind are not accepted here. Please use another card." },
    INSTALLMENTS_NOT_ALLOWED: {
        ja: "このカードでは選択された支払回数をご利用いただけません。回数を変えるか、別のカードをお使いください。",
        en: "The card does not allow this number of payments. Choose another number, or use another card.",
    },
    TOKEN_INVALID: { ja: "入力から時間がたったため、もう一度カード情報を入力してください。", en: "Too much time has passed. Please enter your card again." },
    AUTHENTICATION_FAILED: {
        ja: "本人認証を完了できませんでした。もう一度お試しいただくか、別のカードをお使いください。",
        en: "The identity check was not completed. Try again, or use another card.",
    },
    AUTHENTICATION_SKIPPED: { ja: "本人認証が行われなかったため、お支払いを取り消しました。もう一度お試しください。", en: "The identity check was left out, so nothing is charged. Please try again." },
    CHALLENGE_TIMEOUT: { ja: "本人認証の時間が過ぎました。もう一度お試しください。", en: "The identity check took too long. Please try again." },
    RESULT_LOST: { ja: "通信が途切れ、お支払いは行われませんでした。もう一度カード情報を入力してください。", en: "The connection broke and nothing was charged. Please enter your card again." },
    VAULT_FULL: { ja: "カードを保存できませんでした。保存せずにもう一度お試しください。", en: "The card could not be kept. Please try again without keeping it." },
    AMOUNT_NOT_ALLOWED: { ja: "この金額はカードではお支払いいただけません。お店にお問い合わせください。", en: "This amount cannot be paid by card. Please ask the shop." },
    ATTEMPTS_EXHAUSTED: { ja: "お試しいただける回数を超えました。お店にお問い合わせください。", en: "No further card can be tried for this order. Please ask the shop." },
    PROVIDER_UNREACHABLE: { ja: "ただいま決済サービスにつながりません。しばらくしてからもう一度お試しください。", en: "The payment service cannot be reached. Please try again in a moment." },
    PROVIDER_BUSY: { ja: "ただいま決済サービスが混み合っています。しばらくしてからもう一度お試しください。", en: "The payment service is busy. Please try again in a moment." },
    CONNECTION: { ja: "通信できませんでした。接続を確認して、もう一度お試しください。", en: "There is no connection. Check it and try again." },
    UNAUTHENTICATED: { ja: "このページのリンクは正しくありません。お店のページからもう一度お進みください。", en: "This link is not valid. Please start again from the shop." },
    CLIENT_SECRET_EXPIRED: { ja: "このページの有効期限が過ぎました。お店のページからもう一度お進みください。", en: "This page has expired. Please start again from the shop." },
    SECRET_MISSING: { ja: "このページのリンクは完全ではありません。お店のページからもう一度お進みください。", en: "This link is not complete. Please start again from the shop." },
    NOT_FOUND: { ja: "このお支払いは見つかりません。お店のページからもう一度お進みください。", en: "There is no such payment. Please start again from the shop." },
    TIMEOUT: {
        ja: "確認に時間がかかっています。結果はお店に届きます。もう一度お支払いいただく必要はありません。",
        en: "It takes longer than usual. The shop will get the result; please do not pay again.",
    },
    "": { ja: "お支払いできませんでした。しばらくしてからもう一度お試しください。", en: "The payment did not work. Please try again in a moment." },
};
// kessai's words that mean the same to a shopper.
const sameAs = {
    CARD_LIMIT_EXCEEDED: "CARD_DECLINED",
    CARD_EXPIRED: "CARD_DECLINED",
    CARD_INVALID: "CARD_DECLINED",
    SECURITY_CODE_WRONG: "CARD_DECLINED",
    BOOKS_UNAVAILABLE: "PROVIDER_BUSY",
    SHUTTING_DOWN: "PROVIDER_BUSY",
    REQUEST_RUNNING: "PROVIDER_BUSY",
    NO_ANSWER: "TIMEOUT",
    CALL_CANCELED: "CONNECTION",
    DEADLINE_EXCEEDED: "CONNECTION",
};
/** Says what a word of kessai's means to a shopper. */
export function reasonText(reason, language) {
    return (reasons[sameAs[reason] ?? reason] ?? reasons[""])[language];
}
/** Says what is wrong with a field. */
export function fieldText(field, problem, language) {
    return (fields[field][problem] ?? fields[field].wrong ?? reasons[""])[language];
}
