// What must be true at the end, whatever the page says.
import assert from "node:assert/strict";

import { world } from "./world.js";

/**
 * The payment holds its amount, and the provider authorized it once: under the
 * attempt's acceptance number, by A08 or, after 3-D Secure, by one A09.
 */
export async function authorizedOnce(payment, { attempt = 1, challenged = false } = {}) {
  const pay = await payment.server.read(payment);
  assert.equal(pay.state, "STATE_AUTHORIZED");
  assert.equal(pay.pendingOperation ?? "", "");
  assert.equal(pay.amount, payment.amount);
  assert.equal(pay.attempts.length, attempt);
  const number = numberOf(payment, attempt);
  assert.equal(pay.acceptanceNumber, number);
  assert.equal(await world.provider.count("A08", number), 1, "A08");
  assert.equal(await world.provider.count("A09", number), challenged ? 1 : 0, "A09");
  const held = (await world.provider.admin("transactions", { search: payment.number })).transactions.filter(({ status }) => status === 4);
  assert.deepEqual(held.map(({ orderNo, amount }) => [orderNo, amount]), [[number, payment.amount]], "what the provider holds");
  return pay;
}

/** Nothing is held for the payment at the provider. */
export async function nothingHeld(payment, state) {
  const pay = await payment.server.read(payment);
  assert.equal(pay.state, state);
  const { transactions } = await world.provider.admin("transactions", { search: payment.number });
  assert.deepEqual(transactions.filter(({ status }) => status === 4), []);
  return pay;
}

/** The acceptance number of an attempt. */
export const numberOf = ({ number }, attempt = 1) => (attempt === 1 ? number : `${number}-${attempt}`);
