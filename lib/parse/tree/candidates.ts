/** What may name another module. It counts if the identifiers it hangs on prove free, and its specifier a string. */
import type { Node } from 'estree';
import type { Concern, Reference, ReferenceKind } from '../../facts';
import { covers, type Range } from '../../ranges';
import type { GlobalName } from '../free-names/names';
import type { WorkerName } from '../workers/names';
import { constantString, type Values } from './constants';
import { rangeOf, stringValue } from './nodes';
import { isFree, type Scope } from './scope';

export interface Candidate extends Range {
  kind: ReferenceKind;
  /** An expression may prove to be a string when it is known what is free. */
  specifier: string | Node;
  scope: Scope;
  /** The identifiers that must be free. */
  needs?: readonly (GlobalName | WorkerName | 'module')[];
  attributes?: Reference['attributes'];
  suffix?: string;
  /** See `Reference`. */
  keepsArguments?: true;
  /** See `Reference`. */
  argumentsEnd?: number;
  /** The function that is called, where it may be another one: of a text that is known in part. */
  callee?: Range;
  /** What is wrong with it if its specifier proves to be none. */
  concern?: Concern;
}

/** @param place what rendering replaces */
export const candidateAt = (
  place: Node,
  kind: ReferenceKind,
  specifier: Node,
  scope: Scope,
): Omit<
  Candidate,
  'needs' | 'attributes' | 'keepsArguments' | 'concern' | 'suffix' | 'argumentsEnd' | 'callee'
> => ({
  kind,
  ...rangeOf(place),
  specifier: stringValue(specifier) ?? specifier,
  scope,
});

/** Candidates that hang on nothing, or on what is free, now that this is known. */
export interface Settled {
  references: Reference[];
  /** Those that name nothing. */
  unnamed: Candidate[];
}

/**
 * @param values what expressions are known to be
 * @param caught where failures are taken care of; sorted, and apart
 */
export function settleCandidates(
  candidates: readonly Candidate[],
  values: Values,
  caught: readonly Range[],
): Settled {
  const settled: Settled = { references: [], unnamed: [] };
  for (const candidate of candidates) {
    const { kind, needs, scope, start, end, attributes, keepsArguments, suffix, argumentsEnd } = candidate;
    if (needs !== undefined && !needs.every((name) => isFree(name, scope))) continue;
    const specifier = specifierOf(candidate, values);
    const optional = kind === 'new URL()' || (kind !== 'declared' && covers(caught, start));
    if (specifier === undefined) settled.unnamed.push(candidate);
    else
      settled.references.push({
        kind,
        specifier,
        start,
        end,
        optional,
        ...(attributes && { attributes }),
        ...(keepsArguments && { keepsArguments }),
        ...(suffix && { suffix }),
        ...(argumentsEnd && { argumentsEnd }),
      });
  }
  return settled;
}

const specifierOf = ({ specifier }: Candidate, values: Values): string | undefined =>
  typeof specifier === 'string' ? specifier : constantString(specifier, values);
