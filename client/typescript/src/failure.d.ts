/** What kessai says in an error. */
export interface Failure {
  /** Canonical code, such as "INVALID_ARGUMENT". */
  code: string;
  /** kessai's one word; empty: the error is the connection's or a proxy's. */
  reason: string;
  message: string;
  messageJa: string;
  violations: { field: string; description: string }[];
  /** Milliseconds to wait before asking again; undefined: kessai did not say. */
  retryAfter?: number;
  metadata: { [key: string]: string };
}

/** Reads anything that a call threw. */
export function failure(error: unknown): Failure;

/** Throws a TypeError unless the address is https, or on the loopback. */
export function requireSafe(baseUrl: string): void;

/** Throws a TypeError unless it can be sent as a key. */
export function requireKey(key: string): void;
