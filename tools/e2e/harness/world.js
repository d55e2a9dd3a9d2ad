// What every scenario finds: a server with the demo shops and the simulated
// provider; another with shops of its own, whose sessions are in Redis; and
// between them somebody who can hold the provider's calls up.
import { test } from "node:test";

import { startCollector } from "./collector.js";
import { build, Kessai, tidy } from "./kessai.js";
import { Provider } from "./provider.js";
import { Redis } from "./redis.js";
import { startStorefront } from "./storefront.js";
import { closeBrowser, openBrowser, pictures, Shopper } from "./shopper.js";

const card = { installments: true, cardOnFile: "MEMBER_CHOOSES" };

/** The shops of the second server. */
const shops = {
  plain: card,
  secure: { ...card, threeDSecure: "ON" },
  risk: { ...card, threeDSecure: "BY_RISK", riskAmount: 10_000 },
  always: { ...card, cardOnFile: "ALWAYS" },
  methods: {
    securityCode: false, installments: true, installmentMinimum: 10_000,
    paymentMethods: [
      { id: "bank", name: "銀行振込", description: "<b>前払い</b>です。<script>alert(1)</script>", kind: "other" },
      { id: "card", name: "クレジットカード", kind: "card" },
      { id: "cod", name: "代金引換", kind: "other", stopped: true },
    ],
  },
};

export const world = {};

export async function begin() {
  const ready = Promise.all([build(), openBrowser()]);
  world.redis = await new Redis().start();
  world.traces = await startCollector();
  await ready;
  world.demo = await new Kessai("demo").start();
  world.provider = await new Provider(world.demo.simulator).start();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: world.traces.base, OTEL_BSP_SCHEDULE_DELAY: "100" };
  world.house = await new Kessai("house", { provider: world.provider.base, shops, redis: world.redis.url, env }).start();
  world.storefront = await startStorefront(world.house.base);
}

export async function end() {
  await closeBrowser();
  await Promise.all([world.storefront?.stop(), world.house?.stop()]);
  await world.provider?.stop();
  await Promise.all([world.demo?.stop(), world.redis?.stop(), world.traces?.stop()]);
  await tidy();
}

/** A test with a shopper; when it fails there is a picture of what they saw. */
export function scenario(name, options, act) {
  test(name, async (t) => {
    const shopper = await Shopper.arrive(options);
    try {
      await act(shopper, t);
    } catch (error) {
      await shopper.page.screenshot({ path: `${pictures}failed-${name.replaceAll(/[^a-z0-9]+/gi, "-")}.png`, fullPage: true }).catch(() => {});
      await shopper.context.close();
      throw error;
    }
    await shopper.leave();
  });
}

/** Waits for something that is looked at again and again. */
export async function until(what, look) {
  const end = Date.now() + 30_000;
  for (let last; ; ) {
    last = await look();
    if (last) return last;
    if (Date.now() > end) throw new Error(`${what} does not come about`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
