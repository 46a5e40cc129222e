/**
 * An ES module → the text of a generator function. Running it to its first `yield` declares the module: requests, live
 * bindings of its exports, functions hoisted and everything else in its temporal dead zone, exactly as ECMA-262's
 * InitializeEnvironment leaves it. The second `yield` receives what it imports; only then, module by module, the bodies run.
 * Of a module that has nothing to run, such as one that exports others, there is only the declaration, as JSON: engines take
 * much longer over a function. `client/runtime/` is the other side of this format.
 */

import type { Declaration, ImportEntry, ImportUse, ModuleSyntax, Range } from '../facts';
import type { Module } from '../model';
import { covers, rangeAt } from '../ranges';
import { awaitEnds, awaitStarts } from './awaits';
import { applyEdits, type Edit, enclose, insert, type Piece, replace, sortEdits, textOf } from './edits';
import {
  type Context,
  contextsOf,
  type EsFunction,
  type Foreign,
  functionOf,
  type Meaning,
  type Requests,
} from './esm-context';
import { declarationText, requestsText } from './esm-declaration';
import {
  commonParameters,
  exportedName,
  type ModuleNames,
  moduleWithMembers,
  nodeValues,
  prefixOf,
  RUNTIME,
  referenceEdits,
  virtualPath,
} from './references';

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

const memberText = (object: string, name: string): string =>
  IDENTIFIER.test(name) ? `${object}.${name}` : `${object}[${JSON.stringify(name)}]`;

/** A property key of an object literal; `__proto__` would be none. */
function keyText(name: string): string {
  if (name === '__proto__') return '["__proto__"]';
  return IDENTIFIER.test(name) ? name : JSON.stringify(name);
}

/** Which of the things that the requests bring an import is in, or is. */
const placeOf = ({ target, name }: Foreign, { targets, namespaces }: Requests): number =>
  name === undefined ? targets.length + namespaces.indexOf(target) : target;

/** What something of another module is in the function. */
function foreignText(meaning: Foreign, { prefix, names, requests }: Context): string {
  const text = prefix + placeOf(meaning, requests);
  if (meaning.name === undefined) return text;
  return memberText(text, exportedName(names, meaning.path, meaning.name));
}

/** A function that is called without `this`. Terser takes `(0,a.b)` away from templates, as if that were the same. */
const calleeText = (text: string, { isTag }: ImportUse): string => (isTag ? `(${text}||0)` : `(0,${text})`);

function useEdit(use: ImportUse, context: Context): Edit {
  const meaning = context.uses.get(use.entry) as Meaning;
  const isOwn = 'own' in meaning;
  const text = isOwn ? meaning.own : foreignText(meaning, context);
  switch (use.form) {
    case 'shorthand': {
      const { local } = context.syntax.imports[use.entry] as ImportEntry;
      return replace(use, `${keyText(local)}:${text}`);
    }
    case 'made':
      return replace(use, `${text}()`);
    case 'call':
      return replace(use, isOwn ? text : calleeText(text, use));
    case 'statement':
      return replace(use, isOwn ? text : `;${calleeText(text, use)}`);
    case 'value':
      return replace(use, text);
  }
}

function declarationEdits(
  declaration: Declaration,
  { module, defaultName }: Pick<Context, 'module' | 'defaultName'>,
): Edit[] {
  switch (declaration.form) {
    case 'entries':
      return [replace(declaration, ';')];
    case 'exported':
      return [replace(declaration, '')];
    case 'default function':
      return [replace(declaration, ''), insert(declaration.nameAt, ` ${defaultName}`)];
    case 'default value': {
      const { valueEnd, isAnonymous } = declaration;
      const end = (isAnonymous ? '}.default' : '') + (module.source[valueEnd] === ';' ? '' : ';');
      const head = `const ${defaultName}=${isAnonymous ? '{default:' : ''}`;
      return [replace(declaration, head), insert(valueEnd, end)];
    }
  }
}

/** The declarations that were not left out. */
const leftOf = ({ module: { dropped }, syntax }: Pick<Context, 'module' | 'syntax'>): Declaration[] =>
  dropped === undefined
    ? syntax.declarations
    : syntax.declarations.filter(({ start }) => rangeAt(dropped, start) < 0);

