// A purchase as most are: a card is typed and accepted, or it is not and another is.
import assert from "node:assert/strict";
import { describe } from "node:test";

import { authorizedOnce, nothingHeld } from "../harness/proof.js";
import { cards, phone } from "../harness/shopper.js";
import { scenario, until, world } from "../harness/world.js";

for (const protocol of ["connect", "grpc-web"]) {
  describe(`purchase over ${protocol}`, { concurrency: 2 }, () => {
    const shoots = protocol === "connect";

    scenario("without 3-D Secure", { protocol }, async (shopper) => {
      const payment = await world.house.payment("plain");
      await shopper.open(payment);
      assert.equal(await shopper.by("amount").innerText(), "5,080円");
      assert.match(await shopper.by("order").innerText(), new RegExp(payment.order));
      assert.ok(!shopper.page.url().includes("cs_"), "the client secret stays out of the address");
      if (shoots) await shopper.picture("form");
      for (const [digits, brand] of [["4", "visa"], ["55", "mastercard"], ["3528", "jcb"]]) {
        await shopper.by("number").fill(digits);
        await shopper.page.locator(`[data-testid=brand][data-brand=${brand}]`).waitFor();
      }
      await shopper.type(cards.visa);
      if (shoots) await shopper.picture("form-filled");
      await shopper.pay();
      await shopper.view("success");
      assert.equal(await shopper.by("order-number").innerText(), payment.order);
      if (shoots) await shopper.picture("success");
      const pay = await authorizedOnce(payment);
      assert.equal(pay.card.lastFour, "0001");
      const types = shopper.sent.filter(({ url }) => url.includes("ConfirmPayment")).map(({ headers }) => headers["content-type"]);
      assert.match(types.join(), protocol === "connect" ? /^application\/(json|proto)$/ : /^application\/grpc-web/);
    });

    scenario("a declined card, then another", { protocol }, async (shopper) => {
      const payment = await world.house.payment("plain");
      await shopper.open(payment);
      await shopper.buy(cards.refused);
      await shopper.by("notice").waitFor();
      await shopper.page.locator("[data-testid=notice] [data-reason]").waitFor();
      if (shoots) await shopper.picture("declined");
      assert.equal(await shopper.by("number").inputValue(), "", "the number is gone from the page");
      assert.match(await shopper.by("attempts-left").innerText(), /4/);
      await nothingHeld(payment, "STATE_DECLINED");
      await shopper.buy(cards.mastercard);
      await shopper.view("success");
      await authorizedOnce(payment, { attempt: 2 });
    });

    // R18, P100: three payments are three payments at the provider.
    scenario("in three instalments", { protocol }, async (shopper) => {
      const payment = await world.house.payment("plain", { amount: 30_000 });
      await shopper.open(payment);
      await shopper.type(cards.visa, { installments: 3 });
      if (shoots) await shopper.picture("installments");
      await shopper.pay();
      await shopper.view("success");
      const pay = await authorizedOnce(payment);
      assert.equal(pay.installmentCount, 3);
      assert.equal(world.provider.of("A08", payment.number)[0].fields.pay_way, "3");
    });

    scenario("on a phone", { protocol, ...phone }, async (shopper) => {
      const payment = await world.house.payment("plain");
      await shopper.open(payment);
      const wide = await shopper.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 390, `the page is ${wide} wide`);
      await shopper.type(cards.jcb);
      await shopper.by("pay").tap();
      await shopper.view("success");
      await authorizedOnce(payment);
      const { fields } = world.provider.of("A08", payment.number)[0];
      assert.equal(fields.device_div, "1", "端末区分: a smartphone");
    });
  });
}

describe("the form", { concurrency: 2 }, () => {
  scenario("with the keyboard alone, in English", { language: "en-US" }, async (shopper) => {
    const payment = await world.house.payment("plain");
    await shopper.open(payment);
    const { keyboard } = shopper.page;
    const focused = () => shopper.page.evaluate(() => document.activeElement?.dataset.testid ?? "");
    const to = async (testid) => {
      for (let i = 0; i < 20 && (await focused()) !== testid; i++) await keyboard.press("Tab");
      assert.equal(await focused(), testid, "reached by Tab");
    };
    for (const [testid, text] of [["number", cards.visa], ["expiry", "1230"], ["security-code", "123"], ["holder", "taro yamada"]]) {
      await to(testid);
      await keyboard.type(text);
    }
    await to("pay");
    await keyboard.press("Enter");
    await shopper.view("success");
    assert.match(await shopper.page.locator("h1").innerText(), /complete/);
    assert.equal(await shopper.page.evaluate(() => document.activeElement?.tagName), "H1", "what is new has the focus");
    await authorizedOnce(payment);
  });

  scenario("says what is wrong, under each field", {}, async (shopper) => {
    const payment = await world.house.payment("plain");
    await shopper.open(payment);
    await shopper.buy("0000000000000", { expiry: "13/20", code: "1", holder: "山田" });
    for (const field of ["number", "expiry", "security-code", "holder"]) await shopper.by(`error-${field}`).waitFor();
    await shopper.picture("errors", { languages: [""] });
    await shopper.page.setViewportSize({ width: 320, height: 640 });
    assert.ok((await shopper.page.evaluate(() => document.documentElement.scrollWidth)) <= 320, "nothing is wider than the narrowest phone");
    assert.equal(await shopper.by("number").getAttribute("aria-invalid"), "true");
    assert.equal(await world.provider.count("A08", payment.number), 0);
    await nothingHeld(payment, "STATE_PENDING");
    await shopper.buy(cards.amex, { code: "1234" });
    await shopper.view("success");
    await authorizedOnce(payment);
  });

  // R20: the operator's order, without what is stopped; R14: no security code.
  scenario("offers the shop's payment methods", {}, async (shopper) => {
    const payment = await world.house.payment("methods", { returnUri: `${world.house.base}/shop` });
    await shopper.open(payment);
    assert.deepEqual(await shopper.page.locator("[data-testid^=method-]:is(input)").evaluateAll((all) => all.map((one) => one.value)), ["bank", "card"]);
    assert.equal(await shopper.by("method-description-bank").innerHTML(), "<b>前払い</b>です。");
    await shopper.by("method-bank").check();
    await shopper.by("elsewhere").waitFor();
    await shopper.picture("method-of-the-shop");
    await shopper.by("method-card").check();
    assert.equal(await shopper.by("security-code").count(), 0);
    await shopper.buy(cards.visa, { code: "" });
    await shopper.view("success");
    assert.ok(!(await shopper.by("installments").isVisible()));
    await authorizedOnce(payment);
  });

  scenario("five cards, and no sixth", {}, async (shopper) => {
    const payment = await world.house.payment("plain");
    await shopper.open(payment);
    for (let left = 4; left > 0; left--) {
      await shopper.buy(cards.refused);
      await until(`${left} cards are left`, async () => (await shopper.by("attempts-left").allInnerTexts()).join().includes(String(left)));
    }
    await shopper.buy(cards.refused);
    await shopper.view("exhausted");
    await shopper.picture("exhausted");
    await nothingHeld(payment, "STATE_DECLINED");
  });

  scenario("without a good secret nothing is shown", {}, async (shopper) => {
    const payment = await world.house.payment("plain");
    const other = await world.house.payment("plain");
    await shopper.open({ ...payment, secret: other.secret }, "problem");
    await shopper.picture("problem");
    assert.equal(await shopper.by("amount").count(), 0);
    await shopper.page.goto(`${world.house.base}/checkout/${payment.id}`);
    await shopper.view("problem");
  });
});
