// Cards on file: kept by choice or always, used again, three at most.
import assert from "node:assert/strict";
import { describe } from "node:test";

import { authorizedOnce } from "../harness/proof.js";
import { cards } from "../harness/shopper.js";
import { scenario, until, world } from "../harness/world.js";

const customer = () => `c-${crypto.randomUUID().slice(0, 18)}`;

/** The customer's cards, once the server has learned of so many. */
const kept = (server, shop, who, count) =>
  until(`${count} cards of ${who}`, async () => {
    const { cards: all = [] } = await server.call(shop, "GET", `customers/${who}/cards`).catch((error) => (error.status === 404 ? {} : Promise.reject(error)));
    return all.length === count && all;
  });

for (const protocol of ["connect", "grpc-web"]) {
  describe(`cards on file over ${protocol}`, { concurrency: 2 }, () => {
    // R15: by the member's choice.
    scenario("kept by the box, and used again", { protocol }, async (shopper) => {
      const who = customer();
      const first = await world.house.payment("plain", { customer: who });
      await shopper.open(first);
      await shopper.buy(cards.visa, { save: true });
      await shopper.view("success");
      await authorizedOnce(first);
      const [card] = await kept(world.house, "plain", who, 1);
      assert.deepEqual([card.brand, card.lastFour], ["visa", "0001"]);

      const second = await world.house.payment("plain", { customer: who });
      await shopper.open(second);
      const id = card.name.split("/").at(-1);
      await shopper.by(`card-${id}`).check();
      if (protocol === "connect") await shopper.picture("stored-card");
      await shopper.by("stored-security-code").fill("123");
      await shopper.pay();
      await shopper.view("success");
      await authorizedOnce(second);
      const { cardKey, cardNo } = JSON.parse(shopper.sent.findLast(({ url }) => url.endsWith("/token/create")).body);
      assert.deepEqual([typeof cardKey, cardNo], ["string", undefined], "the token is made of what the provider has");
      assert.equal((await kept(world.house, "plain", who, 1)).length, 1);
    });

    scenario("used again with 3-D Secure", { protocol }, async (shopper) => {
      const who = customer();
      const first = await world.house.payment("secure", { customer: who });
      await shopper.open(first);
      await shopper.buy(cards.visa, { save: true });
      await shopper.answer("authenticate");
      await shopper.view("success");
      const [card] = await kept(world.house, "secure", who, 1);
      const second = await world.house.payment("secure", { customer: who });
      await shopper.open(second);
      await shopper.by(`card-${card.name.split("/").at(-1)}`).check();
      await shopper.by("stored-security-code").fill("123");
      await shopper.pay();
      await shopper.answer("authenticate");
      await shopper.view("success");
      await authorizedOnce(second, { challenged: true });
    });
  });
}

describe("cards on file", { concurrency: 2 }, () => {
  scenario("not kept without the box, and no box for a guest", {}, async (shopper) => {
    const who = customer();
    const member = await world.house.payment("plain", { customer: who });
    await shopper.open(member);
    await shopper.picture("member");
    await shopper.buy(cards.visa);
    await shopper.view("success");
    await authorizedOnce(member);
    const guest = await world.house.payment("plain");
    await shopper.open(guest);
    assert.equal(await shopper.by("save-card").count(), 0);
    const again = await world.house.payment("plain", { customer: who });
    await shopper.open(again);
    assert.equal(await shopper.by("card-new").count(), 0, "there is nothing to choose");
  });

  // R15: whether they choose or not.
  scenario("always kept", {}, async (shopper) => {
    const who = customer();
    const payment = await world.house.payment("always", { customer: who });
    await shopper.open(payment);
    await shopper.by("saving-note").waitFor();
    await shopper.picture("always-kept");
    await shopper.buy(cards.visa);
    await shopper.view("success");
    await authorizedOnce(payment);
    await kept(world.house, "always", who, 1);
  });

  // P54: at three nothing is offered, and a fourth card still pays.
  scenario("three are full", {}, async (shopper) => {
    const who = customer();
    let count = 0;
    for (const card of ["visa", "mastercard", "jcb"]) {
      const payment = await world.house.payment("plain", { customer: who });
      await shopper.open(payment);
      await shopper.buy(cards[card], { save: true });
      await shopper.view("success");
      await kept(world.house, "plain", who, ++count);
    }
    const fourth = await world.house.payment("plain", { customer: who });
    await shopper.open(fourth);
    await shopper.by("card-new").check();
    assert.equal(await shopper.by("save-card").count(), 0);
    await shopper.by("saving-note").waitFor();
    await shopper.picture("three-cards");
    assert.ok(await shopper.by("card-new").isChecked(), "another language changes no choice");
    await shopper.buy(cards.amex, { code: "1234" });
    await shopper.view("success");
    await authorizedOnce(fourth);
    await kept(world.house, "plain", who, 3);
  });
});
