// What the helper throws, in the shopper's words.
import { failure } from "../src/failure.js";
import type { Problem } from "./card.js";
import { fieldText, reasonText, type Language } from "./texts.js";

/** A field of the card form. */
export type Field = "number" | "expiry" | "securityCode" | "holder";

/** In which order fields are read, and the first wrong one gets the focus. */
export const fieldOrder: Field[] = ["number", "expiry", "securityCode", "holder"];

/**
 * Nothing was charged by the call that threw this. With fields the shopper can
 * mend it; without, reason says in one word why, as kessai's errors do.
 */
export class CheckoutError extends Error {
  override readonly name = "CheckoutError";

  constructor(
    /** kessai's word, or "FIELDS", "SECRET_MISSING", "PROVIDER_UNREACHABLE", "CONNECTION". */
    readonly reason: string,
    /** For the shopper. */
    message: string,
    /** What is wrong with which field, and the text for the shopper. */
    readonly fields: Partial<Record<Field, { problem: Problem; text: string }>> = {},
  ) {
    super(message);
  }

  /** From wrong fields. */
  static ofFields(problems: Partial<Record<Field, Problem>>, language: Language): CheckoutError {
    const fields: CheckoutError["fields"] = {};
    for (const field of fieldOrder) {
      const problem = problems[field];
      if (problem) Object.assign(fields, { [field]: { problem, text: fieldText(field, problem, language) } });
    }
    return new CheckoutError("FIELDS", reasonText("FIELDS", language), fields);
  }

  /** From a reason alone. */
  static of(reason: string, language: Language): CheckoutError {
    return new CheckoutError(reason, reasonText(reason, language));
  }

  /** From anything that a call threw. */
  static from(error: unknown, language: Language): CheckoutError {
    if (error instanceof CheckoutError) return error;
    return CheckoutError.of(failure(error).reason || "CONNECTION", language);
  }
}
