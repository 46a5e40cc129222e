import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where generated programs and bundles go: outside of the project, whose configuration no bundler should find. */
export const workspace = join(tmpdir(), 'dynapack-bench');

mkdirSync(workspace, { recursive: true });
