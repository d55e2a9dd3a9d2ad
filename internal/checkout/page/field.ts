// One labelled input with its hint and its error.
import { el, set } from "./dom";

/** A labelled input. */
export interface Field {
  root: HTMLElement;
  input: HTMLInputElement;
  /** Shows an error, or takes it away. */
  fail(text: string): void;
}

/** What a field is made of. */
export interface FieldOptions {
  id: string;
  testid: string;
  label: string;
  hint?: string;
  className?: string;
  /** Shown inside the box, at its end. */
  mark?: HTMLElement;
  attributes: Record<string, string | number | boolean>;
}

/** Makes a field. Its error goes when the shopper changes what it is about. */
export function field(options: FieldOptions): Field {
  const { id, testid, label, hint, mark } = options;
  const error = el("p", { id: `${id}-error`, class: "error", "data-testid": `error-${testid}`, hidden: true });
  const input = el("input", {
    id,
    name: id,
    type: "text",
    required: true,
    "data-testid": testid,
    "aria-describedby": hint ? `${id}-hint ${id}-error` : `${id}-error`,
    spellcheck: "false",
    ...options.attributes,
  });
  const fail = (text: string) => {
    error.textContent = text;
    error.hidden = text === "";
    set(input, { "aria-invalid": text !== "" && "true" });
  };
  input.addEventListener("input", () => fail(""));
  const root = el(
    "div",
    { class: `field ${options.className ?? ""}` },
    el("label", { for: id }, label),
    el("div", { class: "box" }, input, mark),
    hint !== undefined && el("p", { id: `${id}-hint`, class: "hint" }, hint),
    error,
  );
  return { root, input, fail };
}

/**
 * Rewrites an input while it is typed, and leaves the caret after the sign that
 * was typed; not while a Japanese word is being composed.
 */
export function reformat(input: HTMLInputElement, counted: RegExp, format: (text: string, before: string) => string): void {
  let before = input.value;
  const apply = () => {
    const typed = input.value;
    const caret = input.selectionStart ?? typed.length;
    const signs = typed.slice(0, caret).replace(counted, "").length;
    const shown = format(typed, before);
    before = shown;
    if (shown === typed) return;
    input.value = shown;
    let at = 0;
    for (let seen = 0; at < shown.length && seen < signs; at++) {
      if (shown[at]!.replace(counted, "") !== "") seen++;
    }
    const end = caret === typed.length ? shown.length : at;
    if (document.activeElement === input) input.setSelectionRange(end, end);
  };
  input.addEventListener("input", (event) => {
    if (!(event as InputEvent).isComposing) apply();
  });
  input.addEventListener("compositionend", apply);
}
