/** The texts for pages that a build needs. */
import {
  address,
  findScript,
  loader,
  publish,
  standalone,
  styledLoader,
  updatingLoader,
  updatingStyledLoader,
  worker,
  workerLoader,
} from '#client';
import { runtimeSource } from './fs/virtual-sources';
import type { ResolvedOptions } from './options/resolved';
import { type LoaderTexts, trustText, WORKER_TYPES, workerLoaderFile } from './render/loader';
import type { StandaloneTexts } from './render/standalone';

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
  trust: trustedTypes === undefined ? undefined : trustText(trustedTypes, name),
});

/** The file that starts workers. */
export const workerLoaderFor = ({
  trustedTypes,
  name,
}: Pick<ResolvedOptions, 'trustedTypes' | 'name'>): string =>
  workerLoaderFile(
    workerLoader,
    trustedTypes === undefined ? undefined : trustText(trustedTypes, name, WORKER_TYPES),
  );

const plainLoader = (hasStyles: boolean): string => (hasStyles ? styledLoader : loader);

const updater = (hasStyles: boolean): string => (hasStyles ? updatingStyledLoader : updatingLoader);

export const standaloneTexts: StandaloneTexts = {
  runners: standalone,
  runtime: runtimeSource,
  publish,
  address,
};
