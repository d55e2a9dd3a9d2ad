// What must outlive a reload: the client secret, and the idempotency key of an
// attempt whose answer is not known yet. Never a token, never a card.
/** sessionStorage, or where a browser forbids it, a map that a reload loses. */
export function sessionStore() {
    try {
        const store = globalThis.sessionStorage;
        store.setItem("kessai:", "");
        store.removeItem("kessai:");
        return store;
    }
    catch {
        const map = new Map();
        return {
            getItem: (key) => map.get(key) ?? null,
            setItem: (key, value) => void map.set(key, value),
            removeItem: (key) => void map.delete(key),
        };
    }
}
/** What is remembered of one payment in this tab. */
export class Memory {
    store;
    id;
    constructor(store, 
    /** The payment's bare id. */
    id) {
        this.store = store;
        this.id = id;
    }
    get secret() {
        return this.store.getItem(`kessai:${this.id}`) ?? "";
    }
    set secret(value) {
        this.store.setItem(`kessai:${this.id}`, value);
    }
    /**
     * The idempotency key of the attempt: that of an attempt whose answer is not
     * known, else a fresh one. With one key at most one of two attempts can take
     * place, also if the first arrives late.
     */
    key() {
        const name = `kessai:${this.id}:key`;
        const key = this.store.getItem(name) ?? newKey();
        this.store.setItem(name, key);
        return key;
    }
    /** Whether an attempt has no answer yet. */
    get open() {
        return this.store.getItem(`kessai:${this.id}:key`) !== null;
    }
    /** The answer is known: the next attempt is a new one. */
    settle() {
        this.store.removeItem(`kessai:${this.id}:key`);
    }
}
/** 128 random bits; randomUUID is missing where a page is not secure. */
function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return "checkout-" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
/** The bare id in "payments/…", in a client secret, or itself. */
export function paymentID(name, secret = "") {
    return name.replace(/^payments\//, "") || /^cs_([0-9a-v]{20})_/.exec(secret)?.[1] || "";
}
