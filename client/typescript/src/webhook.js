// Verifies the messages that kessai sends to an endpoint of the shop.
import { createHmac, timingSafeEqual } from "node:crypto";
import { fromJsonString } from "@bufbuild/protobuf";

import { EventSchema } from "../gen/kessai/event/v1/event_pb.js";

export class WebhookRefused extends Error {
  /** @param {import("./webhook.js").WebhookRefused["reason"]} reason */
  constructor(reason) {
    super(`kessai: webhook refused: ${reason}`);
    this.name = "WebhookRefused";
    this.reason = reason;
  }
}

export class Webhook {
  #keys;
  #tolerance;
  #seen;

  /** @param {import("./webhook.js").WebhookOptions} options */
  constructor({ secrets, tolerance = 300, seen = () => false }) {
    this.#keys = secrets.map((s) => Buffer.from(s.replace(/^whsec_/, ""), "base64")).filter((key) => key.length > 0);
    this.#tolerance = tolerance;
    this.#seen = seen;
  }

  /**
   * @param {Record<string, string | string[] | undefined>} headers
   * @param {string | Uint8Array} body
   */
  async verify(headers, body, now = Date.now()) {
    const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value ?? "")]));
    const id = given["webhook-id"] ?? "";
    const sent = given["webhook-timestamp"] ?? "";
    if (id === "" || !/^\d+$/.test(sent)) throw new WebhookRefused("INCOMPLETE");
    const bytes = Buffer.from(/** @type {Uint8Array} */ (body)); // of a string: its UTF-8
    if (!this.#signed(Buffer.concat([Buffer.from(`${id}.${sent}.`), bytes]), given["webhook-signature"] ?? "")) {
      throw new WebhookRefused("FORGED");
    }
    if (Math.abs(now / 1000 - Number(sent)) > this.#tolerance) throw new WebhookRefused("STALE");
    let event;
    try {
      event = fromJsonString(EventSchema, bytes.toString("utf8"), { ignoreUnknownFields: true });
    } catch {
      throw new WebhookRefused("INCOMPLETE");
    }
    if (await this.#seen(id)) throw new WebhookRefused("REPEATED");
    return event;
  }

  /**
   * @param {Buffer} content
   * @param {string} signatures
   */
  #signed(content, signatures) {
    let ok = false;
    for (const key of this.#keys) {
      const want = Buffer.from(`v1,${createHmac("sha256", key).update(content).digest("base64")}`);
      for (const one of signatures.split(" ")) {
        const got = Buffer.from(one);
        ok = (got.length === want.length && timingSafeEqual(got, want)) || ok;
      }
    }
    return ok;
  }
}
