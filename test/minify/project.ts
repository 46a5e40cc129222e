/** Builds projects with `pack.minify()`. */
import dynapack from 'dynapack';
import { finish, hush, type Packed } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

/** Takes spaces and line ends at the edges of lines away, and notes what it was given. */
export function recorder() {
  const calls: { code: string; module: string; path: string }[] = [];
  const minify: dynapack.Minify = (code, about) => {
    calls.push({ code, ...about });
    return code.replace(/\s*\n\s*/g, '\n');
  };
  return { calls, minify };
}

/** Bundles a project from its first file, minified. */
export function minified(
  project: Project,
  entry: string,
  minify?: dynapack.Minify,
  options: dynapack.Options = {},
): Promise<Packed> {
  const pack = hush(dynapack({ root: project.directory, ...options }));
  const last = pack.pipe(pack.minify(minify, { keepNames: false }));
  pack.end(project.path(entry));
  return finish(pack, undefined, last);
}

/** The same for files. */
export const minifiedFiles = (
  files: ProjectFiles,
  minify?: dynapack.Minify,
  options?: dynapack.Options,
): Promise<Packed> => minified(new Project(files), Object.keys(files)[0] as string, minify, options);

/** The module functions of bundles, by id. */
export function functionsOf(bundles: Record<string, string>): Record<string, string> {
  const self: { dynapack?: [Record<string, unknown>][] } = {};
  for (const text of Object.values(bundles)) new Function('self', text)(self);
  const functions = (self.dynapack ?? []).flatMap(([modules]) => Object.entries(modules));
  return Object.fromEntries(functions.map(([id, code]) => [id, String(code)]));
}
