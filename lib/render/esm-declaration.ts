/** What an ES module says of itself before anything of it runs: `Declared` in `client/runtime/types.ts`. */
import { declaresNameless } from '../core/joins';
import type { Context, Foreign } from './esm-context';
import { exportedName, interopOf, type ModuleNames } from './references';

/**
 * What is asked of a CommonJS module: its id, whether as Node does, and the names wanted. An ES module's id is enough.
 * @param contexts those of the function: who of them asks for it, sees it alike
 */
function requestText(
  path: string,
  wanted: ReadonlySet<string>,
  contexts: readonly Context[],
  names: ModuleNames,
): string {
  const id = names.id(path);
  if (names.isEsModule(path)) return JSON.stringify(id);
  // Not who only asks for its promise.
  const asker = contexts.find(({ module, syntax }) =>
    syntax.requests.some((reference) => module.targets[reference] === path),
  ) as Context;
  return JSON.stringify([id, interopOf(asker.module, path), ...wanted]);
}

/** Requests as the runtime takes them: modules, then the indices of those whose namespaces are wanted. */
export function requestsText(contexts: readonly Context[]): string {
  const [{ requests: all, names }] = contexts as [Context];
  const { targets, namespaces, wanted } = all;
  const requests = targets.map((path, index) =>
    requestText(path, wanted[index] as ReadonlySet<string>, contexts, names),
  );
  return `[${requests.concat(namespaces.map(String)).join(',')}]`;
}

/** What the modules of a function hand out, and under which names: own things, each once, and what others have. */
interface HandedOut {
  getters: string[];
  /** How many of the getters, from the first, are of functions that are called `default`. */
  nameless: number;
  indirect: string[];
}

/** Of several modules in one function, what others ask for has a name of the function's. */
const isHandedOut = (name: string, { module, names, isAlone }: Context): boolean =>
  isAlone || names.short.get(module.path)?.has(name) === true;

/**
 * Exports, each a name and a getter, in an array, since engines spend more on the shape of an object than on all else in a
 * module; a second name of one binding is an indirect export of the module itself, so that it is one.
 */
function handedOut(contexts: readonly Context[]): HandedOut {
  const first = new Map<string, string>();
  const nameless: string[] = [];
  const getters: string[] = [];
  const indirect: string[] = [];
  const second: string[] = [];
  const addOwn = (name: string, text: string, list: string[]): void => {
    const known = first.get(text);
    if (known === undefined) list.push(`${JSON.stringify(name)},()=>${text}`);
    else second.push(JSON.stringify([name, -1, known]));
    first.set(text, known ?? name);
  };
  for (const context of contexts) {
    const { syntax, names, module, defaultName, localName } = context;
    for (const { name, local } of syntax.exports.filter((each) => isHandedOut(each.name, context))) {
      const list = local === undefined && declaresNameless(module) ? nameless : getters;
      addOwn(
        exportedName(names, module.path, name),
        local === undefined ? defaultName : localName(local),
        list,
      );
    }
  }
  for (const context of contexts) {
    const { syntax, names, module, meaningOf } = context;
    for (const { request, name: own, imported } of syntax.indirectExports) {
      if (!isHandedOut(own, context)) continue;
      const name = exportedName(names, module.path, own);
      const meaning = meaningOf(request, imported);
      if ('own' in meaning) addOwn(name, meaning.own, getters);
      else indirect.push(indirectText(name, meaning, names));
    }
  }
  return {
    getters: nameless.concat(getters),
    nameless: nameless.length,
    indirect: indirect.concat(second),
  };
}

function indirectText(name: string, { target, path, name: imported }: Foreign, names: ModuleNames): string {
  const theirs = imported === undefined ? 0 : exportedName(names, path, imported);
  return JSON.stringify(theirs === name ? [name, target] : [name, target, theirs]);
}

/** What the first `yield` gives: requests, exports, indirect exports, stars and flags. */
export function declarationText(contexts: readonly Context[]): string {
  const host = contexts.at(-1) as Context;
  const { getters, nameless, indirect } = handedOut(contexts);
  const targets = host.syntax.stars.map((request) => host.meaningOf(request, undefined));
  const stars = [...new Set(targets.flatMap((meaning) => ('own' in meaning ? [] : meaning.target)))];
  const parts = [
    requestsText(contexts),
    `[${getters.join(',')}]`,
    `[${indirect.join(',')}]`,
    JSON.stringify(stars.filter((target) => target !== -1)),
    String(Number(host.syntax.awaits.length > 0) + 2 * nameless),
  ];
  while (/^(\[\]|0)$/.test(parts.at(-1) ?? '')) parts.pop();
  return `[${parts.join(',')}]`;
}
