/** `paths` and `baseUrl` of a tsconfig.json: what names mean in a program of TypeScript, https://www.typescriptlang.org/tsconfig/#paths */
import { dirname, resolve } from 'node:path';
import type { PathsMatcher } from 'get-tsconfig';

/** Loaded when a tsconfig.json is asked for. */
const getTsconfig = () => require('get-tsconfig') as typeof import('get-tsconfig');

/** What a tsconfig.json says of names, with what it extends. */
export interface NamePaths {
  /** Absolute path of the tsconfig.json; the others are absolute as well. */
  file: string;
  baseUrl?: string | undefined;
  paths?: Readonly<Record<string, string[]>> | undefined;
}

/** Why a tsconfig.json is no use. */
export interface Unusable {
  problem: string;
}

const matchers = new WeakMap<NamePaths, PathsMatcher>();

function matcherOf(names: NamePaths): PathsMatcher {
  const { file, baseUrl, paths } = names;
  const compilerOptions = {
    ...(baseUrl !== undefined && { baseUrl }),
    ...(paths && { paths: { ...paths } }),
  };
  const known = matchers.get(names);
  if (known) return known;
  const config = { compilerOptions };
  const matcher = getTsconfig().createPathsMatcher({ path: file, config }) as PathsMatcher;
  matchers.set(names, matcher);
  return matcher;
}

/** Reads the file at an absolute path. */
export function readNamePaths(file: string): NamePaths | Unusable {
  try {
    const config = getTsconfig().parseTsconfig(file);
    const { baseUrl, paths } = config.compilerOptions ?? {};
    const matcher = getTsconfig().createPathsMatcher({ path: file, config });
    if (matcher === null) return { problem: "it has neither 'paths' nor 'baseUrl' (is it JSON?)" };
    // Paths in a file that is extended begin there: what a pattern is mapped to, itself, says where.
    const absolute = Object.keys(paths ?? {}).map((pattern) => [pattern, matcher(pattern)] as const);
    return {
      file,
      ...(baseUrl !== undefined && { baseUrl: resolve(dirname(file), baseUrl) }),
      ...(paths && { paths: Object.fromEntries(absolute) }),
    };
  } catch (error) {
    const isOfWrongKind = error instanceof TypeError;
    return {
      problem: isOfWrongKind
        ? "its 'paths' are no lists of paths, or its 'baseUrl' is none"
        : (error as Error).message,
    };
  }
}

/** What types stand in: nothing that could run. */
const isDeclaration = (path: string): boolean => /\.d\.[cm]?ts$/.test(path);

/**
 * The paths that a name may mean, best first. Packages are no part of the program.
 * @param directory of the importer
 */
export function pathsFor(name: string, directory: string, names: NamePaths | undefined): string[] {
  if (names === undefined || /[\\/]node_modules(?:[\\/]|$)/.test(directory)) return [];
  return matcherOf(names)(name).filter((path) => !isDeclaration(path));
}
