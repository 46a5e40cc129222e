/** What modules of both kinds have in common: references become ids, and what only Node provides is passed in. */
import { emptyRequire } from '../core/kinds';
import type { ShortNames } from '../core/short-names';
import { decoded } from '../escaped-names';
import type { ModuleMember, NodeGlobal, Reference } from '../facts';
import type { Module } from '../model';
import { fileOf, isJson, suffixOf, typeOf } from '../module-path';
import { isDataUrl, isForBrowser } from '../urls';
import { type Edit, insert, replace } from './edits';

/** Id of the module that links and evaluates ES modules, see `client/runtime/`. */
export const RUNTIME = '*';

/** An identifier that begins no name in the source, escapes or not: what is put into the source is called after it. */
function unusedIdentifier(source: string): string {
  const meant = source.includes('\\u') ? decoded(source) : '';
  let name = '_$';
  while (source.includes(name) || meant.includes(name)) name += '$';
  return name;
}

/** One that begins no name in modules that share a function, nor in what takes the place of expressions there, such as values of `define`. */
export const prefixOf = (...modules: readonly Pick<Module, 'source' | 'facts'>[]): string =>
  unusedIdentifier(
    modules
      .flatMap(({ source, facts }) => [source, ...facts.replacements.map(({ text }) => text)])
      .join('\n'),
  );

/** What the function of a CommonJS module takes. */
export type CommonParameters = [require: string, module: string, exports: string];

/** The names of these parameters in a module. One that imports or exports may declare names like these itself. */
export function commonParameters({ facts: { syntax } }: Module, prefix: string): CommonParameters {
  const nameOf = (name: string): string =>
    syntax === undefined || syntax.commonNames.includes(name) ? name : prefix + name;
  return [nameOf('require'), nameOf('module'), nameOf('exports')];
}

/**
 * What a source asks of `module` that others do not. `module.parent` says by being `null` what `require.main === module` says; which
 * module was the first to require another one, nobody remembers. There are no `paths` in a page.
 */
const memberValues: Record<ModuleMember, (require: string, module: string) => string> = {
  children: () => '[]',
  parent: (require, module) => `${require}.main===${module}?null:${require}.main||{}`,
  paths: () => '[]',
};

/** The module with what its source asks of it; `undefined` where that is nothing. */
export function moduleWithMembers(
  { facts }: Module,
  [require, module]: CommonParameters,
): string | undefined {
  if (facts.moduleMembers === undefined) return undefined;
  const members = facts.moduleMembers.map((name) => `${name}:${memberValues[name](require, module)}`);
  return `Object.assign(${module},{${members.join(',')}})`;
}

/** What rendering needs to know of other modules. */
export interface ModuleNames {
  /** Id by path. */
  id(path: string): string;
  /** Stable name by path, such as `./src/main.js` or `lodash/map.js`. */
  name(path: string): string;
  /** What exports are called. */
  readonly short: ShortNames;
  /** What CommonJS modules have for `global`, an expression. */
  readonly global: string;
  /** Whether there is a module at the path. */
  has(path: string): boolean;
  /** Whether the module at the path is an ES module in its bundle. */
  isEsModule(path: string): boolean;
  /** Whether importing the module at the path does nothing in scripts. */
  isPlainStyle(path: string): boolean;
}

/** What the module at a path hands out an export as. */
export const exportedName = ({ short }: Pick<ModuleNames, 'short'>, path: string, name: string): string =>
  short.get(path)?.get(name) ?? name;

/**
 * How a module sees the exports of a CommonJS module: 0 means that the mark `__esModule` is respected; 1 means as in Node,
 * where `module.exports` is the default import whatever it says of itself; 2 means that there is nothing but this default, as
 * Node has it for JSON. What stands in for an ES module is seen as one, whoever imports it: what a name means does not hang on
 * who else requires the package.
 */
export function interopOf(importer: Module, target: string): 0 | 1 | 2 {
  const isForNode =
    (importer.isNodeModule || isNamedCommon(importer)) && !importer.standIns?.includes(target);
  if (isJson(target)) return isForNode ? 2 : 1;
  if (typeOf(target) !== undefined) return 2;
  return isForNode ? 1 : 0;
}

const isNamedCommon = ({ path }: Module): boolean => fileOf(path).endsWith('.cjs');

/** Whether the module must see ES modules that it requires as Node gives them. */
export const requiresAsNode = (module: Module, names: ModuleNames): boolean =>
  isNamedCommon(module) &&
  module.facts.references.some(({ kind }, index) => {
    const target = module.targets[index];
    return kind === 'require' && target !== undefined && names.isEsModule(target);
  });

/**
 * The text that takes a reference's place. An optional module that was not found keeps its specifier, which the
 * loader does not know: `require` throws and `import()` rejects, as in Node.
 */
function referenceText(
  reference: Reference,
  target: string | undefined,
  module: Module,
  names: ModuleNames,
  runtime: string,
): string {
  const id = JSON.stringify(target === undefined ? reference.specifier : names.id(target));
  if (reference.kind === 'new URL()') {
    const [require] = commonParameters(module, runtime);
    return `${require}(${id})`;
  }
  if (reference.kind === 'new Worker()') return `...${runtime}.worker(${id}`;
  if (reference.kind !== 'import()') return id;
  const isEs = target !== undefined && names.isEsModule(target);
  const interop = isEs ? undefined : `${interopOf(module, target ?? '')}`;
  // It begins with a name, as `import` is one: a parenthesis would go on with the line before.
  if (reference.keepsArguments) return `${runtime}.import.bind(0,${id},${interop ?? 'void 0'})`;
  return `${runtime}.import(${id}${interop === undefined ? '' : `,${interop}`})`;
}

