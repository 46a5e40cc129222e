/** What every test leaves behind is cleaned up here; mocha loads this file before the tests. */
import { stopProcesses } from './process';
import { removeProjects } from './project';

export const mochaHooks = {
  async afterEach(): Promise<void> {
    await stopProcesses();
    await removeProjects();
  },
};
