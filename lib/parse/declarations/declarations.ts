/** Import and export declarations, ECMA-262, section 16.2: what readers note of them, and what is decided when all are read. */
import type { ImportEntry, IndirectExport, LocalExport, ModuleSyntax, Range, Reference } from '../../facts';

/** What the declarations say. Requests are indices into `references`. */
export interface Declarations
  extends Pick<ModuleSyntax, 'imports' | 'indirectExports' | 'stars' | 'declarations'> {
  /** One for each declaration with a specifier. */
  references: Reference[];
  /** `export { … }` of an import is still among these: what a name means is known once all is read. */
  exports: (LocalExport & { start: number })[];
}

/** To be filled, in source order. */
export const noDeclarations = (): Declarations => ({
  references: [],
  imports: [],
  exports: [],
  indirectExports: [],
  stars: [],
  declarations: [],
});

/** Notes what a declaration imports from. @returns the request */
export function addRequest(
  specifier: string,
  { start, end }: Range,
  { references }: Declarations,
  attributes?: Reference['attributes'],
): number {
  const reference: Reference = { kind: 'import', specifier, start, end, optional: false };
  if (attributes !== undefined) reference.attributes = attributes;
  return references.push(reference) - 1;
}

/** `export *`, or `export * as name`. `start` is that of the declaration. */
export function addExportAll(
  name: string | undefined,
  start: number,
  request: number,
  { indirectExports, stars }: Declarations,
): void {
  if (name === undefined) stars.push(request);
  else indirectExports.push({ request, name, imported: undefined, start });
}

/** `export { local as name }`, from what the request names if there is one. `start` is that of the specifier. */
export function addListed(
  name: string,
  local: string,
  start: number,
  request: number | undefined,
  { exports, indirectExports }: Declarations,
): void {
  if (request === undefined) exports.push({ name, local, start });
  else indirectExports.push({ request, name, imported: local, start });
}

/** A name that a declaration behind `export` declares. `start` is that of the word. */
export function addDeclared(name: string, start: number, { exports }: Declarations): void {
  exports.push({ name, local: name, start });
}

/** What stands behind `export default`: with a name of its own, a function without one, or any other value. */
export type Default = { local: string } | { nameAt: number } | { valueEnd: number; isAnonymous: boolean };

/** `export default`; the words range up to what stands behind them. */
export function addDefault(value: Default, words: Range, { exports, declarations }: Declarations): void {
  const { start, end } = words;
  const local = 'local' in value ? value.local : undefined;
  exports.push({ name: 'default', local, start });
  if ('local' in value) declarations.push({ form: 'exported', start, end });
  else if ('nameAt' in value) {
    const { nameAt } = value;
    declarations.push({ form: 'default function', start, end, nameAt });
  } else {
    const { valueEnd, isAnonymous } = value;
    declarations.push({ form: 'default value', start, end, valueEnd, isAnonymous });
  }
}

/** `export { x }` of an imported `x` exports what the import means, a namespace, too (ECMA-262, ParseModule). */
export function resolveReexports(found: Declarations): Declarations {
  if (found.imports.length === 0 || found.exports.length === 0) return found;
  const imports = new Map<string, ImportEntry>(found.imports.map((entry) => [entry.local, entry]));
  const indirect: IndirectExport[] = [];
  const exports = found.exports.filter(({ name, local, start }) => {
    const entry = local === undefined ? undefined : imports.get(local);
    if (entry === undefined) return true;
    indirect.push({ request: entry.request, name, imported: entry.name, start });
    return false;
  });
  return { ...found, exports, indirectExports: [...found.indirectExports, ...indirect] };
}

/** A rule of the language that the engines leave to us. */
export interface EarlyError {
  start: number;
  message: string;
}

/** ECMA-262, 16.2.1.1: exported names are declared, at the top level, and differ. */
export function exportError(
  { exports, indirectExports }: Declarations,
  isDeclared: (local: string) => boolean,
): EarlyError | undefined {
  const seen = new Set<string>();
  for (const { name, start } of [...exports, ...indirectExports]) {
    if (seen.has(name)) return { start, message: `'${name}' is exported twice` };
    seen.add(name);
  }
  const unknown = exports.find(({ local }) => local !== undefined && !isDeclared(local));
  if (unknown === undefined) return undefined;
  return { start: unknown.start, message: `'${unknown.local}' is exported but declared nowhere` };
}

/** What an ES module has besides its declarations. */
export type OtherSyntax = Pick<
  ModuleSyntax,
  'uses' | 'metas' | 'awaits' | 'unbound' | 'commonNames' | 'comments'
>;

/** All that makes a source an ES module, once it is known which references there are of all kinds. */
export function syntaxOf(
  { imports, exports, indirectExports, stars, declarations, references: declared }: Declarations,
  references: readonly Reference[],
  { uses, metas, awaits, unbound, commonNames, comments }: OtherSyntax,
): ModuleSyntax {
  // Property by property: to spread objects takes a measurable part of reading a module.
  return {
    requests: positionsIn(references, declared),
    imports,
    uses,
    exports: exports.map(({ name, local }) => ({ name, local })),
    indirectExports,
    stars,
    declarations,
    metas,
    awaits,
    unbound,
    commonNames,
    comments,
  };
}

function positionsIn(references: readonly Reference[], declared: readonly Reference[]): number[] {
  if (references === declared) return declared.map((_, index) => index);
  const positions = new Map(references.map((reference, index) => [reference, index]));
  return declared.map((reference) => positions.get(reference) as number);
}
