/** The part of sessionStorage that is used. */
export interface Store {
    getItem(key: string): string | null;
    setItem(key: string, value: string): void;
    removeItem(key: string): void;
}
/** sessionStorage, or where a browser forbids it, a map that a reload loses. */
export declare function sessionStore(): Store;
/** What is remembered of one payment in this tab. */
export declare class Memory {
    private readonly store;
    /** The payment's bare id. */
    readonly id: string;
    constructor(store: Store, 
    /** The payment's bare id. */
    id: string);
    get secret(): string;
    set secret(value: string);
    /**
     * The idempotency key of the attempt: that of an attempt whose answer is not
     * known, else a fresh one. With one key at most one of two attempts can take
     * place, also if the first arrives late.
     */
    key(): string;
    /** Whether an attempt has no answer yet. */
    get open(): boolean;
    /** The answer is known: the next attempt is a new one. */
    settle(): void;
}
/** The bare id in "payments/…", in a client secret, or itself. */
export declare function paymentID(name: string, secret?: string): string;
