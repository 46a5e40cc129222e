/** What an ES module says of itself before anything of it runs: `Declared` in `client/runtime/types.ts`. */
import type { ModuleSyntax } from '../facts';
import { type Context, exportedFrom } from './esm-context';
import { exportedName, interopOf } from './references';

/** What is asked of a CommonJS module: its id, whether as Node does, and the names wanted. An ES module's id is enough. */
function requestText(path: string, target: number, { module, names, syntax, requests }: Context): string {
  const id = names.id(path);
  if (names.isEsModule(path)) return JSON.stringify(id);
  const isOf = ({ request }: { request: number }): boolean => requests.targetOf[request] === target;
  const wanted = [
    ...syntax.imports.filter(isOf).map(({ name }) => name),
    ...syntax.indirectExports.filter(isOf).map(({ imported }) => imported),
  ].filter((name) => name !== undefined);
  return JSON.stringify([id, interopOf(module, path), ...new Set(wanted)]);
}

/** Requests as the runtime takes them: modules, then the indices of those whose namespaces are wanted. */
export function requestsText(context: Context): string {
  const { targets, namespaces } = context.requests;
  const requests = targets.map((path, index) => requestText(path, index, context));
  return `[${requests.concat(namespaces.map(String)).join(',')}]`;
}

/**
 * Exports, each a name and a getter, in an array, since engines spend more on the shape of an object than on all else in a
 * module; a second name of one binding is an indirect export of the module itself, so that it is one.
 */
function exportsText(context: Context): { getters: string; second: string[] } {
  const first = new Map<string, string>();
  const getters: string[] = [];
  const second: string[] = [];
  const { module, names } = context;
  for (const { name: own, local } of context.syntax.exports) {
    const name = exportedName(names, module.path, own);
    const text = local ?? `${context.prefix}default`;
    const known = first.get(text);
    if (known === undefined) getters.push(`${JSON.stringify(name)},()=>${text}`);
    else second.push(JSON.stringify([name, -1, known]));
    first.set(text, known ?? name);
  }
  return { getters: `[${getters.join(',')}]`, second };
}

function indirectTexts(context: Context): string[] {
  const {
    syntax: { indirectExports },
    requests,
    module,
    names,
  } = context;
  return indirectExports.map(({ request, name: own, imported: theirs }) => {
    const target = requests.targetOf[request];
    const name = exportedName(names, module.path, own);
    const imported = theirs === undefined ? theirs : exportedFrom(request, theirs, context);
    return JSON.stringify(imported === name ? [name, target] : [name, target, imported ?? 0]);
  });
}

/** What the first `yield` gives: requests, exports, indirect exports, stars and whether the module awaits. */
export function declarationText(context: Context): string {
  const { syntax, requests } = context;
  const { getters, second } = exportsText(context);
  const stars = [...new Set(syntax.stars.map((request) => requests.targetOf[request]))].filter(
    (target) => target !== -1,
  );
  const parts = [
    requestsText(context),
    getters,
    `[${indirectTexts(context).concat(second).join(',')}]`,
    JSON.stringify(stars),
    flagsText(syntax),
  ];
  while (/^(\[\]|0)$/.test(parts.at(-1) ?? '')) parts.pop();
  return `[${parts.join(',')}]`;
}

/** 1 for a module that awaits, 2 for a default export that is a function declared without a name. */
function flagsText({ awaits, declarations, exports }: ModuleSyntax): string {
  const isNameless =
    declarations.some(({ form }) => form === 'default function') &&
    exports.some(({ local }) => local === undefined);
  return String(Number(awaits.length > 0) + 2 * Number(isNameless));
}
