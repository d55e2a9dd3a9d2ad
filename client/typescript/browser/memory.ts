// What must outlive a reload: the client secret, and the idempotency key of an
// attempt whose answer is not known yet. Never a token, never a card.

/** The part of sessionStorage that is used. */
export interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** sessionStorage, or where a browser forbids it, a map that a reload loses. */
export function sessionStore(): Store {
  try {
    const store = globalThis.sessionStorage;
    store.setItem("kessai:", "");
    store.removeItem("kessai:");
    return store;
  } catch {
    const map = new Map<string, string>();
    return {
      getItem: (key) => map.get(key) ?? null,
      setItem: (key, value) => void map.set(key, value),
      removeItem: (key) => void map.delete(key),
    };
  }
}

/** What is remembered of one payment in this tab. */
export class Memory {
  constructor(
    private readonly store: Store,
    /** The payment's bare id. */
    readonly id: string,
  ) {}

  get secret(): string {
    return this.store.getItem(`kessai:${this.id}`) ?? "";
  }

  set secret(value: string) {
    this.store.setItem(`kessai:${this.id}`, value);
  }

  /**
   * The idempotency key of the attempt: that of an attempt whose answer is not
   * known, else a fresh one. With one key at most one of two attempts can take
   * place, also if the first arrives late.
   */
  key(): string {
    const name = `kessai:${this.id}:key`;
    const key = this.store.getItem(name) ?? newKey();
    this.store.setItem(name, key);
    return key;
  }

  /** Whether an attempt has no answer yet. */
  get open(): boolean {
    return this.store.getItem(`kessai:${this.id}:key`) !== null;
  }

  /** The answer is known: the next attempt is a new one. */
  settle(): void {
    this.store.removeItem(`kessai:${this.id}:key`);
  }
}

/** 128 random bits; randomUUID is missing where a page is not secure. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return "checkout-" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bare id in "payments/…", in a client secret, or itself. */
export function paymentID(name: string, secret = ""): string {
  return name.replace(/^payments\//, "") || /^cs_([0-9a-v]{20})_/.exec(secret)?.[1] || "";
}
