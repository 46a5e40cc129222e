/** What the language has and a bundle has not. */
import type { Node } from 'estree';
import { rangeOf } from './nodes';
import type { Scope } from './scope';

/** What a source uses of it. */
export interface Unsupported {
  start: number;
  /** As it is written. */
  what: string;
  /** Why there is no such thing in a bundle, and what to do. */
  hint: string;
}

const LINKED = 'A bundle holds modules that are linked and run as one program';

/** By what is written. */
const HINTS: Record<string, string> = {
  'import defer': `${LINKED}: none of them is put off until one of its names is used. Import it without 'defer', which runs it first, or later with import('…'), which gives a promise.`,
  'import source': `${LINKED}, not their sources. For WebAssembly: WebAssembly.compileStreaming(fetch(url)).`,
  'import.defer()': `${LINKED}: none of them is put off until one of its names is used. import('…') loads it when it is called, and runs it.`,
  'import.source()': `${LINKED}, not their sources. For WebAssembly: WebAssembly.compileStreaming(fetch(url)).`,
  'await using':
    'Outside of functions a module waits otherwise than in a bundle. Put it into an async function and wait for that: await (async () => { await using … })(); or have it rewritten with try and finally by a transform between pack.deps() and pack.mods(), such as TypeScript, esbuild or Babel.',
};

type Phased = Node & { phase?: 'defer' | 'source' | null };

/** What the node uses of it. */
export function unsupportedAt(node: Node, scope: Scope): Unsupported | undefined {
  const what = nameOf(node, scope);
  return what === undefined ? undefined : { start: rangeOf(node).start, what, hint: HINTS[what] as string };
}

function nameOf(node: Node, { inFunction }: Scope): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration': {
      const { phase } = node as Phased;
      return phase ? `import ${phase}` : undefined;
    }
    case 'ImportExpression': {
      const { phase } = node as Phased;
      return phase ? `import.${phase}()` : undefined;
    }
    case 'VariableDeclaration':
      return node.kind === 'await using' && !inFunction ? node.kind : undefined;
    default:
      return undefined;
  }
}
