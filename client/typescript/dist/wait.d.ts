import type { Client } from "@connectrpc/connect";
import type { Payment } from "../gen/kessai/payment/v1/payment_pb.js";
import type { PaymentService } from "../gen/kessai/payment/v1/payment_service_pb.js";
/** How long a shopper is asked to wait, in milliseconds. */
export declare const waitTimeout = 60000;
/**
 * Reads the payment until it is no longer pending, the time is over, or signal
 * aborts; gives it as it was read last, or undefined if it could never be read.
 */
export declare function settled(client: Client<typeof PaymentService>, name: string, timeoutMs: number, signal?: AbortSignal): Promise<Payment | undefined>;
