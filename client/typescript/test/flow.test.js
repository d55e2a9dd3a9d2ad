// The whole helper against a kessai and a provider's script that are made here.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { CheckoutError, KessaiCheckout } from "../dist/checkout.js";

const id = "0123456789abcdefghij";
const name = `payments/${id}`;
const options = { baseUrl: "https://pay.example", clientSecret: `cs_${id}_rest` };
const canary = "4000001234567899";
const card = { number: canary, holder: "TARO YAMADA", expiry: "12/49", securityCode: "123", save: true };

/** @type {any} */
let kessai;
/** @type {any} */
const world = globalThis;

beforeEach(() => {
  kessai = {
    payment: { name, state: "STATE_PENDING", amount: 5080, attempts: [] },
    entry: { scriptUri: `https://provider.example/${Math.random()}.js`, authDiv: "2", securityCodeRequired: true, cardSaving: "MEMBER_CHOOSES", paymentMethods: [{ id: "card", kind: "card" }] },
    /** @type {{method: string, body: any, key: string | null, text: string}[]} */
    calls: [],
    /** @type {any[]} */
    answers: [],
    tokens: [],
    /** @type {any[]} what each reading changes */
    reads: [],
  };
  const stored = new Map();
  world.sessionStorage = {
    getItem: (/** @type {string} */ key) => stored.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => stored.set(key, value),
    removeItem: (/** @type {string} */ key) => stored.delete(key),
  };
  kessai.stored = stored;
  world.fetch = serve;
  world.document = { createElement: () => ({}), head: { append: (/** @type {any} */ script) => queueMicrotask(() => script.onload()) } };
  world.WebcollectTokenLib = {
    createToken(/** @type {any} */ info, /** @type {any} */ success) {
      kessai.tokens.push(info);
      success({ token: `token${String(kessai.tokens.length).padStart(11, "0")}` });
    },
  };
});

/** @param {string} url @param {any} init */
async function serve(url, init) {
  const method = `${url}`.split("/").pop() ?? "";
  const text = new TextDecoder().decode(init.body ?? new Uint8Array());
  const body = text.startsWith("{") ? JSON.parse(text) : {};
  kessai.calls.push({ method, body, key: new Headers(init.headers).get("Idempotency-Key"), text: `${url} ${text}` });
  const answer = (/** @type {unknown} */ value, status = 200) => new Response(JSON.stringify(value), { status, headers: { "Content-Type": "application/json" } });
  switch (method) {
    case "GetPayment":
      Object.assign(kessai.payment, kessai.reads.shift());
      return answer({ payment: kessai.payment });
    case "CreateCardEntry":
      return answer({ cardEntry: { ...kessai.entry, savesCard: body.saveCard === true } });
    case "ListInstallmentOptions":
      return answer({ installmentOptions: [{ count: 1 }, { count: 3 }], brand: "visa" });
    case "ConfirmPayment": {
      const next = kessai.answers.shift();
      if (next instanceof Error) throw next;
      if (next.code) return answer(next, 400);
      Object.assign(kessai.payment, next);
      return answer({ payment: kessai.payment });
    }
  }
  return answer({ code: "unimplemented" }, 404);
}

const calls = (/** @type {string} */ method) => kessai.calls.filter((/** @type {any} */ call) => call.method === method);
const authorized = { state: "STATE_AUTHORIZED", decline: undefined };

// R02: kessai hears of a card its last four digits, and no more than eight of
// its first; what the tab keeps has neither.
test("the card number stays between the page and the provider", async () => {
  const checkout = await KessaiCheckout.open(options);
  assert.deepEqual(await checkout.installments(canary), { counts: [1, 3], brand: "visa" });
  kessai.answers = [authorized];
  let emptied = false;
  assert.equal((await checkout.pay({ ...card, installments: 3 }, { tokenMade: () => (emptied = true) })).state, "authorized");
  assert.equal(kessai.tokens[0].cardNo, canary);
  assert.ok(emptied);
  for (const { text } of kessai.calls) assert.ok(!text.includes(canary.slice(0, 9)), text);
  assert.ok(![...kessai.stored.values()].join().includes(canary.slice(0, 4)));
  const [{ body }] = calls("ConfirmPayment");
  assert.equal(body.installmentCount, 3); // P100
  assert.deepEqual(body.cardHint, { brand: "visa", lastFour: "7899", expiry: "12/49" });
});

