/**
 * Imports of what a module hands on of others → imports of those.
 *
 *     // page.js                              // index.js
 *     import { a } from './index.js';         export { a } from './a.js';
 *     a();                                    export { b } from './b.js';   ← what another page asks for
 *
 * A module leads to all that anybody asks it for. So whoever imports one name of an index would have what others import of it, and the page
 * would load that. Where nothing is lost if an index does not run, who imports of it requests in its place, and in their order, the modules that have
 * the names, and those behind it that do something when they run: in every visit, these run in the order in which they did. What this spares
 * runs in none of its visits, or only declares (`idle.ts`), or has promised that nobody misses it.
 *
 * It is done where it spares some visit something (passages.ts). Else one request is shorter than several.
 */
import type { ImportEntry, IndirectExport, ModuleSyntax, Reference } from '../facts';
import type { Module } from '../model';
import { type Demand, isCommonToo, namesIn, type Rule } from './demand';
import { isEsModule } from './es-module';
import type { Modules } from './reachable';
import { namesOfStars } from './stars';

/** What a module requests in the place of another one. */
export interface Passage {
  /** Index into its requests. */
  request: number;
  /** Path of that one. */
  index: string;
  /** Paths, in order. */
  targets: readonly string[];
  /** For each name that it asks of the request: which of the targets has it, and under which name. */
  names: readonly (readonly [name: string, target: number, theirs: string])[];
  /** Paths of modules that others ask the other one for. */
  spared: readonly string[];
}

/** Names the passages of a module through another one. */
export const passageKey = (module: string, index: string): string => `${module}\n${index}`;

/** What has to be known of other modules. */
export interface Surroundings {
  modules: Modules;
  rule: Pick<Rule, 'isPure' | 'mayPass'>;
  /** What all together ask of a module. */
  askedOf(path: string): Demand;
}

/** A name where it is declared, or where the way to that ends. */
interface Place {
  path: string;
  name: string;
}

/** @param module without what nobody needs of it */
export function findPassages(module: Module, around: Surroundings): Passage[] {
  const { syntax, references } = module.facts;
  if (syntax === undefined || !isEsModule(module) || isCommonToo(module)) return [];
  const passages: Passage[] = [];
  const asked = namesByRequest(syntax);
  syntax.requests.forEach((index, request) => {
    const names = asked.get(request);
    const target = around.modules.get(module.targets[index] ?? '');
    if (!names || !target || target.path === module.path || !isPlain(references[index])) return;
    const passage = around.rule.mayPass(target) ? passageThrough(target, [...names], around) : undefined;
    if (passage) passages.push({ request, ...passage });
  });
  return passages;
}

const isPlain = (reference: Reference | undefined): boolean =>
  reference?.kind === 'import' && reference.pattern === undefined && reference.provides === undefined;

/** Requests of which names are asked, with these; not those whose namespace is. */
function namesByRequest({ imports, indirectExports, stars }: ModuleSyntax): Map<number, Set<string>> {
  const found = new Map<number, Set<string>>();
  const whole = new Set(stars);
  const add = (request: number, name: string | undefined): void => {
    if (name === undefined) whole.add(request);
    else found.set(request, (found.get(request) ?? new Set()).add(name));
  };
  for (const { request, name } of imports) add(request, name);
  for (const { request, imported } of indirectExports) add(request, imported);
  for (const request of whole) found.delete(request);
  return found;
}

function passageThrough(
  index: Module,
  names: readonly string[],
  around: Surroundings,
): Omit<Passage, 'request'> | undefined {
  const ways = new Ways(around);
  const places = names.map((name) => ways.follow(index, name));
  const paths = new Set(places.map((place) => place?.path));
  if (paths.has(undefined) || paths.has(index.path)) return undefined;
  const spared = sparedBehind(index, paths, around);
  if (spared.length === 0) return undefined;
  const targets = ways.requestsOf(index, paths);
  if (targets === undefined) return undefined;
  const passed = names.map((name, number) => {
    const place = places[number] as Place;
    return [name, targets.indexOf(place.path), place.name] as const;
  });
  if (passed.some(([, target]) => target < 0)) return undefined;
  return { index: index.path, targets, names: passed, spared };
}

/** Where the names lead that others ask an index for. */
function sparedBehind(index: Module, paths: ReadonlySet<string | undefined>, around: Surroundings): string[] {
  const asked = around.askedOf(index.path);
  const { exports, indirectExports } = index.facts.syntax as ModuleSyntax;
  const names = asked === 'all' ? [...exports, ...indirectExports].map(({ name }) => name) : namesIn(asked);
  const others = new Set(names.map((name) => new Ways(around).follow(index, name)?.path));
  return [...others].filter((path): path is string => path !== undefined && !paths.has(path));
}

