// What a page can say of a card while it is typed. It only helps the shopper:
// the provider judges.

/** A card brand of the contract; empty: another one, or not known yet. */
export type Brand = "" | "visa" | "mastercard" | "jcb" | "diners" | "amex";

/** What is wrong with a field; empty: nothing. */
export type Problem = "" | "missing" | "incomplete" | "wrong" | "past" | "refused";

/** How many digits of a number may be told to kessai, at most. */
export const prefixDigits = 8;

/** The provider's test cards begin so; they have no brand and no check digit. */
const testPrefix = "0000";

const brands: [Brand, RegExp, number[]][] = [
  ["amex", /^3[47]/, [15]],
  ["jcb", /^35(2[89]|[3-8])/, [16]],
  ["diners", /^3(0[0-59]|[689])/, [14, 16]],
  ["mastercard", /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  ["visa", /^4/, [13, 16, 19]],
];

/** The digits in a text, full-width ones folded. */
export function digitsOf(text: string): string {
  return fold(text).replace(/\D/g, "");
}

/** The brand of a number, or of as much of it as is there. */
export function brandOf(digits: string): Brand {
  return brands.find(([, pattern]) => pattern.test(digits))?.[0] ?? "";
}

/** The most digits a number of the brand has. */
export function maxDigits(brand: Brand): number {
  return Math.max(...lengths(brand));
}

/** How many digits the brand's security code has; two values: either. */
export function codeLengths(brand: Brand): number[] {
  return brand === "amex" ? [4] : brand === "" ? [3, 4] : [3];
}

/** A number in the groups that are printed on cards of its brand. */
export function formatNumber(digits: string): string {
  const brand = brandOf(digits);
  const groups = brand === "amex" ? [4, 6, 5] : brand === "diners" && digits.length <= 14 ? [4, 6, 4] : [4, 4, 4, 4, 3];
  const parts: string[] = [];
  let at = 0;
  for (const size of groups) {
    parts.push(digits.slice(at, at + size));
    at += size;
  }
  return parts.filter(Boolean).join(" ");
}

/** What is wrong with a card number. */
export function numberProblem(digits: string): Problem {
  if (digits === "") return "missing";
  const allowed = lengths(brandOf(digits));
  if (digits.length < Math.min(...allowed)) return "incomplete";
  if (digits.startsWith(testPrefix)) return digits.length === 16 ? "" : "wrong";
  return allowed.includes(digits.length) && checkDigit(digits) ? "" : "wrong";
}

/** An expiry as it was typed: "12/28", "1228", "1/28" or "12/2028", in any width. */
export function parseExpiry(text: string, now: Date): { mmyy: string; shown: string; problem: Problem } {
  const fault = (problem: Problem) => ({ mmyy: "", shown: "", problem });
  const folded = fold(text).replace(/\s/g, "");
  if (folded === "") return fault("missing");
  const parts = /^(\d{1,2})[/.-](?:20)?(\d{2})$/.exec(folded) ?? /^(\d{2})(?:20)?(\d{2})$/.exec(folded);
  if (!parts) return fault(/^\d{0,4}$|^\d{1,2}[/.-]\d?$/.test(folded) ? "incomplete" : "wrong");
  const month = Number(parts[1]);
  const year = 2000 + Number(parts[2]);
  if (month < 1 || month > 12) return fault("wrong");
  if (new Date(year, month, 1) <= now) return fault("past");
  const mm = String(month).padStart(2, "0");
  return { mmyy: mm + parts[2], shown: `${mm}/${parts[2]}`, problem: "" };
}

/** An expiry while it is typed: the slash comes by itself, and goes by itself. */
export function formatExpiry(text: string, before = ""): string {
  const folded = fold(text);
  if (/^\d{3}/.test(folded) || !folded.includes("/")) {
    let digits = folded.replace(/\D/g, "").slice(0, 6);
    if (/^[2-9]/.test(digits)) digits = "0" + digits;
    if (digits.length < 2 || (digits.length === 2 && before.length > folded.length)) return digits;
    return `${digits.slice(0, 2)}/${digits.slice(2)}`;
  }
  return folded.replace(/[^\d/]/g, "").slice(0, 7);
}

/** What is wrong with a security code. */
export function codeProblem(digits: string, brand: Brand): Problem {
  if (digits === "") return "missing";
  const allowed = codeLengths(brand);
  return allowed.includes(digits.length) ? "" : digits.length < Math.min(...allowed) ? "incomplete" : "wrong";
}

/** A holder's name as cards write it: narrow, in capitals, one blank between words. */
export function holderOf(text: string): string {
  return fold(text).replace(/\s+/g, " ").trim().toUpperCase();
}

/** What is wrong with a holder's name (letters, blank, hyphen, dot, comma; 2 to 30). */
export function holderProblem(name: string): Problem {
  if (name === "") return "missing";
  return /^[A-Z][A-Z .,-]{1,29}$/.test(name) ? "" : "wrong";
}

function lengths(brand: Brand): number[] {
  return brands.find(([name]) => name === brand)?.[2] ?? [14, 15, 16, 17, 18, 19];
}

function checkDigit(digits: string): boolean {
  let sum = 0;
  [...digits].reverse().forEach((digit, index) => {
    const value = Number(digit) * (index % 2 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  });
  return sum % 10 === 0;
}

/** Full-width signs as narrow ones. */
function fold(text: string): string {
  return text.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replaceAll("　", " ");
}
