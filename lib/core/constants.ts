/**
 * Imports that always have the same value, such as a flag that a package has set for production:
 *
 *     // flags.js                     // main.js
 *     export const DEV = false;       import { DEV } from './flags.js';
 *                                     if (DEV) check();   ← never runs
 *
 * Where nobody can tell, the value stands in place of the name: what only dead code asks for is not asked for, and nobody asks for the
 * constant. An import has its value once the module that declares it has run, so that must have been before (`before-cycles.ts`).
 */
import { decoded } from '../escaped-names';
import type {
  Constant,
  ImportEntry,
  ModuleFacts,
  ModuleSyntax,
  Part,
  Reference,
  Replacement,
} from '../facts';
import type { KnownImports } from '../known-imports';
import type { Module } from '../model';
import { BeforeCycles } from './before-cycles';
import { constantValue } from './constant-value';
import { Effectless } from './effectless';
import { isEsModule } from './es-module';
import type { NumberedModules } from './graph';
import { isWithin, partsIn } from './parts';
import type { Modules } from './reachable';
import { declarationOf, namesOf, targetOf } from './stars';

/** Reads a module once more, now that some of its imports are known; `undefined` where that cannot be done. */
export type Reread = (module: Module, known: KnownImports) => ModuleFacts | undefined;

/** A longer text would not be shorter than a name. */
const LONGEST = 12;

/** A statement that says what its only name is, once and for all. */
const DECLARED = /^(?:export\s+default\s+|(?:export\s+)?(const|let|var)\s+[\w$]+\s*=\s*)([^;]+?)\s*;?$/;

function constantIn(module: Module, { start, end, names }: Part): Constant | undefined {
  // Hardly a declaration is that short.
  if (names.length > 1 || end - start > 200) return undefined;
  const { source, facts } = module;
  const [, word, text] = DECLARED.exec(replaced(source, facts.replacements, start, end)) ?? [];
  const value = text === undefined ? undefined : constantValue(text);
  if (value === undefined || String(value).length > LONGEST) return undefined;
  return word === 'let' || word === 'var' ? onlyValue(value, names[0] as string, module) : value;
}

/** The value of a variable; unless the word stands somewhere else as well, where the variable may be written to. */
function onlyValue(value: Constant, name: string, { source, facts }: Module): Constant | undefined {
  const word = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g');
  const words = [...source.matchAll(word)];
  // Some may be written with escapes.
  if (source.includes('\\u') && decoded(source).match(word)?.length !== words.length) return undefined;
  const entries = facts.syntax?.declarations.filter(({ form }) => form === 'entries') ?? [];
  const others = words.filter(({ index }) => !isWithin(entries, index));
  return others.length === 1 ? value : undefined;
}

/** Of a source from one offset to another, what it is with its replacements. */
function replaced(source: string, all: readonly Replacement[], start: number, end: number): string {
  let at = start;
  let text = '';
  for (const each of all) {
    if (each.start < start || each.end > end) continue;
    text += source.slice(at, each.start) + each.text;
    at = each.end;
  }
  return text + source.slice(at, end);
}

/** By facts, the constants of a module: by local name, `''` is the default export without one. */
const constantsBySyntax = new WeakMap<ModuleSyntax, ReadonlyMap<string, Constant>>();

const NONE: ReadonlyMap<string, Constant> = new Map();

/** What of a module's own always has the same value. */
export function constantsIn(module: Module): ReadonlyMap<string, Constant> {
  const { syntax } = module.facts;
  if (syntax === undefined || !isEsModule(module)) return NONE;
  const known = constantsBySyntax.get(syntax);
  if (known) return known;
  const found = new Map<string, Constant>();
  for (const part of partsIn(syntax)) {
    const value = constantIn(module, part);
    if (value !== undefined) found.set(part.names[0] as string, value);
  }
  constantsBySyntax.set(syntax, found);
  return found;
}

/** A constant, and the path of the module that declares it. */
interface Found {
  path: string;
  value: Constant;
}

