// What disturbs everybody: one at a time, and last.
import assert from "node:assert/strict";
import { describe } from "node:test";

import { authorizedOnce, nothingHeld, numberOf } from "../harness/proof.js";
import { cards, Shopper } from "../harness/shopper.js";
import { placesOf, spellings } from "../harness/trace.js";
import { scenario, until, world } from "../harness/world.js";

/** A well-formed number that is no test card. */
const canary = "4000056655665556";

describe("trouble", { concurrency: 1 }, () => {
  // R02, P59: the provider's script turns it away, and it is nowhere afterwards.
  scenario("a real card number leaves no trace", {}, async (shopper) => {
    const { house, demo, redis, traces } = world;
    const payment = await house.payment("secure", { customer: "canary" });
    await shopper.open(payment);
    await shopper.buy(canary, { holder: "CANARY BIRD", save: true });
    await shopper.by("error-number").waitFor();
    await shopper.picture("real-card", { languages: [""] });
    await nothingHeld(payment, "STATE_PENDING");
    // A shop's server that puts it where it does not belong is told so.
    for (const wish of [{ cardToken: canary }, { orderNumber: canary }, { customer: canary }, { order: { lines: [{ name: canary, quantity: 1 }] } }]) {
      await assert.rejects(house.payment("plain", wish), ({ status }) => status === 400);
    }
    await assert.rejects(house.call("plain", "GET", `payments/${canary}`));
    await assert.rejects(house.call("plain", "GET", `installmentOptions?cardPrefix=${canary}`));
    await shopper.buy(cards.visa, { save: true });
    await shopper.issuer();

    const heard = traces.got.length;
    await house.read(payment);
    await until("a trace comes", () => traces.got.length > heard);
    const kept = await redis.everything();
    const texts = [
      ["log of the house", house.program.said],
      ["log of the demo and the simulator", demo.program.said],
      ...kept.map((text) => ["Redis", text]),
      ...traces.got.map((data) => ["trace", data]),
      ...shopper.sent.filter(({ url }) => url.startsWith(house.base)).flatMap(({ url, body }) => [["address", url], ["request", body ?? ""]]),
    ];
    const folders = [house.data, demo.data];
    assert.deepEqual(await placesOf(spellings(canary), { texts, folders }), []);
    // The search finds what is there.
    assert.ok((await placesOf([payment.order], { texts: [], folders })).length > 0);
    assert.ok(kept.length > 0 && kept.join().includes(payment.id) && Buffer.concat(traces.got).includes("GetPayment"));
    assert.ok(house.program.said.includes("GetPayment"));
  });

  // P08: Redis makes things fast; the books decide.
  scenario("Redis gone between leaving for the issuer and coming back", {}, async (shopper) => {
    const payment = await world.house.payment("secure", { customer: "redis" });
    await shopper.open(payment);
    await shopper.buy(cards.visa, { save: true });
    await shopper.issuer();
    await world.redis.stop();
    try {
      await shopper.answer("authenticate");
      await shopper.view("success");
      await authorizedOnce(payment, { challenged: true });
      const another = await world.house.payment("plain");
      await shopper.open(another);
      await shopper.buy(cards.visa);
      await shopper.view("success");
      await authorizedOnce(another);
    } finally {
      await world.redis.start();
    }
    const after = await world.house.payment("secure");
    await shopper.open(after);
    await shopper.buy(cards.frictionless);
    await shopper.view("success");
    await authorizedOnce(after, { challenged: true });
  });
});

/** The one test that waits for time to pass: E04's "no trace" counts after 20 seconds. */
export const killed = () => describe("the server of the other shops", () => {
  // P19, P41: one A09 was done and its answer lost with the process, another
  // never left. Both end by themselves, authorized once.
  scenario("the server killed while A09 is under way", {}, async (shopper) => {
    const { house, provider } = world;
    const other = await Shopper.arrive();
    const cases = [[shopper, "answer"], [other, "question"]];
    const payments = await Promise.all(
      cases.map(async ([one, what]) => {
        const payment = await house.payment("secure");
        await one.open(payment);
        await one.buy(cards.visa);
        await one.issuer();
        const held = provider.hold("A09", payment.number, what);
        one.answer("authenticate").catch(() => {}); // it waits for a page that does not come
        await held.reached;
        return { ...payment, held };
      }),
    );
    await house.kill();
    for (const { held } of payments) held.lose();
    await house.start();
    for (const [i, [one]] of cases.entries()) {
      // Browsers post again by themselves, or say that nobody answers; then the
      // shopper reloads, which the browser breaks off if it is about to do so itself.
      await until("the browser is back", async () => {
        if (one.page.url().startsWith("chrome-error:")) await one.page.reload().catch(() => {});
        return /\/checkout\//.test(one.page.url());
      });
      await one.view("success", 60_000);
      await authorizedOnce(payments[i], { challenged: true });
    }
    assert.equal(provider.of("A09", numberOf(payments[0])).length, 1, "its answer was found by asking E04");
    assert.equal(provider.of("A09", numberOf(payments[1])).length, 2, "it was asked again");
    await other.leave();
  });
});
