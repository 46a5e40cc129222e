/**
 * CSS modules and minified styles, by lightningcss: an optional peer, for those who use either. A CSS module's names are its own: each has a piece of hash of where
 * the file is, never of what it says, so that releases do not change them.
 */
import { basename, dirname } from 'node:path';
import type { StyleName, StyleNames } from './facts';
import { readManifest } from './fs/packages';
import { explainPeer, isRightVersion, type Peer, peerInstall } from './fs/peer';
import { Kind, tokensOf } from './parse/style/tokens';
import { lightningFailed, lightningMissing } from './style-failures';

const LIGHTNING: Peer = { name: 'lightningcss', least: '1.22.0' };

/** What is used of it (https://lightningcss.dev/docs.html). */
interface Lightning {
  transform(options: {
    filename: string;
    code: Uint8Array;
    minify?: boolean;
    sourceMap?: boolean;
    inputSourceMap?: string;
    cssModules?: { pattern: string };
  }): { code: Uint8Array; map?: Uint8Array | null; exports?: Record<string, Exported> };
}

type Composed =
  | { type: 'local' | 'global'; name: string }
  | { type: 'dependency'; name: string; specifier: string };

interface Exported {
  name: string;
  composes: Composed[];
}

/** Where it is: beside this package, or, where this one is linked, in the project. */
const place = (): string => require.resolve('lightningcss', { paths: [__dirname, process.cwd()] });

/** The version that is installed. */
function installed(): string | undefined {
  try {
    // It exports no package.json.
    return readManifest(dirname(dirname(place())))?.version as string | undefined;
  } catch {
    return undefined;
  }
}

/** Which version there is, if it is one that will do. */
export function lightningVersion(): string | undefined {
  const version = installed();
  return version !== undefined && isRightVersion(version, LIGHTNING) ? version : undefined;
}

let lightning: Lightning | undefined;

/** Loaded when there is a style for it. @throws PEER_MISSING */
function load(fileName: string): Lightning {
  if (lightning === undefined && lightningVersion() === undefined)
    throw lightningMissing(fileName, explainPeer(LIGHTNING, installed()), peerInstall(LIGHTNING));
  lightning ??= require(place()) as Lightning;
  return lightning;
}

/** Where an error of it is: lines and columns count from 1. */
interface Located {
  loc?: { line: number; column: number };
}

function transform(
  text: string,
  fileName: string,
  options: Omit<Parameters<Lightning['transform']>[0], 'filename' | 'code'>,
): ReturnType<Lightning['transform']> {
  const { transform: run } = load(fileName);
  try {
    return run({ ...options, filename: basename(fileName), code: Buffer.from(text) });
  } catch (error) {
    const { line, column } = (error as Located).loc ?? { line: 1, column: 1 };
    const before = text.split('\n').slice(0, line - 1);
    const offset = before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
    throw lightningFailed(fileName, text, offset, error as Error);
  }
}

/** A CSS module with names of its own. */
export interface CompiledStyle {
  text: string;
  /** JSON, if it was asked for. */
  map: string | undefined;
  names: StyleNames;
  /** What `composes … from` names, in the order in which the names say it by index. */
  composed: string[];
}

/** Names that are composed of others, by way of these as well. */
function namesOf(exports: Record<string, Exported>): Pick<CompiledStyle, 'names' | 'composed'> {
  const composed: string[] = [];
  const partOf = (part: Composed): StyleName => {
    if (part.type !== 'dependency') return part.name;
    if (!composed.includes(part.specifier)) composed.push(part.specifier);
    return [composed.indexOf(part.specifier), part.name];
  };
  const names = Object.entries(exports)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([local, { name, composes }]) => [local, [name, ...composes.map(partOf)]] as const);
  return { names: Object.fromEntries(names), composed };
}

/** lightningcss drops rules without declarations, and their names with them. */
const FILLER = '--dynapack-empty:0';
const FILLER_PRINTED = /^ *--dynapack-empty: 0;\n/gm;

/** The text with a declaration in each block that has nothing. */
function fillBlocks(text: string): string {
  const tokens = tokensOf(text).filter(({ kind }) => kind !== Kind.WhiteSpace && kind !== Kind.Comment);
  const empty = tokens.flatMap(({ kind, start }, index) =>
    kind === Kind.BraceClose && tokens[index - 1]?.kind === Kind.BraceOpen ? [start] : [],
  );
  const cuts = [0, ...empty];
  return cuts.map((from, index) => text.slice(from, cuts[index + 1])).join(FILLER);
}

/**
 * Gives the classes, ids and animations of a style names of their own.
 * @param suffix what tells them from those of other files
 * @param map what came with the text, JSON; `true`: none came, but one is wanted
 * @throws PEER_MISSING, or SYNTAX_ERROR with the place
 */
export function compileStyleModule(
  text: string,
  fileName: string,
  suffix: string,
  map: string | boolean,
): CompiledStyle {
  const {
    code,
    map: made,
    exports = {},
  } = transform(fillBlocks(text), fileName, {
    cssModules: { pattern: `[local]_${suffix}` },
    sourceMap: map !== false,
    ...(typeof map === 'string' && { inputSourceMap: map }),
  });
  return {
    text: Buffer.from(code).toString().replaceAll(FILLER_PRINTED, ''),
    map: made ? Buffer.from(made).toString() : undefined,
    ...namesOf(exports),
  };
}

/**
 * Minifies a style.
 * @throws PEER_MISSING, or SYNTAX_ERROR with the place
 */
export function minifyStyle(text: string, fileName: string, hasMap: boolean): { code: string; map?: string } {
  const { code, map } = transform(text, fileName, { minify: true, sourceMap: hasMap });
  return { code: Buffer.from(code).toString(), ...(map && { map: Buffer.from(map).toString() }) };
}
