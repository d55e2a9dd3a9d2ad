// What the shopper gave, checked before anybody is asked.
import { brandOf, codeProblem, digitsOf, holderOf, holderProblem, numberProblem, parseExpiry } from "./card.js";
import { CheckoutError } from "./error.js";
/** Checks; throws a CheckoutError that names every wrong field. */
export function check(card, entry, language, now = new Date()) {
    return "storedCard" in card ? checkStored(card, entry, language) : checkTyped(card, entry, language, now);
}
function checkStored(card, entry, language) {
    const kept = entry.cards.find(({ id }) => id === card.storedCard);
    const securityCode = digitsOf(card.securityCode ?? "");
    demand({ securityCode: entry.securityCode ? codeProblem(securityCode, (kept?.brand ?? "")) : "" }, language);
    return {
        stored: card.storedCard,
        securityCode: entry.securityCode ? securityCode : "",
        installments: card.installments,
        save: false,
        hint: kept && { brand: kept.brand, lastFour: kept.lastFour, expiry: kept.expiry },
    };
}
function checkTyped(card, entry, language, now) {
    const number = digitsOf(card.number);
    const holder = holderOf(card.holder);
    const expiry = parseExpiry(card.expiry, now);
    const securityCode = digitsOf(card.securityCode ?? "");
    const brand = brandOf(number);
    demand({
        number: numberProblem(number),
        expiry: expiry.problem,
        securityCode: entry.securityCode ? codeProblem(securityCode, brand) : "",
        holder: holderProblem(holder),
    }, language);
    return {
        typed: { number, holder, mmyy: expiry.mmyy },
        securityCode: entry.securityCode ? securityCode : "",
        installments: card.installments,
        save: entry.saving === "ALWAYS" || (entry.saving === "MEMBER_CHOOSES" && card.save === true),
        hint: { brand, lastFour: number.slice(-4), expiry: expiry.shown },
    };
}
function demand(problems, language) {
    if (Object.values(problems).some(Boolean))
        throw CheckoutError.ofFields(problems, language);
}
