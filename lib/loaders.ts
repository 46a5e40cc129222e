/** The texts for pages that a build needs. */
import { findScript, loader, updatingLoader, worker } from '#client';
import type { ResolvedOptions } from './options';
import type { LoaderTexts } from './render/loader';

/** The service worker is a script of its own. */
export { worker };

/** With updates, the loader keeps what it downloads, and takes patches for it. */
export const loaderTextsFor = ({ updates }: Pick<ResolvedOptions, 'updates'>): LoaderTexts => ({
  loader: updates === undefined ? loader : updatingLoader,
  findScript,
});
