import type { CardEntry } from "../gen/kessai/vault/v1/card_entry_pb.js";
import { CheckoutError } from "./error.js";
import type { Language } from "./texts.js";
interface TokenLib {
    createToken(info: Record<string, string>, success: (answer: {
        token?: string;
    }) => void, failure: (answer: {
        errorInfo?: ProviderError[];
    }) => void): void;
}
/** One thing that the provider's script finds wrong. */
export interface ProviderError {
    errorCode?: string;
    errorMsg?: string;
    errorItem?: string;
}
/** What is typed, ready to send: digits alone, MMyy. */
export interface TypedCard {
    number: string;
    holder: string;
    mmyy: string;
}
/** Loads the provider's script once; a failed load can be tried again. */
export declare function loadScript(uri: string): Promise<TokenLib>;
/**
 * Makes a token for a typed card, or for the stored card that the entry is for.
 * Throws a CheckoutError with fields, or with reason PROVIDER_UNREACHABLE.
 */
export declare function createToken(entry: CardEntry, card: TypedCard | undefined, securityCode: string, language: Language): Promise<string>;
/** createToken's argument (protocol 4). */
export declare function tokenInfo(entry: CardEntry, card: TypedCard | undefined, securityCode: string): Record<string, string>;
/** What the provider's script found wrong, by field. */
export declare function errorOf(errors: ProviderError[], language: Language): CheckoutError;
export {};
