/** What imports say behind `with`. */
import { isJson, type ModuleType, moduleTypes, withType } from '../module-path';
import { isDataUrl } from '../urls';
import type { Reason } from './reasons';
import { isVirtual } from './virtual';

/** Attribute → value. */
export type Attributes = Readonly<Record<string, string>>;

const isKnown = (type: string): type is ModuleType => (moduleTypes as readonly string[]).includes(type);

const refusal = (attribute: string, hint: string): Reason => ({
  problem: { code: 'UNKNOWN_ATTRIBUTE', verb: 'cannot import' },
  message: `no build knows with { ${attribute} }`,
  hint: () => hint,
});

const TYPES = `The types are ${moduleTypes.map((type) => `'${type}'`).join(', ')}.`;

/** Why there is no module with such attributes. ECMA-262, HostGetSupportedImportAttributes: what is not known is an error. */
export function attributesReason(attributes: Attributes): Reason | undefined {
  for (const [name, value] of Object.entries(attributes)) {
    if (name !== 'type') return refusal(`${name}: '${value}'`, `The only attribute is 'type'. ${TYPES}`);
    if (value === 'css')
      return refusal(
        "type: 'css'",
        `Splice in a transform that makes the stylesheet a script, and leave the attribute out. ${TYPES}`,
      );
    if (!isKnown(value)) return refusal(`type: '${value}'`, TYPES);
  }
  return undefined;
}

/**
 * The module that an import with such attributes means. The type is part of what a module is (HTML, "module map"); JSON is the
 * module that it is without the attribute.
 */
export function withAttributes(path: string, { type }: Attributes): string {
  if (type === undefined || !isKnown(type) || (isVirtual(path) && !isDataUrl(path))) return path;
  return type === 'json' && isJson(path) ? path : withType(path, type);
}
