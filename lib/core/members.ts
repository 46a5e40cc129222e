/**
 * Members of namespaces → imports of what they are:
 *
 *     import * as dom from './dom.js';     →  import { append } from './dom.js';
 *     dom.append(node);                       append(node);
 *
 * Whose namespace somebody has, keeps all its names, and shares a function with hardly any other module (`joins.ts`). Where a module asks a
 * namespace for nothing but members that are declared somewhere, it needs none. What is called by way of a namespace has that as `this`: so
 * those that are called must be functions that do not mention it.
 */
import type { ImportEntry, ImportUse, ModuleFacts, ModuleSyntax } from '../facts';
import { useOf } from '../import-use';
import type { Module } from '../model';
import { isSameList } from './again';
import { isEsModule } from './es-module';
import type { Modules } from './reachable';
import { declarationOf, targetOf } from './stars';

/** A member of a namespace, where the source names it. */
interface MemberUse {
  name: string;
  /** Where its name ends. */
  end: number;
  isCalled: boolean;
}

/** The members that are asked for, by use; by import, whether there is any other use of it. */
interface Members {
  members: ReadonlyMap<ImportUse, MemberUse>;
  isWhole: Uint8Array;
}

/** With a comment in it, it is left alone. */
const MEMBER = /\s*\.\s*([A-Za-z_$][\w$]*)(?![\w$\\\u0080-\uffff])/y;
/** What follows may be a call; or a comment, behind which there may be one. The same of what may stand in parentheses. */
const CALLED = /\s*(?:[(`]|\?\.|\/[/*])/y;
const CALLED_OUTSIDE = /[\s)]*(?:[(`]|\?\.|\/[/*])/y;
/** What is constructed by its name: by a word of this line that stands in no comment. */
const CONSTRUCTED = /^(?!.*(?:\/\/|\*)).*(?<![\w$.])new +$/;
const ARGUMENTS = /\s*\(/y;
/** Units of a line that are looked at. */
const LINE = 400;

const known = new WeakMap<ModuleFacts, Members>();

function membersOf({ facts, source }: Module): Members {
  const before = known.get(facts);
  if (before) return before;
  const { imports = [], uses = [] } = facts.syntax ?? {};
  const isWhole = Uint8Array.from(imports, ({ local }) =>
    Number(facts.concerns.some((each) => each.kind === 'assignment to an import' && each.name === local)),
  );
  const members = new Map<ImportUse, MemberUse>();
  for (const use of uses) {
    if (imports[use.entry]?.name !== undefined) continue;
    const member = memberAt(use, source);
    if (member) members.set(use, member);
    else isWhole[use.entry] = 1;
  }
  const found = { members, isWhole };
  known.set(facts, found);
  return found;
}

function memberAt({ start, end, form, isAssigned }: ImportUse, source: string): MemberUse | undefined {
  MEMBER.lastIndex = end;
  const name = form === 'value' && !isAssigned ? MEMBER.exec(source)?.[1] : undefined;
  if (name === undefined) return undefined;
  const at = MEMBER.lastIndex;
  const called = mayBeInParentheses(start, source) ? CALLED_OUTSIDE : CALLED;
  const isCalled = isAt(called, at, source) && !(isAt(ARGUMENTS, at, source) && isConstructed(start, source));
  return { name, end: at, isCalled };
}

function isAt(pattern: RegExp, at: number, source: string): boolean {
  pattern.lastIndex = at;
  return pattern.test(source);
}

function isConstructed(start: number, source: string): boolean {
  const before = source.slice(Math.max(0, start - LINE), start);
  const line = before.lastIndexOf('\n') + 1;
  return (line > 0 || start < LINE) && CONSTRUCTED.test(before.slice(line));
}

/** Whether a parenthesis opens before what begins there, or something that may be the end of a comment. */
function mayBeInParentheses(start: number, source: string): boolean {
  let at = start - 1;
  let isOnNextLine = false;
  for (; at >= 0 && /\s/.test(source.charAt(at)); at--) isOnNextLine ||= source.charAt(at) === '\n';
  if (at < 0 || source.charAt(at) === '(' || source.charAt(at) === '/') return true;
  return isOnNextLine && source.slice(source.lastIndexOf('\n', at) + 1, at + 1).includes('//');
}

/** Whether nobody can tell by calls of something that a module declares what `this` is. */
export type IgnoresThis = (module: Module, local: string) => boolean;

/** What of a module decides on its namespaces. */
export function describeMembers(module: Module): unknown {
  const { members, isWhole } = membersOf(module);
  const asked = [...members].map(([{ entry }, { name, isCalled }]) => `${entry} ${name} ${isCalled}`);
  return [[...new Set(asked)].sort(), [...isWhole]];
}

/** What is called by way of namespaces: by path of the module that declares it, and its name there, whether it ignores `this`. */
export type Callees = ReadonlyMap<string, ReadonlyMap<string, boolean>>;

/** Asks once for each. */
class Called {
  readonly found = new Map<string, Map<string, boolean>>();

  constructor(private readonly ignoresThis: IgnoresThis) {}

  mayBe(module: Module, local: string): boolean {
    const known = this.found.get(module.path) ?? new Map<string, boolean>();
    this.found.set(module.path, known);
    let answer = known.get(local);
    if (answer === undefined) {
      answer = this.ignoresThis(module, local);
      known.set(local, answer);
    }
    return answer;
  }
}

/** A module with imports in the place of namespaces. */
interface Named {
  origin: Module;
  /** Indices of the imports that were these. */
  entries: readonly number[];
}

/** What each module was made into last, by what it was before. */
const made = new WeakMap<Module, Module>();
/** By what they are now. */
const named = new WeakMap<Module, Named>();

/** The modules that have imports in the place of namespaces, by path. A module comes out as the same object while these are the same. */
export function nameMembers(
  modules: ReadonlyMap<string, Module>,
  ignoresThis: IgnoresThis,
): { named: ReadonlyMap<string, Module>; callees: Callees } {
  const found = new Map<string, Module>();
  const called = new Called(ignoresThis);
  for (const [path, module] of modules) {
    const entries = isEsModule(module) ? namedEntries(module, modules, called) : [];
    if (entries.length > 0) found.set(path, nameEntries(module, entries));
  }
  return { named: found, callees: called.found };
}

/** Indices of the imports of namespaces of which nothing is asked but members that are declared somewhere. */
function namedEntries(module: Module, modules: Modules, called: Called): number[] {
  const { imports, uses } = module.facts.syntax as ModuleSyntax;
  const entries = [...imports.keys()].filter((entry) => imports[entry]?.name === undefined);
  if (entries.length === 0) return entries;
  const { members, isWhole } = membersOf(module);
  const refused = new Set(entries.filter((entry) => isWhole[entry] === 1));
  const used = new Set<number>();
  for (const use of uses) {
    const member = members.get(use);
    if (member === undefined || refused.has(use.entry)) continue;
    const target = targetOf(module, (imports[use.entry] as ImportEntry).request, modules);
    if (target && mayImport(member, target, modules, called)) used.add(use.entry);
    else refused.add(use.entry);
  }
  return [...used].filter((entry) => !refused.has(entry));
}

function mayImport({ name, isCalled }: MemberUse, target: Module, modules: Modules, called: Called): boolean {
  const declared = isEsModule(target) ? declarationOf(name, target, modules) : undefined;
  if (declared === undefined) return false;
  const { way, local } = declared;
  return !isCalled || called.mayBe(way.at(-1) as Module, local ?? '');
}

function nameEntries(module: Module, entries: readonly number[]): Module {
  const before = made.get(module);
  if (before && isSameList((named.get(before) as Named).entries, entries)) return before;
  const now = { ...module, facts: { ...module.facts, syntax: withNames(module, new Set(entries)) } };
  made.set(module, now);
  named.set(now, { origin: module, entries });
  return now;
}

/** The first member that an import is asked for takes its place, others come behind the last. */
function withNames(module: Module, entries: ReadonlySet<number>): ModuleSyntax {
  const syntax = module.facts.syntax as ModuleSyntax;
  const { members } = membersOf(module);
  const imports = syntax.imports.slice();
  const places = new Map<string, number>();
  const placeOf = (entry: number, name: string): number => {
    const whole = syntax.imports[entry] as ImportEntry;
    const local = `${whole.local}.${name}`;
    const known = places.get(local);
    if (known !== undefined) return known;
    const place = imports[entry] === whole ? entry : imports.length;
    imports[place] = { ...whole, name, local };
    places.set(local, place);
    return place;
  };
  const uses = syntax.uses.map((use): ImportUse => {
    const member = entries.has(use.entry) ? members.get(use) : undefined;
    if (member === undefined) return use;
    return useOf(use.start, member.end, placeOf(use.entry, member.name), 'value', module.source);
  });
  return { ...syntax, imports, uses };
}

/** What a module was before, and how to make the same of another one of its shape. */
export function namingOf(module: Module): [origin: Module, again: (module: Module) => Module] {
  const { origin = module, entries } = named.get(module) ?? {};
  return [origin, (other) => (entries ? nameEntries(other, entries) : other)];
}
