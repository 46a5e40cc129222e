/** URLs that are made from where a module is: there is nothing at them, since its code is in a bundle. */
import type { CallExpression, NewExpression, Node } from 'estree';
import type { Concern } from '../../facts';
import { isOwnUrl, ownUrl } from '../asset-urls/from-tree';
import type { GlobalName } from '../free-names/names';
import { optOutOf } from '../opt-outs';
import { isResolved } from '../requires/from-tree';
import { calledName, propertyName, rangeOf, stringValue } from '../tree/nodes';

export interface UrlConcern {
  concern: Concern;
  /** The name that must be free. */
  needs?: GlobalName;
}

/** What a call or `new` makes of such a URL. */
export function urlConcern(node: CallExpression | NewExpression, source: string): UrlConcern | undefined {
  const [argument] = node.arguments;
  const name = calledName(node.callee);
  if (argument === undefined || name === undefined) return undefined;
  const found = node.type === 'NewExpression' ? ofNew(node, name, argument) : ofCall(node, name, argument);
  return found &&
    optOutOf(source, rangeOf(node.callee).end, rangeOf(argument), rangeOf(node).end) === undefined
    ? found
    : undefined;
}

function ofNew(node: NewExpression, name: string, argument: Node): UrlConcern | undefined {
  if (name === 'URL') return namesFile(node) ? { concern: concernAt('new URL()', node) } : undefined;
  if (name !== 'Worker' && name !== 'SharedWorker') return undefined;
  const concern = concernAt('worker of a module', node);
  if (isUnknownUrl(argument)) return { concern };
  if (argument.type === 'Identifier' && argument.name === '__filename')
    return { concern, needs: '__filename' };
  return isResolved(argument) ? { concern, needs: 'require' } : undefined;
}

/** Whether a URL is relative to the module: one with a scheme is none of a file's. */
function namesFile(node: NewExpression): boolean {
  const file = ownUrl(node);
  return file !== undefined && !/^[a-z][a-z\d+.-]*:/i.test(stringValue(file) as string);
}

/** `new URL(name, import.meta.url)`. */
function isUnknownUrl(node: Node): boolean {
  if (node.type !== 'NewExpression' || calledName(node.callee) !== 'URL') return false;
  const [file, base] = node.arguments;
  return file !== undefined && base !== undefined && isOwnUrl(base) && stringValue(file) === undefined;
}

/** `serviceWorker.register(import.meta.url)`, `audioWorklet.addModule(import.meta.url)`. */
function ofCall(node: CallExpression, name: string, argument: Node): UrlConcern | undefined {
  if ((name !== 'register' && name !== 'addModule') || !isModuleUrl(argument)) return undefined;
  return { concern: concernAt('worker of a module', node) };
}

const concernAt = (kind: Concern['kind'], node: Node): Concern => ({ kind, start: rangeOf(node).start });

/** `import.meta.url`, also within `new URL(…)`. */
function isModuleUrl(node: Node): boolean {
  if (node.type === 'NewExpression' && calledName(node.callee) === 'URL') {
    const [url] = node.arguments;
    return url !== undefined && isModuleUrl(url);
  }
  return isMetaMember(node) && propertyName(node as Parameters<typeof propertyName>[0]) === 'url';
}

const isMetaMember = (node: Node): boolean => node.type === 'MemberExpression' && isImportMeta(node.object);

export const isImportMeta = (node: Node): boolean =>
  node.type === 'MetaProperty' && node.meta.name === 'import';
