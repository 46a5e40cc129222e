import type { Module } from '../model';

/** Whether there is no code of the module's own, and what it requests are only imports. */
export const onlyDeclares = ({ facts: { syntax, references }, shims }: Module): boolean =>
  syntax?.parts?.isAll === true &&
  Object.keys(shims).length === 0 &&
  references.every(({ kind }) => kind !== 'require' && kind !== 'declared');
