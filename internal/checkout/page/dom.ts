// Elements without a framework.

type Child = Node | string | undefined | false;

/** Makes an element; attributes that are false or undefined are left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | boolean | number | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  set(element, attributes);
  element.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return element;
}

/** Sets attributes; false and undefined take them away. */
export function set(element: Element, attributes: Record<string, string | boolean | number | undefined>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === undefined) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** A drawing; decoration, which a screen reader passes over. */
export function drawing(viewBox: string, shapes: [string, Record<string, string | number>][], className: string): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  set(svg, { viewBox, class: className, "aria-hidden": "true", focusable: "false" });
  for (const [tag, attributes] of shapes) {
    const shape = document.createElementNS(space, tag);
    set(shape, attributes);
    svg.append(shape);
  }
  return svg;
}