/** The ways of names through modules that hand them on. */
class Ways {
  /** Paths of the modules on them. */
  private readonly passed = new Set<string>();

  constructor(private readonly around: Surroundings) {}

  /** ECMA-262, ResolveExport(), up to the first module that has to run; `undefined` where that cannot be told. */
  follow(module: Module, name: string, seen = new Set<string>()): Place | undefined {
    const here = { path: module.path, name };
    const { exports, indirectExports, stars } = module.facts.syntax as ModuleSyntax;
    if (exports.some((each) => each.name === name)) return here;
    const key = `${module.path}\n${name}`;
    if (seen.has(key)) return undefined;
    seen.add(key);
    const indirect = indirectExports.find((each) => each.name === name);
    if (indirect !== undefined && indirect.imported === undefined) return here;
    const star =
      indirect || stars.length === 0
        ? undefined
        : namesOfStars(module, new Set([name]), this.around.modules)?.find((each) => each.name === name);
    const request = indirect?.request ?? star?.request;
    if (request === undefined) return undefined;
    const target = targetOf(module, request, this.around.modules);
    // What CommonJS has depends on who asks.
    if (target === undefined || !isEsModule(target)) return here;
    const theirs = indirect?.imported ?? name;
    this.passed.add(module.path);
    return this.around.rule.mayPass(target)
      ? this.follow(target, theirs, seen)
      : { path: target.path, name: theirs };
  }

  /** What has to be requested in the place of a module, in order; `undefined` where that is more than scripts. */
  requestsOf(index: Module, wanted: ReadonlySet<string | undefined>): string[] | undefined {
    const found = new Set<string>();
    const seen = new Set<string>();
    const visit = (module: Module): boolean => {
      if (seen.has(module.path)) return true;
      seen.add(module.path);
      const { requests } = module.facts.syntax as ModuleSyntax;
      return requests.every((reference, request) => {
        const target = targetOf(module, request, this.around.modules);
        if (!isPlain(module.facts.references[reference])) return false;
        if (target === undefined) return true;
        if (target.facts.style !== undefined || target.asset !== undefined) return false;
        const isPassed = this.passed.has(target.path);
        if (isPassed && !visit(target)) return false;
        if (wanted.has(target.path) || !(isPassed || this.around.rule.isPure(target))) found.add(target.path);
        return true;
      });
    };
    return visit(index) ? [...found] : undefined;
  }
}

const targetOf = ({ facts, targets }: Module, request: number, modules: Modules): Module | undefined =>
  modules.get(targets[(facts.syntax as ModuleSyntax).requests[request] as number] ?? '');

/** The module with other requests in the place of some. */
export function passThrough(module: Module, passages: readonly Passage[]): Module {
  const syntax = module.facts.syntax as ModuleSyntax;
  const byRequest = new Map(passages.map((passage) => [passage.request, passage]));
  const references = module.facts.references.slice();
  const targets = module.targets.slice();
  const requests: number[] = [];
  /** For each request, the number of the first in its place. */
  const numbers = syntax.requests.map((index, request) => {
    const first = requests.length;
    const passage = byRequest.get(request);
    if (passage === undefined) requests.push(index);
    else {
      targets[index] = undefined;
      const { specifier, start, end } = references[index] as Reference;
      for (const target of passage.targets) {
        requests.push(references.push({ kind: 'import', specifier, start, end, optional: false }) - 1);
        targets.push(target);
      }
    }
    return first;
  });
  const move = (request: number, name: string | undefined): [request: number, name: string | undefined] => {
    const first = numbers[request] as number;
    const [, target, theirs] = byRequest.get(request)?.names.find(([own]) => own === name) ?? [name, 0, name];
    return [first + target, theirs];
  };
  const moved: ModuleSyntax = {
    ...syntax,
    requests,
    imports: syntax.imports.map((entry): ImportEntry => {
      const [request, name] = move(entry.request, entry.name);
      return { ...entry, request, name };
    }),
    indirectExports: syntax.indirectExports.map((entry): IndirectExport => {
      const [request, imported] = move(entry.request, entry.imported);
      return { ...entry, request, imported };
    }),
    stars: syntax.stars.map((request) => numbers[request] as number),
  };
  return { ...module, targets, facts: { ...module.facts, references, syntax: moved } };
}
