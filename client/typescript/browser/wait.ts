// Waits for a payment to be settled, by a stream and by asking, whichever is
// first: a proxy may swallow a stream, and a page must never hang (P49).
import type { Client } from "@connectrpc/connect";

import type { Payment } from "../gen/kessai/payment/v1/payment_pb.js";
import type { PaymentService } from "../gen/kessai/payment/v1/payment_service_pb.js";
import { outcomeOf } from "./outcome.js";

/** How long a shopper is asked to wait, in milliseconds. */
export const waitTimeout = 60_000;

/** How often the payment is read meanwhile, in milliseconds. */
const every = 3_000;

/**
 * Reads the payment until it is no longer pending, the time is over, or signal
 * aborts; gives it as it was read last, or undefined if it could never be read.
 */
export async function settled(
  client: Client<typeof PaymentService>,
  name: string,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Payment | undefined> {
  const ends = new AbortController();
  const timer = setTimeout(() => ends.abort(), timeoutMs);
  signal?.addEventListener("abort", () => ends.abort(), { once: true });
  let latest: Payment | undefined;
  const see = (payment: Payment | undefined) => {
    latest = payment ?? latest;
    if (latest && outcomeOf(latest).state !== "pending") ends.abort();
  };
  const over = new Promise<void>((resolve) => ends.signal.addEventListener("abort", () => resolve(), { once: true }));
  if (signal?.aborted) ends.abort();
  try {
    await Promise.race([over, Promise.all([stream(client, name, ends.signal, see), poll(client, name, ends.signal, see)])]);
  } finally {
    clearTimeout(timer);
    ends.abort();
  }
  return latest;
}

async function stream(client: Client<typeof PaymentService>, name: string, signal: AbortSignal, see: (payment?: Payment) => void): Promise<void> {
  try {
    for await (const { payment } of client.watchPayment({ name }, { signal })) see(payment);
  } catch {
    // Broken or forbidden: asking goes on.
  }
}

async function poll(client: Client<typeof PaymentService>, name: string, signal: AbortSignal, see: (payment?: Payment) => void): Promise<void> {
  while (!signal.aborted) {
    try {
      see((await client.getPayment({ name }, { signal, timeoutMs: 10_000 })).payment);
    } catch {
      // No connection for the moment: asked again.
    }
    if (!signal.aborted) await pause(signal);
  }
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", over);
      resolve();
    };
    const timer = setTimeout(over, every);
    signal.addEventListener("abort", over);
  });
}