/** A semicolon keeps what is around a part from becoming one. */
const dropEdits = ({ dropped }: Module): Edit[] => (dropped ?? []).map((range) => replace(range, ';'));

const renameEdits = ({ renamed, localName }: Context): Edit[] =>
  [...renamed].flatMap(([name, places]) =>
    places.map((place) =>
      replace(place, `${place.isShorthand ? `${keyText(name)}:` : ''}${localName(name)}`),
    ),
  );

function allEdits(context: Context): Edit[] {
  const { syntax, module, names, prefix } = context;
  // What is left out comes first, so that nothing in it counts. What ends at a place stands before what begins there.
  const edits = dropEdits(module).concat(
    awaitEnds(syntax.awaits, prefix),
    leftOf(context).flatMap((each) => declarationEdits(each, context)),
    awaitStarts(syntax.awaits, prefix),
    syntax.uses.map((use) => useEdit(use, context)),
    renameEdits(context),
    metasOf(module).map((meta) => replace(meta, `${prefix}meta`)),
    syntax.unbound.map((range) => replace(range, `${prefix}arguments`)),
    syntax.comments.map((offset) => insert(offset, ' ')),
    referenceEdits(module, names, prefix),
  );
  return sortEdits(edits);
}

/**
 * Declares what is used of what the requests bring: the runtime makes nothing for the gaps. Bindings have no setters; what is a
 * namespace must be a constant where something assigns to it. (Where nothing does, engines read variables with fewer checks.)
 */
function importsHead(contexts: readonly Context[]): string {
  const [{ prefix, requests }] = contexts as [Context];
  const taken: string[] = [];
  for (const { uses } of contexts) {
    for (const meaning of uses.values()) {
      if ('own' in meaning) continue;
      const place = placeOf(meaning, requests);
      taken[place] = prefix + place;
    }
  }
  if (taken.length === 0) return '';
  const isAssigned = contexts.some(({ syntax: { uses, imports } }) =>
    uses.some((use) => use.isAssigned && imports[use.entry]?.name === undefined),
  );
  return `${isAssigned ? 'const' : 'var'}[${taken.join(',')}]=`;
}

/** What the module's text uses of ours besides its imports. It names no global: the module may declare the same name. */
function helpersHead({ module, names, prefix }: Context, require: string): string {
  const declarations: string[] = [];
  if (needsRuntime(module)) declarations.push(`${prefix}=${require}("${RUNTIME}")`);
  if (metasOf(module).length > 0)
    declarations.push(
      `${prefix}meta=${prefix}.meta(${JSON.stringify(virtualPath(names.name(module.path)))})`,
    );
  return declarations.length === 0 ? '' : `const ${declarations.join(',')};`;
}

/** Where `import.meta` stands that is no part of a worker's URL. */
function metasOf({ facts, targets }: Module): Range[] {
  const urls = facts.references.filter(
    ({ kind }, index) => kind === 'new Worker()' && targets[index] !== undefined,
  );
  return (facts.syntax?.metas ?? []).filter(({ start }) => !covers(urls, start));
}

const needsRuntime = (module: Module): boolean =>
  module.facts.references.some(({ kind }) => kind === 'import()' || kind === 'new Worker()') ||
  metasOf(module).length > 0 ||
  (module.facts.syntax?.awaits.some(({ form }) => form === 'for') ?? false);

/** Whether it asks for the URLs of files. */
const namesFiles = ({ facts, targets }: Module): boolean =>
  facts.references.some(({ kind }, index) => kind === 'new URL()' && targets[index] !== undefined);

function valuesHead({ module, names }: Context, require: string): string {
  const values = nodeValues(module, names, require, `${require}("${RUNTIME}").global`);
  return values.length === 0 ? '' : `var ${values.map(([name, value]) => `${name}=${value}`).join(',')};`;
}

