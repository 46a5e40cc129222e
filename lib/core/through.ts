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
 * It is done where it spares some visit something (passages.ts). Else one request is shorter than several; but where modules share functions, several
 * are mostly one, so what has the names is asked then, as long as nothing else has to be.
 */
import type { ImportEntry, IndirectExport, ModuleSyntax, Reference } from '../facts';
import type { Module } from '../model';
import { type Demand, isCommonToo, namesIn, type Rule } from './demand';
import { isEsModule } from './es-module';
import type { Modules } from './reachable';
import { namesOf, namesOfStars, targetOf } from './stars';

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
  /** It is to be taken even if it spares no visit any of them. */
  isDirect: boolean;
}

/** Names the passages of a module through another one. */
export const passageKey = (module: string, index: string): string => `${module}\n${index}`;

/** A name where it is declared, or where the way to that ends. */
interface Place {
  path: string;
  name: string;
}

/** How to get to the place of a name. */
interface Way {
  place: Place;
  /** Paths of the modules that hand it on, and may be passed. */
  passed: readonly string[];
}

/** The ways of names through modules that hand them on. Each is looked for once. */
export class Ways {
  private readonly known = new Map<Module, Map<string, Way | undefined>>();
  /** By module, where the names lead that it is asked for, as far as these modules may be spared. */
  private readonly asked = new Map<Module, readonly string[]>();

  /** @param askedOf what all together ask of the module at a path */
  constructor(
    private readonly modules: Modules,
    private readonly rule: Pick<Rule, 'mayPass' | 'maySpare' | 'goesDirectly'>,
    private readonly askedOf: (path: string) => Demand,
  ) {}

  /** @param module without what nobody needs of it */
  passagesOf(module: Module): Passage[] {
    const { syntax, references } = module.facts;
    if (syntax === undefined || !isEsModule(module) || isCommonToo(module)) return [];
    const passages: Passage[] = [];
    const asked = namesByRequest(syntax);
    const pathOf = (request: number): string => module.targets[syntax.requests[request] as number] ?? '';
    // Of several requests of one module, all pass it or none.
    const together = new Map<string, Set<string>>();
    for (const [request, names] of asked) {
      const others = together.get(pathOf(request)) ?? [];
      together.set(pathOf(request), new Set([...others, ...names]));
    }
    syntax.requests.forEach((reference, request) => {
      const names = asked.has(request) ? together.get(pathOf(request)) : undefined;
      const index = this.modules.get(pathOf(request));
      if (!names || !index || index.path === module.path || !isPlain(references[reference])) return;
      const passage = this.rule.mayPass(index) ? this.passageThrough(index, [...names]) : undefined;
      if (passage) passages.push({ request, ...passage });
    });
    return passages;
  }

  private passageThrough(index: Module, names: readonly string[]): Omit<Passage, 'request'> | undefined {
    const ways = names.map((name) => this.follow(index, name));
    const paths = new Set(ways.map((way) => way?.place.path));
    if (paths.has(undefined) || paths.has(index.path)) return undefined;
    const spared = this.behind(index).filter((path) => !paths.has(path));
    if (spared.length === 0 && !this.rule.goesDirectly) return undefined;
    const passed = new Set(ways.flatMap((way) => way?.passed ?? []));
    const targets = this.requestsOf(index, paths, passed);
    if (targets === undefined) return undefined;
    const isDirect = this.rule.goesDirectly && targets.length === paths.size;
    if (spared.length === 0 && !isDirect) return undefined;
    const places = names.map((name, number) => {
      const { place } = ways[number] as Way;
      return [name, targets.indexOf(place.path), place.name] as const;
    });
    if (places.some(([, target]) => target < 0)) return undefined;
    return { index: index.path, targets, names: places, spared, isDirect };
  }

  /** ECMA-262, ResolveExport(), up to the first module that has to run; `undefined` where that cannot be told. */
  private follow(module: Module, name: string): Way | undefined {
    let known = this.known.get(module);
    if (known === undefined) {
      known = new Map();
      this.known.set(module, known);
    }
    if (known.has(name)) return known.get(name);
    // Who comes here again goes round in a circle.
    known.set(name, undefined);
    const way = this.findWay(module, name);
    known.set(name, way);
    return way;
  }

  private findWay(module: Module, name: string): Way | undefined {
    const here = { place: { path: module.path, name }, passed: [] };
    const syntax = module.facts.syntax as ModuleSyntax;
    const { own, indirect } = namesOf(syntax);
    if (own.has(name)) return here;
    const handed = indirect.get(name) ?? this.inherited(module, name);
    if (handed === undefined) return undefined;
    const target = targetOf(module, handed.request, this.modules);
    // What CommonJS has depends on who asks.
    if (handed.imported === undefined || target === undefined || !isEsModule(target)) return here;
    const way = this.rule.mayPass(target)
      ? this.follow(target, handed.imported)
      : { place: { path: target.path, name: handed.imported }, passed: [] };
    return way && { place: way.place, passed: [module.path, ...way.passed] };
  }

  private inherited(module: Module, name: string): Pick<IndirectExport, 'request' | 'imported'> | undefined {
    if (module.facts.syntax?.stars.length === 0) return undefined;
    const names = namesOfStars(module, new Set([name]), this.modules);
    const found = names?.find((each) => each.name === name);
    return found && { request: found.request, imported: name };
  }

  /** Where the names lead that a module is asked for, as far as these modules may be spared. */
  private behind(index: Module): readonly string[] {
    const known = this.asked.get(index);
    if (known) return known;
    const asked = this.askedOf(index.path);
    const { own, indirect } = namesOf(index.facts.syntax as ModuleSyntax);
    const names = asked === 'all' ? [...own.keys(), ...indirect.keys()] : namesIn(asked);
    const places = new Set(names.flatMap((name) => this.follow(index, name)?.place.path ?? []));
    const paths = [...places].filter((path) => this.rule.maySpare(this.modules.get(path) as Module));
    this.asked.set(index, paths);
    return paths;
  }

  /** What has to be requested in the place of a module, in order; `undefined` where that is more than scripts. */
  private requestsOf(
    index: Module,
    wanted: ReadonlySet<string | undefined>,
    passed: ReadonlySet<string>,
  ): string[] | undefined {
    const found = new Set<string>();
    const seen = new Set<string>();
    const visit = (module: Module): boolean => {
      if (seen.has(module.path)) return true;
      seen.add(module.path);
      const { requests } = module.facts.syntax as ModuleSyntax;
      return requests.every((reference, request) => {
        const target = targetOf(module, request, this.modules);
        if (!isPlain(module.facts.references[reference])) return false;
        if (target === undefined) return true;
        if (target.facts.style !== undefined || target.asset !== undefined) return false;
        const isPassed = passed.has(target.path);
        if (isPassed && !visit(target)) return false;
        if (wanted.has(target.path) || !(isPassed || this.rule.maySpare(target))) found.add(target.path);
        return true;
      });
    };
    return visit(index) ? [...found] : undefined;
  }
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
