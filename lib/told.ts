/** Which warnings were given, so that each is given once while nothing has changed of what it is about. */
import { sha256 } from './hash';
import { Recent } from './recent';
import type { BuildWarning, ModuleWarning } from './warnings';

/** Modules, and parts of builds, of which it is remembered what was told: more than projects have. Those told of last count. */
const MOST_MODULES = 10_000;
const MOST_PARTS = 64;

/** What was told of a module. */
interface ToldOfModule {
  /** Hash of its text. */
  version: string | undefined;
  places: Set<string>;
}

const keyOf = ({ code, path, lineNumber, columnNumber }: BuildWarning): string =>
  [code, path, lineNumber, columnNumber].join('\n');

/** A part of a page has one warning for all pairs of styles that another one has otherwise: what is left of them is news. */
const textOf = (warning: BuildWarning): string =>
  warning.code === 'STYLE_ORDER' ? `${keyOf(warning)}\n${warning.message}` : keyOf(warning);

/** What a cache, or for builds without one the process, remembers of warnings. */
export class Told {
  private readonly ofModules = new Recent<ToldOfModule>(MOST_MODULES, () => ({
    version: undefined,
    places: new Set(),
  }));
  /** By part of a build, what the last one has found there. */
  private readonly ofBuilds = new Recent<{ found?: ReadonlySet<string> }>(MOST_PARTS, () => ({}));

  /** Whether a warning about a module was not given since the module has had this text; it counts as given from now on. */
  isNews({ warning, source }: ModuleWarning): boolean {
    const version = sha256(source);
    const told = this.ofModules.get(warning.path);
    if (told.version !== version) Object.assign(told, { version, places: new Set() });
    const key = keyOf(warning);
    const isNews = !told.places.has(key);
    told.places.add(key);
    return isNews;
  }

  /**
   * Those warnings that the last build of the same entries has not found.
   * @param part stands for the entries, and for what was looked at
   * @param found all that a build has found there
   */
  newsOf(part: string, found: readonly BuildWarning[]): BuildWarning[] {
    const told = this.ofBuilds.get(part);
    const before = told.found;
    told.found = new Set(found.map(textOf));
    return found.filter((warning) => !before?.has(textOf(warning)));
  }
}
