/** Paths as they are on all systems. */
import { relative } from 'node:path';

/** From a directory, with slashes. */
export const pathFrom = (directory: string, path: string): string =>
  relative(directory, path).replaceAll('\\', '/');
