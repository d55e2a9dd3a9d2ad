// One attempt to pay: the call that must not be lost and must not be made twice.
import type { Client } from "@connectrpc/connect";

import type { Payment } from "../gen/kessai/payment/v1/payment_pb.js";
import type { PaymentService } from "../gen/kessai/payment/v1/payment_service_pb.js";
import { failure, type Failure } from "../src/failure.js";
import type { Memory } from "./memory.js";
import { outcomeOf } from "./outcome.js";

/** What is sent to confirm, but for the name. */
export interface Confirmation {
  cardToken: string;
  card?: string;
  saveCard?: boolean;
  installmentCount?: number;
  device: string;
  cardHint?: { brand: string; lastFour: string; expiry: string };
}

/** A call may take so long; kessai answers within 10 s. */
const callTimeout = 20_000;

/** Waits before the call is made again with the same key, in milliseconds. */
const pauses = [500, 1_500, 4_000];

/** The longest wait that kessai may ask for while the shopper looks on. */
const longestPause = 5_000;

/** How to wait; tests do not. */
export type Pause = (milliseconds: number) => Promise<void>;

export const pause: Pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Confirms with the key that memory has for the attempt. Without an answer the
 * same call is made again; it never charges twice. Gives undefined when there is
 * still no answer: the payment has to be watched, and the key is kept. Throws
 * what kessai refuses for certain.
 */
export async function confirm(
  client: Client<typeof PaymentService>,
  name: string,
  request: Confirmation,
  memory: Memory,
  wait: Pause = pause,
): Promise<Payment | undefined> {
  let reused = false;
  for (let tries = 0; ; tries++) {
    try {
      const { payment } = await client.confirmPayment({ name, ...request }, { headers: { "Idempotency-Key": memory.key() }, timeoutMs: callTimeout });
      memory.settle();
      return payment;
    } catch (error) {
      const fault = failure(error);
      if (fault.reason === "IDEMPOTENCY_KEY_REUSED" && !reused) {
        // The attempt before a reload did arrive. If it came to nothing, this
        // one, whose token was not used, is made as a new one.
        reused = true;
        memory.settle();
        const { payment } = await client.getPayment({ name }, { timeoutMs: callTimeout });
        if (payment && !["ready", "declined"].includes(outcomeOf(payment).state)) return payment;
        continue;
      }
      const delay = fault.retryAfter ?? pauses[tries] ?? 0;
      if (repeatable(fault) && tries < pauses.length && delay <= longestPause) {
        await wait(delay);
        continue;
      }
      if (unanswered(fault)) return undefined;
      memory.settle();
      throw error;
    }
  }
}

/** Nobody knows whether the call arrived. */
function unanswered({ reason, code }: Failure): boolean {
  return reason === "" ? code !== "UNAUTHENTICATED" && code !== "PERMISSION_DENIED" : ["CALL_CANCELED", "DEADLINE_EXCEEDED", "REQUEST_RUNNING", "INTERNAL"].includes(reason);
}

/** The same call with the same key can do better. */
function repeatable(fault: Failure): boolean {
  return unanswered(fault) || ["PROVIDER_BUSY", "PROVIDER_UNREACHABLE", "BOOKS_UNAVAILABLE", "SHUTTING_DOWN"].includes(fault.reason);
}
