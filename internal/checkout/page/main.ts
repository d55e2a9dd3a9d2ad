// The hosted checkout page: /checkout/{payment}#cs_…
//
// It is one view at a time, chosen by how the payment stands. Whatever happens,
// a reload reads the payment and comes to the right one.
import { CheckoutError, KessaiCheckout, type Language, type Outcome } from "kessai-client/checkout";

import { el } from "./dom";
import { declinedNotice, formView, type FormView } from "./form_view";
import { preferredLanguage, rememberLanguage, textsOf, yen } from "./texts";
import { action, message, successView } from "./views";

/** How long the thank-you stays before the shop's page is opened, in milliseconds. */
const forwardAfter = 5_000;

const page = document.getElementById("page")!;
let language = preferredLanguage();
let checkout: KessaiCheckout | undefined;
let form: FormView | undefined;
let again: () => void = start; // draws the view that is shown once more
let waiting = new AbortController(); // ends when another view is shown
let forwarding: ReturnType<typeof setTimeout> | undefined;

void start();
addEventListener("hashchange", () => void start());
addEventListener("pageshow", (event) => {
  if (event.persisted) void start(); // back from 3-D Secure by the back button
});
addEventListener("pagehide", () => form?.clear());

async function start(): Promise<void> {
  const t = textsOf(language);
  again = () => draw("loading", message("wait", "loading", t.title, textsOf(language).loading));
  again();
  try {
    checkout = await KessaiCheckout.open({ ...address(), language });
    rememberShop(checkout);
    show(checkout.outcome, true);
  } catch (error) {
    problem(CheckoutError.from(error, language));
  }
}

/** Reads the address, and takes the client secret out of it. */
function address() {
  const { origin, pathname, search, hash } = location;
  const clientSecret = hash.startsWith("#cs_") ? hash.slice(1) : undefined;
  if (clientSecret) history.replaceState(null, "", pathname + search);
  const protocol = new URLSearchParams(search).get("protocol") === "grpc-web" ? ("grpc-web" as const) : ("connect" as const);
  return { baseUrl: origin, payment: pathname.slice(pathname.lastIndexOf("/") + 1), clientSecret, protocol };
}

/** Shows how the payment stands; found: it stood so before this page did anything. */
function show(outcome: Outcome, found = false): void {
  const c = checkout!;
  switch (outcome.state) {
    case "ready":
      return pay(outcome.reason === undefined ? undefined : el("p", {}, textsOf(language).unsent));
    case "declined":
      return outcome.attemptsLeft > 0 ? pay(undefined, outcome) : say("stop", "exhausted", "exhausted", "exhaustedText");
    case "challenge":
      return challenge();
    case "pending":
      return void confirm();
    case "authorized":
      again = () => draw("success", successView(c, backOf(c), !found));
      again();
      // Whoever comes back to the thank-you is not sent away again.
      if (backOf(c) && !found) forwarding = setTimeout(() => location.assign(backOf(c)), forwardAfter);
      return;
    case "canceled":
      return say("stop", "canceled", "canceled", "canceledText");
    case "expired":
      return say("stop", "expired", "lapsed", "lapsedText");
  }
}

function pay(notice: HTMLElement | undefined, declined?: Outcome): void {
  const c = checkout!;
  let typed = {};
  again = () => {
    typed = form?.typed() ?? typed;
    const why = declined ? declinedNotice(c.outcome.state === "declined" ? c.outcome : declined, c) : notice;
    form = undefined;
    const made = formView(c, { show, back: backOf(c) }, why, typed);
    draw("form", made.root, why !== undefined);
    form = made;
  };
  form = undefined;
  again();
}

function challenge(): void {
  again = () => {
    const t = textsOf(language);
    draw(
      "challenge",
      message(
        "stop",
        "challenge",
        t.challenge,
        t.challengeText,
        action("challenge-continue", t.challengeGo, () => checkout?.authenticate()),
        action("challenge-other-card", t.otherCard, () => pay(undefined), true),
      ),
    );
  };
  again();
}

async function confirm(): Promise<void> {
  say("wait", "confirming", "confirming", "confirmingText");
  const mine = waiting.signal;
  const outcome = await checkout!.wait({ signal: mine });
  if (mine.aborted) return;
  if (outcome.state !== "pending") return show(outcome.state === "ready" ? { ...outcome, reason: "NO_ANSWER" } : outcome);
  again = () => {
    const t = textsOf(language);
    draw("slow", message("stop", "slow", t.slow, t.slowText, action("check-again", t.check, () => void confirm())));
  };
  again();
}

