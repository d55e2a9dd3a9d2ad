// Calls kessai from Node, over Connect or gRPC.
//
// A call that moves money needs an idempotency key, as requestId or as the
// header Idempotency-Key. A call that got no answer is made again with the same
// key: it never charges twice. This package does not do that by itself.
import { createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport } from "@connectrpc/connect-node";

import { PaymentService } from "../gen/kessai/payment/v1/payment_service_pb.js";
import { requireKey, requireSafe } from "./failure.js";

export { failure } from "./failure.js";

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
  requireSafe(baseUrl);
  requireKey(key);
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
