/** What of a module matters to others: its edges, what it imports, uses and exports. Its text and its places do not. */
import type { ModuleSyntax, StyleFacts } from '../facts';
import type { Module } from '../model';
import { rangeAt } from '../ranges';
import { constantsIn } from './constants';
import { describeMembers } from './members';
import { isWithin, partsIn } from './parts';
import { isDefaultNamed } from './still';

function syntaxShape(syntax: ModuleSyntax | undefined) {
  return (
    syntax && [
      syntax.requests,
      syntax.imports.map(({ request, name }) => [request, name]),
      syntax.exports.map(({ name, local }) => [name, local]),
      syntax.indirectExports.map(({ request, name, imported }) => [request, name, imported]),
      syntax.stars,
      usesOf(syntax),
      syntax.parts?.mentioned,
      syntax.parts?.isAll,
      syntax.parts?.effectless,
      syntax.parts?.list.map(({ names, uses, isFunction }) => [names, uses, isFunction]),
      syntax.awaits.length > 0,
      syntax.metas.length > 0,
      syntax.commonNames,
    ]
  );
}

/** Which imports each part uses, and the rest, in no order. */
function usesOf(syntax: ModuleSyntax): string[] {
  const parts = partsIn(syntax);
  const dead = syntax.parts?.dead ?? [];
  const texts = syntax.uses.map(
    ({ entry, member, start }) =>
      `${isWithin(dead, start)} ${rangeAt(parts, start)} ${entry} ${member ?? ''}`,
  );
  return [...new Set(texts)].sort();
}

/** How many places it has in the order of styles, and what may stand beside it there; what it exports, and takes over from others. */
const styleShape = (style: StyleFacts | undefined) =>
  style && [style.heads.map(({ isImport }) => isImport), style.isEmpty, style.isAlone, style.names];

function shapeOf(module: Module): string {
  const { facts, targets, mains, runtime, isNodeModule, isPure, input, asset, dependencies, matched } =
    module;
  const references = facts.references.map(
    ({ kind, specifier, optional, attributes, wrappers, start }, index) => [
      kind,
      specifier,
      optional,
      attributes,
      wrappers,
      targets[index],
      rangeAt(partsIn(facts.syntax), start),
    ],
  );
  const hasMap = input?.map !== undefined;
  return JSON.stringify([
    references,
    mains,
    module.shims,
    module.bufferIfThere,
    facts.nodeGlobals.includes('global'),
    runtime,
    isNodeModule,
    isPure,
    hasMap,
    asset?.extension,
    dependencies,
    matched,
    styleShape(facts.style),
    syntaxShape(facts.syntax),
    [...constantsIn(module)],
    isDefaultNamed(module),
    describeMembers(module),
  ]);
}

/** Whether one module can take the other's place in a graph that has been linked and split. */
export const isSameShape = (a: Module, b: Module): boolean => a === b || shapeOf(a) === shapeOf(b);

/** Whether two modules of the same shape were made from the same text. */
export const isSameText = (a: Module, b: Module): boolean =>
  a.facts === b.facts &&
  a.dataUrl === b.dataUrl &&
  a.source === b.source &&
  a.asset?.bytes === b.asset?.bytes;
