// kessai-checkout: token entry and 3-D Secure in any page.
//
//   const checkout = await KessaiCheckout.open({ baseUrl, payment, clientSecret });
//   const outcome = await checkout.pay({ number, holder, expiry, securityCode });
//
// The card number goes to the provider's script and nowhere else; kessai gets
// a token, the last four digits, and at most eight digits to name the counts.
import type { Client } from "@connectrpc/connect";

import type { Payment } from "../gen/kessai/payment/v1/payment_pb.js";
import { PaymentService } from "../gen/kessai/payment/v1/payment_service_pb.js";
import type { CardEntry } from "../gen/kessai/vault/v1/card_entry_pb.js";
import { VaultService } from "../gen/kessai/vault/v1/vault_service_pb.js";
import { failure } from "../src/failure.js";
import { confirm } from "./attempt.js";
import { createBrowserClient, type Protocol } from "./browser.js";
import { digitsOf, prefixDigits } from "./card.js";
import { entryOf, noEntry, type Entry } from "./entry.js";
import { CheckoutError } from "./error.js";
import { check, type Checked, type NewCard, type StoredCard } from "./form.js";
import { Memory, paymentID, sessionStore } from "./memory.js";
import { outcomeOf, type Outcome } from "./outcome.js";
import { createToken, loadScript } from "./provider.js";
import { reasonText, type Language } from "./texts.js";
import { settled, waitTimeout } from "./wait.js";

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

/** Refusals which say that the payment stands otherwise than the page knows. */
const movedOn = ["WRONG_STATE", "OPERATION_PENDING", "ATTEMPTS_EXHAUSTED"];

/** One payment in one page. */
export class KessaiCheckout {
  /** What may be offered: methods, stored cards, saving. */
  entry: Entry = noEntry;
  /** The payment as it was read last, in a browser's reduced view. */
  payment: Payment;
  /** For texts; may be changed at any time. */
  language: Language;

  private readonly navigate: (uri: string) => void;
  private readonly counts = new Map<string, Promise<Installments>>();
  private paying?: Promise<Outcome>;

  private constructor(
    private readonly payments: Client<typeof PaymentService>,
    private readonly vault: Client<typeof VaultService>,
    private readonly memory: Memory,
    payment: Payment,
    options: OpenOptions,
  ) {
    this.payment = payment;
    this.language = options.language ?? "ja";
    this.navigate = options.navigate ?? ((uri) => globalThis.location.assign(uri));
  }

  /** Reads the payment and what may be offered. Throws a CheckoutError. */
  static async open(options: OpenOptions): Promise<KessaiCheckout> {
    const language = options.language ?? "ja";
    const id = paymentID(options.payment ?? "", options.clientSecret);
    const memory = new Memory(sessionStore(), id);
    const clientSecret = options.clientSecret ?? memory.secret;
    if (!id || !clientSecret) throw CheckoutError.of("SECRET_MISSING", language);
    try {
      const connection = { baseUrl: options.baseUrl, clientSecret, protocol: options.protocol };
      const payments = createBrowserClient(PaymentService, connection);
      const { payment } = await payments.getPayment({ name: `payments/${id}` }, { timeoutMs: 20_000 });
      if (!payment) throw CheckoutError.of("NOT_FOUND", language);
      memory.secret = clientSecret;
      const checkout = new KessaiCheckout(payments, createBrowserClient(VaultService, connection), memory, payment, options);
      await checkout.offer();
      return checkout;
    } catch (error) {
      throw CheckoutError.from(error, language);
    }
  }

  /**
   * After 3-D Secure, on the page that the shopper came back to: finds the
   * payment in the address (?payment=payments/…) and its secret in this tab, and
   * waits. Undefined: the page was not reached so.
   */
  static async resume(options: OpenOptions & { timeoutMs?: number }): Promise<(Outcome & { checkout: KessaiCheckout }) | undefined> {
    const payment = options.payment ?? new URLSearchParams(globalThis.location.search).get("payment") ?? "";
    if (!payment && !options.clientSecret) return undefined;
    const checkout = await KessaiCheckout.open({ ...options, payment });
    return { ...(await checkout.wait(options)), checkout };
  }

  /** How the payment stood when it was read last. */
  get outcome(): Outcome {
    return this.tell(outcomeOf(this.payment));
  }

  /** Asks which payment counts a card may use, by the beginning of its number. */
  installments(number: string): Promise<Installments> {
    const cardPrefix = digitsOf(number).slice(0, prefixDigits);
    let found = this.counts.get(cardPrefix);
    if (!found) {
      found = this.vault
        .listInstallmentOptions({ cardPrefix }, { timeoutMs: 10_000 })
        .then(({ installmentOptions, brand }) => ({ counts: installmentOptions.map(({ count }) => count), brand }));
      this.counts.set(cardPrefix, found);
      found.catch(() => this.counts.delete(cardPrefix));
    }
    return found;
  }

  /**
   * Pays. In state "challenge" the page is left for 3-D Secure at once. A second
   * call while one runs gives the first one's outcome. Throws a CheckoutError
   * when nothing was charged and the shopper can do something about it.
   */
  pay(card: NewCard | StoredCard, options: PayOptions = {}): Promise<Outcome> {
    this.paying ??= this.attempt(card, options).finally(() => (this.paying = undefined));
    return this.paying;
  }

