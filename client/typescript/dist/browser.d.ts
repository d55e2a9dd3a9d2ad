import type { DescService } from "@bufbuild/protobuf";
import { type Client } from "@connectrpc/connect";
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
export declare function createBrowserClient<T extends DescService>(service: T, options: BrowserOptions): Client<T>;
