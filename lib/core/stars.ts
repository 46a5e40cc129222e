/** `export *` → the names that it stands for, where these are known before anything runs. */
import type { ModuleSyntax } from '../facts';
import type { Module } from '../model';
import { type Demand, isCommonToo, namesIn } from './demand';
import { isEsModule } from './es-module';
import type { Modules } from './reachable';
import type { InheritedName } from './strip';

/**
 * What is asked of a module that `export *` gives it; `undefined` where that cannot be told before it runs. A name of several things means nothing,
 * which only who asks for it by a namespace may find out: then the stars stay.
 */
export function namesOfStars(module: Module, asked: Demand, modules: Modules): InheritedName[] | undefined {
  const { syntax } = module.facts;
  if (syntax === undefined || syntax.stars.length === 0 || isCommonToo(module)) return undefined;
  const own = new Set([...syntax.exports, ...syntax.indirectExports].map(({ name }) => name));
  const found = new Map<string, InheritedName>();
  for (const request of syntax.stars) {
    const given = new Given(modules);
    if (!given.addFrom(targetOf(module, request, modules))) return undefined;
    const names = asked === 'all' ? [...given.names] : namesIn(asked).filter((name) => given.names.has(name));
    for (const name of names) {
      if (name === 'default' || own.has(name)) continue;
      const isDoubtful = given.repeated.has(name) || found.has(name);
      if (isDoubtful && placesOf(name, module, modules).size > 1) return undefined;
      if (!found.has(name)) found.set(name, { request, name });
    }
  }
  return [...found.values()];
}

/** Names that a module has for `export *`. */
class Given {
  readonly names = new Set<string>();
  /** Those that several modules have: perhaps they mean none of what these have. */
  readonly repeated = new Set<string>();
  private readonly seen = new Set<Module>();

  constructor(private readonly modules: Modules) {}

  /** @returns whether the names are all known: those of CommonJS show at run time */
  addFrom(module: Module | undefined): boolean {
    const syntax = module?.facts.syntax;
    if (module === undefined || syntax === undefined || !isEsModule(module)) return false;
    if (this.seen.has(module)) return true;
    this.seen.add(module);
    for (const { name } of [...syntax.exports, ...syntax.indirectExports]) {
      if (name === 'default') continue;
      if (this.names.has(name)) this.repeated.add(name);
      this.names.add(name);
    }
    return syntax.stars.every((request) => this.addFrom(targetOf(module, request, this.modules)));
  }
}

/** ECMA-262, ResolveExport(): what a name may mean. What is of no ES module counts once for each module that asks for it. */
function placesOf(
  name: string,
  module: Module,
  modules: Modules,
  places = new Set<string>(),
  seen = new Set<string>(),
): ReadonlySet<string> {
  const key = `${module.path}\n${name}`;
  const { syntax } = module.facts;
  if (syntax === undefined || seen.has(key)) return places;
  seen.add(key);
  const own = syntax.exports.find((each) => each.name === name);
  const indirect = syntax.indirectExports.find((each) => each.name === name);
  if (own) return places.add(`${module.path}\n${own.local ?? '*default*'}`);
  const follow = (request: number, theirs: string): unknown => {
    const target = targetOf(module, request, modules);
    if (target === undefined || !isEsModule(target)) return places.add(key);
    return placesOf(theirs, target, modules, places, seen);
  };
  if (indirect?.imported !== undefined) follow(indirect.request, indirect.imported);
  else if (indirect) places.add(key);
  else for (const request of syntax.stars) follow(request, name);
  return places;
}

const targetOf = ({ facts, targets }: Module, request: number, modules: Modules): Module | undefined =>
  modules.get(targets[(facts.syntax as ModuleSyntax).requests[request] as number] ?? '');
