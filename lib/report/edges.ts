/** What leads where in a build: the edges that bundles are made by, and what styles name. */
import type { Build } from '../build';

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
