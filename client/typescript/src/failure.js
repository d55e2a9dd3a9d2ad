// Reads errors, and checks what every client is given. For Node and browsers.
import { Code, ConnectError } from "@connectrpc/connect";

import {
  BadRequestSchema,
  ErrorInfoSchema,
  LocalizedMessageSchema,
  RetryInfoSchema,
} from "../gen/google/rpc/error_details_pb.js";

/**
 * @param {unknown} error
 * @returns {import("./failure.js").Failure}
 */
export function failure(error) {
  const from = ConnectError.from(error);
  const info = from.findDetails(ErrorInfoSchema).find((detail) => detail.domain === "kessai");
  const japanese = from.findDetails(LocalizedMessageSchema).find((detail) => detail.locale.startsWith("ja"));
  const delay = from.findDetails(RetryInfoSchema)[0]?.retryDelay;
  return {
    code: Code[from.code].replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase(),
    reason: info?.reason ?? "",
    message: from.rawMessage,
    messageJa: japanese?.message ?? "",
    violations: from
      .findDetails(BadRequestSchema)
      .flatMap((detail) => detail.fieldViolations)
      .map(({ field, description }) => ({ field, description })),
    retryAfter: delay && Number(delay.seconds) * 1000 + delay.nanos / 1e6,
    metadata: info?.metadata ?? {},
  };
}

/** @param {string} baseUrl */
export function requireSafe(baseUrl) {
  const url = new URL(baseUrl);
  if (url.protocol !== "https:" && !isLocal(url.hostname)) {
    throw new TypeError("kessai: outside the loopback the address must be https");
  }
}

/** @param {string} key */
export function requireKey(key) {
  if (!/^[!-~]+$/.test(key)) {
    throw new TypeError("kessai: the key is empty or has a character that no key has");
  }
}

/** @param {string} host */
function isLocal(host) {
  return host === "localhost" || host === "[::1]" || /^127(\.\d+){3}$/.test(host);
}
