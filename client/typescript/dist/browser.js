import { createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-web";
import { requireKey, requireSafe } from "../src/failure.js";
export { failure } from "../src/failure.js";
/** A client of a service of kessai that a client secret may call, for browsers. */
export function createBrowserClient(service, options) {
    const { baseUrl, clientSecret, protocol = "connect" } = options;
    requireSafe(baseUrl);
    requireKey(clientSecret);
    if (!clientSecret.startsWith("cs_")) {
        throw new TypeError("kessai: a browser calls with a payment's client secret, never with a key");
    }
    const bearer = (next) => (request) => {
        request.header.set("Authorization", `Bearer ${clientSecret}`);
        return next(request);
    };
    const settings = { baseUrl, interceptors: [bearer] };
    const transport = protocol === "grpc-web" ? createGrpcWebTransport(settings) : createConnectTransport(settings);
    return createClient(service, transport);
}
