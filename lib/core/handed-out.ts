/** What modules that share a function hand out to those outside of it, and by which names. */

import type { Module } from '../model';
import { isEsModule } from './es-module';
import { byMember, type SharedFunction } from './evaluation';
import type { NumberedModules } from './graph';
import { declaresNameless } from './joins';
import { type ShortNames, shorten } from './short-names';

/**
 * For each module that shares a function, the names of its exports that others ask for, and what they are there. All members have one
 * namespace, which nobody sees, so a name follows from that of the export and that of the module.
 * @param isWhole 1 for modules whose namespaces somebody may have: such a one is the last member, and the only one that hands anything out, by its own names
 * @param nameOf stable name by path
 */
export function namesHandedOut(
  { modules, numbers }: Pick<NumberedModules, 'modules' | 'numbers'>,
  functions: readonly SharedFunction[],
  isWhole: Uint8Array,
  nameOf: (path: string) => string,
): ShortNames {
  const functionOf = byMember(functions);
  const asked = new Map<number, Set<string>>();
  const ask = (asker: number, path: string | undefined, name: string | undefined): void => {
    const target = numbers.get(path ?? '') ?? -1;
    const shared = functionOf.get(target);
    if (shared === undefined || name === undefined || functionOf.get(asker) === shared) return;
    const known = asked.get(target);
    if (known) known.add(name);
    else asked.set(target, new Set([name]));
  };
  modules.forEach((module, asker) => {
    const { syntax } = module.facts;
    if (syntax === undefined || !isEsModule(module)) return;
    const pathOf = (request: number): string | undefined =>
      module.targets[syntax.requests[request] as number];
    for (const { request, name } of syntax.imports) ask(asker, pathOf(request), name);
    for (const { request, imported } of syntax.indirectExports) ask(asker, pathOf(request), imported);
    if (declaresNameless(module)) ask(-1, module.path, 'default');
  });
  const result = new Map<string, ReadonlyMap<string, string>>();
  for (const { members } of functions) {
    const keyOf = (member: number, name: string): string => `${name}\0${nameOf(pathAt(member))}`;
    const pathAt = (member: number): string => modules[member]?.path as string;
    const namesOf = (member: number): string[] => [...(asked.get(member) ?? [])];
    const keys = members.flatMap((member) => namesOf(member).map((name) => keyOf(member, name)));
    const short = shorten(new Set(keys));
    for (const member of members) {
      const own = isWhole[member] === 1 ? ownNames(modules[member] as Module) : undefined;
      const handed = namesOf(member).map((name): [string, string] => [
        name,
        short.get(keyOf(member, name)) as string,
      ]);
      result.set(pathAt(member), new Map(own ?? handed));
    }
  }
  return result;
}

const ownNames = ({ facts: { syntax } }: Module): [string, string][] =>
  [...(syntax?.exports ?? []), ...(syntax?.indirectExports ?? [])].map(({ name }) => [name, name]);
