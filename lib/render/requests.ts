/** What an ES module asks of others. */
import type { ModuleSyntax } from '../facts';
import type { Module } from '../model';
import type { ModuleNames } from './references';

/** The requests of a module: each target once, without styles, and after them the namespaces that are used as values. */
export interface Requests {
  /** Paths. */
  targets: string[];
  /** Index into `targets` for each of `syntax.requests`; -1 for styles. */
  targetOf: number[];
  /** Indices into `targets`. */
  namespaces: number[];
}

export function collectRequests(
  { targets }: Module,
  syntax: ModuleSyntax,
  used: ReadonlySet<number>,
  names: ModuleNames,
): Requests {
  const paths = syntax.requests.map((reference) => targets[reference] as string);
  const unique = [...new Set(paths)].filter((path) => !names.isPlainStyle(path));
  const targetOf = paths.map((path) => unique.indexOf(path));
  const wholes = syntax.imports.filter(({ name }, index) => name === undefined && used.has(index));
  const namespaces = [...new Set(wholes.map(({ request }) => targetOf[request] as number))];
  return { targets: unique, targetOf, namespaces };
}
