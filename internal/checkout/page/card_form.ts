// The fields of a card that is typed in, and of a stored one's security code.
import { CheckoutError, brandOf, codeLengths, digitsOf, formatExpiry, formatNumber, maxDigits, type Brand, type KessaiCheckout } from "kessai-client/checkout";

import { el } from "./dom";
import { field, reformat, type Field } from "./field";
import { codeDrawing, mark } from "./mark";
import { countText, type Texts } from "./texts";

/** The card's fields. */
export interface CardForm {
  root: HTMLElement;
  /** What is typed, as it is. */
  values(): { number: string; holder: string; expiry: string; securityCode: string; installments?: number; save: boolean };
  /** Puts back what was typed, after the language changed. */
  restore(values: Partial<Record<string, string | number | boolean>>): void;
  /** Shows what is wrong, and gives the first field that is. */
  fail(error: CheckoutError): HTMLElement | undefined;
  /** Forgets every digit. */
  clear(): void;
}

/** A number of at least so many digits names an issuer. */
const askFrom = 6;

/** Builds the fields of a new card. */
export function cardForm(checkout: KessaiCheckout, t: Texts): CardForm {
  const { entry } = checkout;
  let brandMark = mark("");
  const number = field({
    id: "number", testid: "number", label: t.number, className: "wide", mark: brandMark,
    attributes: { inputmode: "numeric", autocomplete: "cc-number", maxlength: 30 },
  });
  const expiry = field({
    id: "expiry", testid: "expiry", label: t.expiry, hint: t.expiryHint,
    attributes: { inputmode: "numeric", autocomplete: "cc-exp", placeholder: "MM/YY", maxlength: 9 },
  });
  const code = entry.securityCode ? codeField(t, "security-code") : undefined;
  const holder = field({
    id: "holder", testid: "holder", label: t.holder, hint: t.holderHint, className: "wide",
    attributes: { autocomplete: "cc-name", autocapitalize: "characters", maxlength: 40 },
  });
  const counts = countField(checkout, t);
  const saving = savingBox(checkout, t);

  reformat(number.input, /\D/g, (text) => {
    const digits = digitsOf(text);
    return formatNumber(digits.slice(0, maxDigits(brandOf(digits))));
  });
  reformat(expiry.input, /\D/g, formatExpiry);
  let brand: Brand = "";
  const look = () => {
    const digits = digitsOf(number.input.value);
    if (brandOf(digits) !== brand) {
      brand = brandOf(digits);
      const next = mark(brand);
      brandMark.replaceWith(next);
      brandMark = next;
      code?.input.setAttribute("maxlength", String(Math.max(...codeLengths(brand))));
    }
    counts.ask(digits);
  };
  number.input.addEventListener("input", look);
  number.input.addEventListener("compositionend", look);

  const root = el("div", { class: "fields" }, number.root, expiry.root, code?.root, holder.root, counts.root, saving?.root);
  const fields: Partial<Record<string, Field>> = { number, expiry, securityCode: code, holder };
  return {
    root,
    values: () => ({
      number: number.input.value,
      holder: holder.input.value,
      expiry: expiry.input.value,
      securityCode: code?.input.value ?? "",
      installments: counts.value(),
      save: saving?.input?.checked ?? false,
    }),
    restore: (values) => {
      for (const [name, one] of Object.entries(fields)) if (one) one.input.value = String(values[name] ?? "");
      if (saving?.input) saving.input.checked = values.save === true;
      if (values.installments) counts.want(Number(values.installments));
      look();
    },
    fail: (error) => {
      for (const [name, one] of Object.entries(fields)) one?.fail(error.fields[name as keyof typeof error.fields]?.text ?? "");
      const first = Object.keys(fields).find((name) => name in error.fields);
      return first === undefined ? undefined : fields[first]?.input;
    },
    clear: () => {
      for (const one of Object.values(fields)) if (one) one.input.value = "";
      look();
    },
  };
}

/** The security code with the help where to find it. */
export function codeField(t: Texts, id: string): Field {
  const made = field({
    id, testid: id, label: t.securityCode,
    attributes: { inputmode: "numeric", autocomplete: "cc-csc", maxlength: 4 },
  });
  reformat(made.input, /\D/g, (text) => digitsOf(text).slice(0, 4));
  made.root.append(
    el("details", { class: "help", "data-testid": "security-code-help" }, el("summary", {}, t.codeHelp), el("div", {}, codeDrawing(), el("p", {}, t.codeBack), el("p", {}, t.codeFront))),
  );
  return made;
}

/** The payment counts; they appear once the number allows to ask (R18). */
function countField(checkout: KessaiCheckout, t: Texts) {
  const select = el("select", { id: "installments", name: "installments", "data-testid": "installments" });
  const root = el("div", { class: "field wide", hidden: true }, el("label", { for: "installments" }, t.installments), el("div", { class: "box" }, select));
  let asked = "";
  let wanted = checkout.payment.installmentCount;
  select.addEventListener("change", () => (wanted = Number(select.value)));
  const show = (counts: number[]) => {
    const chosen = counts.includes(wanted) ? wanted : 1;
    select.replaceChildren(...counts.map((count) => el("option", { value: count, selected: count === chosen }, countText(count, checkout.language))));
    root.hidden = counts.length < 2;
  };
  return {
    root,
    want: (count: number) => (wanted = count),
    value: () => (checkout.entry.installments ? (root.hidden ? 1 : Number(select.value)) : undefined),
    ask: (digits: string) => {
      const prefix = digits.slice(0, digits.length < 8 ? askFrom : 8);
      if (!checkout.entry.installments || prefix === asked) return;
      asked = prefix;
      if (prefix.length < askFrom) return show([]);
      checkout.installments(prefix).then(
        ({ counts }) => asked === prefix && show(counts),
        () => asked === prefix && show([]), // then the lump sum it is
      );
    },
  };
}

/** The box for keeping the card, or the sentence that stands in its place (R15). */
function savingBox({ entry }: KessaiCheckout, t: Texts): { root: HTMLElement; input?: HTMLInputElement } | undefined {
  if (entry.saving === "MEMBER_CHOOSES") {
    const input = el("input", { type: "checkbox", id: "save-card", name: "save-card", "data-testid": "save-card" });
    return { root: el("label", { class: "check wide", for: "save-card" }, input, el("span", {}, t.save)), input };
  }
  const note = { ALWAYS: t.always, FULL: t.full }[entry.saving];
  return note === undefined ? undefined : { root: el("p", { class: "hint wide", "data-testid": "saving-note" }, note) };
}
