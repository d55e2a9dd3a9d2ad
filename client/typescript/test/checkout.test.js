import assert from "node:assert/strict";
import { test } from "node:test";

import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";

import { ErrorInfoSchema, RetryInfoSchema } from "../gen/google/rpc/error_details_pb.js";
import { PaymentSchema, Payment_Operation, Payment_State } from "../gen/kessai/payment/v1/payment_pb.js";
import { CardEntrySchema } from "../gen/kessai/vault/v1/card_entry_pb.js";
import { confirm } from "../dist/attempt.js";
import { createBrowserClient } from "../dist/browser.js";
import { entryOf } from "../dist/entry.js";
import { CheckoutError } from "../dist/error.js";
import { check } from "../dist/form.js";
import { Memory, paymentID } from "../dist/memory.js";
import { outcomeOf } from "../dist/outcome.js";
import { errorOf, tokenInfo } from "../dist/provider.js";
import { reasonText } from "../dist/texts.js";
import { settled } from "../dist/wait.js";
import { PaymentService } from "../gen/kessai/payment/v1/payment_service_pb.js";

const id = "0123456789abcdefghij";
const name = `payments/${id}`;
/** @param {Partial<import("../gen/kessai/payment/v1/payment_pb.js").Payment>} fields */
const payment = (fields) => create(PaymentSchema, /** @type {any} */ ({ name, ...fields }));
const authorized = payment({ state: Payment_State.AUTHORIZED });
const pending = payment({ state: Payment_State.PENDING });

/**
 * @param {string} reason
 * @param {Code} code
 * @param {number} [retry]
 */
function fault(reason, code, retry) {
  const error = new ConnectError("no", code, undefined, [{ desc: ErrorInfoSchema, value: { domain: "kessai", reason } }]);
  if (retry !== undefined) error.details.push({ desc: RetryInfoSchema, value: { retryDelay: { seconds: BigInt(retry) } } });
  return error;
}

/** A store as sessionStorage is one. */
function store() {
  /** @type {Map<string, string>} */
  const map = new Map();
  return {
    getItem: (/** @type {string} */ key) => map.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void map.set(key, value),
    removeItem: (/** @type {string} */ key) => void map.delete(key),
  };
}

/**
 * A client that answers one after another, and notes the keys.
 * @param {unknown[]} answers
 * @param {unknown} [read]
 */
function clientOf(answers, read) {
  /** @type {string[]} */
  const keys = [];
  /** @type {any} */
  const client = {
    confirmPayment: async (/** @type {unknown} */ _, /** @type {any} */ options) => {
      keys.push(options.headers["Idempotency-Key"]);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return { payment: answer };
    },
    getPayment: async () => ({ payment: read }),
  };
  return { client, keys };
}

const request = { cardToken: "SIMAPPROVED00000", device: "pc" };
const atOnce = async () => {};

// P05, P09: the same call is made again with the same key, a new one with a new key.
test("an attempt keeps its key until its answer is known", async () => {
  const memory = new Memory(store(), id);
  const { client, keys } = clientOf([new ConnectError("gone", Code.Unavailable), fault("REQUEST_RUNNING", Code.Aborted, 1), authorized, authorized]);
  assert.equal(await confirm(client, name, request, memory, atOnce), authorized);
  assert.equal(new Set(keys).size, 1);
  assert.equal(memory.open, false);
  await confirm(client, name, request, memory, atOnce);
  assert.notEqual(keys[3], keys[0]);
});

// P16: no answer is no "no", and the key outlives a reload.
test("without an answer the key is kept", async () => {
  const memory = new Memory(store(), id);
  const { client, keys } = clientOf(Array(4).fill(new ConnectError("gone", Code.Unavailable)));
  assert.equal(await confirm(client, name, request, memory, atOnce), undefined);
  assert.equal(memory.open, true);
  assert.equal(memory.key(), keys[0]);
});

test("after a reload the lost attempt is found, or replaced", async () => {
  const reused = fault("IDEMPOTENCY_KEY_REUSED", Code.InvalidArgument);
  for (const [read, want, calls] of /** @type {[any, any, number][]} */ ([[authorized, authorized, 1], [payment({ state: Payment_State.DECLINED }), pending, 2]])) {
    const memory = new Memory(store(), id);
    const before = memory.key();
    const { client, keys } = clientOf([reused, pending], read);
    assert.equal(await confirm(client, name, request, memory, atOnce), want);
    assert.equal(keys[0], before);
    assert.equal(new Set(keys).size, calls);
  }
});

test("what is refused for certain is told, and the next attempt is a new one", async () => {
  for (const error of [fault("INVALID_REQUEST", Code.InvalidArgument), fault("PROVIDER_BUSY", Code.Unavailable, 60), fault("WRONG_STATE", Code.FailedPrecondition)]) {
    const memory = new Memory(store(), id);
    const { client, keys } = clientOf([error]);
    await assert.rejects(confirm(client, name, request, memory, atOnce));
    assert.equal(keys.length, 1);
    assert.equal(memory.open, false);
  }
});

