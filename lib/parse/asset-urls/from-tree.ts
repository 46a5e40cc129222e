/** Files that a module names by where they are: `new URL('./logo.png', import.meta.url)`, as browsers understand it without a build. */
import type { NewExpression, Node } from 'estree';
import { isLeftAt, optOutOf } from '../opt-outs';
import { type Candidate, candidateAt } from '../tree/candidates';
import { calledName, propertyName, rangeOf, stringValue } from '../tree/nodes';
import type { Scope } from '../tree/scope';

/** Sources that no browser runs as they are: at their URLs there is nothing, their code is in bundles. */
const CODE = /\.(?:[cm]?tsx?|[cm]?jsx|vue|svelte)$/;

/** The arguments of such a `new URL()`, if the node is one, wherever the file is. */
export function ownUrl({ callee, arguments: [file, base] }: NewExpression): Node | undefined {
  if (calledName(callee) !== 'URL' || file === undefined || base === undefined) return undefined;
  return stringValue(file) !== undefined && isOwnUrl(base) ? file : undefined;
}

/** `import.meta.url`. */
export const isOwnUrl = (node: Node): boolean =>
  node.type === 'MemberExpression' &&
  node.object.type === 'MetaProperty' &&
  node.object.meta.name === 'import' &&
  propertyName(node) === 'url';

export function assetCandidates(node: NewExpression, scope: Scope, source: string): Candidate[] {
  const file = ownUrl(node);
  const named = file && fileIn(stringValue(file) as string);
  if (file === undefined || named === undefined) return [];
  const { start, end } = rangeOf(node);
  const isLeft = optOutOf(source, rangeOf(node.callee).end, rangeOf(file), end) === 'left';
  if (isLeft || isLeftAt(source, start)) return [];
  return [{ ...candidateAt(file, 'new URL()', file, scope), ...named }];
}

/** The path that a relative URL names, and what stands behind it. */
function fileIn(url: string): { specifier: string; suffix?: string } | undefined {
  const [, path, suffix] = /^([^?#]+)(.*)$/s.exec(url) ?? [];
  const isRelative = path !== undefined && !/^(?:[a-z][a-z\d+.-]*:|\/)/i.test(path);
  if (!isRelative || !/\.[^./]+$/.test(path) || CODE.test(path)) return undefined;
  try {
    const file = decodeURIComponent(path);
    return { specifier: file.startsWith('.') ? file : `./${file}`, ...(suffix && { suffix }) };
  } catch {
    return undefined;
  }
}
