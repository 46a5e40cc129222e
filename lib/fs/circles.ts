/**
 * Maps that lead in a circle, such as a `browser` field by which two files stand in for each other. oxc follows maps from one to
 * the next, and refuses circles. Here each is asked once: first the aliases, then the `browser` field.
 */
import { dirname, join } from 'node:path';
import { aliasFor, type Replacements } from './aliases';
import { readTextIfFile } from './files';
import { type Answer, ask, type Resolvers } from './oxc';
import type { ResolverSettings } from './settings';
import { emptyModule } from './virtual';

/** A `browser` field, and the directory of its package.json. */
interface BrowserMap {
  directory: string;
  entries: Replacements;
}

/** The `browser` field of the nearest package.json, if it is a map. */
function browserMapFor(directory: string): BrowserMap | undefined {
  for (let at = directory; ; at = dirname(at)) {
    const text = readTextIfFile(join(at, 'package.json'));
    if (text !== undefined) {
      const { browser } = JSON.parse(text.replace(/^\uFEFF/, '')) as { browser?: unknown };
      return browser === Object(browser) ? { directory: at, entries: browser as Replacements } : undefined;
    }
    if (at === dirname(at)) return undefined;
  }
}

/** What a map has for a name. */
function byName(name: string, map: BrowserMap | undefined): string | false | undefined {
  return map && Object.hasOwn(map.entries, name) ? map.entries[name] : undefined;
}

/** Asks the `browser` fields once: that of the importer for the name, that of the file for the file. */
function askBrowserMap({ plain }: Resolvers, directory: string, specifier: string): Answer {
  const follow = (value: string | false, map: BrowserMap): Answer =>
    value === false ? { path: emptyModule } : ask(plain, map.directory, value);
  const own = browserMapFor(directory);
  const named = byName(specifier, own);
  if (own && named !== undefined && !specifier.startsWith('.')) return follow(named, own);
  const answer = ask(plain, directory, specifier);
  const map = 'path' in answer ? browserMapFor(dirname(answer.path)) : undefined;
  if (!('path' in answer) || !map) return answer;
  for (const [key, value] of Object.entries(map.entries)) {
    if (key.startsWith('.') && plain.sync(map.directory, key).path === answer.path) return follow(value, map);
  }
  return answer;
}

/** What a specifier means that maps lead in a circle. */
export function askOnce(
  resolvers: Resolvers,
  directory: string,
  specifier: string,
  { resolve }: ResolverSettings,
): Answer {
  const value = aliasFor(specifier, resolve.alias);
  if (value === false) return { path: emptyModule };
  return askBrowserMap(resolvers, directory, value ?? specifier);
}