/** Knows for each module which of its imports are constants. */
class Imports {
  private order: BeforeCycles | undefined;
  private readonly effectless: Effectless;
  private readonly known = new Map<Module, Map<string, Found | undefined>>();

  /** @param isPure whether a module is left out where nobody asks for its names */
  constructor(
    private readonly modules: Modules,
    private readonly program: NumberedModules,
    private readonly isPure: (module: Module) => boolean,
  ) {
    this.effectless = new Effectless(modules, program.modules, () => this.orderOf());
  }

  knownTo(module: Module): KnownImports | undefined {
    const { syntax } = module.facts;
    if (syntax === undefined || !isEsModule(module)) return undefined;
    const found = new Map<string, Constant>();
    const note = (key: string, entry: ImportEntry, name: string | undefined): void => {
      const value = name === undefined || found.has(key) ? undefined : this.valueOf(module, entry, name);
      if (value !== undefined) found.set(key, value);
    };
    for (const entry of syntax.imports) if (entry.name !== undefined) note(entry.local, entry, entry.name);
    for (const { entry: index, member } of syntax.uses) {
      const entry = syntax.imports[index] as ImportEntry;
      if (entry.name === undefined && member !== undefined) note(`${entry.local}.${member}`, entry, member);
    }
    const effectless = this.effectless.knownTo(module);
    if (found.size === 0 && effectless.length === 0) return undefined;
    return { values: Object.fromEntries(found), effectless };
  }

  private orderOf(): BeforeCycles {
    this.order ??= new BeforeCycles(this.program);
    return this.order;
  }

  private valueOf(importer: Module, { request }: ImportEntry, name: string): Constant | undefined {
    const target = targetOf(importer, request, this.modules);
    const found = target && this.find(target, name);
    if (found === undefined) return undefined;
    return this.orderOf().has(found.path, importer.path) ? found.value : undefined;
  }

  private find(module: Module, name: string): Found | undefined {
    const names = this.known.get(module) ?? new Map();
    this.known.set(module, names);
    if (!names.has(name)) names.set(name, this.follow(module, name));
    return names.get(name);
  }

  private follow(module: Module, name: string): Found | undefined {
    const own = module.facts.syntax && namesOf(module.facts.syntax).own.get(name);
    // Hardly any is.
    if (own && !constantsIn(module).has(own.local ?? '')) return undefined;
    const { way, local } = declarationOf(name, module, this.modules) ?? { way: [] };
    const last = way.at(-1);
    const value = last && constantsIn(last).get(local ?? '');
    return last && value !== undefined && this.mayBeMissed(way) ? { path: last.path, value } : undefined;
  }

  /** Whether all that has effects runs although nobody asks for a name any more. */
  private mayBeMissed(way: readonly Module[]): boolean {
    const first = way.findIndex(this.isPure);
    const missed = first < 0 ? [] : way.slice(first);
    return (
      missed.every(this.isPure) &&
      missed
        .slice(-1)
        .flatMap((last) => targetsOf(last, this.modules))
        .every(this.isPure)
    );
  }
}

/** The modules that a module imports. */
const targetsOf = ({ facts: { syntax }, targets }: Module, modules: Modules): Module[] =>
  (syntax?.requests ?? []).flatMap((reference) => modules.get(targets[reference] ?? '') ?? []);

/** A module that knows some of its imports. */
interface Learned {
  known: KnownImports;
  reread: Reread;
}

/** By what modules are now; where one could not be read, it is as it was. */
const learned = new WeakMap<Module, Learned>();

/** What each module was made into last. */
const made = new WeakMap<Module, Module>();

/**
 * The modules that import constants, by path, each with these in place of their names. A module comes out as the same object while it knows
 * the same.
 */
