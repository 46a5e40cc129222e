/** What visitors of releases before download, from the patches that were made. */
import { isStyleName } from '../core/styles/names';
import type { Release } from '../releases/manifest';
import type { ServedFile, ServedPatch } from './contents';
import type { ReportBundle, ReportData, ReportRelease, ReportVisitor } from './data';

/** What there is to send. */
export interface Deliverable {
  served: ReadonlyMap<string, ServedFile>;
  /** By bundle, the patches that make its text, the smallest first. */
  patchesOf(bundle: string): readonly ServedPatch[];
}

/** How a bundle gets to a visitor. */
type Sent = Omit<ReportVisitor['bundles'][number], 'bundle'>;

/**
 * What has the text already is not asked for. Scripts come as the smallest patch of what the visitor holds, if there is one, as the loader takes it; styles
 * that a page starts with are links, which browsers fetch whole.
 */
function send({ name, brotli }: ReportBundle, release: Release, { served, patchesOf }: Deliverable): Sent {
  const file = served.get(name) as ServedFile;
  const texts = Object.values(release.bundles);
  const held = new Set(texts.map(({ version }) => version));
  const isStyle = isStyleName(name);
  const isHeld = isStyle
    ? texts.some((text) => text.version === file.version && text.served === file.served)
    : held.has(file.version);
  if (isHeld) return { how: 'held', bytes: 0 };
  const patch = isStyle
    ? undefined
    : patchesOf(name).find(({ from }) => from.every((each) => held.has(each)));
  return patch ? { how: 'patch', bytes: patch.brotli } : { how: 'whole', bytes: brotli as number };
}

/**
 * Of bundles whose sizes after brotli are known: for each release, by entry, what a visitor who has all of it downloads of this build. Files of loaders, which are no part of a release, are left out, and so are
 * workers, whose scripts browsers keep by themselves.
 */
export function describeReleases(
  { pages, bundles }: Pick<ReportData, 'pages' | 'bundles'>,
  releases: readonly Release[],
  deliverable: Deliverable,
): ReportRelease[] {
  return releases.map((release) => ({
    id: release.id,
    visitors: pages.flatMap((page, index): ReportVisitor[] => {
      if (page.kind !== 'entry') return [];
      const sent = page.bundles
        .filter((bundle) => bundles[bundle]?.modules.length !== 0)
        .map((bundle) => ({ bundle, ...send(bundles[bundle] as ReportBundle, release, deliverable) }));
      return [{ page: index, bytes: sent.reduce((sum, { bytes }) => sum + bytes, 0), bundles: sent }];
    }),
  }));
}
