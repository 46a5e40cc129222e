type Child = Node | string;

interface Properties {
  label?: string;
  value?: string;
  children?: Child | Child[];
}

export namespace JSX {
  export type Element = HTMLElement;
  export type IntrinsicElements = { [Name in keyof HTMLElementTagNameMap]: Properties };
  export interface ElementChildrenAttribute {
    children: Child;
  }
}

/** What `<name …>…</name>` in a .tsx file stands for: a new element of the page. The compiler imports it. */
export function jsx(name: string, { children = [], ...attributes }: Properties): HTMLElement {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...[children].flat());
  return element;
}

export { jsx as jsxs };
