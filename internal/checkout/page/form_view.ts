// The view in which the shopper chooses and pays.
import { CheckoutError, type KessaiCheckout, type OfferedCard, type OfferedMethod, type Outcome } from "kessai-client/checkout";

import { cardForm, codeField } from "./card_form";
import { el, set } from "./dom";
import type { Field } from "./field";
import { brandName, mark } from "./mark";
import { leftText, payText, textsOf, type Texts } from "./texts";

/** What outlives a change of language. */
export type Typed = Partial<Record<string, string | number | boolean>>;

/** The view, and what is typed in it. */
export interface FormView {
  root: HTMLElement;
  typed(): Typed;
  clear(): void;
}

/** How a view tells the page what came of it. */
export interface Turns {
  /** The payment stands elsewhere now. */
  show(outcome: Outcome): void;
  back?: string;
}

/** Builds the form. The notice says why it is shown again. */
export function formView(checkout: KessaiCheckout, turns: Turns, notice: HTMLElement | undefined, typed: Typed): FormView {
  const t = textsOf(checkout.language);
  const { entry } = checkout;
  const form = cardForm(checkout, t);
  form.restore(typed);
  const kept = cardChoice(entry.cards, checkout, t, typed.storedCard as string | undefined);
  const methods = methodChoice(entry.methods, t, String(typed.method ?? ""));
  const status = el("p", { class: "status", role: "status", "aria-live": "polite", "data-testid": "status" });
  const alert = el("div", { role: "alert", "data-testid": "notice", class: "notice", tabindex: "-1" });
  if (notice) alert.append(notice);
  alert.hidden = !notice;
  const button = el("button", { type: "submit", class: "pay", "data-testid": "pay" }, payText(checkout.payment.amount, checkout.language));
  const card = el(
    "div",
    { class: "card-part" },
    kept?.root,
    form.root,
    entry.authentication && el("p", { class: "hint" }, t.authentication),
    button,
    status,
    el("p", { class: "private" }, t.private),
  );
  const elsewhere = el("div", { class: "elsewhere", "data-testid": "elsewhere" }, el("p", {}, t.elsewhere), turns.back && el("a", { href: turns.back, class: "button", "data-testid": "return-link" }, t.back));
  const root = el("form", { novalidate: true, "aria-label": t.title }, el("h1", { class: "unseen", tabindex: "-1" }, t.title), alert, methods?.root, card, elsewhere);

  let busy = false;
  const follow = () => {
    const other = methods !== undefined && methods.kind() !== "card";
    card.hidden = other;
    elsewhere.hidden = !other;
    form.root.hidden = kept !== undefined && kept.value() !== "";
  };
  root.addEventListener("change", follow);
  root.addEventListener("input", () => busy || (status.textContent = ""));
  follow();

  root.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy || card.hidden) return;
    busy = true;
    waiting(true);
    alert.hidden = true;
    try {
      const stored = kept?.value() ?? "";
      const values = form.values();
      const outcome = await checkout.pay(
        stored
          ? { storedCard: stored, securityCode: kept?.code?.input.value, installments: entry.installments ? 1 : undefined }
          : values,
        { tokenMade: clear },
      );
      if (outcome.state === "challenge") status.textContent = t.leaving; // the page is being left
      else turns.show(outcome);
    } catch (error) {
      refuse(CheckoutError.from(error, checkout.language));
    } finally {
      busy = false;
    }
  });

  function waiting(on: boolean): void {
    set(root, { "aria-busy": on && "true" });
    set(button, { "aria-disabled": on && "true" });
    status.textContent = on ? t.busy : "";
  }

  function clear(): void {
    form.clear();
    if (kept?.code) kept.code.input.value = "";
  }

  function refuse(error: CheckoutError): void {
    waiting(false);
    const first = kept?.value() ? failCode(kept.code, error) : form.fail(error);
    if (first) {
      status.textContent = error.message;
      first.focus();
      return;
    }
    alert.replaceChildren(el("p", {}, error.message));
    alert.hidden = false;
    alert.focus();
  }

  return {
    root,
    clear,
    typed: () => ({ ...form.values(), storedCard: kept?.value() ?? "", method: methods?.value() ?? "" }),
  };
}

