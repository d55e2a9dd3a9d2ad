// A card's brand as a small mark of our own, in words.
import type { Brand } from "kessai-client/checkout";

import { drawing, el } from "./dom";

const names: Record<Exclude<Brand, "">, string> = { visa: "VISA", mastercard: "Mastercard", jcb: "JCB", diners: "Diners", amex: "AMEX" };

/** The brand's name; empty: not known. */
export function brandName(brand: string): string {
  return names[brand as keyof typeof names] ?? "";
}

/** A mark for a brand, or a plain card while it is not known. */
export function mark(brand: string): HTMLElement {
  const name = brandName(brand);
  const content = name ? name : drawing("0 0 24 16", [["rect", { x: 0.75, y: 0.75, width: 22.5, height: 14.5, rx: 2.5 }], ["path", { d: "M1 5h22" }]], "blank");
  return el("span", { class: `mark ${name ? brand : "unknown"}`, "data-testid": "brand", "data-brand": brand }, content);
}

/** Where the security code is on the back of a card. */
export function codeDrawing(): SVGSVGElement {
  return drawing(
    "0 0 96 60",
    [
      ["rect", { x: 1, y: 1, width: 94, height: 58, rx: 6, class: "card" }],
      ["rect", { x: 1, y: 10, width: 94, height: 11, class: "stripe" }],
      ["rect", { x: 8, y: 29, width: 52, height: 12, rx: 2, class: "sign" }],
      ["rect", { x: 63, y: 27, width: 25, height: 16, rx: 4, class: "code" }],
      ["path", { d: "M69 35h0M75.5 35h0M82 35h0", class: "digits" }],
    ],
    "back",
  );
}
