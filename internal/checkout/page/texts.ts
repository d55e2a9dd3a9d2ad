// The page's texts. Texts about cards and declines are the helper's.
import type { Language } from "kessai-client/checkout";

const ja = {
  title: "お支払い",
  amount: "お支払い金額",
  order: "ご注文番号",
  language: "言語",
  test: "テスト環境です。実際の請求は行われません。",
  methods: "お支払い方法",
  card: "カード",
  cards: "お使いになるカード",
  otherCard: "別のカードを使う",
  ends: "末尾",
  until: "有効期限",
  expired: "期限切れ",
  number: "カード番号",
  expiry: "有効期限（月／年）",
  expiryHint: "例：08/29",
  securityCode: "セキュリティコード",
  codeHelp: "どこにありますか？",
  codeBack: "カード裏面の署名欄にある 3 桁の数字です。",
  codeFront: "American Express は、カード表面の右上にある 4 桁の数字です。",
  holder: "カード名義人（ローマ字）",
  holderHint: "カードに書かれているとおり。例：TARO YAMADA",
  installments: "お支払い回数",
  lump: "一括払い",
  save: "次回のために、このカードを保存する",
  always: "次回のために、このカードは保存されます。",
  full: "保存できるカードは 3 枚までのため、このカードは保存されません。",
  authentication: "続けて、カード会社の本人認証（3-D セキュア）の画面に移ります。",
  private: "カード番号は決済会社に直接送られ、お店には届きません。",
  busy: "処理しています。このままお待ちください。",
  leaving: "カード会社の本人認証に移ります。",
  elsewhere: "このお支払い方法の手続きは、お店が承ります。この画面でのお支払いはありません。お店のページにお戻りください。",
  back: "お店に戻る",
  loading: "読み込んでいます。",
  confirming: "お支払いを確認しています",
  confirmingText: "このままお待ちください。もう一度お支払いいただく必要はありません。",
  slow: "確認に時間がかかっています",
  slowText: "結果はお店に届きます。この画面は閉じてもかまいません。もう一度お支払いいただく必要はありません。",
  check: "もう一度確認する",
  challenge: "本人認証がまだ終わっていません",
  challengeText: "カード会社の画面で本人認証を続けるか、別のカードでお支払いください。まだ何も請求されていません。",
  challengeGo: "本人認証を続ける",
  paid: "お支払いが完了しました",
  paidText: "ありがとうございました。",
  forward: "まもなくお店のページに移ります。",
  canceled: "このお支払いは取り消されました",
  canceledText: "ご注文の内容が変わったか、お店が取り消しました。請求は行われません。お店のページからもう一度お進みください。",
  lapsed: "このお支払いの期限が過ぎました",
  lapsedText: "請求は行われていません。お店のページからもう一度お進みください。",
  exhausted: "このご注文では、これ以上カードをお試しいただけません",
  exhaustedText: "請求は行われていません。お店にお問い合わせください。",
  problem: "このページを表示できません",
  again: "もう一度試す",
  declined: "お支払いできませんでした",
  unsent: "お支払いは送信されていません。もう一度お試しください。二重に請求されることはありません。",
};

/** Every text of the page. */
export type Texts = Record<keyof typeof ja, string>;

const en: Texts = {
  title: "Payment",
  amount: "Amount",
  order: "Order number",
  language: "Language",
  test: "This is a test. No money moves.",
  methods: "Payment method",
  card: "Card",
  cards: "Which card",
  otherCard: "Use another card",
  ends: "ending in",
  until: "expires",
  expired: "expired",
  number: "Card number",
  expiry: "Expiry (month/year)",
  expiryHint: "For example 08/29",
  securityCode: "Security code",
  codeHelp: "Where is it?",
  codeBack: "The three digits in the signature field on the back of the card.",
  codeFront: "On American Express: the four digits on the front, upper right.",
  holder: "Name on the card",
  holderHint: "As it is printed, such as TARO YAMADA",
  installments: "Number of payments",
  lump: "One payment",
  save: "Keep this card for next time",
  always: "This card will be kept for next time.",
  full: "Three cards are kept already, so this one will not be kept.",
  authentication: "Next, your card company asks you to confirm your identity (3-D Secure).",
  private: "Your card number goes straight to the payment provider. The shop never gets it.",
  busy: "Working on it. Please stay on this page.",
  leaving: "Going to your card company to confirm your identity.",
  elsewhere: "The shop itself settles this way of paying. Nothing is paid on this page. Please go back to the shop.",
  back: "Back to the shop",
  loading: "Loading.",
  confirming: "Confirming your payment",
  confirmingText: "Please wait. There is no need to pay again.",
  slow: "This takes longer than usual",
  slowText: "The shop will get the result. You may close this page; please do not pay again.",
  check: "Check again",
  challenge: "Your identity is not confirmed yet",
  challengeText: "Go on at your card company, or use another card. Nothing is charged yet.",
  challengeGo: "Continue",
  paid: "Your payment is complete",
  paidText: "Thank you.",
  forward: "You will be taken back to the shop.",
  canceled: "This payment was canceled",
  canceledText: "Your order changed, or the shop canceled it. Nothing is charged. Please start again from the shop.",
  lapsed: "This payment has expired",
  lapsedText: "Nothing was charged. Please start again from the shop.",
  exhausted: "No further card can be tried for this order",
  exhaustedText: "Nothing was charged. Please ask the shop.",
  problem: "This page cannot be shown",
  again: "Try again",
  declined: "The payment did not go through",
  unsent: "The payment was not sent. Please try again; you are never charged twice.",
};

const all: Record<Language, Texts> = { ja, en };

/** The texts of a language. */
export function textsOf(language: Language): Texts {
  return all[language];
}

/** An amount as people of the language read it. */
export function yen(amount: number, language: Language): string {
  const digits = amount.toLocaleString("en");
  return language === "ja" ? `${digits}円` : `¥${digits}`;
}

/** The button's text. */
export function payText(amount: number, language: Language): string {
  return language === "ja" ? `${yen(amount, language)}を支払う` : `Pay ${yen(amount, language)}`;
}

/** How many cards may still be tried. */
export function leftText(left: number, language: Language): string {
  return language === "ja" ? `あと ${left} 回お試しいただけます。` : left === 1 ? "You can try once more." : `You can try ${left} more times.`;
}

/** A payment count. */
export function countText(count: number, language: Language): string {
  return count === 1 ? all[language].lump : language === "ja" ? `${count} 回払い` : `${count} payments`;
}

const stored = "kessai:language";

/** The language: chosen before, or the browser's; Japanese unless that is English. */
export function preferredLanguage(): Language {
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem(stored);
  } catch {
    // A browser may forbid it.
  }
  if (chosen === "ja" || chosen === "en") return chosen;
  return navigator.language.toLowerCase().startsWith("en") ? "en" : "ja";
}

/** Remembers the choice. */
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(stored, language);
  } catch {
    // Then it is asked of the browser again.
  }
}
