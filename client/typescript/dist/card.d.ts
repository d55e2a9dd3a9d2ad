/** A card brand of the contract; empty: another one, or not known yet. */
export type Brand = "" | "visa" | "mastercard" | "jcb" | "diners" | "amex";
/** What is wrong with a field; empty: nothing. */
export type Problem = "" | "missing" | "incomplete" | "wrong" | "past" | "refused";
/** How many digits of a number may be told to kessai, at most. */
export declare const prefixDigits = 8;
/** The digits in a text, full-width ones folded. */
export declare function digitsOf(text: string): string;
/** The brand of a number, or of as much of it as is there. */
export declare function brandOf(digits: string): Brand;
/** The most digits a number of the brand has. */
export declare function maxDigits(brand: Brand): number;
/** How many digits the brand's security code has; two values: either. */
export declare function codeLengths(brand: Brand): number[];
/** A number in the groups that are printed on cards of its brand. */
export declare function formatNumber(digits: string): string;
/** What is wrong with a card number. */
export declare function numberProblem(digits: string): Problem;
/** An expiry as it was typed: "12/28", "1228", "1/28" or "12/2028", in any width. */
export declare function parseExpiry(text: string, now: Date): {
    mmyy: string;
    shown: string;
    problem: Problem;
};
/** An expiry while it is typed: the slash comes by itself, and goes by itself. */
export declare function formatExpiry(text: string, before?: string): string;
/** What is wrong with a security code. */
export declare function codeProblem(digits: string, brand: Brand): Problem;
/** A holder's name as cards write it: narrow, in capitals, one blank between words. */
export declare function holderOf(text: string): string;
/** What is wrong with a holder's name (letters, blank, hyphen, dot, comma; 2 to 30). */
export declare function holderProblem(name: string): Problem;
