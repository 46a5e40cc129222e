/** The graph of a report in Graphviz's language: static edges solid, dynamic ones dashed, workers dotted, a cluster for each bundle. */
import type { ReportData, ReportModule } from './data';
import { showName } from './words';

/** A name as a string: a backslash would begin an escape. */
const quote = (name: string): string => `"${showName(name).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const edges = (from: number, targets: readonly number[], style: string): string[] =>
  targets.map((to) => `  m${from} -> m${to}${style === '' ? '' : ` [style=${style}]`};`);

/** The text of a `.dot` file, without the modules of which nothing is needed. */
export function renderDot({ bundles, modules, standalone = [] }: ReportData): string {
  const apart = new Set(standalone.flatMap((script) => script.modules.map(({ module }) => module)));
  const node = (index: number): string =>
    `m${index} [label=${quote((modules[index] as ReportModule).name)}];`;
  const shown = [...modules.keys()].filter(
    (index) => apart.has(index) || isShown(modules[index] as ReportModule),
  );
  const clusters = bundles.flatMap(({ name, modules: own }, index) => [
    `  subgraph cluster_${index} {`,
    `    label=${quote(name)};`,
    ...own.map((module) => `    ${node(module)}`),
    '  }',
  ]);
  const alone = shown.filter((index) => modules[index]?.bundle === -1).map((index) => `  ${node(index)}`);
  const lines = shown.flatMap((index) => {
    const { imports, later, workers } = modules[index] as ReportModule;
    return [
      ...edges(index, imports, ''),
      ...edges(index, later, 'dashed'),
      ...edges(index, workers, 'dotted'),
    ];
  });
  return [
    'digraph dynapack {',
    '  rankdir=LR;',
    '  node [shape=box];',
    ...clusters,
    ...alone,
    ...lines,
    '}',
    '',
  ].join('\n');
}

/** One that is in no bundle may be part of the graph: a style without text, or a file that styles name. */
const isShown = ({ bundle, kind, keptFor }: ReportModule): boolean =>
  bundle !== -1 || keptFor !== undefined || kind === 'asset';