export function learnConstants(
  modules: ReadonlyMap<string, Module>,
  program: NumberedModules,
  isPure: (module: Module) => boolean,
  reread: Reread,
): ReadonlyMap<string, Module> {
  let found: ReadonlyMap<string, Module> = new Map();
  // What is known makes constants of others.
  for (let isMore = true; isMore; ) {
    const imports = new Imports(
      found.size === 0 ? modules : new Map([...modules, ...found]),
      program,
      isPure,
    );
    const next = new Map<string, Module>();
    for (const [path, module] of modules) {
      const known = imports.knownTo(module);
      if (known) next.set(path, learn(module, known, reread));
    }
    const before = found;
    const countAt = (path: string): number =>
      constantsIn((before.get(path) ?? modules.get(path)) as Module).size;
    isMore = [...next].some(([path, module]) => constantsIn(module).size > countAt(path));
    found = next;
  }
  return found;
}

function learn(module: Module, known: KnownImports, reread: Reread): Module {
  const before = made.get(module);
  if (before && JSON.stringify(learned.get(before)?.known) === JSON.stringify(known)) return before;
  const facts = reread(module, known);
  const now = facts ? put(module, facts) : module;
  learned.set(now, { known, reread });
  made.set(module, now);
  return now;
}

/** A module that knows what another one does: of the same text before an edit. */
export function learnLike(before: Module, module: Module): Module {
  const found = learned.get(before);
  return found ? learn(module, found.known, found.reread) : module;
}

/**
 * The module with what else is known of it. Its references stay; those in dead code mean nothing, and what nobody needs any more is not
 * requested. What is not there of a module already stays away.
 */
function put(module: Module, now: ModuleFacts): Module {
  const { facts, targets } = module;
  const { replacements, nodeGlobals } = now;
  const syntax = facts.syntax as ModuleSyntax;
  const dead = now.syntax?.parts?.dead ?? [];
  const requests = requestsAmong(syntax.requests, facts, now);
  const gone = new Set(syntax.requests.filter((index) => !requests.includes(index)));
  const isMeant = (index: number): boolean =>
    !gone.has(index) && !isWithin(dead, facts.references[index]?.start ?? 0);
  const shims = Object.entries(module.shims).filter(([name]) => nodeGlobals.some((each) => each === name));
  return {
    ...module,
    facts: { ...facts, replacements, nodeGlobals, syntax: withRequests(syntax, requests, now.syntax) },
    targets: targets.map((target, index) => (isMeant(index) ? target : undefined)),
    shims: Object.fromEntries(shims),
  };
}

/** With some of the requests, and of what else there is, with what another reading has, too. Where a module waits in dead code, others have to wait for it even so. */
function withRequests(
  syntax: ModuleSyntax,
  requests: number[],
  now: Pick<ModuleSyntax, 'uses' | 'metas' | 'parts'> = syntax,
): ModuleSyntax {
  const numbers = syntax.requests.map((index) => requests.indexOf(index));
  const move = <Entry extends { request: number }>(entry: Entry): Entry => ({
    ...entry,
    request: numbers[entry.request] as number,
  });
  const kept = syntax.imports.flatMap(({ request }, entry) => (numbers[request] === -1 ? [] : entry));
  const entries = new Map(kept.map((entry, number) => [entry, number]));
  const places = new Set(now.uses.map(({ start }) => start));
  return {
    ...syntax,
    requests,
    imports: kept.map((entry) => move(syntax.imports[entry] as ImportEntry)),
    uses: syntax.uses.flatMap((use) => {
      const entry = places.has(use.start) ? entries.get(use.entry) : undefined;
      return entry === undefined ? [] : { ...use, entry };
    }),
    indirectExports: syntax.indirectExports.map(move),
    stars: syntax.stars.map((request) => numbers[request] as number),
    metas: now.metas,
    ...(now.parts && { parts: now.parts }),
  };
}

/** Which of the requests are left, that may be in dead code: `import.meta.glob()`, and names that modules stand for. */
function requestsAmong(requests: readonly number[], { references }: ModuleFacts, now: ModuleFacts): number[] {
  const keyOf = ({ start, provides }: Reference): string => [start, ...(provides ?? [])].join();
  const left = new Set(now.syntax?.requests.map((index) => keyOf(now.references[index] as Reference)));
  return requests.filter((index) => left.has(keyOf(references[index] as Reference)));
}
