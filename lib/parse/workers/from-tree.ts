/**
 * Workers that a module starts, as browsers understand it without a build: `new Worker(new URL('./worker.js', import.meta.url))`, likewise
 * `SharedWorker`. A module may start itself, as `new Worker(import.meta.url)`.
 */
import type { NewExpression, Node } from 'estree';
import { isOwnUrl, ownUrl } from '../asset-urls/from-tree';
import { optOutOf } from '../opt-outs';
import type { Candidate } from '../tree/candidates';
import { calledName, rangeOf, stringValue } from '../tree/nodes';
import type { Scope } from '../tree/scope';
import type { WorkerName } from './names';

const CONSTRUCTOR = /^(?:Shared)?Worker$/;
const GLOBAL = /^(?:self|window|globalThis)$/;

export function workerCandidates(node: NewExpression, scope: Scope, source: string): Candidate[] {
  const [url] = node.arguments;
  const name = constructorName(node.callee);
  if (url === undefined || name === undefined) return [];
  const specifier = specifierIn(url);
  const { end } = rangeOf(node);
  if (specifier === undefined || optOutOf(source, rangeOf(node.callee).end, rangeOf(url), end) === 'left')
    return [];
  return [{ kind: 'new Worker()', ...rangeOf(url), specifier, scope, needs: [name], argumentsEnd: end - 1 }];
}

/** The free name that such a constructor hangs on. */
function constructorName(callee: Node): WorkerName | undefined {
  if (!CONSTRUCTOR.test(calledName(callee) ?? '')) return undefined;
  if (callee.type === 'Identifier') return callee.name as WorkerName;
  const { object } = callee as Extract<Node, { type: 'MemberExpression' }>;
  return object.type === 'Identifier' && GLOBAL.test(object.name) ? (object.name as WorkerName) : undefined;
}

/** The module at a URL that is relative to the source; `''` is the source itself. */
function specifierIn(url: Node): string | undefined {
  if (isOwnUrl(url)) return '';
  if (url.type !== 'NewExpression' || calledName(url.callee) !== 'URL') return undefined;
  const [first] = url.arguments;
  if (first !== undefined && isOwnUrl(first)) return '';
  const named = ownUrl(url);
  return named && pathIn(stringValue(named) as string);
}

/** Nothing of another origin, or of the root of this one, is a module. */
function pathIn(url: string): string | undefined {
  if (/^(?:[a-z][a-z\d+.-]*:|\/)/i.test(url)) return undefined;
  const [, path = '', suffix = ''] = /^([^?#]*)(.*)$/s.exec(url) ?? [];
  try {
    return decodeURIComponent(path) + suffix;
  } catch {
    return undefined;
  }
}
