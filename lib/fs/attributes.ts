/** What imports say behind `with`. */
import { isJson, type ModuleType, moduleTypes, withType } from '../module-path';
import { isDataUrl } from '../urls';
import type { Found, Reason } from './resolution';
import { isVirtual } from './virtual';

/** Attribute → value. */
export type Attributes = Readonly<Record<string, string>>;

const isKnown = (type: string): type is ModuleType => (moduleTypes as readonly string[]).includes(type);

const refusal = (attribute: string, hint: string): Reason => ({
  problem: { code: 'UNKNOWN_ATTRIBUTE', verb: 'cannot import' },
  message: `dynapack knows no such attribute: with { ${attribute} }`,
  hint: () => hint,
});

const TYPES = `The types are ${moduleTypes.map((type) => `'${type}'`).join(', ')}.`;

/** Why there is no module with such attributes. ECMA-262, HostGetSupportedImportAttributes: what is not known is an error. */
export function reasonAgainst(attributes: Attributes): Reason | undefined {
  for (const [name, value] of Object.entries(attributes)) {
    if (name !== 'type') return refusal(`${name}: '${value}'`, `The only attribute is 'type'. ${TYPES}`);
    if (value === 'css')
      return refusal(
        "type: 'css'",
        `For its effect, import the style without the attribute; '?raw' behind its name gives its text. ${TYPES}`,
      );
    if (!isKnown(value)) return refusal(`type: '${value}'`, TYPES);
  }
  return undefined;
}

/**
 * The module that an import with such attributes means. The type is part of what a module is (HTML, "module map"); JSON is the
 * module that it is without the attribute.
 */
export function withAttributes(found: Found, attributes: Attributes): Found {
  // What options or package.json files put in its place is no file that could be read otherwise.
  const isReplaced = 'path' in found && isVirtual(found.path) && !isDataUrl(found.path);
  const reason = isReplaced ? undefined : reasonAgainst(attributes);
  if (reason) return { reason };
  const { type } = attributes;
  if (isReplaced || !('path' in found) || type === undefined || !isKnown(type)) return found;
  return { path: type === 'json' && isJson(found.path) ? found.path : withType(found.path, type) };
}
