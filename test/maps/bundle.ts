/** Bundles projects, and gives the bundles with their maps. */
import dynapack from 'dynapack';
import { objectTransform } from 'through2';
import type File from 'vinyl';
import { finish, hush, type Packed } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { type Traced, traceFile } from './trace';

/** Changes a module File between `deps()` and `mods()`. */
export type Change = (file: File) => unknown;

export interface MappedBuild extends Packed {
  project: Project;
  /** The bundle that holds a file of the project, which must have a map. */
  bundleOf(name: string): Traced;
  /** The same as a File. */
  fileOf(name: string): File;
}

/** Bundles files of a project, the first of which is the entry. */
export async function bundle(
  files: ProjectFiles,
  options: dynapack.Options = {},
  change?: Change,
): Promise<MappedBuild> {
  const project = new Project(files);
  const stream = hush(dynapack({ root: project.directory, ...options }));
  if (change) {
    const transform = objectTransform(async (file: File) => {
      await change(file);
      return file;
    });
    stream.deps().pipe(transform).pipe(stream.mods());
  }
  stream.end(project.path(Object.keys(files)[0] as string));
  const packed = await finish(stream);
  const fileOf = (name: string): File => {
    const bundles = Object.entries(packed.metadata.bundles);
    const [own] = bundles.find(([, paths]) => paths.includes(project.path(name))) ?? [];
    return packed.files.find(({ relative }) => relative === own) as File;
  };
  return { ...packed, project, fileOf, bundleOf: (name) => traceFile(fileOf(name)) };
}
