import { CheckoutError } from "./error.js";
/** How long the script and the token may take, in milliseconds. */
const patience = 30_000;
const loading = new Map();
/** Loads the provider's script once; a failed load can be tried again. */
export function loadScript(uri) {
    let found = loading.get(uri);
    if (!found) {
        found = addScript(uri);
        loading.set(uri, found);
        found.catch(() => loading.delete(uri));
    }
    return found;
}
function addScript(uri) {
    return new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.className = "webcollect-embedded-token"; // by this the script finds itself
        script.src = uri;
        script.async = true;
        script.onload = () => {
            const lib = globalThis.WebcollectTokenLib;
            lib ? resolve(lib) : reject(new Error("the provider's script has no WebcollectTokenLib"));
        };
        script.onerror = () => {
            script.remove();
            reject(new Error("the provider's script cannot be loaded"));
        };
        document.head.append(script);
    });
}
/**
 * Makes a token for a typed card, or for the stored card that the entry is for.
 * Throws a CheckoutError with fields, or with reason PROVIDER_UNREACHABLE.
 */
export async function createToken(entry, card, securityCode, language) {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error("the provider does not answer")), patience);
    });
    try {
        const lib = await Promise.race([late, loadScript(entry.scriptUri)]);
        return await Promise.race([late, askToken(lib, tokenInfo(entry, card, securityCode), language)]);
    }
    catch (error) {
        throw error instanceof CheckoutError ? error : CheckoutError.of("PROVIDER_UNREACHABLE", language);
    }
    finally {
        clearTimeout(timer);
    }
}
function askToken(lib, info, language) {
    return new Promise((resolve, reject) => {
        lib.createToken(info, ({ token }) => (token ? resolve(token) : reject(new Error("the provider gave no token"))), ({ errorInfo }) => reject(errorOf(errorInfo ?? [], language)));
    });
}
/** createToken's argument (protocol 4). */
export function tokenInfo(entry, card, securityCode) {
    const info = {
        traderCode: entry.traderCode,
        authDiv: entry.authDiv,
        optServDiv: entry.optionServiceDiv,
        memberId: entry.memberId,
        authKey: entry.authenticationKey,
        checkSum: entry.checkSum,
    };
    if (card)
        Object.assign(info, { cardNo: card.number, cardOwner: card.holder, cardExp: card.mmyy });
    else
        Object.assign(info, { cardKey: entry.cardKey, lastCreditDate: entry.lastCreditDate });
    if (securityCode)
        info.securityCode = securityCode;
    return info;
}
const items = { cardNo: "number", cardOwner: "holder", cardExp: "expiry", securityCode: "securityCode" };
/** What the provider's script found wrong, by field. */
export function errorOf(errors, language) {
    const problems = {};
    for (const { errorItem = "" } of errors) {
        const field = items[errorItem];
        if (field)
            problems[field] = "refused";
    }
    return Object.keys(problems).length > 0 ? CheckoutError.ofFields(problems, language) : CheckoutError.of("PROVIDER_UNREACHABLE", language);
}
