/** Every reason for which a patch is refused, one function each. */
import { DynapackError } from '../errors';

export function damagedResult(): DynapackError {
  return new DynapackError('PATCH_RESULT', 'the patch gives another text than it was made for');
}

export function malformedPatch(): DynapackError {
  return new DynapackError('PATCH_MALFORMED', 'this is no patch, or one that was cut off in its columns');
}

export function missingLiterals(expected: number, found: number): DynapackError {
  return new DynapackError('PATCH_LITERALS', `the patch has ${found} literals where it needs ${expected}`);
}

export function outOfBounds(from: number, length: number, available: number): DynapackError {
  const range = `${from} to ${from + length}`;
  return new DynapackError('PATCH_BOUNDS', `the patch copies ${range} of old texts of length ${available}`);
}

export function oversizedResult(): DynapackError {
  return new DynapackError('PATCH_SIZE', 'the patch makes a text longer than any text may be');
}

export function unknownVersion(version: string): DynapackError {
  return new DynapackError('PATCH_VERSION', `patches of version '${version}' are not known`);
}

export function unusedRenames(count: number): DynapackError {
  return new DynapackError('PATCH_BOUNDS', `${count} renames of the patch lead to no name`);
}

/** A text that no page can see as it is. */
export function unpatchableText(reason: string): DynapackError {
  return new DynapackError('PATCH_TEXT', `no patch can be made of a text that ${reason}`);
}

export function wrongBase(expected: string, found: string): DynapackError {
  return new DynapackError('PATCH_BASE', `the patch is for old texts ${expected}, but was given ${found}`);
}
