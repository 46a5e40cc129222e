/** The texts for pages that a build needs. */
import {
  findScript,
  loader,
  styledLoader,
  updatingLoader,
  updatingStyledLoader,
  worker,
  workerLoader,
} from '#client';
import type { ResolvedOptions } from './options/resolved';
import { type LoaderTexts, trustText, workerLoaderFile } from './render/loader';

/** The service worker is a script of its own. */
export { worker };

/**
 * With updates, the loader keeps what it downloads, and takes patches for it.
 * @param hasStyles pages have styles to load
 */
export const loaderTextsFor = (
  { updates, trustedTypes, name }: Pick<ResolvedOptions, 'updates' | 'trustedTypes' | 'name'>,
  hasStyles: boolean,
): LoaderTexts => ({
  loader: updates === undefined ? plainLoader(hasStyles) : updater(hasStyles),
  findScript,
  trust: trustOf({ trustedTypes, name }),
});

const trustOf = ({
  trustedTypes,
  name,
}: Pick<ResolvedOptions, 'trustedTypes' | 'name'>): string | undefined =>
  trustedTypes === undefined ? undefined : trustText(trustedTypes, name);

/** The file that starts workers. */
export const workerLoaderFor = (options: Pick<ResolvedOptions, 'trustedTypes' | 'name'>): string =>
  workerLoaderFile(workerLoader, trustOf(options));

const plainLoader = (hasStyles: boolean): string => (hasStyles ? styledLoader : loader);

const updater = (hasStyles: boolean): string => (hasStyles ? updatingStyledLoader : updatingLoader);
