import { PaymentService } from "../gen/kessai/payment/v1/payment_service_pb.js";
import { VaultService } from "../gen/kessai/vault/v1/vault_service_pb.js";
import { failure } from "../src/failure.js";
import { confirm } from "./attempt.js";
import { createBrowserClient } from "./browser.js";
import { digitsOf, prefixDigits } from "./card.js";
import { entryOf, noEntry } from "./entry.js";
import { CheckoutError } from "./error.js";
import { check } from "./form.js";
import { Memory, paymentID, sessionStore } from "./memory.js";
import { outcomeOf } from "./outcome.js";
import { createToken, loadScript } from "./provider.js";
import { reasonText } from "./texts.js";
import { settled, waitTimeout } from "./wait.js";
export { brandOf, codeLengths, digitsOf, formatExpiry, formatNumber, maxDigits } from "./card.js";
export { CheckoutError } from "./error.js";
/** Refusals which say that the payment stands otherwise than the page knows. */
const movedOn = ["WRONG_STATE", "OPERATION_PENDING", "ATTEMPTS_EXHAUSTED"];
/** One payment in one page. */
export class KessaiCheckout {
    payments;
    vault;
    memory;
    /** What may be offered: methods, stored cards, saving. */
    entry = noEntry;
    /** The payment as it was read last, in a browser's reduced view. */
    payment;
    /** For texts; may be changed at any time. */
    language;
    navigate;
    counts = new Map();
    paying;
    constructor(payments, vault, memory, payment, options) {
        this.payments = payments;
        this.vault = vault;
        this.memory = memory;
        this.payment = payment;
        this.language = options.language ?? "ja";
        this.navigate = options.navigate ?? ((uri) => globalThis.location.assign(uri));
    }
    /** Reads the payment and what may be offered. Throws a CheckoutError. */
    static async open(options) {
        const language = options.language ?? "ja";
        const id = paymentID(options.payment ?? "", options.clientSecret);
        const memory = new Memory(sessionStore(), id);
        const clientSecret = options.clientSecret ?? memory.secret;
        if (!id || !clientSecret)
            throw CheckoutError.of("SECRET_MISSING", language);
        try {
            const connection = { baseUrl: options.baseUrl, clientSecret, protocol: options.protocol };
            const payments = createBrowserClient(PaymentService, connection);
            const { payment } = await payments.getPayment({ name: `payments/${id}` }, { timeoutMs: 20_000 });
            if (!payment)
                throw CheckoutError.of("NOT_FOUND", language);
            memory.secret = clientSecret;
            const checkout = new KessaiCheckout(payments, createBrowserClient(VaultService, connection), memory, payment, options);
            await checkout.offer();
            return checkout;
        }
        catch (error) {
            throw CheckoutError.from(error, language);
        }
    }
    /**
     * After 3-D Secure, on the page that the shopper came back to: finds the
     * payment in the address (?payment=payments/…) and its secret in this tab, and
     * waits. Undefined: the page was not reached so.
     */
    static async resume(options) {
        const payment = options.payment ?? new URLSearchParams(globalThis.location.search).get("payment") ?? "";
        if (!payment && !options.clientSecret)
            return undefined;
        const checkout = await KessaiCheckout.open({ ...options, payment });
        return { ...(await checkout.wait(options)), checkout };
    }
    /** How the payment stood when it was read last. */
    get outcome() {
        return this.tell(outcomeOf(this.payment));
    }
    /** Asks which payment counts a card may use, by the beginning of its number. */
    installments(number) {
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
    pay(card, options = {}) {
        this.paying ??= this.attempt(card, options).finally(() => (this.paying = undefined));
        return this.paying;
    }
    /** Leaves the page for 3-D Secure, if the payment waits for it. */
    authenticate() {
        const { challengeUri } = outcomeOf(this.payment);
        if (challengeUri)
            this.navigate(challengeUri);
    }
    /** Waits until the payment is no longer pending. After timeoutMs (60,000) it is pending, "TIMEOUT". */
    async wait({ timeoutMs = waitTimeout, signal } = {}) {
        const payment = await settled(this.payments, this.payment.name, timeoutMs, signal);
        this.payment = payment ?? this.payment;
        if (payment)
            await this.offer().catch(() => { }); // nobody asked while an answer was awaited
        const outcome = outcomeOf(this.payment);
        const known = payment !== undefined && outcome.state !== "pending";
        return this.tell(known ? outcome : { ...outcome, state: "pending", reason: "TIMEOUT" });
    }
    /** Reads the payment, and what may be offered if a card may be given. Throws a CheckoutError. */
    async refresh() {
        try {
            this.payment = (await this.payments.getPayment({ name: this.payment.name }, { timeoutMs: 20_000 })).payment ?? this.payment;
            await this.offer();
            return this.outcome;
        }
        catch (error) {
            throw CheckoutError.from(error, this.language);
        }
    }
    /** Asks what may be offered, if a card may be given. */
    async offer() {
        const { state, attemptsLeft } = outcomeOf(this.payment);
        if (["authorized", "canceled", "expired"].includes(state))
            this.memory.settle(); // whatever was under way is over
        if (!["ready", "declined", "challenge"].includes(state) || attemptsLeft === 0)
            return;
        try {
            const cardEntry = await this.newEntry({});
            this.entry = entryOf(cardEntry);
            loadScript(cardEntry.scriptUri).catch(() => { }); // early; if it fails it is tried again when paying
        }
        catch (error) {
            if (!movedOn.includes(failure(error).reason))
                throw error;
            // Another tab was quicker: the payment says where it stands.
            this.payment = (await this.payments.getPayment({ name: this.payment.name }, { timeoutMs: 20_000 })).payment ?? this.payment;
        }
    }
    async newEntry(wanted) {
        const { cardEntry } = await this.vault.createCardEntry({ payment: this.payment.name, ...wanted }, { timeoutMs: 20_000 });
        if (!cardEntry)
            throw CheckoutError.of("PROVIDER_UNREACHABLE", this.language);
        return cardEntry;
    }
    async attempt(card, options) {
        const checked = check(card, this.entry, this.language);
        const outcome = await this.tryTwice(checked, options).catch((error) => this.refused(error));
        if (outcome.state === "challenge")
            this.authenticate();
        if (outcome.state === "declined")
            await this.offer().catch(() => { }); // after a no, more may be asked for
        return outcome;
    }
    async tryTwice(checked, options) {
        const outcome = await this.tryOnce(checked, options);
        if (outcome.reason !== "VAULT_FULL" || !checked.save)
            return outcome;
        // The provider keeps no more cards: one new token and attempt without.
        return this.tryOnce({ ...checked, save: false }, {});
    }
    async tryOnce(checked, { tokenMade }) {
        const entry = await this.newEntry(checked.stored ? { card: checked.stored } : { saveCard: checked.save });
        const cardToken = await createToken(entry, checked.typed, checked.securityCode, this.language);
        tokenMade?.();
        const answer = await confirm(this.payments, this.payment.name, {
            cardToken,
            card: checked.stored,
            saveCard: checked.typed !== undefined && entry.savesCard,
            installmentCount: checked.installments,
            device: device(),
            cardHint: checked.hint,
        }, this.memory);
        if (!answer)
            return this.tell({ ...outcomeOf(this.payment), state: "pending", reason: "NO_ANSWER" });
        this.payment = answer;
        return this.outcome;
    }
    /** What kessai refused: a payment that stands otherwise than this page knew says so itself. */
    async refused(error) {
        const { reason } = failure(error);
        if (error instanceof CheckoutError || !movedOn.includes(reason)) {
            throw CheckoutError.from(error, this.language);
        }
        const outcome = await this.refresh();
        return outcome.state === "declined" || outcome.state === "ready" ? this.tell({ ...outcome, state: "declined", reason }) : outcome;
    }
    tell(outcome) {
        return outcome.reason === undefined ? outcome : { ...outcome, message: reasonText(outcome.reason, this.language) };
    }
}
/** The provider's 端末区分: what the shopper holds in the hand. */
function device() {
    return globalThis.matchMedia?.("(pointer: coarse) and (max-width: 767px)").matches ? "smartphone" : "pc";
}
