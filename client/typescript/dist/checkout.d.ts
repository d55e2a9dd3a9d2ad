import type { Payment } from "../gen/kessai/payment/v1/payment_pb.js";
import { type Protocol } from "./browser.js";
import { type Entry } from "./entry.js";
import { type NewCard, type StoredCard } from "./form.js";
import { type Outcome } from "./outcome.js";
import { type Language } from "./texts.js";
export { brandOf, codeLengths, digitsOf, formatExpiry, formatNumber, maxDigits, type Brand } from "./card.js";
export { CheckoutError, type Field } from "./error.js";
export { type Entry, type OfferedCard, type OfferedMethod } from "./entry.js";
export { type NewCard, type StoredCard } from "./form.js";
export { type Outcome, type State } from "./outcome.js";
export { type Language } from "./texts.js";
export { type Protocol } from "./browser.js";
export { type Payment } from "../gen/kessai/payment/v1/payment_pb.js";
/** What a page says to begin. */
export interface OpenOptions {
    /** Where kessai is. Outside the loopback it must be https. */
    baseUrl: string;
    /** "payments/…" or the bare id; it may be left out if clientSecret is there. */
    payment?: string;
    /** cs_…; it may be left out in a tab where the payment was opened before. */
    clientSecret?: string;
    /** "connect" unless set. */
    protocol?: Protocol;
    /** "ja" unless set. */
    language?: Language;
    /** How to leave the page for 3-D Secure; location.assign unless set. */
    navigate?: (uri: string) => void;
}
/** What may accompany an attempt. */
export interface PayOptions {
    /** Called as soon as there is a token: empty the inputs. */
    tokenMade?: () => void;
}
/** Payment counts that a card may use, smallest first, and the card's brand. */
export interface Installments {
    counts: number[];
    brand: string;
}
/** One payment in one page. */
export declare class KessaiCheckout {
    private readonly payments;
    private readonly vault;
    private readonly memory;
    /** What may be offered: methods, stored cards, saving. */
    entry: Entry;
    /** The payment as it was read last, in a browser's reduced view. */
    payment: Payment;
    /** For texts; may be changed at any time. */
    language: Language;
    private readonly navigate;
    private readonly counts;
    private paying?;
    private constructor();
    /** Reads the payment and what may be offered. Throws a CheckoutError. */
    static open(options: OpenOptions): Promise<KessaiCheckout>;
    /**
     * After 3-D Secure, on the page that the shopper came back to: finds the
     * payment in the address (?payment=payments/…) and its secret in this tab, and
     * waits. Undefined: the page was not reached so.
     */
    static resume(options: OpenOptions & {
        timeoutMs?: number;
    }): Promise<(Outcome & {
        checkout: KessaiCheckout;
    }) | undefined>;
    /** How the payment stood when it was read last. */
    get outcome(): Outcome;
    /** Asks which payment counts a card may use, by the beginning of its number. */
    installments(number: string): Promise<Installments>;
    /**
     * Pays. In state "challenge" the page is left for 3-D Secure at once. A second
     * call while one runs gives the first one's outcome. Throws a CheckoutError
     * when nothing was charged and the shopper can do something about it.
     */
    pay(card: NewCard | StoredCard, options?: PayOptions): Promise<Outcome>;
    /** Leaves the page for 3-D Secure, if the payment waits for it. */
    authenticate(): void;
    /** Waits until the payment is no longer pending. After timeoutMs (60,000) it is pending, "TIMEOUT". */
    wait({ timeoutMs, signal }?: {
        timeoutMs?: number;
        signal?: AbortSignal;
    }): Promise<Outcome>;
    /** Reads the payment, and what may be offered if a card may be given. Throws a CheckoutError. */
    refresh(): Promise<Outcome>;
    /** Asks what may be offered, if a card may be given. */
    private offer;
    private newEntry;
    private attempt;
    private tryTwice;
    private tryOnce;
    /** What kessai refused: a payment that stands otherwise than this page knew says so itself. */
    private refused;
    private tell;
}