type Key = keyof ReturnType<typeof textsOf>;

function say(kind: "wait" | "stop", view: string, heading: Key, text: Key): void {
  again = () => {
    const t = textsOf(language);
    const back = checkout && kind === "stop" ? backOf(checkout) : "";
    draw(view, message(kind, view, t[heading], t[text], back !== "" && el("a", { href: back, class: "button", "data-testid": "return-link" }, t.back)));
  };
  again();
}

/** Errors that another try cannot mend. */
const final = ["SECRET_MISSING", "UNAUTHENTICATED", "CLIENT_SECRET_EXPIRED", "NOT_FOUND", "INVALID_REQUEST"];

function problem(error: CheckoutError): void {
  checkout = undefined;
  again = () => {
    const t = textsOf(language);
    const text = CheckoutError.of(error.reason, language).message;
    draw("problem", message("stop", "problem", t.problem, text, !final.includes(error.reason) && action("retry", t.again, () => void start())));
    page.dataset.reason = error.reason;
  };
  again();
}

/** Puts a view into the page, under what is always there. */
function draw(view: string, content: HTMLElement, quiet = false): void {
  const t = textsOf(language);
  if (page.dataset.view !== view) {
    waiting.abort();
    waiting = new AbortController();
    clearTimeout(forwarding);
  }
  if (view !== "form") form = undefined;
  delete page.dataset.reason;
  document.documentElement.lang = language;
  const heading = content.querySelector("h1");
  document.title = [heading?.textContent ?? t.title, shopName()].filter(Boolean).join(" · ");
  const before = page.dataset.view;
  page.dataset.view = view;
  page.replaceChildren(header(), el("main", { "data-testid": "view", "data-view": view, class: "view" }, content));
  if (before !== undefined && before !== "loading" && before !== view) heading?.focus({ preventScroll: quiet });
  if (quiet) page.querySelector<HTMLElement>("[data-testid=notice]")?.focus();
}

function header(): HTMLElement {
  const t = textsOf(language);
  const payment = checkout?.payment;
  return el(
    "header",
    {},
    el(
      "div",
      { class: "top" },
      el("p", { class: "shop", "data-testid": "shop-name" }, shopName()),
      el("div", { class: "languages", role: "group", "aria-label": t.language }, choice("ja", "日本語"), choice("en", "English")),
    ),
    payment?.environment === "TEST" && el("p", { class: "test", "data-testid": "test-banner" }, t.test),
    payment &&
      el(
        "div",
        { class: "sum" },
        el("p", { class: "label" }, t.amount),
        el("p", { class: "amount", "data-testid": "amount" }, yen(payment.amount, language)),
        el("p", { class: "label", "data-testid": "order" }, `${t.order} ${payment.orderNumber}`),
      ),
  );
}

function choice(value: Language, name: string): HTMLElement {
  const button = el("button", { type: "button", lang: value, "aria-pressed": String(value === language), "data-testid": `language-${value}` }, name);
  button.addEventListener("click", () => {
    language = value;
    if (checkout) checkout.language = value;
    rememberLanguage(value);
    again();
    page.querySelector<HTMLElement>(`[data-testid=language-${value}]`)?.focus();
  });
  return button;
}

/** The shop's page with the payment's name, if the payment has one that can be gone to. */
function backOf({ payment }: KessaiCheckout): string {
  const { returnUri } = payment;
  if (!/^https?:\/\//.test(returnUri)) return "";
  const url = new URL(returnUri);
  url.search += `${url.search ? "&" : "?"}payment=${payment.name}`;
  return url.href;
}

/** The shop's name comes with the card entry, which a paid payment has no more. */
function rememberShop({ entry, payment }: KessaiCheckout): void {
  try {
    if (entry.shopName) sessionStorage.setItem(`kessai:${bareID(payment)}:shop`, entry.shopName);
  } catch {
    // Then it is shown while the card is entered.
  }
}

function shopName(): string {
  if (!checkout) return "";
  try {
    return checkout.entry.shopName || (sessionStorage.getItem(`kessai:${bareID(checkout.payment)}:shop`) ?? "");
  } catch {
    return checkout.entry.shopName;
  }
}

function bareID({ name }: { name: string }): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
