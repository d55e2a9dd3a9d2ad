/** Of a payment that takes no card. */
export const noEntry = { shopName: "", methods: [], cards: [], saving: "NEVER", securityCode: false, authentication: false, installments: false };
/** Reads a card entry; what only the provider's script needs stays out. */
export function entryOf(entry) {
    return {
        shopName: entry.shopName,
        methods: entry.paymentMethods.map(({ id, name, descriptionHtml, kind }) => ({ id, name, descriptionHtml, kind })),
        cards: entry.cards.map(({ name, brand, lastFour, expiry, expired }) => ({ id: name.slice(name.lastIndexOf("/") + 1), brand, lastFour, expiry, expired })),
        saving: entry.cardSaving || "NEVER",
        securityCode: entry.securityCodeRequired,
        authentication: entry.authenticationDemanded,
        installments: entry.installments,
    };
}
