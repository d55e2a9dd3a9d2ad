// Verifies the messages of ../cases/webhooks.json; see ../cases/doc.go.
import { readFileSync } from "node:fs";

import { Webhook, WebhookRefused } from "./src/webhook.js";

for (const one of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  const webhook = new Webhook({ secrets: one.secrets, seen: (id) => one.seen.includes(id) });
  let result;
  try {
    const event = await webhook.verify(one.headers, one.body, one.now * 1000);
    result = `${event.type} ${event.sequence}`;
  } catch (error) {
    if (!(error instanceof WebhookRefused)) throw error;
    result = error.reason;
  }
  console.log(JSON.stringify({ name: one.name, result }));
}
