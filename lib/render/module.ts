/** One module → the text of its function, with references replaced by ids exactly at their ranges. */

import { isEsModule } from '../core/es-module';
import { isStyle } from '../core/kinds';
import type { StyleName } from '../facts';
import type { Module } from '../model';
import { applyEdits, enclose, type Piece, sortEdits } from './edits';
import { renderEsFunction, renderImports } from './esm';
import { type EsFunction, functionOf } from './esm-context';
import {
  type CommonParameters,
  commonParameters,
  type ModuleNames,
  moduleWithMembers,
  nodeValues,
  prefixOf,
  RUNTIME,
  referenceEdits,
  requiresAsNode,
} from './references';

export type { ModuleNames } from './references';

/** A parameter of the inner function and the expression passed for it. */
function innerParameters(
  module: Module,
  names: ModuleNames,
  prefix: string,
  parameters: CommonParameters,
): [name: string, argument: string][] {
  const [require, own] = parameters;
  const { references, syntax } = module.facts;
  const list = nodeValues(module, names, require, names.global);
  const runtime = `${require}("${RUNTIME}")`;
  if (syntax === undefined && references.some(({ kind }) => kind === 'import()'))
    list.push([prefix, runtime]);
  const withMembers = moduleWithMembers(module, parameters);
  if (withMembers !== undefined) list.push([own, withMembers]);
  if (requiresAsNode(module, names)) list.push([require, `${runtime}.nodeRequire(${require})`]);
  return list;
}

/**
 * The source stands between line ends of its own, so that a trailing comment cannot swallow the brace. What it needs
 * of Node is passed to a function around it, as browserify does: declarations and directives keep their meaning.
 */
function renderCommonModule(module: Module, names: ModuleNames): Piece[] {
  const prefix = prefixOf(module);
  const parameters = commonParameters(module, prefix);
  const [require] = parameters;
  const { head, edits } = module.facts.syntax
    ? renderImports(module, names, require)
    : { head: '', edits: sortEdits(referenceEdits(module, names, prefix)) };
  const code = applyEdits({ start: 0, end: module.source.length }, edits);
  const end = module.source.endsWith('\n') ? '}' : '\n}';
  const list = innerParameters(module, names, prefix, parameters);
  const outer = `function(${parameters.join(',')}){`;
  if (list.length === 0) return enclose(`${outer}${head}\n`, code, end);
  const inner = list.map(([name]) => name).join(',');
  const passed = list.map(([, argument]) => argument).join(',');
  return enclose(`${outer}(function(${inner}){${head}\n`, code, `${end}).call(this,${passed});}`);
}

/** What scripts get of a style: its names, where it has some. Those that it takes over from others are theirs to say. */
function renderStyleNames({ facts, targets }: Module, names: ModuleNames): Piece[] {
  const own = Object.entries(facts.style?.names ?? {});
  if (facts.style?.names === undefined) return ['function(){}'];
  const partText = (part: StyleName): string => {
    if (typeof part === 'string') return JSON.stringify(part);
    const [reference, name] = part;
    return `require(${JSON.stringify(names.id(targets[reference] as string))})[${JSON.stringify(name)}]`;
  };
  const values = own.map(([name, parts]) => {
    // An object literal would understand `__proto__` otherwise.
    const key = name === '__proto__' ? '["__proto__"]' : JSON.stringify(name);
    return `${key}:${parts.map(partText).join('+" "+').replaceAll('"+" "+"', ' ')}`;
  });
  return [`function(require,module){module.exports={${values.join(',')}}}`];
}

/** The value of the module's property. */
function renderValue(module: Module, names: ModuleNames): Piece[] {
  if (isStyle(module)) return renderStyleNames(module, names);
  if (!isEsModule(module)) return renderCommonModule(module, names);
  return renderEsFunction(functionOf(module), names).flat();
}

const asProperty = ({ path }: Module, names: ModuleNames, value: readonly Piece[]): Piece[] =>
  enclose(`${JSON.stringify(names.id(path))}:`, value);

/**
 * The module as one property of a bundle's object: `"id":function(require,module,exports){…}`; for an ES module
 * `"id":function*(){…}`, or `"id":'…'` if it has no code.
 * @returns pieces of text and of the module's source
 */
export const renderModule = (module: Module, names: ModuleNames): Piece[] =>
  asProperty(module, names, renderValue(module, names));

/** The same for ES modules that share a function. @returns the pieces of each */
export function renderShared(shared: EsFunction, names: ModuleNames): Piece[][] {
  const [first, ...others] = renderEsFunction(shared, names) as [Piece[], ...Piece[][]];
  return [asProperty(shared.members.at(-1) as Module, names, first), ...others];
}