  /** Leaves the page for 3-D Secure, if the payment waits for it. */
  authenticate(): void {
    const { challengeUri } = outcomeOf(this.payment);
    if (challengeUri) this.navigate(challengeUri);
  }

  /** Waits until the payment is no longer pending. After timeoutMs (60,000) it is pending, "TIMEOUT". */
  async wait({ timeoutMs = waitTimeout, signal }: { timeoutMs?: number; signal?: AbortSignal } = {}): Promise<Outcome> {
    const payment = await settled(this.payments, this.payment.name, timeoutMs, signal);
    this.payment = payment ?? this.payment;
    if (payment) await this.offer().catch(() => {}); // nobody asked while an answer was awaited
    const outcome = outcomeOf(this.payment);
    const known = payment !== undefined && outcome.state !== "pending";
    return this.tell(known ? outcome : { ...outcome, state: "pending", reason: "TIMEOUT" });
  }

  /** Reads the payment, and what may be offered if a card may be given. Throws a CheckoutError. */
  async refresh(): Promise<Outcome> {
    try {
      this.payment = (await this.payments.getPayment({ name: this.payment.name }, { timeoutMs: 20_000 })).payment ?? this.payment;
      await this.offer();
      return this.outcome;
    } catch (error) {
      throw CheckoutError.from(error, this.language);
    }
  }

  /** Asks what may be offered, if a card may be given. */
  private async offer(): Promise<void> {
    const { state, attemptsLeft } = outcomeOf(this.payment);
    if (["authorized", "canceled", "expired"].includes(state)) this.memory.settle(); // whatever was under way is over
    if (!["ready", "declined", "challenge"].includes(state) || attemptsLeft === 0) return;
    try {
      const cardEntry = await this.newEntry({});
      this.entry = entryOf(cardEntry);
      loadScript(cardEntry.scriptUri).catch(() => {}); // early; if it fails it is tried again when paying
    } catch (error) {
      if (!movedOn.includes(failure(error).reason)) throw error;
      // Another tab was quicker: the payment says where it stands.
      this.payment = (await this.payments.getPayment({ name: this.payment.name }, { timeoutMs: 20_000 })).payment ?? this.payment;
    }
  }

  private async newEntry(wanted: { card?: string; saveCard?: boolean }): Promise<CardEntry> {
    const { cardEntry } = await this.vault.createCardEntry({ payment: this.payment.name, ...wanted }, { timeoutMs: 20_000 });
    if (!cardEntry) throw CheckoutError.of("PROVIDER_UNREACHABLE", this.language);
    return cardEntry;
  }

  private async attempt(card: NewCard | StoredCard, options: PayOptions): Promise<Outcome> {
    const checked = check(card, this.entry, this.language);
    const outcome = await this.tryTwice(checked, options).catch((error: unknown) => this.refused(error));
    if (outcome.state === "challenge") this.authenticate();
    if (outcome.state === "declined") await this.offer().catch(() => {}); // after a no, more may be asked for
    return outcome;
  }

  private async tryTwice(checked: Checked, options: PayOptions): Promise<Outcome> {
    const outcome = await this.tryOnce(checked, options);
    if (outcome.reason !== "VAULT_FULL" || !checked.save) return outcome;
    // The provider keeps no more cards: one new token and attempt without.
    return this.tryOnce({ ...checked, save: false }, {});
  }

  private async tryOnce(checked: Checked, { tokenMade }: PayOptions): Promise<Outcome> {
    const entry = await this.newEntry(checked.stored ? { card: checked.stored } : { saveCard: checked.save });
    const cardToken = await createToken(entry, checked.typed, checked.securityCode, this.language);
    tokenMade?.();
    const answer = await confirm(
      this.payments,
      this.payment.name,
      {
        cardToken,
        card: checked.stored,
        saveCard: checked.typed !== undefined && entry.savesCard,
        installmentCount: checked.installments,
        device: device(),
        cardHint: checked.hint,
      },
      this.memory,
    );
    if (!answer) return this.tell({ ...outcomeOf(this.payment), state: "pending", reason: "NO_ANSWER" });
    this.payment = answer;
    return this.outcome;
  }

  /** What kessai refused: a payment that stands otherwise than this page knew says so itself. */
  private async refused(error: unknown): Promise<Outcome> {
    const { reason } = failure(error);
    if (error instanceof CheckoutError || !movedOn.includes(reason)) {
      throw CheckoutError.from(error, this.language);
    }
    const outcome = await this.refresh();
    return outcome.state === "declined" || outcome.state === "ready" ? this.tell({ ...outcome, state: "declined", reason }) : outcome;
  }

  private tell(outcome: Outcome): Outcome {
    return outcome.reason === undefined ? outcome : { ...outcome, message: reasonText(outcome.reason, this.language) };
  }
}

/** The provider's 端末区分: what the shopper holds in the hand. */
function device(): string {
  return globalThis.matchMedia?.("(pointer: coarse) and (max-width: 767px)").matches ? "smartphone" : "pc";
}
