/** `export *` → the names that it stands for, where these are known before anything runs. */
import type { IndirectExport, LocalExport, ModuleSyntax } from '../facts';
import type { Module } from '../model';
import { type Demand, isCommonToo, namesIn } from './demand';
import { isEsModule } from './es-module';
import type { Modules } from './reachable';
import type { InheritedName } from './strip';

/**
 * What is asked of a module that `export *` gives it; `undefined` where that cannot be told before it runs: of stars that lead back to the
 * module, and of a name that is several things, and so is nothing to who asks a namespace for it.
 */
export function namesOfStars(module: Module, asked: Demand, modules: Modules): InheritedName[] | undefined {
  const { syntax } = module.facts;
  if (syntax === undefined || syntax.stars.length === 0 || isCommonToo(module)) return undefined;
  const own = new Set([...syntax.exports, ...syntax.indirectExports].map(({ name }) => name));
  const found = new Map<string, InheritedName>();
  const doubtful = new Set<string>();
  for (const request of syntax.stars) {
    const given = givenBy(targetOf(module, request, modules), module, modules);
    if (given === undefined) return undefined;
    const names = asked === 'all' ? [...given.names] : namesIn(asked).filter((name) => given.names.has(name));
    for (const name of names) {
      if (name === 'default' || own.has(name)) continue;
      if (given.repeated.has(name) || found.has(name)) doubtful.add(name);
      found.set(name, { request, name });
    }
  }
  for (const name of doubtful) {
    const { places, request } = resolve(name, module, modules);
    if (places.size > 1) return undefined;
    if (request === undefined) found.delete(name);
    else found.set(name, { request, name });
  }
  return [...found.values()];
}

/** Names that a module has for `export *`. */
interface Given {
  names: ReadonlySet<string>;
  /** Those that several modules have: perhaps they mean none of what these have. */
  repeated: ReadonlySet<string>;
}

/** What a star gives its heir, if that is all known: names of CommonJS show at run time. */
function givenBy(star: Module | undefined, heir: Module, modules: Modules): Given | undefined {
  const names = new Set<string>();
  const repeated = new Set<string>();
  const line = new Set([star]);
  for (const module of line) {
    const syntax = module?.facts.syntax;
    if (module === undefined || module === heir || syntax === undefined || !isEsModule(module))
      return undefined;
    for (const { name } of [...syntax.exports, ...syntax.indirectExports]) {
      if (name === 'default') continue;
      if (names.has(name)) repeated.add(name);
      names.add(name);
    }
    for (const request of syntax.stars) line.add(targetOf(module, request, modules));
  }
  return { names, repeated };
}

/** The exports of a module, by name. */
interface Names {
  own: ReadonlyMap<string, LocalExport>;
  indirect: ReadonlyMap<string, IndirectExport>;
}

/** Asked for again and again. */
const namesBySyntax = new WeakMap<ModuleSyntax, Names>();

export function namesOf(syntax: ModuleSyntax): Names {
  const known = namesBySyntax.get(syntax);
  if (known) return known;
  const names = {
    own: new Map(syntax.exports.map((each) => [each.name, each])),
    indirect: new Map(syntax.indirectExports.map((each) => [each.name, each])),
  };
  namesBySyntax.set(syntax, names);
  return names;
}

/** Where a name is declared, and as what: `undefined` is the default export that has no name in the source. */
export interface Declared {
  /** The modules that hand the name on, and the one that declares it. */
  way: readonly Module[];
  local: string | undefined;
}

/** Where a name is declared that a module exports; `undefined` where it is several things, a namespace, or of no ES module. */
export function declarationOf(name: string, module: Module, modules: Modules): Declared | undefined {
  const { places, declared } = resolve(name, module, modules);
  return places.size === 1 ? declared : undefined;
}

/** What a name is, as a module has it. */
interface Resolution {
  /** Where that is declared. What is of no ES module counts once for each module that asks for it. */
  places: ReadonlySet<string>;
  /** The first of them that is an export of its own. */
  declared: Declared | undefined;
  /** The star that leads there in the fewest steps: so no two modules send who asks for it to each other. */
  request: number | undefined;
}

/** ECMA-262, ResolveExport(), breadth first. */
function resolve(name: string, heir: Module, modules: Modules): Resolution {
  const places = new Set<string>();
  const seen = new Set<string>();
  let first: number | undefined;
  let declared: Declared | undefined;
  const line: { way: readonly Module[]; name: string; star: number | undefined }[] = [
    { way: [heir], name, star: undefined },
  ];
  for (const { way, name: here, star } of line) {
    const module = way.at(-1) as Module;
    const key = `${module.path}\n${here}`;
    const { syntax } = module.facts;
    if (syntax === undefined || seen.has(key)) continue;
    seen.add(key);
    const declare = (place: string): void => {
      places.add(place);
      first ??= star;
    };
    const follow = (request: number, theirs: string): void => {
      const target = targetOf(module, request, modules);
      if (target === undefined || !isEsModule(target)) declare(key);
      else line.push({ way: [...way, target], name: theirs, star: star ?? request });
    };
    const own = namesOf(syntax).own.get(here);
    const indirect = namesOf(syntax).indirect.get(here);
    if (own) {
      declare(`${module.path}\n${own.local ?? '*default*'}`);
      declared ??= { way, local: own.local };
    } else if (indirect?.imported !== undefined) follow(indirect.request, indirect.imported);
    else if (indirect) declare(key);
    else if (here !== 'default') for (const request of syntax.stars) follow(request, here);
  }
  return { places, declared, request: first };
}

/** The module that a request of an ES module means. */
export const targetOf = ({ facts, targets }: Module, request: number, modules: Modules): Module | undefined =>
  modules.get(targets[(facts.syntax as ModuleSyntax).requests[request] as number] ?? '');
