/** `export *` → the names that it stands for, where these are known before anything runs. */
import type { ModuleSyntax } from '../facts';
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

/** What a name is, as a module has it. */
interface Resolution {
  /** Where that is declared. What is of no ES module counts once for each module that asks for it. */
  places: ReadonlySet<string>;
  /** The star that leads there in the fewest steps: so no two modules send who asks for it to each other. */
  request: number | undefined;
}

/** ECMA-262, ResolveExport(), breadth first. */
function resolve(name: string, heir: Module, modules: Modules): Resolution {
  const places = new Set<string>();
  const seen = new Set<string>();
  let first: number | undefined;
  const line: { module: Module; name: string; star: number | undefined }[] = [
    { module: heir, name, star: undefined },
  ];
  for (const { module, name: here, star } of line) {
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
      else line.push({ module: target, name: theirs, star: star ?? request });
    };
    const own = syntax.exports.find((each) => each.name === here);
    const indirect = syntax.indirectExports.find((each) => each.name === here);
    if (own) declare(`${module.path}\n${own.local ?? '*default*'}`);
    else if (indirect?.imported !== undefined) follow(indirect.request, indirect.imported);
    else if (indirect) declare(key);
    else if (here !== 'default') for (const request of syntax.stars) follow(request, here);
  }
  return { places, request: first };
}

const targetOf = ({ facts, targets }: Module, request: number, modules: Modules): Module | undefined =>
  modules.get(targets[(facts.syntax as ModuleSyntax).requests[request] as number] ?? '');
