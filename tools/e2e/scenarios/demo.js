// The demo shop, from the cart to the thank-you.
import assert from "node:assert/strict";
import { describe } from "node:test";

import { authorizedOnce } from "../harness/proof.js";
import { cards, phone } from "../harness/shopper.js";
import { scenario, world } from "../harness/world.js";

/** Puts things into the cart and goes on to pay; gives the payment as the shop's server knows it. */
async function order(shopper, { things = ["yunomi"], secure = false, member = false, own = false, shoots = false } = {}) {
  const { page } = shopper;
  await page.goto(`${world.demo.base}/demo`);
  if (shoots) await shopper.picture("demo-shop");
  for (const [i, thing] of things.entries()) {
    if (i > 0) await shopper.by("shop-on").click();
    await shopper.by(`add-${thing}`).click();
    await shopper.by(`line-${thing}`).waitFor();
  }
  if (secure) await shopper.by("secure-on").click();
  if (member) await shopper.by("member").check();
  if (own) await shopper.by("own").check();
  if (shoots) await shopper.picture("demo-cart");
  const number = await shopper.by("order").innerText();
  await shopper.by("place-order").click();
  await page.waitForURL(own ? "**/demo/own?**" : "**/checkout/**");
  const shop = secure ? "demo-3ds" : "demo";
  const { payments } = await world.demo.call(shop, "GET", `payments?filter=${encodeURIComponent(`order_number="${number}"`)}`);
  assert.equal(payments.length, 1);
  const id = payments[0].name.split("/")[1];
  return { server: world.demo, shop, id, name: payments[0].name, number: id.toUpperCase(), order: number, amount: payments[0].amount };
}

/** R08, P102: counted by the first look at the thank-you, and by no other. */
async function counted(shopper, payment, picture) {
  const { page } = shopper;
  await page.locator("[data-testid=outcome][data-state=paid]").waitFor();
  assert.equal(await shopper.by("order").innerText(), payment.order);
  assert.equal(await shopper.by("conversion").getAttribute("data-counted"), "now");
  if (picture) await shopper.picture(picture);
  for (let again = 0; again < 2; again++) {
    await page.reload();
    assert.equal(await shopper.by("conversion").getAttribute("data-counted"), "before");
  }
}

export const demoShop = () => describe("the demo shop", { concurrency: 2 }, () => {
  scenario("from the cart to the thank-you", {}, async (shopper) => {
    const payment = await order(shopper, { things: ["yunomi", "tetsubin"], shoots: true });
    assert.equal(payment.amount, 13_280);
    await shopper.view("form");
    await shopper.buy(cards.visa);
    await shopper.view("success");
    await shopper.by("return-link").click();
    await counted(shopper, payment, "demo-thanks");
    await authorizedOnce(payment);
  });

  scenario("by itself from the checkout to the thank-you, on a phone", phone, async (shopper) => {
    const payment = await order(shopper);
    await shopper.view("form");
    await shopper.buy(cards.visa);
    await shopper.view("success");
    await shopper.page.waitForURL("**/demo/thanks?**");
    await counted(shopper, payment);
  });

  scenario("with 3-D Secure, as a member who keeps the card", {}, async (shopper) => {
    const payment = await order(shopper, { secure: true, member: true });
    await shopper.view("form");
    await shopper.buy(cards.visa, { save: true });
    await shopper.answer("authenticate");
    await counted(shopper, payment);
    await authorizedOnce(payment, { challenged: true });
  });

  scenario("turned away by the issuer, back to the checkout", {}, async (shopper) => {
    const payment = await order(shopper, { secure: true });
    await shopper.view("form");
    await shopper.buy(cards.visa);
    await shopper.answer("fail");
    await shopper.page.locator("[data-testid=outcome][data-state=declined]").waitFor();
    await shopper.picture("demo-declined");
    await shopper.by("back-to-checkout").click();
    await shopper.view("form");
    await shopper.buy(cards.frictionless);
    await counted(shopper, payment);
    await authorizedOnce(payment, { attempt: 2, challenged: true });
  });

  scenario("the same cart ordered twice is one payment", {}, async (shopper) => {
    const { page } = shopper;
    const payment = await order(shopper);
    await shopper.view("form");
    await page.goBack();
    await shopper.by("place-order").click();
    await shopper.view("form");
    assert.ok(page.url().includes(payment.id));
    await page.goBack();
    await shopper.by("more-yunomi").click();
    assert.equal(await shopper.by("order").innerText(), payment.order);
    await shopper.by("place-order").click();
    await shopper.view("form");
    assert.equal(await shopper.by("amount").innerText(), "2,560円");
    assert.equal((await world.demo.read(payment)).state, "STATE_CANCELED", "what was not paid gives way");
    await shopper.buy(cards.visa);
    await shopper.view("success");
    await page.goto(`${world.demo.base}/demo/cart?order=${payment.order}&sencha=1`);
    await shopper.by("place-order").click();
    await shopper.by("notice").waitFor();
    await shopper.picture("demo-taken");
  });

  scenario("a page of the shop's own", {}, async (shopper) => {
    const payment = await order(shopper, { own: true });
    await shopper.by("card").waitFor();
    await shopper.picture("demo-own");
    await shopper.buy(cards.refused);
    await shopper.page.waitForFunction(() => document.getElementById("say").textContent !== "");
    await shopper.buy(cards.visa);
    await counted(shopper, payment);
    await authorizedOnce(payment, { attempt: 2 });
  });

  scenario("a page of the shop's own, with 3-D Secure", {}, async (shopper) => {
    const payment = await order(shopper, { own: true, secure: true });
    await shopper.by("card").waitFor();
    await shopper.buy(cards.visa);
    await shopper.answer("authenticate");
    await counted(shopper, payment);
    await authorizedOnce(payment, { challenged: true });
  });
});