/**
 * Ids and compile-time values in place of what stands in the source. Declarations of imports and exports are not among them.
 * @param runtime name of the runtime in the module
 */
export function referenceEdits(module: Module, names: ModuleNames, runtime: string): Edit[] {
  const { references, replacements } = module.facts;
  const edits = replacements.map((each) => replace(each, each.text));
  references.forEach((reference, index) => {
    const target = module.targets[index];
    if (reference.provides) return;
    if (isOfTable(reference)) {
      if (target !== undefined) edits.push(replace(reference, tableName(runtime, index)));
      return;
    }
    if (reference.kind === 'import' || (isUrl(reference) && target === undefined)) return;
    if (reference.argumentsEnd !== undefined) edits.push(insert(reference.argumentsEnd, ')'));
    const call = target !== undefined && names.isPlainStyle(target) && emptyRequire(module, reference);
    if (call) {
      edits.push(replace(call, 'Object()'));
      return;
    }
    const isKept = target === undefined && reference.kind === 'import()' && isForBrowser(reference.specifier);
    if (!isKept) edits.push(replace(reference, referenceText(reference, target, module, names, runtime)));
    else if (!reference.keepsArguments && !isLiteral(reference, module))
      edits.push(replace(reference, nativeImport(reference)));
  });
  return edits;
}

/** What is missing stays what it is in the source. */
const isUrl = ({ kind }: Reference): boolean => kind === 'new URL()' || kind === 'new Worker()';
/** Whether what is called in its place comes of a table of files. An import of one is like others. */
const isOfTable = ({ pattern, kind }: Reference): boolean => pattern !== undefined && kind === 'require';

/** What the function of a table is called in a module. */
const tableName = (prefix: string, index: number): string => `${prefix}table${index}`;

/** The tables that a module calls, each with its function. */
function tablesOf(module: Module, names: ModuleNames, require: string): [name: string, value: string][] {
  return module.facts.references.flatMap((reference, index): [string, string][] => {
    const target = module.targets[index];
    if (target === undefined || !isOfTable(reference)) return [];
    return [[tableName(prefixOf(module), index), providedValue(target, undefined, names, require)]];
  });
}

/** Whether the source has the specifier itself. Other expressions may hold values of `process.env`. */
const isLiteral = ({ specifier, start, end }: Reference, { source }: Module): boolean =>
  source.slice(start, end).includes(specifier);

function nativeImport({ specifier, attributes }: Reference): string {
  const options = attributes === undefined ? '' : `,{with:${JSON.stringify(attributes)}}`;
  return `import(${JSON.stringify(specifier)}${options})`;
}

/** `./src/a.js` → `/src/a.js`, `lodash/map.js` → `/node_modules/lodash/map.js`: the same on every machine. */
export function virtualPath(name: string): string {
  if (isDataUrl(name)) return name;
  return name.startsWith('.') ? name.replace(/^(\.\.?\/)+/, '/') : `/node_modules/${name}`;
}

/**
 * `Buffer` where nothing in the program makes Buffers: there is no instance of it. Those of other copies of the npm package, which may come from
 * outside, have a property that `isBuffer` of any copy looks for, and nothing else.
 */
const NO_BUFFER =
  '(function(f){f.isBuffer=function(b){return b!=null&&b._isBuffer===true};return f})(function(){})';

function nodeValue(
  name: Exclude<NodeGlobal, 'global'>,
  module: Module,
  names: ModuleNames,
  require: string,
): string | undefined {
  const path = virtualPath(names.name(module.path)).slice(0, -suffixOf(module.path).length || undefined);
  if (name === '__filename') return JSON.stringify(path);
  if (name === '__dirname') return JSON.stringify(path.slice(0, path.lastIndexOf('/')) || '/');
  const shim = module.shims[name] ?? (name === 'Buffer' ? module.bufferIfThere : undefined);
  if (shim === undefined) return undefined;
  if (!names.has(shim)) return NO_BUFFER;
  const required = `${require}(${JSON.stringify(names.id(shim))})`;
  return name === 'process' ? required : `${required}.${name}`;
}

/**
 * The globals of Node's that the module uses, each with an expression for its value.
 * @param require name of `require` in the module
 * @param global expression of the global object
 */
export function nodeValues(
  module: Module,
  names: ModuleNames,
  require: string,
  global: string,
): [name: string, value: string][] {
  const provided = module.facts.references.flatMap(({ kind, provides }, index): [string, string][] => {
    const target = module.targets[index];
    return kind === 'import' || provides === undefined || target === undefined
      ? []
      : [[provides[0] as string, providedValue(target, provides[1], names, require)]];
  });
  return provided.concat(
    tablesOf(module, names, require),
    module.facts.nodeGlobals.flatMap((name): [string, string][] => {
      const value = name === 'global' ? global : nodeValue(name, module, names, require);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** What a module gives for a free name that it stands for. */
function providedValue(
  target: string,
  name: string | undefined,
  names: ModuleNames,
  require: string,
): string {
  const exported = `${require}(${JSON.stringify(names.id(target))})`;
  const property = name ?? (names.isEsModule(target) ? 'default' : undefined);
  return property === undefined ? exported : `${exported}[${JSON.stringify(property)}]`;
}
