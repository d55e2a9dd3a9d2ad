import { type Payment } from "../gen/kessai/payment/v1/payment_pb.js";
/**
 * Where the shopper stands:
 * - "ready": no card was given yet
 * - "pending": an answer is awaited; nobody needs to do anything
 * - "challenge": the shopper must go to challengeUri, 3-D Secure
 * - "authorized": the amount is held or charged
 * - "declined": this card did not work; another may be tried while attemptsLeft is not 0
 * - "canceled", "expired": the payment is over, nothing is charged
 */
export type State = "ready" | "pending" | "challenge" | "authorized" | "declined" | "canceled" | "expired";
/** How an attempt stands. */
export interface Outcome {
    state: State;
    /** One word, such as "CARD_DECLINED"; "TIMEOUT" or "NO_ANSWER" while pending. */
    reason?: string;
    /** The same for the shopper, in the language chosen. */
    message?: string;
    /** Where 3-D Secure is done, in state "challenge". */
    challengeUri?: string;
    /** How many cards may still be tried. */
    attemptsLeft: number;
}
/** How many cards a payment may try. */
export declare const maxAttempts = 5;
/** Reads a payment. */
export declare function outcomeOf(payment: Payment): Outcome;
