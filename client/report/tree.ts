/** What the treemap shows: bundles, the packages in them, their modules. The sizes of leaves add up to that of their bundle. */
import type { ReportBundle } from '../../lib/report/data';
import { type Measure, moduleSize, packagesIn, packageTitle, type Report, sizeIn } from './report';
import { href } from './route';

export interface Branch {
  title: string;
  size: number;
  /** Where a click leads; nowhere from what is around modules. */
  href?: string;
  children?: Branch[];
}

/** What a bundle has besides its modules: their ids, and what registers them. */
const WRAPPER = 'around the modules';

/** The key of the project's own modules, which no directory is called. */
export const OWN = '.';

export function tree(report: Report, measure: Measure): Branch {
  const children = report.data.bundles.map((bundle) => bundleBranch(report, bundle, measure));
  return { title: 'All bundles', href: href('treemap'), size: sum(children), children };
}

const sum = (branches: readonly Branch[]): number => branches.reduce((total, { size }) => total + size, 0);

export function bundleBranch(report: Report, bundle: ReportBundle, measure: Measure): Branch {
  const children = packagesIn(report, bundle).map((index) => packageBranch(report, bundle, index, measure));
  const rest = sizeIn(bundle, measure) - sum(children);
  if (rest > 0) children.push({ title: WRAPPER, size: rest });
  return { title: bundle.name, href: href('treemap', bundle.name), size: sizeIn(bundle, measure), children };
}

export function packageBranch(
  report: Report,
  bundle: ReportBundle,
  index: number | undefined,
  measure: Measure,
): Branch {
  const { data } = report;
  const children = bundle.modules
    .map((module) => data.modules[module]!)
    .filter((module) => module.package === index)
    .map((module) => ({
      title: module.name,
      href: href('module', module.name),
      size: moduleSize(report, module, measure),
    }));
  const found = index === undefined ? undefined : data.packages[index]!;
  return {
    title: found === undefined ? 'own modules' : packageTitle(found),
    href: href('treemap', bundle.name, { package: found?.directory ?? OWN }),
    size: sum(children),
    children,
  };
}
