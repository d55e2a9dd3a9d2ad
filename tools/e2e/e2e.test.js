// Real purchases in Debian's Chromium, against the real server and the simulated
// provider. One process and one browser; what disturbs others comes last.
import { after, before, describe } from "node:test";

import { begin, end } from "./harness/world.js";

before(begin);
after(end);

await import("./scenarios/purchase.js");
await import("./scenarios/secure.js");
await import("./scenarios/stored.js");
await import("./scenarios/elsewhere.js");
await import("./scenarios/steps.js");
const { demoShop } = await import("./scenarios/demo.js");
const { killed } = await import("./scenarios/trouble.js");

// The two have a server each.
describe("the demo shop, while another server is killed", { concurrency: 2 }, () => {
  killed();
  demoShop();
});
