// What the shopper gave, checked before anybody is asked.
import { brandOf, codeProblem, digitsOf, holderOf, holderProblem, numberProblem, parseExpiry, type Brand } from "./card.js";
import type { Entry } from "./entry.js";
import { CheckoutError } from "./error.js";
import type { TypedCard } from "./provider.js";
import type { Language } from "./texts.js";

/** A card that is typed in; texts as they were typed. */
export interface NewCard {
  number: string;
  holder: string;
  expiry: string;
  securityCode?: string;
  /** Payment count; the lump sum unless set. */
  installments?: number;
  /** Keep the card, where the shopper may choose. */
  save?: boolean;
}

/** A stored card, by its id in the entry. */
export interface StoredCard {
  storedCard: string;
  securityCode?: string;
  installments?: number;
}

/** What is sent on. */
export interface Checked {
  typed?: TypedCard;
  stored?: string;
  securityCode: string;
  installments?: number;
  save: boolean;
  hint?: { brand: string; lastFour: string; expiry: string };
}

/** Checks; throws a CheckoutError that names every wrong field. */
export function check(card: NewCard | StoredCard, entry: Entry, language: Language, now = new Date()): Checked {
  return "storedCard" in card ? checkStored(card, entry, language) : checkTyped(card, entry, language, now);
}

function checkStored(card: StoredCard, entry: Entry, language: Language): Checked {
  const kept = entry.cards.find(({ id }) => id === card.storedCard);
  const securityCode = digitsOf(card.securityCode ?? "");
  demand({ securityCode: entry.securityCode ? codeProblem(securityCode, (kept?.brand ?? "") as Brand) : "" }, language);
  return {
    stored: card.storedCard,
    securityCode: entry.securityCode ? securityCode : "",
    installments: card.installments,
    save: false,
    hint: kept && { brand: kept.brand, lastFour: kept.lastFour, expiry: kept.expiry },
  };
}

function checkTyped(card: NewCard, entry: Entry, language: Language, now: Date): Checked {
  const number = digitsOf(card.number);
  const holder = holderOf(card.holder);
  const expiry = parseExpiry(card.expiry, now);
  const securityCode = digitsOf(card.securityCode ?? "");
  const brand = brandOf(number);
  demand(
    {
      number: numberProblem(number),
      expiry: expiry.problem,
      securityCode: entry.securityCode ? codeProblem(securityCode, brand) : "",
      holder: holderProblem(holder),
    },
    language,
  );
  return {
    typed: { number, holder, mmyy: expiry.mmyy },
    securityCode: entry.securityCode ? securityCode : "",
    installments: card.installments,
    save: entry.saving === "ALWAYS" || (entry.saving === "MEMBER_CHOOSES" && card.save === true),
    hint: { brand, lastFour: number.slice(-4), expiry: expiry.shown },
  };
}

function demand(problems: Parameters<typeof CheckoutError.ofFields>[0], language: Language): void {
  if (Object.values(problems).some(Boolean)) throw CheckoutError.ofFields(problems, language);
}
