/** `paths` and `baseUrl` of a tsconfig.json: what names mean in a program of TypeScript, https://www.typescriptlang.org/tsconfig/#paths */
import type { PathsMatcher } from 'get-tsconfig';

/** Loaded when a tsconfig.json is asked for. */
const getTsconfig = () => require('get-tsconfig') as typeof import('get-tsconfig');

/** What a tsconfig.json says of names, with what it extends. */
export interface NamePaths {
  /** Absolute path of the tsconfig.json. */
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
  const matcher =
    matchers.get(names) ?? getTsconfig().createPathsMatcher({ path: file, config: { compilerOptions } });
  if (matcher === null) throw new Error("it has neither 'paths' nor 'baseUrl' (is it JSON?)");
  matchers.set(names, matcher);
  return matcher;
}

/** Reads the file at an absolute path. */
export function readNamePaths(file: string): NamePaths | Unusable {
  try {
    const { baseUrl, paths } = getTsconfig().parseTsconfig(file).compilerOptions ?? {};
    const names = { file, baseUrl, paths };
    matcherOf(names);
    return names;
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
