/** Every failure of the server, one function each. What visitors do wrong is none: they get an answer. */
import { inspect } from 'node:util';
import { DynapackError, locate } from '../errors';
import { explainPeer, type Peer, peerInstall } from '../fs/peer';
import { nearest } from '../nearest';

const LONGEST_SHOWN = 80;

/** A value as code, cut short: it may be anything, such as a request. */
function show(value: unknown): string {
  const shown = inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY, customInspect: false });
  return shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN)}…` : shown;
}

const didYouMean = (name: string, known: readonly string[], otherwise: string): string => {
  const match = nearest(name, known);
  return match === undefined ? otherwise : `Did you mean '${match}'?`;
};

export function duplicateSource(name: string): DynapackError {
  return new DynapackError('SOURCE_DEFINED', `there is a source '${name}' already`);
}

/**
 * @param place the function that was called
 * @param what the argument or the option
 */
export function invalidArgument(
  place: string,
  what: string,
  expected: string,
  value: unknown,
): DynapackError {
  return new DynapackError('INVALID_OPTION', `${place}: ${what} must be ${expected}, not ${show(value)}`);
}

export function unknownArgument(place: string, name: string, known: readonly string[]): DynapackError {
  return new DynapackError('UNKNOWN_OPTION', `${place}: unknown option '${name}'`, {
    hint: didYouMean(name, known, `Known: ${known.join(', ')}.`),
  });
}

export function invalidAsset(id: string, reason: string): DynapackError {
  return new DynapackError('INVALID_ASSET', `asset '${id}' ${reason}`);
}

/** @param found its version, when there is one that is not right */
export function missingPeer(peer: Peer, found: string | undefined, use: string): DynapackError {
  const message = `${use} needs the package ${peer.name}, which ${explainPeer(peer, found)}`;
  return new DynapackError('PEER_MISSING', message, { hint: `npm install ${peerInstall(peer)}` });
}

/** @param refusal what the engine says of it as a script */
export function esModuleAsset(id: string, refusal: string): DynapackError {
  const message = `asset '${id}' is an ES module, which a page cannot run as a script: ${refusal}`;
  return new DynapackError('INVALID_ASSET', message, {
    hint: 'Name a file of it that is a script (often *.umd.js, *.iife.js or *.min.js), or bundle it with dynapack().',
  });
}

/**
 * @param known ids, aliases, bundles and entries
 * @param emptyPlace where releases should be, when there are none
 */
export function unknownAsset(
  name: string,
  known: readonly string[],
  emptyPlace: string | undefined,
): DynapackError {
  const isEmpty = emptyPlace !== undefined;
  const register = 'Register it with assets({ id: { … } }).';
  const build = `If '${name}' is an entry or a bundle: does the directory exist, has the build run? If not: ${register}`;
  return new DynapackError(
    'UNKNOWN_ASSET',
    `there is no asset '${name}'${isEmpty ? `, and no release is in ${emptyPlace}` : ''}`,
    { hint: didYouMean(name, known, isEmpty ? build : register) },
  );
}

export function entryAsAsset(name: string, bundles: readonly string[]): DynapackError {
  return new DynapackError('UNKNOWN_ASSET', `'${name}' is an entry, not an asset`, {
    hint: `Name one of its bundles: ${bundles.join(', ')}.`,
  });
}

export function unknownSource(name: string, known: readonly string[]): DynapackError {
  return new DynapackError('UNKNOWN_SOURCE', `there is no source '${name}'`, {
    hint: didYouMean(
      name,
      known,
      `Known: ${known.join(', ')}. Add others with defineSource(), before assets().`,
    ),
  });
}

/** @param reason why, as far as the source can tell */
export function unknownVersion(id: string, version: string, reason?: string): DynapackError {
  const message = `asset '${id}' has no version '${version}'`;
  return new DynapackError('UNKNOWN_VERSION', reason === undefined ? message : `${message}: ${reason}`);
}

/**
 * @param offset of the reference in the text
 * @param reference as it is written
 */
export function relativeReference(
  { id, source }: { id: string; source: string },
  version: string,
  text: string,
  offset: number,
  reference: string,
): DynapackError {
  const shown = reference.length > LONGEST_SHOWN ? `${reference.slice(0, LONGEST_SHOWN)}…` : reference;
  const message = `style '${id}' refers to another file by a relative URL, which means another file wherever a page has it: ${shown}`;
  return new DynapackError('RELATIVE_REFERENCE', message, {
    ...locate(`${id} ${version}`, text, offset),
    hint: `Say under which URL the style would be: assets({ '${id}': { source: '${source}', base: '/css/' } }).`,
  });
}

/** @param seconds for which nothing was heard */
export function silentSource(id: string, source: string, seconds: number): DynapackError {
  return new DynapackError(
    'SOURCE_SILENT',
    `asset '${id}': the source '${source}' has not answered for ${seconds} seconds`,
  );
}

/**
 * @param what the file or repository that it is about, in words
 * @param cause what went wrong there
 */
export function unreadableAsset(id: string, what: string, cause: Error): DynapackError {
  return new DynapackError('UNREADABLE_ASSET', `asset '${id}': ${what}: ${cause.message}`, { cause });
}
