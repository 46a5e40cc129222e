/** Instances for the assets of a project. */
import dynosrc from 'dynapack/server';
import type { Project } from '../helpers/project';

export const open = (project: Project, globals: dynosrc.Globals = {}): dynosrc.DynoSrc =>
  dynosrc.factory({
    assetsDir: project.path('assets'),
    outputDir: project.path('output'),
    ...globals,
  });
