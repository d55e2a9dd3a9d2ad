// Real purchases in Debian's Chromium, against the real server and the simulated
// provider. One process and one browser; what disturbs others comes last.
import { after, before } from "node:test";

import { begin, end } from "./harness/world.js";

before(begin);
after(end);

await import("./scenarios/purchase.js");
await import("./scenarios/secure.js");
await import("./scenarios/stored.js");
await import("./scenarios/steps.js");
await import("./scenarios/demo.js");
await import("./scenarios/trouble.js");
