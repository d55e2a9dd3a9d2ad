import type { Client } from "@connectrpc/connect";
import type { Payment } from "../gen/kessai/payment/v1/payment_pb.js";
import type { PaymentService } from "../gen/kessai/payment/v1/payment_service_pb.js";
import type { Memory } from "./memory.js";
/** What is sent to confirm, but for the name. */
export interface Confirmation {
    cardToken: string;
    card?: string;
    saveCard?: boolean;
    installmentCount?: number;
    device: string;
    cardHint?: {
        brand: string;
        lastFour: string;
        expiry: string;
    };
}
/** How to wait; tests do not. */
export type Pause = (milliseconds: number) => Promise<void>;
export declare const pause: Pause;
/**
 * Confirms with the key that memory has for the attempt. Without an answer the
 * same call is made again; it never charges twice. Gives undefined when there is
 * still no answer: the payment has to be watched, and the key is kept. Throws
 * what kessai refuses for certain.
 */
export declare function confirm(client: Client<typeof PaymentService>, name: string, request: Confirmation, memory: Memory, wait?: Pause): Promise<Payment | undefined>;
