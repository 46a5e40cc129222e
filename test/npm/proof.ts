/** Everything in one go: install, evaluate in Node, bundle, open in Chromium, compare. */
import { isDeepStrictEqual } from 'node:util';
import { type Bundled, bundle } from './bundle';
import { type Answer, evaluate } from './native';
import { install, write } from './project';
import { nameOf, type Use } from './use';
import { type PageVisit, visitAll } from './visits';

/** How one use went. */
export interface Outcome {
  use: Use;
  native: Answer;
  /** What the page gave, or the error of the build that left the use out. */
  bundled: Answer;
}

export interface Proof {
  outcomes: Map<Use, Outcome>;
  packed: Bundled['packed'];
  /** By entry. */
  visits: Record<string, PageVisit>;
}

/** @throws when nothing can be installed, evaluated or bundled at all; what fails of single uses is in their outcomes */
export async function prove(uses: readonly Use[]): Promise<Proof> {
  await install();
  const entries = write(uses);
  const [native, { packed, refused }] = await Promise.all([evaluate(), bundle(entries)]);
  const visits = await visitAll(packed);
  const outcomeOf = (use: Use): Outcome => {
    const name = nameOf(use);
    const error = refused.get(use) ?? 'There is no such entry';
    return {
      use,
      native: native[name] ?? { error: 'Node did not evaluate it' },
      bundled: visits[name]?.answer ?? { error },
    };
  };
  return { outcomes: new Map(uses.map((use) => [use, outcomeOf(use)])), packed, visits };
}

/** What is wrong with an outcome, or nothing. A use without a value proves nothing, so that is wrong, too. */
export function failureOf({ native, bundled }: Outcome): string | undefined {
  if ('error' in native) return `in Node: ${native.error}`;
  if (native.value === undefined || native.value === null) return 'in Node: there is no value';
  if ('error' in bundled) return `bundled: ${bundled.error}`;
  if (isDeepStrictEqual(native.value, bundled.value)) return undefined;
  return `Node gives ${JSON.stringify(native.value)}\n  but the page ${JSON.stringify(bundled.value)}`;
}