function failCode(code: Field | undefined, error: CheckoutError): HTMLElement | undefined {
  const fault = error.fields.securityCode;
  code?.fail(fault?.text ?? "");
  return fault && code?.input;
}

/** Says why the card did not work and how often another may be tried. */
export function declinedNotice(outcome: Outcome, checkout: KessaiCheckout): HTMLElement {
  const t = textsOf(checkout.language);
  return el("div", { "data-reason": outcome.reason }, el("h2", {}, t.declined), el("p", {}, outcome.message), el("p", { "data-testid": "attempts-left" }, leftText(outcome.attemptsLeft, checkout.language)));
}

/** The ways to pay, in the operator's order (R20); nothing to choose if there is one. */
function methodChoice(methods: OfferedMethod[], t: Texts, chosen: string) {
  const only = methods[0];
  if (!only || (methods.length === 1 && only.kind === "card" && !only.descriptionHtml)) return undefined;
  const first = methods.find(({ id }) => id === chosen) ?? methods.find(({ kind }) => kind === "card") ?? only;
  const choices = methods.map((method) => {
    const input = el("input", {
      type: "radio", name: "method", value: method.id, checked: method === first, "data-testid": `method-${method.id}`,
      "aria-describedby": method.descriptionHtml && `about-${method.id}`,
    });
    const about = el("div", { class: "about", id: `about-${method.id}`, "data-testid": `method-description-${method.id}` });
    about.innerHTML = method.descriptionHtml; // kessai has taken out everything dangerous, and the page's policy runs no code from it
    return { method, input, root: el("div", { class: "choice" }, el("label", {}, input, el("span", {}, method.name)), method.descriptionHtml !== "" && about) };
  });
  const current = () => choices.find(({ input }) => input.checked)?.method ?? first;
  return {
    root: el("fieldset", { class: "choices" }, el("legend", {}, t.methods), ...choices.map(({ root }) => root)),
    value: () => current().id,
    kind: () => current().kind,
  };
}

/** The stored cards, and another one. */
function cardChoice(cards: OfferedCard[], checkout: KessaiCheckout, t: Texts, chosen: string | undefined) {
  if (cards.length === 0) return undefined;
  const usable = cards.filter(({ expired }) => !expired);
  const first = usable.find(({ id }) => id === chosen) ?? (chosen === undefined ? usable[0] : undefined); // "" is another card
  const code = checkout.entry.securityCode ? codeField(t, "stored-security-code") : undefined;
  const radio = (value: string, testid: string, ...label: (Node | string)[]) => {
    const input = el("input", { type: "radio", name: "card", value, checked: value === (first?.id ?? ""), "data-testid": testid });
    return { input, root: el("div", { class: "choice" }, el("label", {}, input, ...label)) };
  };
  const choices = cards.map((card) => {
    const name = brandName(card.brand) ? "" : `${t.card} `;
    const one = radio(card.id, `card-${card.id}`, mark(card.brand), el("span", { class: "kept" }, el("span", {}, `${name}${t.ends} ${card.lastFour}`), el("small", {}, `${t.until} ${card.expiry}${card.expired ? ` (${t.expired})` : ""}`)));
    one.input.disabled = card.expired;
    return one;
  });
  const other = radio("", "card-new", el("span", { class: "kept" }, t.otherCard));
  const value = () => choices.find(({ input }) => input.checked)?.input.value ?? "";
  const root = el("fieldset", { class: "choices" }, el("legend", {}, t.cards), ...choices.map((one) => one.root), other.root, code?.root);
  const follow = () => {
    if (code) code.root.hidden = value() === "";
  };
  root.addEventListener("change", follow);
  follow();
  return { root, code, value };
}
