/** Packages that users install only for what needs them. Any version may be about: the right one is asked for when it is needed. */

/** What is needed of a package. */
export interface Peer {
  name: string;
  /** Right are this version and later ones with the same first number. */
  least: string;
}

const numbersOf = (version: string): number[] => version.split(/[.+-]/, 3).map(Number);

/** Whether a version is one that is needed. */
export function isRightVersion(version: string, { least }: Peer): boolean {
  const [major = 0, minor = 0, patch = 0] = numbersOf(version);
  const [leastMajor = 0, leastMinor = 0, leastPatch = 0] = numbersOf(least);
  if (major !== leastMajor) return false;
  return minor === leastMinor ? patch >= leastPatch : minor > leastMinor;
}

/**
 * What is wrong with a package, in words that follow its name.
 * @param found its version, if there is one
 */
export function explainPeer({ least }: Peer, found: string | undefined): string {
  if (found === undefined) return 'is not installed';
  return `is installed as version ${found}, but ${least} or a later ${numbersOf(least)[0]}.x is needed`;
}

/** How to install the right version. */
export const peerInstall = ({ name, least }: Peer): string => `${name}@${numbersOf(least)[0]}`;
