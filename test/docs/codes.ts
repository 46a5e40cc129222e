/** Codes of errors and warnings, as the sources have them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './documents';

/** What gives a code: the class of errors, a field, the second half of a choice, the first of a list. */
const GIVEN =
  /(?:DynapackError\(\s*|\bcode\??(?::| =) |(?<!\w)\[\s*|\? |(?<=code: [^\n]*) : |\| )'([A-Z][A-Z_]{4,})'/g;

/** Codes of Node, which are asked for and never given. */
const OF_NODE = /^E[A-Z]+$/;

const sourcesIn = (directory: string): string[] =>
  readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('source/'))
    .map((name) => readFileSync(join(ROOT, directory, name), 'utf8'));

function codesIn(directory: string): Set<string> {
  const found = sourcesIn(directory).flatMap((text) =>
    [...text.matchAll(GIVEN)].map(([, code]) => code as string),
  );
  return new Set(found.filter((code) => !OF_NODE.test(code)));
}

/** Of builds, of the command and of the server. */
export const BUILD_CODES = codesIn('lib');

/** Of pages. */
export const PAGE_CODES = codesIn('client');

/** All words that look like codes and stand in the sources as strings: each code must be among them. */
export const WORDS_IN_SOURCES = new Set(
  ['lib', 'client']
    .flatMap(sourcesIn)
    .flatMap((text) => [...text.matchAll(/'([A-Z]+(?:_[A-Z]+)+)'/g)].map(([, word]) => word as string)),
);
