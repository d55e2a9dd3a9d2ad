// Calls kessai from a browser, over Connect or gRPC-Web, with a payment's client
// secret. An access key (sk_…) is refused: it is the secret of a shop's server.
import type { DescService } from "@bufbuild/protobuf";
import { createClient, type Client, type Interceptor } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-web";

import { requireKey, requireSafe } from "../src/failure.js";

export { failure, type Failure } from "../src/failure.js";

/** How a browser speaks: one of the two protocols that browsers can. */
export type Protocol = "connect" | "grpc-web";

/** Where kessai is and for which payment the browser calls. */
export interface BrowserOptions {
  /** The address of --listen or of the proxy before it. Outside the loopback it must be https. */
  baseUrl: string;
  /** A payment's client secret, cs_…, from CreatePayment's answer. */
  clientSecret: string;
  /** "connect" unless set. */
  protocol?: Protocol;
}

/** A client of a service of kessai that a client secret may call, for browsers. */
export function createBrowserClient<T extends DescService>(service: T, options: BrowserOptions): Client<T> {
  const { baseUrl, clientSecret, protocol = "connect" } = options;
  requireSafe(baseUrl);
  requireKey(clientSecret);
  if (!clientSecret.startsWith("cs_")) {
    throw new TypeError("kessai: a browser calls with a payment's client secret, never with a key");
  }
  const bearer: Interceptor = (next) => (request) => {
    request.header.set("Authorization", `Bearer ${clientSecret}`);
    return next(request);
  };
  const settings = { baseUrl, interceptors: [bearer] };
  const transport = protocol === "grpc-web" ? createGrpcWebTransport(settings) : createConnectTransport(settings);
  return createClient(service, transport);
}
