/** A program that is bundled. */
import type { ModuleGraph } from '../lib/model';

export interface App {
  name: string;
  directory: string;
  /** Relative to the directory, as is `edited`. */
  entries: string[];
  /** The module that is edited between builds. */
  edited: string;
  hasModules: boolean;
  /** What the program was generated from. */
  graph?: ModuleGraph;
  /** Path of each of its modules, relative to the directory. */
  paths?: string[];
}
