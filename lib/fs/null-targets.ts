/**
 * Targets that are `null` under a condition: a package has nothing there, as in `{ "browser": null, "default": "./node.js" }`, and what
 * stands below does not count. (Node's documentation, PACKAGE_TARGET_RESOLVE.) oxc goes on to what stands below.
 */
import { dirname, join } from 'node:path';
import { isPath, matchOf, packageName, upwards } from './candidates';
import { readTextIfFile } from './files';
import { readManifest } from './packages';
import { splitQuery } from './queries';

type Fields = Readonly<Record<string, unknown>>;

/** A field of a package.json that has a `null` somewhere, and where that is. */
interface Listed {
  directory: string;
  name: unknown;
  field: unknown;
}

/** Whether a target names something; `undefined`: what is listed below it counts. */
function outcomeOf(target: unknown, conditions: readonly string[]): 'something' | null | undefined {
  if (typeof target !== 'object') return 'something';
  if (target === null) return null;
  if (Array.isArray(target)) {
    const outcomes = target.map((each) => outcomeOf(each, conditions));
    if (outcomes.includes('something')) return 'something';
    return outcomes.includes(null) ? null : undefined;
  }
  for (const [condition, below] of Object.entries(target)) {
    const outcome = conditions.includes(condition) ? outcomeOf(below, conditions) : undefined;
    if (outcome !== undefined) return outcome;
  }
  return undefined;
}

const lengthBeforeStar = (pattern: string): number => pattern.indexOf('*');

/** What a field lists for a key: under the key itself, else under the pattern that says most of it. */
function targetFor(field: Fields, key: string): unknown {
  if (Object.hasOwn(field, key) && !key.includes('*')) return field[key];
  const [best] = Object.keys(field)
    .filter((pattern) => pattern.includes('*') && matchOf(pattern, key) !== undefined)
    .sort((one, other) => lengthBeforeStar(other) - lengthBeforeStar(one) || other.length - one.length);
  return best === undefined ? undefined : field[best];
}

/** An object whose keys are no paths stands for the package's own name alone. */
const listsPaths = (field: unknown): field is Fields =>
  typeof field === 'object' && field !== null && Object.keys(field).some((key) => /^[.#]/.test(key));

const targetIn = (field: unknown, key: string): unknown => {
  if (listsPaths(field)) return targetFor(field, key);
  return key === '.' ? field : undefined;
};

/** Makes the look-up of one build. It reads each package.json once. */
export function createNullTargets(): (
  specifier: string,
  directory: string,
  path: string,
  conditions: readonly string[],
) => string | undefined {
  const texts = new Map<string, string | undefined>();
  const fields = new Map<string, Fields | undefined>();

  function textIn(directory: string): string | undefined {
    if (!texts.has(directory)) texts.set(directory, readTextIfFile(join(directory, 'package.json')));
    return texts.get(directory);
  }

  /** What is in the package.json of a directory, if it may list a `null`. */
  function fieldsIn(directory: string): Fields | undefined {
    if (!fields.has(directory)) fields.set(directory, read(directory));
    return fields.get(directory);
  }

  function read(directory: string): Fields | undefined {
    const text = textIn(directory) as string;
    return /\bnull\b/.test(text) ? readManifest(directory) : undefined;
  }

  /** The field in the nearest package.json that has it; no package reaches above a `node_modules`. */
  function listed(name: 'exports' | 'imports', from: string): Listed | undefined {
    for (const directory of upwards(from)) {
      if (/[\\/]node_modules$/.test(directory)) return undefined;
      if (!textIn(directory)?.includes(`"${name}"`)) continue;
      const found = fieldsIn(directory);
      return found && { directory, name: found.name, field: found[name] };
    }
    return undefined;
  }

  const isNull = ({ field }: Listed, key: string, conditions: readonly string[]): boolean => {
    const target = targetIn(field, key);
    return target !== undefined && outcomeOf(target, conditions) === null;
  };

  /**
   * Why a specifier means nothing although it was found, in oxc's words.
   * @param directory of the importer
   * @param path what was found
   */
  return (specifier, directory, path, conditions) => {
    const [name] = splitQuery(specifier);
    if (name.startsWith('#')) {
      const own = listed('imports', directory);
      if (!own || !isNull(own, name, conditions)) return undefined;
      return `Package import specifier "${name}" is not defined in package ${join(own.directory, 'package.json')}`;
    }
    if (isPath(name)) return undefined;
    const wanted = packageName(name);
    const key = `.${name.slice(wanted.length)}`;
    const its = listed('exports', dirname(path));
    const isIts = its && (its.name === wanted || its.directory.endsWith(join('node_modules', wanted)));
    if (!isIts || !isNull(its, key, conditions)) return undefined;
    const place = `from package ${its.directory} (see exports field in ${join(its.directory, 'package.json')})`;
    return `"${key}" is not exported under the conditions ${JSON.stringify(conditions).replaceAll(',', ', ')} ${place}`;
  };
}
