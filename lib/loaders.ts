/** The texts for pages that a build needs. */
import { findScript, loader, styledLoader, updatingLoader, updatingStyledLoader, worker } from '#client';
import type { ResolvedOptions } from './options/resolved';
import { type LoaderTexts, trustText } from './render/loader';

/** The service worker is a script of its own. */
export { worker };

/**
 * With updates, the loader keeps what it downloads, and takes patches for it.
 * @param hasStyles pages have styles to load
 */
export const loaderTextsFor = (
  { updates, trustedTypes }: Pick<ResolvedOptions, 'updates' | 'trustedTypes'>,
  hasStyles: boolean,
): LoaderTexts => ({
  loader: updates === undefined ? plainLoader(hasStyles) : updater(hasStyles),
  findScript,
  trust: trustedTypes === undefined ? undefined : trustText(trustedTypes),
});

const plainLoader = (hasStyles: boolean): string => (hasStyles ? styledLoader : loader);

const updater = (hasStyles: boolean): string => (hasStyles ? updatingStyledLoader : updatingLoader);