test("outcomes", () => {
  const { PENDING, AUTHENTICATING, AUTHORIZED, CAPTURED, SETTLED, CANCELED, DECLINED, EXPIRED } = Payment_State;
  const attempts = /** @type {any} */ ([{}, {}]);
  for (const [fields, state, left] of /** @type {[any, string, number][]} */ ([
    [{ state: PENDING }, "ready", 5],
    [{ state: PENDING, pendingOperation: Payment_Operation.AUTHORIZE, attempts }, "pending", 3],
    [{ state: DECLINED, pendingOperation: Payment_Operation.AUTHORIZE, attempts }, "pending", 3],
    [{ state: DECLINED, decline: { reason: "CARD_DECLINED" }, attempts }, "declined", 3],
    [{ state: AUTHENTICATING, authentication: { challengeUri: "https://pay.example/3ds/challenge/x" } }, "challenge", 5],
    [{ state: AUTHENTICATING }, "pending", 5],
    [{ state: AUTHENTICATING, pendingOperation: Payment_Operation.AUTHENTICATE, authentication: { challengeUri: "https://pay.example/x" } }, "pending", 5],
    [{ state: AUTHORIZED, pendingOperation: Payment_Operation.CAPTURE }, "authorized", 0],
    [{ state: CAPTURED }, "authorized", 0],
    [{ state: SETTLED }, "authorized", 0],
    [{ state: CANCELED }, "canceled", 0],
    [{ state: EXPIRED }, "expired", 0],
  ])) {
    const outcome = outcomeOf(payment(fields));
    assert.equal(outcome.state, state, JSON.stringify(fields));
    assert.equal(outcome.attemptsLeft, left);
  }
});

// P49: a stream that is swallowed on the way, or one that breaks, leaves nobody waiting.
test("waiting ends by stream, by asking, or by time", async () => {
  const open = payment({ state: Payment_State.PENDING, pendingOperation: Payment_Operation.AUTHORIZE });
  /** @param {any} answer @param {boolean} streams */
  const waiting = (answer, streams) => /** @type {any} */ ({
    watchPayment: async function* (/** @type {unknown} */ _, /** @type {any} */ { signal }) {
      if (streams) yield { payment: answer };
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    },
    getPayment: async () => {
      if (streams) throw new ConnectError("gone", Code.Unavailable);
      return { payment: answer };
    },
  });
  assert.equal(await settled(waiting(authorized, true), name, 60_000), authorized);
  assert.equal(await settled(waiting(authorized, false), name, 60_000), authorized);
  assert.equal(await settled(waiting(open, false), name, 1), open);
});

const provider = create(CardEntrySchema, {
  traderCode: "888889999", authDiv: "2", optionServiceDiv: "01", memberId: "m", authenticationKey: "k", checkSum: "c", cardKey: "1", lastCreditDate: "20261123010203",
  cardSaving: "MEMBER_CHOOSES", securityCodeRequired: true, cards: [{ name: "customers/mei/cards/c1", brand: "amex", lastFour: "0005", expiry: "12/28" }],
});

test("createToken's argument", () => {
  const member = { traderCode: "888889999", authDiv: "2", optServDiv: "01", memberId: "m", authKey: "k", checkSum: "c" };
  assert.deepEqual(tokenInfo(provider, { number: "0000000000000001", holder: "A B", mmyy: "1228" }, "123"), { ...member, cardNo: "0000000000000001", cardOwner: "A B", cardExp: "1228", securityCode: "123" });
  assert.deepEqual(tokenInfo(provider, undefined, ""), { ...member, cardKey: "1", lastCreditDate: "20261123010203" });
});

test("what the provider finds wrong, by field", () => {
  const error = errorOf([{ errorItem: "cardExp" }, { errorItem: "securityCode" }, { errorItem: "other" }], "en");
  assert.deepEqual(Object.keys(error.fields), ["expiry", "securityCode"]);
  assert.equal(error.reason, "FIELDS");
  assert.equal(errorOf([{ errorCode: "Z019999999" }], "ja").reason, "PROVIDER_UNREACHABLE");
});

// R02: what is kept of a typed card for kessai is its last four digits.
test("the form", () => {
  const entry = entryOf(provider);
  const card = { number: "0000 0000 0000 0001", holder: "taro yamada", expiry: "12/28", securityCode: "123", save: true };
  const checked = check(card, entry, "ja", new Date(2026, 10, 23));
  assert.deepEqual(checked.hint, { brand: "", lastFour: "0001", expiry: "12/28" });
  assert.equal(checked.save, true);
  assert.equal(check({ ...card, save: false }, { ...entry, saving: "ALWAYS" }, "ja", new Date(2026, 10, 23)).save, true);
  assert.equal(check(card, { ...entry, saving: "FULL" }, "ja", new Date(2026, 10, 23)).save, false);
  assert.throws(() => check({ number: "", holder: "", expiry: "", securityCode: "" }, entry, "ja"), (error) => error instanceof CheckoutError && Object.keys(error.fields).length === 4);
  assert.throws(() => check({ storedCard: "c1", securityCode: "123" }, entry, "en"), CheckoutError, "an amex code has four digits");
  assert.equal(check({ storedCard: "c1", securityCode: "1234" }, entry, "en").stored, "c1");
});

test("names and secrets", () => {
  assert.equal(paymentID(name), id);
  assert.equal(paymentID(id), id);
  assert.equal(paymentID("", `cs_${id}_rest`), id);
  assert.equal(paymentID("", "cs_short"), "");
  assert.throws(() => createBrowserClient(PaymentService, { baseUrl: "https://pay.example", clientSecret: "sk_live_x" }), TypeError);
  assert.throws(() => createBrowserClient(PaymentService, { baseUrl: "http://pay.example", clientSecret: `cs_${id}_x` }), TypeError);
});

// P91: texts do not help somebody who tries card numbers.
test("coarse texts", () => {
  for (const reason of ["CARD_LIMIT_EXCEEDED", "CARD_EXPIRED", "CARD_INVALID", "SECURITY_CODE_WRONG"]) {
    for (const language of /** @type {const} */ (["ja", "en"])) assert.equal(reasonText(reason, language), reasonText("CARD_DECLINED", language));
  }
  assert.notEqual(reasonText("SOMETHING_NEW", "en"), "");
});
