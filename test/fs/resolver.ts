/** A project on the disk, and what the resolver makes of its specifiers. */
import { basename, relative } from 'node:path';
import { createResolver, type Resolve } from '../../lib/fs/resolve';
import { type ResolveKind, type ResolveOptions, resolveSettings } from '../../lib/fs/settings';
import { isVirtual } from '../../lib/fs/virtual';
import { Project, type ProjectFiles } from '../helpers/project';

export interface Resolver {
  project: Project;
  /** Relative path of what a specifier means, or why it means nothing. */
  (specifier: string, kind: ResolveKind, importer?: string): string;
  resolve: Resolve;
}

/** A resolver for the given files; a list of files may stand for empty ones. */
export function resolverOf(
  files: ProjectFiles | readonly string[],
  options: ResolveOptions = {},
  mode = 'production',
): Resolver {
  const listed = Array.isArray(files) ? Object.fromEntries(files.map((name) => [name, ''])) : files;
  const project = new Project(listed as ProjectFiles);
  const resolve = createResolver({
    resolve: resolveSettings(options, mode, '/'),
    builtins: {},
    external: {},
  });
  const ask = (specifier: string, kind: ResolveKind, importer = 'main.js'): string => {
    const resolution = resolve(specifier, project.path(importer), kind);
    if ('reason' in resolution) return resolution.reason.message;
    if ('isForBrowser' in resolution) return 'for the browser';
    const { path } = resolution;
    return isVirtual(path) ? basename(path) : relative(project.directory, path);
  };
  return Object.assign(ask, { project, resolve });
}
