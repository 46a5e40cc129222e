/** The documentation as its tests read it: pages, their recipes, and what in them is prose. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

/** A page by its path from the root of the repository. */
export interface Page {
  path: string;
  text: string;
}

export const readPage = (path: string): Page => ({ path, text: readFileSync(join(ROOT, path), 'utf8') });

const markdownIn = (directory: string): string[] =>
  readdirSync(join(ROOT, directory))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => join(directory, name));

/** What users read. */
export const PAGES: readonly Page[] = ['README.md', ...markdownIn('docs')].map(readPage);

/** A block of code. */
export interface Block {
  page: string;
  language: string;
  code: string;
  /** Of a comment above it, `<!-- recipe: minimal -->`. */
  kind?: string | undefined;
  name?: string | undefined;
}

const BLOCK = /(?:<!-- ([a-z]+): (\S+) -->\n)?^```(\w*)\n([\s\S]*?)^```$/gm;

export const blocksOf = ({ path, text }: Page): Block[] =>
  [...text.matchAll(BLOCK)].map(([, kind, name, language = '', code = '']) => ({
    page: path,
    language,
    code,
    kind,
    name,
  }));

export const BLOCKS: readonly Block[] = PAGES.flatMap(blocksOf);

/**
 * The block below `<!-- kind: name -->`, on whatever page it is.
 * @throws where there is none, or more than one
 */
export function blockOf(kind: string, name: string): string {
  const [found, ...others] = BLOCKS.filter((block) => block.kind === kind && block.name === name);
  if (found === undefined || others.length > 0) throw new Error(`not one ${kind} called ${name}`);
  return found.code;
}

export const recipe = (name: string): string => blockOf('recipe', name);

/** Names of the recipes of a page, in their order. */
export const recipesOn = (path: string): string[] =>
  BLOCKS.flatMap((block) =>
    block.page === path && block.kind === 'recipe' && block.name !== undefined ? [block.name] : [],
  );

/** A text without blocks of code and comments. */
export const withoutCode = (text: string): string =>
  text.replace(BLOCK, '').replace(/<!--[\s\S]*?-->\n?/g, '');

/** Paragraphs and items of lists, with their lines, as they stand in the source. */
export const paragraphsOf = (text: string): string[] =>
  withoutCode(text)
    .split(/\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )/)
    .map((block) => block.replace(/^\n+|\s+$/g, ''))
    .filter((block) => block !== '' && !/^(?:#|\||<|!\[| {4})/.test(block));

/** Cells of tables. */
const cellsOf = (text: string): string[] =>
  withoutCode(text)
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[-:| ]+$/.test(line))
    .flatMap((line) => line.slice(1, -1).split(/(?<!\\)\|/));

/** What is read as a sentence: code counts as a word, a link as its text. */
export function sentencesOf(text: string): string[] {
  return [...paragraphsOf(text), ...cellsOf(text)].flatMap((block) =>
    block
      .replace(/\s+/g, ' ')
      .replace(/`[^`]*`/g, 'code')
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .split(/(?<=[.!?:][)"”*]*) (?=[\p{Lu}\d(*“"…]|code)/u)
      .map((sentence) => sentence.trim())
      .filter((sentence) => sentence !== ''),
  );
}

export const wordsOf = (sentence: string): number =>
  sentence.split(' ').filter((word) => /\w/.test(word)).length;
