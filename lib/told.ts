/** Which warnings were given, so that each is given once while nothing has changed of what it is about. */
import { sha256 } from './hash';
import type { BuildWarning, ModuleWarning } from './warnings';

/** What was told of a module. */
interface ToldOfModule {
  /** Hash of its text. */
  version: string;
  places: Set<string>;
}

const keyOf = ({ code, path, lineNumber, columnNumber }: BuildWarning): string =>
  [code, path, lineNumber, columnNumber].join('\n');

/** What a cache, or for builds without one the process, remembers of warnings. */
export class Told {
  private readonly ofModules = new Map<string, ToldOfModule>();
  /** Part of a build → what the last one has found there. */
  private readonly ofBuilds = new Map<string, ReadonlySet<string>>();

  /** Whether a warning about a module was not given since the module has had this text; it counts as given from now on. */
  isNews({ warning, source }: ModuleWarning): boolean {
    const version = sha256(source);
    const before = this.ofModules.get(warning.path);
    const places = before?.version === version ? before.places : new Set<string>();
    const key = keyOf(warning);
    const isNews = !places.has(key);
    this.ofModules.set(warning.path, { version, places: places.add(key) });
    return isNews;
  }

  /**
   * Those warnings that the last build of the same entries has not found.
   * @param part stands for the entries, and for what was looked at
   * @param found all that a build has found there
   */
  newsOf(part: string, found: readonly BuildWarning[]): BuildWarning[] {
    const before = this.ofBuilds.get(part);
    this.ofBuilds.set(part, new Set(found.map(keyOf)));
    return found.filter((warning) => !before?.has(keyOf(warning)));
  }
}
