/** What leads where in a build: the edges that bundles are made by, and what styles name. */
import type { Build } from '../build';
import type { StandaloneScript } from '../build-standalone';

type Edges = Build['edges'][number];

const NONE: Edges = { fixed: [], later: [], workers: [] };

/**
 * By number of a module. Bundles have nothing to do with files that styles name, so that the graph they are made by lacks these edges, and has those of scripts with the
 * URLs of such files though nobody asks for these.
 */
export const edgesIn = ({ modules, numbers, edges, split }: Build): Edges[] =>
  modules.map(({ asset, facts, targets }, number) => {
    if (asset !== undefined && split.bundleOf[number] === -1) return NONE;
    const { fixed, later, workers } = edges[number] as Edges;
    const named = targets.flatMap((target, index) =>
      facts.references[index]?.kind === 'url()' ? (numbers.get(target ?? '') ?? []) : [],
    );
    return named.length === 0 ? (edges[number] as Edges) : { fixed: [...fixed, ...named], later, workers };
  });

/** The edges of a script that stands alone, by the numbers of its plan: it holds what comes later as well. */
export const edgesAlone = ({ modules, numbers }: StandaloneScript['plan']): Edges[] =>
  modules.map(({ facts, targets, shims, bufferIfThere }) => {
    const edges: Edges = { fixed: [], later: [], workers: [] };
    const add = (list: keyof Edges, path: string | undefined): void => {
      const number = numbers.get(path ?? '');
      if (number !== undefined) edges[list].push(number);
    };
    targets.forEach((target, index) => {
      const kind = facts.references[index]?.kind;
      const isLate = kind === 'declared' || kind === 'import()';
      add(kind === 'new Worker()' ? 'workers' : isLate ? 'later' : 'fixed', target);
    });
    for (const shim of [...Object.values(shims), bufferIfThere]) add('fixed', shim);
    return edges;
  });
