/** The texts for pages that a build needs. */
import { loader, updatingLoader, worker } from '#client';
import type { ResolvedOptions } from './options';

/** The service worker is a script of its own. */
export { worker };

/** The loader, a function expression: with updates it keeps what it downloads, and takes patches for it. */
export const loaderFor = ({ updates }: Pick<ResolvedOptions, 'updates'>): string =>
  updates === undefined ? loader : updatingLoader;
