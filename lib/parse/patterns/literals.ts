/** Values that arguments say literally: nothing of them hangs on what runs. */
import type { Node, Property } from 'estree';
import { rangeOf, stringValue } from '../tree/nodes';

/** What is wrong with an argument, and where. */
export class NoPattern {
  constructor(
    readonly start: number,
    readonly message: string,
    readonly hint: string,
  ) {}
}

/** @throws NoPattern, which the reader of the call takes for an error or leaves alone */
export function refuse(node: Node, message: string, hint: string): never {
  throw new NoPattern(rangeOf(node).start, message, hint);
}

/** The boolean that a literal is. */
export const booleanValue = (node: Node): boolean | undefined =>
  node.type === 'Literal' && typeof node.value === 'boolean' ? node.value : undefined;

/** What may stand in a query, as text. */
export function scalarText(node: Node): string | undefined {
  const text = stringValue(node);
  if (text !== undefined || node.type !== 'Literal') return text;
  return /^(?:number|boolean)$/.test(typeof node.value) ? String(node.value) : undefined;
}

/** The properties of an object literal by name; `undefined` where it has something else. */
export function propertiesOf(node: Node): Map<string, Property> | undefined {
  if (node.type !== 'ObjectExpression') return undefined;
  const properties = new Map<string, Property>();
  for (const each of node.properties) {
    const name = each.type === 'Property' && !each.computed ? keyOf(each) : undefined;
    if (name === undefined) return undefined;
    properties.set(name, each as Property);
  }
  return properties;
}

const keyOf = ({ key }: Property): string | undefined =>
  key.type === 'Identifier' ? key.name : stringValue(key as Node);
