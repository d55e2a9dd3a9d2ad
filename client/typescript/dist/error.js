// What the helper throws, in the shopper's words.
import { failure } from "../src/failure.js";
import { fieldText, reasonText } from "./texts.js";
/** In which order fields are read, and the first wrong one gets the focus. */
export const fieldOrder = ["number", "expiry", "securityCode", "holder"];
/**
 * Nothing was charged by the call that threw this. With fields the shopper can
 * mend it; without, reason says in one word why, as kessai's errors do.
 */
export class CheckoutError extends Error {
    reason;
    fields;
    name = "CheckoutError";
    constructor(
    /** kessai's word, or "FIELDS", "SECRET_MISSING", "PROVIDER_UNREACHABLE", "CONNECTION". */
    reason, 
    /** For the shopper. */
    message, 
    /** What is wrong with which field, and the text for the shopper. */
    fields = {}) {
        super(message);
        this.reason = reason;
        this.fields = fields;
    }
    /** From wrong fields. */
    static ofFields(problems, language) {
        const fields = {};
        for (const field of fieldOrder) {
            const problem = problems[field];
            if (problem)
                Object.assign(fields, { [field]: { problem, text: fieldText(field, problem, language) } });
        }
        return new CheckoutError("FIELDS", reasonText("FIELDS", language), fields);
    }
    /** From a reason alone. */
    static of(reason, language) {
        return new CheckoutError(reason, reasonText(reason, language));
    }
    /** From anything that a call threw. */
    static from(error, language) {
        if (error instanceof CheckoutError)
            return error;
        return CheckoutError.of(failure(error).reason || "CONNECTION", language);
    }
}
