/** Import attributes, as the source says them. ECMA-262, 16.2.1.4 (WithClauseToAttributes), and 13.3.10 for `import()`. */
import type { ImportAttribute, ImportExpression, Node, Property } from 'estree';
import type { Reference } from '../../facts';
import { stringValue } from '../tree/nodes';

type Pair = Pick<ImportAttribute | Property, 'key'> & { value: Node };

/** Trees of other parsers may have them under the name of the older syntax, `assert`. */
interface Attributed {
  attributes?: ImportAttribute[];
  assertions?: ImportAttribute[];
}

const nameOf = ({ key }: Pair): string | undefined =>
  key.type === 'Identifier' ? key.name : stringValue(key as Node);

/** The attributes of a declaration. */
export const declaredAttributes = (node: Node): readonly Pair[] => {
  const { attributes, assertions } = node as Attributed;
  return attributes ?? assertions ?? [];
};

/** The plain properties of an object literal. */
const propertiesOf = (node: Node | undefined): Property[] =>
  node?.type === 'ObjectExpression'
    ? node.properties.filter((each) => each.type === 'Property').filter(({ computed }) => !computed)
    : [];

/** What the second argument of `import()` says, as far as it says so literally. */
export function optionsOf({ options }: ImportExpression): readonly Pair[] {
  const given = propertiesOf(options ?? undefined).find((each) =>
    /^(?:with|assert)$/.test(nameOf(each) ?? ''),
  );
  return given ? propertiesOf(given.value) : [];
}

/** Whether nothing happens, and nothing is read, where the second argument of `import()` is evaluated. */
export const isPlainOptions = ({ options }: ImportExpression): boolean => !options || isPlain(options);

const isPlain = (node: Node): boolean =>
  stringValue(node) !== undefined ||
  (node.type === 'ObjectExpression' &&
    propertiesOf(node).length === node.properties.length &&
    propertiesOf(node).every(({ value }) => isPlain(value)));

/** What a reference says of them. */
export function attributesOf(pairs: readonly Pair[]): Pick<Reference, 'attributes'> {
  const attributes: Record<string, string> = {};
  for (const pair of pairs) {
    const [name, value] = [nameOf(pair), stringValue(pair.value)];
    if (name !== undefined && value !== undefined) attributes[name] = value;
  }
  return Object.keys(attributes).length === 0 ? {} : { attributes };
}
