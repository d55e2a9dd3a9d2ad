import type { Problem } from "./card.js";
import { type Language } from "./texts.js";
/** A field of the card form. */
export type Field = "number" | "expiry" | "securityCode" | "holder";
/** In which order fields are read, and the first wrong one gets the focus. */
export declare const fieldOrder: Field[];
/**
 * Nothing was charged by the call that threw this. With fields the shopper can
 * mend it; without, reason says in one word why, as kessai's errors do.
 */
export declare class CheckoutError extends Error {
    /** kessai's word, or "FIELDS", "SECRET_MISSING", "PROVIDER_UNREACHABLE", "CONNECTION". */
    readonly reason: string;
    /** What is wrong with which field, and the text for the shopper. */
    readonly fields: Partial<Record<Field, {
        problem: Problem;
        text: string;
    }>>;
    readonly name = "CheckoutError";
    constructor(
    /** kessai's word, or "FIELDS", "SECRET_MISSING", "PROVIDER_UNREACHABLE", "CONNECTION". */
    reason: string, 
    /** For the shopper. */
    message: string, 
    /** What is wrong with which field, and the text for the shopper. */
    fields?: Partial<Record<Field, {
        problem: Problem;
        text: string;
    }>>);
    /** From wrong fields. */
    static ofFields(problems: Partial<Record<Field, Problem>>, language: Language): CheckoutError;
    /** From a reason alone. */
    static of(reason: string, language: Language): CheckoutError;
    /** From anything that a call threw. */
    static from(error: unknown, language: Language): CheckoutError;
}
