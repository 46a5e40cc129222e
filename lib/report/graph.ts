/** What the event `graph` tells. */
import type { Build } from '../build';
import { shownPath } from '../module-path';
import { edgesIn } from './edges';

/** The modules of a build, and what leads where: plain data. */
export interface BuildGraph {
  /** The name is stable; the path is that of the file, with what its import asks for behind it. */
  modules: { name: string; path: string; bundle?: string }[];
  /** Indices into `modules`. */
  edges: { from: number; to: number; kind: 'static' | 'dynamic' | 'worker' }[];
}

export function graphOf(build: Build): BuildGraph {
  const { paths, names, split, files } = build;
  return {
    modules: paths.map((path, number) => {
      const bundle = files[split.bundleOf[number] as number];
      return { name: names.name(path), path: shownPath(path), ...(bundle !== undefined && { bundle }) };
    }),
    edges: edgesIn(build).flatMap(({ fixed, later, workers }, from) => [
      ...fixed.map((to) => ({ from, to, kind: 'static' as const })),
      ...later.map((to) => ({ from, to, kind: 'dynamic' as const })),
      ...workers.map((to) => ({ from, to, kind: 'worker' as const })),
    ]),
  };
}
