// The views in which nothing is typed.
import type { KessaiCheckout } from "kessai-client/checkout";

import { drawing, el } from "./dom";
import { brandName } from "./mark";
import { textsOf } from "./texts";

type Kind = "good" | "wait" | "stop";

const signs: Record<Kind, [string, Record<string, string | number>][]> = {
  good: [["circle", { cx: 24, cy: 24, r: 22 }], ["path", { d: "M15 24.5l6.5 6.5L34 18" }]],
  wait: [["circle", { cx: 24, cy: 24, r: 20, class: "ring" }], ["path", { d: "M24 4a20 20 0 0 1 20 20" }]],
  stop: [["circle", { cx: 24, cy: 24, r: 22 }], ["path", { d: "M24 13v14M24 34h0" }]],
};

/** A view that says one thing; its heading takes the focus. */
export function message(kind: Kind, testid: string, heading: string, text: string, ...more: (Node | string | undefined | false)[]): HTMLElement {
  const busy = kind === "wait" && "true";
  return el(
    "section",
    { class: `message ${kind}`, "data-testid": testid, "aria-busy": busy },
    drawing("0 0 48 48", signs[kind], "sign"),
    el("h1", { tabindex: "-1" }, heading),
    el("p", { role: "status" }, text),
    ...more,
  );
}

/** A button for a message. */
export function action(testid: string, label: string, act: () => void, plain = false): HTMLElement {
  const button = el("button", { type: "button", class: plain ? "plain" : "pay", "data-testid": testid }, label);
  button.addEventListener("click", act);
  return button;
}

/** The thank-you, with what was paid and, if the shop said where, the way back. */
export function successView(checkout: KessaiCheckout, back: string, forward: boolean): HTMLElement {
  const t = textsOf(checkout.language);
  const { card, orderNumber } = checkout.payment;
  const rows: [string, string, string][] = [[t.order, orderNumber, "order-number"]];
  if (card?.lastFour) rows.push([t.card, `${brandName(card.brand) || t.card} ${t.ends} ${card.lastFour}`, "paid-card"]);
  return message(
    "good",
    "success",
    t.paid,
    t.paidText,
    el("dl", {}, ...rows.flatMap(([name, value, testid]) => [el("dt", {}, name), el("dd", { "data-testid": testid }, value)])),
    back !== "" && forward && el("p", { class: "hint" }, t.forward),
    back !== "" && el("a", { href: back, class: "button", "data-testid": "return-link" }, t.back),
  );
}
