// What a payment means to the shopper who waits for it.
import { Payment_Operation, Payment_State, type Payment } from "../gen/kessai/payment/v1/payment_pb.js";

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
export const maxAttempts = 5;

const paid = [Payment_State.AUTHORIZED, Payment_State.CAPTURED, Payment_State.SETTLED];
const asked = [Payment_Operation.AUTHORIZE, Payment_Operation.AUTHENTICATE];

/** Reads a payment. */
export function outcomeOf(payment: Payment): Outcome {
  const attemptsLeft = Math.max(0, maxAttempts - payment.attempts.length);
  if (paid.includes(payment.state)) return { state: "authorized", attemptsLeft: 0 };
  if (payment.state === Payment_State.CANCELED) return { state: "canceled", attemptsLeft: 0 };
  if (payment.state === Payment_State.EXPIRED) return { state: "expired", attemptsLeft: 0 };
  if (asked.includes(payment.pendingOperation)) return { state: "pending", attemptsLeft };
  if (payment.state === Payment_State.AUTHENTICATING) {
    const challengeUri = payment.authentication?.challengeUri;
    return challengeUri ? { state: "challenge", challengeUri, attemptsLeft } : { state: "pending", attemptsLeft };
  }
  if (payment.state === Payment_State.DECLINED) {
    return { state: "declined", reason: payment.decline?.reason ?? "", attemptsLeft };
  }
  return { state: "ready", attemptsLeft };
}
