/** Elements of the report. All text becomes text nodes, so no name can be markup. */

export type Child = Node | string | number | undefined | false | readonly Child[];

type Value = string | number | boolean | undefined | ((event: Event) => void);

/** Attributes by name; functions listen to the event `name` of `onname`. */
export type Attributes = Readonly<Record<string, Value>>;

const SVG = 'http://www.w3.org/2000/svg';

function fill(element: Element, attributes: Attributes, children: readonly Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child as readonly Child[]);
    else if (child instanceof Node) element.append(child);
    else if (child !== undefined && child !== false) element.append(String(child));
  }
}

export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  fill(element, attributes, children);
  return element;
}

export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS(SVG, tag) as SVGElementTagNameMap[Tag];
  fill(element, attributes, children);
  return element;
}

/** A name as it is, which leaves the direction of the text around it alone. */
export const named = (text: string): HTMLElement => h('bdi', {}, text);

/** Heading of a view. It takes the focus when the view comes, so that a screen reader says where one is. */
export const heading = (...children: readonly Child[]): HTMLElement => h('h2', { tabindex: -1 }, ...children);

/** What only a screen reader says. */
export const spoken = (text: string): HTMLElement => h('span', { class: 'spoken' }, text);

/** Children with a separator between them. */
export const joined = (children: readonly Child[], separator = ', '): Child[] =>
  children.flatMap((child, at) => (at === 0 ? [child] : [separator, child]));
