import type { Entry } from "./entry.js";
import type { TypedCard } from "./provider.js";
import type { Language } from "./texts.js";
/** A card that is typed in; texts as they were typed. */
export interface NewCard {
    number: string;
    holder: string;
    expiry: string;
    securityCode?: string;
    /** Payment count; the lump sum unless set. */
    installments?: number;
    /** Keep the card, where the shopper may choose. */
    save?: boolean;
}
/** A stored card, by its id in the entry. */
export interface StoredCard {
    storedCard: string;
    securityCode?: string;
    installments?: number;
}
/** What is sent on. */
export interface Checked {
    typed?: TypedCard;
    stored?: string;
    securityCode: string;
    installments?: number;
    save: boolean;
    hint?: {
        brand: string;
        lastFour: string;
        expiry: string;
    };
}
/** Checks; throws a CheckoutError that names every wrong field. */
export declare function check(card: NewCard | StoredCard, entry: Entry, language: Language, now?: Date): Checked;
