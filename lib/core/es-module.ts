import type { Module } from '../model';

/** Whether the module is an ES module in its bundle: one that uses `module.exports` and exports nothing else is CommonJS. */
export function isEsModule({ facts: { syntax } }: Module): boolean {
  if (syntax === undefined) return false;
  const { exports, indirectExports, stars, awaits, commonNames } = syntax;
  const isUnmistakable = exports.length + indirectExports.length + stars.length + awaits.length > 0;
  return isUnmistakable || !commonNames.some((name) => name !== 'require');
}

/** Whether the module awaits at its top level. */
export const awaits = ({ facts: { syntax } }: Module): boolean => (syntax?.awaits.length ?? 0) > 0;
