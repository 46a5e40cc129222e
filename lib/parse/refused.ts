/** Why an engine refuses a module as it was rendered: an error of the language, or syntax that the engine does not know. */
import type { Node, Program } from 'estree';
import { type DynapackError, refusedSyntax } from '../errors';
import type { Range } from '../ranges';
import { rangeOf, walk } from './tree/nodes';
import { assertValid } from './tree/program';

/** What an engine has against a module. */
export interface Refusal {
  message: string;
  /** Where in the source it stopped. */
  offset: number;
  /** Its name, for people. */
  engine: string;
}

/** The error to throw, with its place. */
export function explainRefusal(
  source: string,
  { message, offset, engine }: Refusal,
  module: boolean,
  fileName: string,
): DynapackError {
  let program: Program;
  try {
    program = assertValid(source, module, fileName);
  } catch (error) {
    return error as DynapackError;
  }
  const newer = newerSyntax(program, offset);
  return refusedSyntax(fileName, source, newer?.start ?? offset, { message, engine, newer: newer?.name });
}

/** A construct that engines learn later than parsers: its name, and from where to where it shows what it is. */
interface Construct extends Range {
  name: string;
}

/** The one at which an engine stops. */
function newerSyntax(program: Program, offset: number): Construct | undefined {
  const found: Construct[] = [];
  walk(program, undefined, (node) => {
    const construct = constructOf(node);
    if (construct && construct.start <= offset && offset <= construct.end) found.push(construct);
    return undefined;
  });
  return found[0];
}

type Member = Node & { decorators?: readonly Node[] | null; key?: Node; body?: Node };

function constructOf(node: Node): Construct | undefined {
  if (node.type === 'VariableDeclaration') {
    const [first] = node.declarations;
    const isNewer = first && node.kind.endsWith('using');
    return isNewer ? { name: node.kind, start: rangeOf(node).start, end: rangeOf(first.id).end } : undefined;
  }
  const { decorators, key, body } = node as Member;
  const isAccessor = (node.type as string) === 'AccessorProperty';
  if (!decorators?.length && !isAccessor) return undefined;
  // Decorators may stand before the `export` of their class.
  const start = Math.min(...[node, ...(decorators ?? [])].map((each) => rangeOf(each).start));
  return {
    name: decorators?.length ? 'decorators' : 'accessor',
    start,
    end: rangeOf(key ?? body ?? node).start,
  };
}