/** White space and comments. */
const BLANK = /^(?:\s|\/\/.*(?:[\n\r\u2028\u2029]|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)*$/;

/** The source without what it imports and exports, if that is all that it does. */
function restWithoutCode({ module, syntax, uses }: Context): Piece[] | undefined {
  if (module.isBridge) return [];
  const { exports, comments } = syntax;
  if (uses.size + exports.length + comments.length > 0) return undefined;
  const left = leftOf({ module, syntax });
  if (left.some(({ form }) => form !== 'entries')) return undefined;
  const gone = [...(module.dropped ?? []), ...left].map((each) => replace(each));
  const rest = applyEdits(wholeOf(module), sortEdits(gone));
  return BLANK.test(textOf(rest, module.source)) ? rest : undefined;
}

/** A text in quotation marks that leave JSON as it is. */
const quote = (json: string): string => `'${json.replace(/['\\]/g, '\\$&')}'`;

/** What a module declares that has no code, and what else is in its source, which may be a license. */
function renderDeclaration(context: Context, rest: readonly Piece[]): Piece[] {
  const declaration = quote(declarationText([context]));
  if (textOf(rest, context.module.source).trim() === '') return [declaration];
  return enclose(`(${declaration}\n`, rest, '\n)');
}

/**
 * Modules as a generator function, or one as a text if it has no code.
 * @returns pieces of text and of the modules' sources, for each module
 */
export function renderEsFunction(shared: EsFunction, names: ModuleNames): Piece[][] {
  const contexts = contextsOf(shared, names);
  const host = contexts.at(-1) as Context;
  const rest = host.isAlone ? restWithoutCode(host) : undefined;
  return rest === undefined ? renderFunction(host, contexts) : [renderDeclaration(host, rest)];
}

function renderFunction(host: Context, contexts: readonly Context[]): Piece[][] {
  const { module, syntax, prefix } = host;
  const parameters = commonParameters(module, prefix);
  const [require] = parameters;
  const values = valuesHead(host, require);
  const helpers = helpersHead(contexts.find((each) => needsRuntime(each.module)) ?? host, require);
  const withMembers = moduleWithMembers(module, parameters);
  const usesRequire = namesFiles(module) || `${values}${helpers}`.includes(`${require}(`);
  const used = parameters.slice(0, usedParameters(syntax) || Number(usesRequire));
  const head = `function*(${used.join(',')}){"use strict";${helpers}${values}${withMembers === undefined ? '' : `${withMembers};`}`;
  const declaration = `${importsHead(contexts)}yield${declarationText(contexts)};yield;`;
  const end = module.source.endsWith('\n') ? '}' : '\n}';
  return contexts.map((context, index) => {
    const code = applyEdits(wholeOf(context.module), allEdits(context));
    const before = index === 0 ? [`${head}${declaration}\n`] : [';'];
    return [...before, ...code, ...(context === host ? [end] : [])];
  });
}

/** How many of the parameters of CommonJS the source needs. */
function usedParameters({ commonNames }: ModuleSyntax): number {
  if (commonNames.length === 0) return 0;
  return commonNames.some((name) => name !== 'require') ? 3 : 1;
}

/** Where `import.meta` stands, also where something takes its place; in strings and comments it may be anything. */
const metasIn = (source: string): Range[] =>
  [...source.matchAll(/\bimport\s*\.\s*meta\b/g)].map(({ 0: text, index }) => ({
    start: index,
    end: index + text.length,
  }));

/** The statements that were left out of a module, as they would stand in a function. */
export function renderDropped(module: Module): Piece[] {
  const prefix = prefixOf(module);
  const defaultName = `${prefix}default`;
  const { declarations, comments } = module.facts.syntax as ModuleSyntax;
  const edits = sortEdits([
    ...declarations.flatMap((each) => declarationEdits(each, { module, defaultName })),
    ...metasIn(module.source).map((meta) => replace(meta, `${prefix}meta`)),
    ...comments.map((offset) => insert(offset, ' ')),
  ]);
  return (module.dropped ?? []).flatMap((range) => [
    ...applyEdits(
      range,
      edits.filter(({ start }) => start >= range.start),
    ),
    ';',
  ]);
}

const wholeOf = ({ source }: Module): Range => ({ start: 0, end: source.length });

/**
 * What a CommonJS module that imports begins with, and its edits: what it imports runs first, as `require` would.
 * @param require name of the function's first parameter
 */
export function renderImports(module: Module, names: ModuleNames, require: string) {
  const [context] = contextsOf(functionOf(module), names) as [Context];
  const imports = `${importsHead([context])}${require}("${RUNTIME}").get(${requestsText([context])});`;
  return { head: `"use strict";${imports}${helpersHead(context, require)}`, edits: allEdits(context) };
}
