// Reload, back, a second tab, a second post, at every step: one authorization.
import assert from "node:assert/strict";
import { request } from "node:http";
import { describe } from "node:test";

import { authorizedOnce, nothingHeld, numberOf } from "../harness/proof.js";
import { cards } from "../harness/shopper.js";
import { scenario, until, world } from "../harness/world.js";

/** A page before the checkout, so that there is something to go back to. */
const before = (shopper) => shopper.page.goto(`${world.demo.base}/demo`);

/** What the issuer's page posts to us; it goes through all the same. */
function returned(shopper) {
  return shopper.page.waitForRequest((one) => one.method() === "POST" && one.url().includes("/3ds/return/"));
}

/** The same post once more, from another address: where it leads to. */
function again(original) {
  return new Promise((resolve, reject) => {
    const options = { method: "POST", localAddress: "127.0.0.2", headers: { "Content-Type": "application/x-www-form-urlencoded" } };
    const post = request(original.url(), options, (answer) => {
      answer.resume();
      resolve([answer.statusCode, answer.headers.location]);
    });
    post.on("error", reject);
    post.end(original.postData());
  });
}

describe("reload and back", { concurrency: 2 }, () => {
  scenario("before paying and after success", {}, async (shopper) => {
    const { page } = shopper;
    const payment = await world.house.payment("plain");
    await before(shopper);
    await shopper.open(payment);
    await page.reload();
    await shopper.view("form");
    await shopper.type(cards.visa);
    await page.goBack();
    await page.goForward();
    await shopper.view("form");
    assert.equal(await shopper.by("number").inputValue(), "", "no number outlives the page");
    await shopper.buy(cards.visa);
    await shopper.view("success");
    await page.reload();
    await shopper.view("success");
    await page.goBack();
    await page.goForward();
    await shopper.view("success");
    await authorizedOnce(payment);
  });

  for (const step of ["reload", "back"]) {
    scenario(`while paying: ${step}`, {}, async (shopper) => {
      const { page } = shopper;
      const payment = await world.house.payment("plain");
      const held = world.provider.hold("A08", payment.number, "answer");
      await before(shopper);
      await shopper.open(payment);
      await shopper.buy(cards.visa);
      await held.reached;
      if (step === "reload") {
        await page.reload();
      } else {
        await page.goBack();
        await page.goForward();
      }
      await shopper.view("confirming");
      if (step === "reload") await shopper.picture("confirming");
      held.release();
      await shopper.view("success");
      await authorizedOnce(payment);
    });
  }

  // P49: a page never hangs. The browser's clock is moved on, not waited for.
  scenario("while paying, for longer than a minute", {}, async (shopper) => {
    const { page } = shopper;
    const payment = await world.house.payment("plain");
    const held = world.provider.hold("A08", payment.number, "answer");
    await page.clock.install();
    await shopper.open(payment);
    await shopper.buy(cards.visa);
    await held.reached;
    await page.reload();
    await shopper.view("confirming");
    await page.clock.fastForward("01:01");
    await shopper.view("slow");
    await shopper.picture("slow");
    await shopper.by("check-again").click();
    await shopper.view("confirming");
    held.release();
    await shopper.view("success");
    await authorizedOnce(payment);
  });

  for (const protocol of ["connect", "grpc-web"]) {
    // P43: whatever the shopper reloads or goes back to, A09 is asked once.
    scenario(`at the issuer and after the return, over ${protocol}`, { protocol }, async (shopper) => {
      const { page } = shopper;
      const payment = await world.house.payment("secure");
      await before(shopper);
      await shopper.open(payment);
      await shopper.buy(cards.visa);
      await shopper.issuer();
      await page.reload();
      await shopper.issuer();
      await page.goBack();
      await shopper.view("challenge");
      await page.reload();
      await shopper.view("challenge");
      await shopper.by("challenge-continue").click();
      await shopper.answer("authenticate");
      await shopper.view("success");
      await page.reload();
      await shopper.view("success");
      await page.goBack();
      await shopper.view("success");
      await authorizedOnce(payment, { challenged: true });
    });
  }

  // P43: the answer is awaited on the way back; who is impatient changes nothing.
  scenario("while the return is under way", {}, async (shopper) => {
    const { page } = shopper;
    const payment = await world.house.payment("secure");
    await shopper.open(payment);
    await shopper.buy(cards.visa);
    await shopper.issuer();
    const held = world.provider.hold("A09", payment.number, "answer");
    const post = returned(shopper);
    shopper.answer("authenticate").catch(() => {}); // it waits for the page that is held up
    await held.reached;
    await page.goto(`${world.house.base}/checkout/${payment.id}`);
    await shopper.view("confirming");
    const second = again(await post);
    held.release();
    await shopper.view("success");
    assert.deepEqual(await second, [303, `/checkout/${payment.id}`]);
    await authorizedOnce(payment, { challenged: true });
  });
});

