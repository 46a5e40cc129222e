/** Where releases are kept, as users say it → the store. */
import { Directory } from '../fs/directory';
import { isStorage, type Storage } from './storage';
import { ReleaseStore } from './store';

/** Whether a value names a place for releases. */
export const isReleasesPlace = (value: unknown): value is string | Storage =>
  (typeof value === 'string' && value !== '') || isStorage(value);

/** @param releases a directory, which is made when needed, or a storage */
export const openReleases = (releases: string | Storage): ReleaseStore =>
  new ReleaseStore(typeof releases === 'string' ? new Directory(releases) : releases);
