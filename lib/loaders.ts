/** The texts for pages that a build needs. */
import { findScript, loader, updatingLoader, worker } from '#client';
import type { ResolvedOptions } from './options/resolved';
import { type LoaderTexts, trustText } from './render/loader';

/** The service worker is a script of its own. */
export { worker };

/** With updates, the loader keeps what it downloads, and takes patches for it. */
export const loaderTextsFor = ({
  updates,
  trustedTypes,
}: Pick<ResolvedOptions, 'updates' | 'trustedTypes'>): LoaderTexts => ({
  loader: updates === undefined ? loader : updatingLoader,
  findScript,
  trust: trustedTypes === undefined ? undefined : trustText(trustedTypes),
});
