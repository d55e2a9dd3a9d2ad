// kessai-checkout in a page of the shop's own, on the shop's own origin.
import assert from "node:assert/strict";
import { describe } from "node:test";

import { authorizedOnce } from "../harness/proof.js";
import { cards } from "../harness/shopper.js";
import { scenario, world } from "../harness/world.js";

const said = (shopper, text) => shopper.by("say").filter({ hasText: new RegExp(`^${text}$`) }).waitFor();

describe("a page on another origin", { concurrency: 2 }, () => {
  for (const protocol of ["connect", "grpc-web"]) {
    const open = async (shopper, payment) => {
      await shopper.page.goto(`${world.storefront.base}/pay?payment=${payment.name}&protocol=${protocol}#${payment.secret}`);
      await said(shopper, "open");
    };

    scenario(`a wrong number, a refused card, then a good one, over ${protocol}`, { protocol }, async (shopper) => {
      const payment = await world.house.payment("plain");
      await open(shopper, payment);
      await shopper.buy("4000056655665556");
      await said(shopper, "number");
      await shopper.buy(cards.refused);
      await said(shopper, "declined");
      await shopper.buy(cards.visa);
      await said(shopper, "authorized");
      await authorizedOnce(payment, { attempt: 2 });
    });

    scenario(`3-D Secure and back, over ${protocol}`, { protocol }, async (shopper) => {
      const payment = await world.house.payment("secure", { returnUri: `${world.storefront.base}/back?protocol=${protocol}` });
      await open(shopper, payment);
      await shopper.buy(cards.visa);
      await shopper.answer("authenticate");
      await said(shopper, "authorized");
      assert.equal(shopper.page.url(), `${world.storefront.base}/back?protocol=${protocol}&payment=${payment.name}`);
      await authorizedOnce(payment, { challenged: true });
    });
  }
});
