// 3-D Secure: the issuer's page, and every way back from it.
import assert from "node:assert/strict";
import { describe } from "node:test";

import { authorizedOnce, nothingHeld } from "../harness/proof.js";
import { cards, phone } from "../harness/shopper.js";
import { scenario, world } from "../harness/world.js";

for (const protocol of ["connect", "grpc-web"]) {
  describe(`3-D Secure over ${protocol}`, { concurrency: 2 }, () => {
    scenario("frictionless", { protocol }, async (shopper) => {
      const payment = await world.house.payment("secure");
      await shopper.open(payment);
      await shopper.buy(cards.frictionless);
      await shopper.view("success");
      const pay = await authorizedOnce(payment, { challenged: true });
      assert.equal(pay.authentication.liability, "PROTECTED");
    });

    scenario("a challenge, passed", { protocol }, async (shopper) => {
      const payment = await world.house.payment("secure");
      await shopper.open(payment);
      await shopper.buy(cards.visa);
      await shopper.issuer();
      await nothingHeld(payment, "STATE_AUTHENTICATING");
      if (protocol === "connect") await shopper.picture("issuer");
      await shopper.answer("authenticate");
      await shopper.view("success");
      const pay = await authorizedOnce(payment, { challenged: true });
      assert.equal(pay.authentication.liability, "PROTECTED");
    });

    for (const action of ["fail", "cancel"]) {
      scenario(`a challenge: ${action}, then another card`, { protocol }, async (shopper) => {
        const payment = await world.house.payment("secure");
        await shopper.open(payment);
        await shopper.buy(cards.visa);
        await shopper.answer(action);
        await shopper.view("form");
        await shopper.by("notice").waitFor();
        if (protocol === "connect" && action === "fail") await shopper.picture("not-authenticated");
        await nothingHeld(payment, "STATE_DECLINED");
        await shopper.buy(cards.frictionless);
        await shopper.view("success");
        await authorizedOnce(payment, { attempt: 2, challenged: true });
      });
    }

    // P49: who leaves the issuer's page comes back to a choice, not to an error.
    scenario("a challenge, abandoned for another card", { protocol }, async (shopper) => {
      const payment = await world.house.payment("secure");
      await shopper.open(payment);
      await shopper.buy(cards.visa);
      await shopper.issuer();
      await shopper.page.goto(`${world.house.base}/checkout/${payment.id}`);
      await shopper.view("challenge");
      if (protocol === "connect") await shopper.picture("challenge");
      await shopper.by("challenge-other-card").click();
      await shopper.view("form");
      await shopper.buy(cards.frictionless);
      await shopper.view("success");
      await authorizedOnce(payment, { attempt: 2, challenged: true });
      assert.equal(await world.provider.count("A09", payment.number), 0, "the abandoned challenge is never completed");
    });
  });
}

describe("3-D Secure", { concurrency: 2 }, () => {
  scenario("a challenge on a phone, and back to the shop's own page", phone, async (shopper) => {
    const payment = await world.house.payment("secure", { returnUri: `${world.demo.base}/demo?from=checkout` });
    await shopper.open(payment);
    await shopper.buy(cards.mastercard);
    await shopper.answer("authenticate");
    await shopper.page.waitForURL(`${world.demo.base}/demo?from=checkout&payment=${payment.name}`);
    await authorizedOnce(payment, { challenged: true });
  });

  scenario("wrong passwords, then the right one", {}, async (shopper) => {
    const payment = await world.house.payment("secure");
    await shopper.open(payment);
    await shopper.buy(cards.visa);
    await shopper.issuer();
    await shopper.page.locator("#otp").fill("9999");
    await shopper.page.locator("#authenticate").click();
    await shopper.page.locator("#error").waitFor();
    await shopper.answer("authenticate");
    await shopper.view("success");
    await authorizedOnce(payment, { challenged: true });
  });

  // P48: what each result means is the shop's choice.
  for (const [setting, card, amount, liability] of [
    ["secure", "attempted", 5080, "ATTEMPTED"],
    ["secure", "notEnrolled", 5080, "NOT_PROTECTED"],
    ["risk", "frictionless", 30_000, "PROTECTED"],
  ]) {
    scenario(`${setting}: ${card} is accepted`, {}, async (shopper) => {
      const payment = await world.house.payment(setting, { amount });
      await shopper.open(payment);
      await shopper.buy(cards[card]);
      await shopper.view("success");
      const pay = await authorizedOnce(payment, { challenged: true });
      assert.equal(pay.authentication.liability, liability);
    });
  }

  for (const [setting, card] of [["secure", "notRun"], ["risk", "notEnrolled"]]) {
    scenario(`${setting}: ${card} is turned away`, {}, async (shopper) => {
      const payment = await world.house.payment(setting, { amount: 30_000 });
      await shopper.open(payment);
      await shopper.buy(cards[card]);
      await shopper.by("notice").waitFor();
      await nothingHeld(payment, "STATE_DECLINED");
      assert.equal(await world.provider.count("A09", payment.number), 0);
    });
  }

  scenario("by risk: a small amount needs none", {}, async (shopper) => {
    const payment = await world.house.payment("risk", { amount: 5080 });
    await shopper.open(payment);
    await shopper.buy(cards.visa);
    await shopper.view("success");
    const pay = await authorizedOnce(payment);
    assert.equal(pay.authentication.liability, "NOT_PROTECTED");
  });
});
