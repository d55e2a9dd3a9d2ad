import type { Event } from "../gen/kessai/event/v1/event_pb.js";

/** What a Webhook verifies by. */
export interface WebhookOptions {
  /** Of the endpoint, "whsec_…": during a rotation the old and the new one. */
  secrets: string[];
  /** How many seconds old, or ahead, a message may be; 300 unless set. */
  tolerance?: number;
  /** Whether a message with an id was dealt with before. */
  seen?: (id: string) => boolean | Promise<boolean>;
}

/**
 * Why a message was refused: nothing in it may be believed. INCOMPLETE: a header is
 * missing, or the body is no event. FORGED: no signature of it is of a secret of
 * ours. STALE: too old, or of the future. REPEATED: dealt with before; answer it
 * with 200 all the same, so that it is not sent again.
 */
export class WebhookRefused extends Error {
  constructor(reason: WebhookRefused["reason"]);
  readonly reason: "INCOMPLETE" | "FORGED" | "STALE" | "REPEATED";
}

/**
 * Verifies the messages that kessai sends to an endpoint of the shop, by the
 * Standard Webhooks scheme, in Node.
 */
export class Webhook {
  constructor(options: WebhookOptions);
  /**
   * Gives the event of a message, or throws a WebhookRefused. The body is as it
   * came, byte for byte; now is in milliseconds.
   */
  verify(headers: Record<string, string | string[] | undefined>, body: string | Uint8Array, now?: number): Promise<Event>;
}
