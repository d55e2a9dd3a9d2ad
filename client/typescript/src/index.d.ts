import type { DescService } from "@bufbuild/protobuf";
import type { Client } from "@connectrpc/connect";
import type { PaymentService } from "../gen/kessai/payment/v1/payment_service_pb.js";

/** Where kessai is and who calls. */
export interface Options {
  /**
   * With "connect" the address of --listen, with "grpc" that of --listen or
   * --grpc-listen, such as "http://127.0.0.1:8080". Outside the loopback it
   * must be https.
   */
  baseUrl: string;
  /** sk_test_…, sk_live_… or a payment's client secret. It is never printed. */
  key: string;
  /** "connect" unless set. */
  protocol?: "connect" | "grpc";
}

/** A client of PaymentService, for Node. */
export function createPaymentClient(options: Options): Client<typeof PaymentService>;

/** A client of any service of kessai, for Node. */
export function createKessaiClient<T extends DescService>(service: T, options: Options): Client<T>;

export { failure, type Failure } from "./failure.js";
