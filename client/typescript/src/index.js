// Calls kessai from Node, over Connect or gRPC.
//
// A call that moves money needs an idempotency key, as requestId or as the
// header Idempotency-Key. A call that got no answer is made again with the same
// key: it never charges twice. This package does not do that by itself.
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport } from "@connectrpc/connect-node";

import {
  BadRequestSchema,
  ErrorInfoSchema,
  LocalizedMessageSchema,
  RetryInfoSchema,
} from "../gen/google/rpc/error_details_pb.js";
import { PaymentService } from "../gen/kessai/payment/v1/payment_service_pb.js";

/** @param {import("./index.js").Options} options */
export function createPaymentClient(options) {
  return createKessaiClient(PaymentService, options);
}

/**
 * @template {import("@bufbuild/protobuf").DescService} T
 * @param {T} service
 * @param {import("./index.js").Options} options
 */
export function createKessaiClient(service, { baseUrl, key, protocol = "connect" }) {
  const url = new URL(baseUrl);
  if (url.protocol !== "https:" && !isLocal(url.hostname)) {
    throw new TypeError("kessai: outside the loopback the address must be https");
  }
  if (!/^[!-~]+$/.test(key)) {
    throw new TypeError("kessai: the key is empty or has a character that no key has");
  }
  /** @type {import("@connectrpc/connect").Interceptor} */
  const bearer = (next) => (request) => {
    request.header.set("Authorization", `Bearer ${key}`);
    return next(request);
  };
  const interceptors = [bearer];
  const transport =
    protocol === "grpc"
      ? createGrpcTransport({ baseUrl, interceptors })
      : createConnectTransport({ baseUrl, httpVersion: "1.1", interceptors });
  return createClient(service, transport);
}

/**
 * @param {unknown} error
 * @returns {import("./index.js").Failure}
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

/** @param {string} host */
function isLocal(host) {
  return host === "localhost" || host === "[::1]" || /^127(\.\d+){3}$/.test(host);
}
