// What a payment means to the shopper who waits for it.
import { Payment_Operation, Payment_State } from "../gen/kessai/payment/v1/payment_pb.js";
/** How many cards a payment may try. */
export const maxAttempts = 5;
const paid = [Payment_State.AUTHORIZED, Payment_State.CAPTURED, Payment_State.SETTLED];
const asked = [Payment_Operation.AUTHORIZE, Payment_Operation.AUTHENTICATE];
/** Reads a payment. */
export function outcomeOf(payment) {
    const attemptsLeft = Math.max(0, maxAttempts - payment.attempts.length);
    if (paid.includes(payment.state))
        return { state: "authorized", attemptsLeft: 0 };
    if (payment.state === Payment_State.CANCELED)
        return { state: "canceled", attemptsLeft: 0 };
    if (payment.state === Payment_State.EXPIRED)
        return { state: "expired", attemptsLeft: 0 };
    if (asked.includes(payment.pendingOperation))
        return { state: "pending", attemptsLeft };
    if (payment.state === Payment_State.AUTHENTICATING) {
        const challengeUri = payment.authentication?.challengeUri;
        return challengeUri ? { state: "challenge", challengeUri, attemptsLeft } : { state: "pending", attemptsLeft };
    }
    if (payment.state === Payment_State.DECLINED) {
        return { state: "declined", reason: payment.decline?.reason ?? "", attemptsLeft };
    }
    return { state: "ready", attemptsLeft };
}
