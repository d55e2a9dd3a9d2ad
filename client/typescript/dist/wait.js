import { outcomeOf } from "./outcome.js";
/** How long a shopper is asked to wait, in milliseconds. */
export const waitTimeout = 60_000;
/** How often the payment is read meanwhile, in milliseconds. */
const every = 3_000;
/**
 * Reads the payment until it is no longer pending, the time is over, or signal
 * aborts; gives it as it was read last, or undefined if it could never be read.
 */
export async function settled(client, name, timeoutMs, signal) {
    const ends = new AbortController();
    const timer = setTimeout(() => ends.abort(), timeoutMs);
    signal?.addEventListener("abort", () => ends.abort(), { once: true });
    let latest;
    const see = (payment) => {
        latest = payment ?? latest;
        if (latest && outcomeOf(latest).state !== "pending")
            ends.abort();
    };
    const over = new Promise((resolve) => ends.signal.addEventListener("abort", () => resolve(), { once: true }));
    if (signal?.aborted)
        ends.abort();
    try {
        await Promise.race([over, Promise.all([stream(client, name, ends.signal, see), poll(client, name, ends.signal, see)])]);
    }
    finally {
        clearTimeout(timer);
        ends.abort();
    }
    return latest;
}
async function stream(client, name, signal, see) {
    try {
        for await (const { payment } of client.watchPayment({ name }, { signal }))
            see(payment);
    }
    catch {
        // Broken or forbidden: asking goes on.
    }
}
async function poll(client, name, signal, see) {
    while (!signal.aborted) {
        try {
            see((await client.getPayment({ name }, { signal, timeoutMs: 10_000 })).payment);
        }
        catch {
            // No connection for the moment: asked again.
        }
        if (!signal.aborted)
            await pause(signal);
    }
}
function pause(signal) {
    return new Promise((resolve) => {
        const over = () => {
            clearTimeout(timer);
            signal.removeEventListener("abort", over);
            resolve();
        };
        const timer = setTimeout(over, every);
        signal.addEventListener("abort", over);
    });
}
