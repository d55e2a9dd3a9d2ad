import type { CardEntry } from "../gen/kessai/vault/v1/card_entry_pb.js";
/** A stored card of the customer. */
export interface OfferedCard {
    /** For pay's storedCard. */
    id: string;
    brand: string;
    lastFour: string;
    /** "MM/YY". */
    expiry: string;
    expired: boolean;
}
/** A way to pay. */
export interface OfferedMethod {
    id: string;
    name: string;
    /** Sanitised by kessai. */
    descriptionHtml: string;
    /** "card" is paid here; "other" is settled by the shop itself. */
    kind: string;
}
/** What may be offered for a payment. */
export interface Entry {
    shopName: string;
    /** In the operator's order. */
    methods: OfferedMethod[];
    cards: OfferedCard[];
    /** "NEVER", "MEMBER_CHOOSES" (show a box), "ALWAYS" (say so) or "FULL" (three cards are kept already). */
    saving: string;
    /** The security code must be asked for, of stored cards too. */
    securityCode: boolean;
    /** 3-D Secure will be asked for. */
    authentication: boolean;
    /** Payment counts other than the lump sum may be offered. */
    installments: boolean;
}
/** Of a payment that takes no card. */
export declare const noEntry: Entry;
/** Reads a card entry; what only the provider's script needs stays out. */
export declare function entryOf(entry: CardEntry): Entry;