describe("the browser closed", { concurrency: 2 }, () => {
  // P44: nobody has to come back for the payment to end right.
  for (const [when, shop, asked] of [["while paying", "plain", "A08"], ["after the challenge", "secure", "A09"]]) {
    scenario(when, {}, async (shopper) => {
      const payment = await world.house.payment(shop);
      const held = world.provider.hold(asked, payment.number, "answer");
      await shopper.open(payment);
      await shopper.buy(cards.visa);
      if (asked === "A09") shopper.answer("authenticate").catch(() => {}); // it waits for the page that is held up
      await held.reached;
      await shopper.page.close();
      held.release();
      await until("the money is held", async () => (await world.house.read(payment)).state === "STATE_AUTHORIZED");
      await authorizedOnce(payment, { challenged: asked === "A09" });
    });
  }
});

describe("twice", { concurrency: 2 }, () => {
  // P43, R11: no cookie, another client at another address, another time.
  scenario("the return posted again", {}, async (shopper) => {
    const payment = await world.house.payment("secure");
    await shopper.open(payment);
    await shopper.buy(cards.visa);
    await shopper.issuer();
    const post = returned(shopper);
    await shopper.answer("authenticate");
    const original = await post;
    await shopper.view("success");
    const answers = await Promise.all([again(original), again(original), again(original)]);
    for (const answer of answers) assert.deepEqual(answer, [303, `/checkout/${payment.id}`]);
    await authorizedOnce(payment, { challenged: true });
  });

  for (const protocol of ["connect", "grpc-web"]) {
    scenario(`two tabs pay at once over ${protocol}`, { protocol }, async (shopper) => {
      const payment = await world.house.payment("plain");
      const other = await shopper.tab();
      await Promise.all([shopper.open(payment), other.open(payment)]);
      await shopper.type(cards.visa);
      await other.type(cards.mastercard);
      await Promise.all([shopper.pay(), other.pay()]);
      await Promise.all([shopper.view("success"), other.view("success")]);
      await authorizedOnce(payment);
    });
  }

  scenario("a tab that was left open", {}, async (shopper) => {
    const payment = await world.house.payment("plain");
    const other = await shopper.tab();
    await other.open(payment);
    await other.type(cards.mastercard);
    await shopper.open(payment);
    await shopper.buy(cards.visa);
    await shopper.view("success");
    await other.pay();
    await other.view("success");
    await authorizedOnce(payment);
  });

  // Another card calls the challenge off, whatever the first tab does then.
  scenario("one tab at the issuer, another card in the second", {}, async (shopper) => {
    const payment = await world.house.payment("secure");
    await shopper.open(payment);
    await shopper.buy(cards.visa);
    await shopper.issuer();
    const other = await shopper.tab();
    await other.open(payment, "challenge");
    await other.by("challenge-other-card").click();
    await other.view("form");
    await other.buy(cards.frictionless);
    await other.view("success");
    await shopper.answer("authenticate");
    await shopper.view("success");
    await authorizedOnce(payment, { attempt: 2, challenged: true });
    assert.equal(await world.provider.count("A09", numberOf(payment, 1)), 0);
  });

  scenario("a double click", {}, async (shopper) => {
    const payment = await world.house.payment("plain");
    await shopper.open(payment);
    await shopper.type(cards.visa);
    await shopper.by("pay").dblclick();
    await shopper.view("success");
    await authorizedOnce(payment);
  });
});

describe("an amount changed meanwhile", { concurrency: 2 }, () => {
  // P09: the newer payment takes the order over, and the old one asks nothing.
  scenario("while the card is typed", {}, async (shopper) => {
    const old = await world.house.payment("plain");
    await shopper.open(old);
    await shopper.type(cards.visa);
    const now = await world.house.payment("plain", { orderNumber: old.order, amount: 6_000 });
    await shopper.pay();
    await shopper.view("canceled");
    await shopper.picture("canceled");
    assert.equal(await world.provider.count("A08", old.number), 0);
    await shopper.open(now);
    await shopper.buy(cards.visa);
    await shopper.view("success");
    await authorizedOnce(now);
  });

  // P45: the older challenge ends with its payment.
  scenario("while the shopper is at the issuer", {}, async (shopper) => {
    const old = await world.house.payment("secure");
    await shopper.open(old);
    await shopper.buy(cards.visa);
    await shopper.issuer();
    const now = await world.house.payment("secure", { orderNumber: old.order, amount: 6_000 });
    await shopper.answer("authenticate");
    await shopper.view("canceled");
    assert.equal(await world.provider.count("A09", old.number), 0);
    await nothingHeld(old, "STATE_CANCELED");
    await shopper.open(now);
    await shopper.buy(cards.frictionless);
    await shopper.view("success");
    await authorizedOnce(now, { challenged: true });
  });
});
