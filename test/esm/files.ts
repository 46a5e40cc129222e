/** Graphs as files of a project, each in a directory of its own. */
import type { ProjectFiles } from '../helpers/project';

/** A module as its statements, in order. */
export interface ModuleText {
  file: string;
  statements: readonly string[];
}

/** The texts of a graph. */
export interface Program {
  seed: number;
  /** The first one is the entry. */
  modules: readonly ModuleText[];
}

export const textOf = ({ statements }: ModuleText): string => `${statements.join('\n')}\n`;

/** Where the entry of a program is, relative to the project. */
export const entryOf = ({ seed, modules }: Program): string => `g${seed}/${modules[0]?.file}`;

/** The files of programs, by their paths in a project. */
export function filesOf(programs: readonly Program[]): ProjectFiles {
  const files: ProjectFiles = {};
  for (const { seed, modules } of programs) {
    for (const module of modules) files[`g${seed}/${module.file}`] = textOf(module);
  }
  return files;
}
