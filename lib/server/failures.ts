/** Every failure of the server, one function each. What visitors do wrong is none: they get an answer. */
import { DynapackError, nearest } from '../errors';

export function duplicateSource(name: string): DynapackError {
  return new DynapackError('SOURCE_DEFINED', `there is a source '${name}' already`);
}

export function invalidAsset(id: string, reason: string): DynapackError {
  return new DynapackError('INVALID_ASSET', `asset '${id}' ${reason}`);
}

export function missingPeer(name: string, use: string): DynapackError {
  return new DynapackError('MISSING_PEER', `${use} needs the package ${name}, which is not installed`, {
    hint: `npm install ${name}`,
  });
}

export function unknownAsset(id: string, known: readonly string[]): DynapackError {
  const match = nearest(id, known);
  return new DynapackError('UNKNOWN_ASSET', `there is no asset '${id}'`, {
    hint: match === undefined ? 'Register it with assets({ id: { … } }).' : `Did you mean '${match}'?`,
  });
}

export function unknownSource(name: string, known: readonly string[]): DynapackError {
  return new DynapackError('UNKNOWN_SOURCE', `there is no source '${name}'`, {
    hint: `Known: ${known.join(', ')}. Add others with defineSource().`,
  });
}

export function unknownVersion(id: string, version: string): DynapackError {
  return new DynapackError('UNKNOWN_VERSION', `asset '${id}' has no version '${version}'`);
}
