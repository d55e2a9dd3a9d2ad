// The provider's script: it takes the card number and gives a token. Here the
// number passes from one argument to the other and is kept nowhere.
import type { CardEntry } from "../gen/kessai/vault/v1/card_entry_pb.js";
import { CheckoutError, type Field } from "./error.js";
import type { Problem } from "./card.js";
import type { Language } from "./texts.js";

interface TokenLib {
  createToken(
    info: Record<string, string>,
    success: (answer: { token?: string }) => void,
    failure: (answer: { errorInfo?: ProviderError[] }) => void,
  ): void;
}

/** One thing that the provider's script finds wrong. */
export interface ProviderError {
  errorCode?: string;
  errorMsg?: string;
  errorItem?: string;
}

/** What is typed, ready to send: digits alone, MMyy. */
export interface TypedCard {
  number: string;
  holder: string;
  mmyy: string;
}

/** How long the script and the token may take, in milliseconds. */
const patience = 30_000;

const loading = new Map<string, Promise<TokenLib>>();

/** Loads the provider's script once; a failed load can be tried again. */
export function loadScript(uri: string): Promise<TokenLib> {
  let found = loading.get(uri);
  if (!found) {
    found = addScript(uri);
    loading.set(uri, found);
    found.catch(() => loading.delete(uri));
  }
  return found;
}

function addScript(uri: string): Promise<TokenLib> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.className = "webcollect-embedded-token"; // by this the script finds itself
    script.src = uri;
    script.async = true;
    script.onload = () => {
      const lib = (globalThis as { WebcollectTokenLib?: TokenLib }).WebcollectTokenLib;
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
export async function createToken(entry: CardEntry, card: TypedCard | undefined, securityCode: string, language: Language): Promise<string> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the provider does not answer")), patience);
  });
  try {
    const lib = await Promise.race([late, loadScript(entry.scriptUri)]);
    return await Promise.race([late, askToken(lib, tokenInfo(entry, card, securityCode), language)]);
  } catch (error) {
    throw error instanceof CheckoutError ? error : CheckoutError.of("PROVIDER_UNREACHABLE", language);
  } finally {
    clearTimeout(timer);
  }
}

function askToken(lib: TokenLib, info: Record<string, string>, language: Language): Promise<string> {
  return new Promise((resolve, reject) => {
    lib.createToken(
      info,
      ({ token }) => (token ? resolve(token) : reject(new Error("the provider gave no token"))),
      ({ errorInfo }) => reject(errorOf(errorInfo ?? [], language)),
    );
  });
}

/** createToken's argument (protocol 4). */
export function tokenInfo(entry: CardEntry, card: TypedCard | undefined, securityCode: string): Record<string, string> {
  const info: Record<string, string> = {
    traderCode: entry.traderCode,
    authDiv: entry.authDiv,
    optServDiv: entry.optionServiceDiv,
    memberId: entry.memberId,
    authKey: entry.authenticationKey,
    checkSum: entry.checkSum,
  };
  if (card) Object.assign(info, { cardNo: card.number, cardOwner: card.holder, cardExp: card.mmyy });
  else Object.assign(info, { cardKey: entry.cardKey, lastCreditDate: entry.lastCreditDate });
  if (securityCode) info.securityCode = securityCode;
  return info;
}

const items: Record<string, Field> = { cardNo: "number", cardOwner: "holder", cardExp: "expiry", securityCode: "securityCode" };

/** What the provider's script found wrong, by field. */
export function errorOf(errors: ProviderError[], language: Language): CheckoutError {
  const problems: Partial<Record<Field, Problem>> = {};
  for (const { errorItem = "" } of errors) {
    const field = items[errorItem];
    if (field) problems[field] = "refused";
  }
  return Object.keys(problems).length > 0 ? CheckoutError.ofFields(problems, language) : CheckoutError.of("PROVIDER_UNREACHABLE", language);
}