// P54: a member's cards are full although nobody knew: once more, without keeping.
test("a card that is not kept is paid all the same", async () => {
  const checkout = await KessaiCheckout.open(options);
  kessai.answers = [{ state: "STATE_DECLINED", decline: { reason: "VAULT_FULL" }, attempts: [{}] }, authorized];
  assert.equal((await checkout.pay(card)).state, "authorized");
  const confirmed = calls("ConfirmPayment");
  assert.deepEqual(confirmed.map((/** @type {any} */ call) => call.body.saveCard ?? false), [true, false]);
  assert.notEqual(confirmed[0].key, confirmed[1].key);
  assert.notEqual(confirmed[0].body.cardToken, confirmed[1].body.cardToken);
});

test("a second no to keeping is told", async () => {
  const checkout = await KessaiCheckout.open(options);
  const full = { state: "STATE_DECLINED", decline: { reason: "VAULT_FULL" } };
  kessai.answers = [full, full];
  const outcome = await checkout.pay(card);
  assert.equal(outcome.reason, "VAULT_FULL");
  assert.equal(calls("ConfirmPayment").length, 2);
});

// P05: a double click.
test("two calls at once are one attempt", async () => {
  const checkout = await KessaiCheckout.open(options);
  kessai.answers = [authorized];
  const [one, two] = await Promise.all([checkout.pay(card), checkout.pay(card)]);
  assert.deepEqual([one.state, two.state, calls("ConfirmPayment").length], ["authorized", "authorized", 1]);
});

// P43, P49: away to 3-D Secure in the same window, and back with nothing but the address.
test("3-D Secure and back", async () => {
  /** @type {string[]} */
  const gone = [];
  const checkout = await KessaiCheckout.open({ ...options, navigate: (uri) => gone.push(uri) });
  const challengeUri = "https://pay.example/3ds/challenge/x";
  kessai.answers = [{ state: "STATE_AUTHENTICATING", authentication: { challengeUri }, attempts: [{}] }];
  assert.equal((await checkout.pay(card)).state, "challenge");
  assert.deepEqual(gone, [challengeUri]);

  kessai.reads = [{ pendingOperation: "OPERATION_AUTHENTICATE" }, { ...authorized, pendingOperation: undefined }];
  world.location = { search: `?order=1&payment=${name}` };
  const back = await KessaiCheckout.resume({ baseUrl: options.baseUrl });
  assert.equal(back?.state, "authorized");
  world.location = { search: "" };
  assert.equal(await KessaiCheckout.resume({ baseUrl: options.baseUrl }), undefined);
  await assert.rejects(KessaiCheckout.resume({ baseUrl: options.baseUrl, payment: "payments/00000000000000000000" }), (error) => error instanceof CheckoutError && error.reason === "SECRET_MISSING");
});

// P09: a reload while the call is out; the shopper pays again, and it had arrived.
test("a reload in the middle pays once", async () => {
  await KessaiCheckout.open(options);
  kessai.stored.set(`kessai:${id}:key`, "checkout-lost"); // the page went before its answer came
  const after = await KessaiCheckout.open({ baseUrl: options.baseUrl, payment: id });
  const detail = { type: "google.rpc.ErrorInfo", value: reused() };
  kessai.answers = [{ code: "invalid_argument", details: [detail] }];
  const paying = after.pay(card);
  Object.assign(kessai.payment, authorized);
  assert.equal((await paying).state, "authorized");
  assert.deepEqual(calls("ConfirmPayment").map((/** @type {any} */ call) => call.key), ["checkout-lost"]);
  assert.ok(!kessai.stored.has(`kessai:${id}:key`));
});

test("what is wrong with the card is said by field, in the language", async () => {
  const checkout = await KessaiCheckout.open({ ...options, language: "en" });
  await assert.rejects(checkout.pay({ ...card, number: "4000", expiry: "13/30" }), (error) => {
    assert.ok(error instanceof CheckoutError);
    assert.deepEqual(Object.keys(error.fields), ["number", "expiry"]);
    assert.match(error.fields.number?.text ?? "", /too short/);
    return true;
  });
  assert.equal(kessai.tokens.length, 0);
});

/** google.rpc.ErrorInfo{reason: IDEMPOTENCY_KEY_REUSED, domain: kessai}, on the wire, in base64. */
function reused() {
  const field = (/** @type {number} */ tag, /** @type {string} */ text) => String.fromCharCode(tag, text.length) + text;
  return btoa(field(0x0a, "IDEMPOTENCY_KEY_REUSED") + field(0x12, "kessai")).replaceAll("=", "");
}
